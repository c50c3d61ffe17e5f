"""What every part of a written ruleset shares: strictness, identifiers, texts, validity."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

LANGUAGES = ("en", "fa", "hu", "ar")

ID_PATTERN = r"^[a-z][a-z0-9_-]*$"
WORD_PATTERN = r"^[a-z][a-z0-9_]*$"
NAME_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"


class Strict(BaseModel):
    """A mapping whose keys are all known."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, populate_by_name=True, defer_build=True
    )


def _text_of(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


def list_of(value: object) -> object:
    """Return a value that stands for a list of one as that list."""
    return value if isinstance(value, list | dict) or value is None else [value]


def word_of(value: object) -> object:
    """Read a number or yes/no that stands for an identifier or expression as its text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | Decimal) else value


def blank(value: object) -> object:
    """Read an empty CSV cell as absent."""
    return None if value == "" else value


def _date_of(value: object) -> object:
    if not isinstance(value, str):
        return value
    day = _date(value)
    if day is None:
        raise PydanticCustomError(
            "bad-date",
            "`{value}` is not a date",
            {"value": value[:60], "help": "write year, month and day: `2026-12-31`"},
        )
    return day


def _date(text: str) -> datetime.date | None:
    """Read a date written year-month-day, and in no other of the ways of ISO 8601."""
    if len(text) != len("2026-12-31") or "W" in text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _yes_no_of(value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def check_value(value: Any) -> Any:
    """Return a value as written: as `check_cell`, but a set may be empty."""
    return value if value == [] else check_cell(value)


def check_cell(value: Any) -> Any:
    """
    Return a test or value as written, if it has a shape that any test or value can have.

    Raises:
        PydanticCustomError: ``empty-value``, if it is an empty list, which tests nothing;
            ``wrong-shape``, if it is neither a word, a list of words, nor one of ``{all: […]}``,
            ``{any: […]}``, ``{none: […]}`` and ``{count: test}`` (semantics 6).
    """
    if isinstance(value, list):
        plain = not any(isinstance(item, list | dict) for item in value)
        if not value:
            raise PydanticCustomError("empty-value", "an empty list tests nothing", {"help": ""})
    elif isinstance(value, dict):
        plain = len(value) == 1 and all(_is_set_test(key, item) for key, item in value.items())
    else:
        plain = True
    if not plain:
        raise PydanticCustomError(
            "wrong-shape",
            "{what} is neither a test nor a value",
            {
                "what": "such a list" if isinstance(value, list) else "such a mapping",
                "help": "write a value, a list of values, or, for a set, one of "
                '`{all: [a, b]}`, `{any: [a, b]}`, `{none: [a, b]}` and `{count: ">= 2"}`',
            },
        )
    return value


def _is_set_test(key: str, item: object) -> bool:
    if key == "count":
        return not isinstance(item, list | dict)
    listed = item if isinstance(item, list) else [item]
    return (
        key in ("all", "any", "none")
        and bool(listed)
        and not any(isinstance(member, list | dict) for member in listed)
    )


Id: TypeAlias = Annotated[
    str,
    Field(
        pattern=ID_PATTERN,
        max_length=80,
        description="lower-case letters, digits, `_` and `-`; starts with a letter",
    ),
]
Word: TypeAlias = Annotated[
    str,
    Field(
        pattern=WORD_PATTERN,
        max_length=80,
        description="lower-case letters, digits and `_`; starts with a letter",
    ),
]
Name: TypeAlias = Annotated[
    str,
    Field(
        pattern=NAME_PATTERN,
        max_length=80,
        description="a fact's name; a field of a record is dotted",
    ),
]
Language: TypeAlias = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
Sentence: TypeAlias = Annotated[str, Field(min_length=1, max_length=2000)]
Text: TypeAlias = Annotated[
    dict[Language, Sentence],
    BeforeValidator(_text_of, json_schema_input_type=Sentence | dict[Language, Sentence]),
    Field(min_length=1, description="a text per language; a plain string is English"),
]
Note: TypeAlias = Annotated[
    str, Field(max_length=2000, description="for the ruleset's authors; never shown")
]
Formula: TypeAlias = Annotated[
    str,
    BeforeValidator(word_of, json_schema_input_type=str | int | float | bool),
    Field(description="an S-FEEL expression, such as `min(20% * amount_paid, 100 EUR)`"),
]
DurationText: TypeAlias = Annotated[
    str,
    BeforeValidator(word_of, json_schema_input_type=str),
    Field(description="`45 m`, `4 bh` or `3 bd end of day`, or a setting that is a duration"),
]
Cell: TypeAlias = Annotated[
    Any,
    AfterValidator(check_cell),
    Field(
        description="an S-FEEL unary test, or a value; in quotes where YAML would misread it",
        json_schema_extra={"$comment": "cell"},
    ),
]
Value: TypeAlias = Annotated[
    Any,
    AfterValidator(check_value),
    Field(description="a value or formula", json_schema_extra={"$comment": "value"}),
]
Ids: TypeAlias = Annotated[list[Id], BeforeValidator(list_of, json_schema_input_type=Id | list[Id])]
Strings: TypeAlias = Annotated[
    list[Annotated[str, BeforeValidator(word_of), Field(min_length=1, max_length=200)]],
    BeforeValidator(list_of, json_schema_input_type=str | list[str]),
]
Sources: TypeAlias = Annotated[
    list[Annotated[str, BeforeValidator(word_of), Field(min_length=1, max_length=500)]],
    BeforeValidator(list_of, json_schema_input_type=str | list[str]),
    Field(description="where it comes from: a rule id of a source document, a law, a contract"),
]
Day: TypeAlias = Annotated[
    datetime.date, BeforeValidator(_date_of, json_schema_input_type=datetime.date)
]
YesNo: TypeAlias = Annotated[
    bool,
    BeforeValidator(_yes_no_of, json_schema_input_type=bool | Literal["yes", "no"]),
]


class Valid(Strict):
    """The dates between which something holds, both inclusive (semantics 21)."""

    from_: Day | None = Field(None, alias="from", description="first day")
    to: Day | None = Field(None, description="last day")


class Item(Strict):
    """What every declared thing may carry."""

    title: Text | None = Field(None, description="what a reader calls it")
    text: Text | None = Field(None, description="one sentence that says what it is or demands")
    note: Note | None = None
    source: Sources = Field(default_factory=list)
    valid: Valid | None = Field(None, description="the dates it holds between (semantics 21)")
    law: YesNo = Field(False, description="law: no extending ruleset changes it (semantics 23)")
    amends: Id | None = Field(
        None, description="id of the inherited ruleset whose item this changes (semantics 23)"
    )


class Guidance(Strict):
    """What to do and what to avoid, for whoever handles the complaint."""

    do: Text | None = Field(None, description="what to do")
    avoid: Text | None = Field(None, description="what to avoid")
