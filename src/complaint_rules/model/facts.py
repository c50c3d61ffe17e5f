"""Facts, settings and customer types as written."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, TypeAdapter
from pydantic_core import PydanticCustomError

from complaint_rules.model.base import (
    DurationText,
    Formula,
    Guidance,
    Id,
    Item,
    Name,
    Strict,
    Valid,
    Value,
    Word,
    YesNo,
    check_value,
    list_of,
    word_of,
)
from complaint_rules.model.conditions import Group, Table, When

KindName: TypeAlias = Literal[
    "yes_no",
    "count",
    "number",
    "money",
    "duration",
    "business_duration",
    "instant",
    "date",
    "text",
    "choice",
    "level",
    "set",
    "record",
    "records",
]
Values: TypeAlias = Annotated[
    list[
        Annotated[
            str,
            BeforeValidator(word_of, json_schema_input_type=str | int | float | bool),
            Field(min_length=1, max_length=200),
        ]
    ],
    BeforeValidator(list_of, json_schema_input_type=list[str | int | float | bool]),
    Field(min_length=1),
]


class Case(Strict):
    """One case of a `first`: a condition and the value it gives."""

    when: When = Field(description="in such a state …")
    is_: Formula = Field(alias="is", description="… it has this value")


class DeriveWhen(Strict):
    """A yes_no fact: the truth of a condition."""

    when: When


class DeriveFirst(Strict):
    """The value of the first case whose condition is true."""

    first: list[Case] = Field(min_length=1, description="the cases, in order")
    else_: Formula = Field(alias="else", description="the value where no case holds")


class DeriveCount(Strict):
    """How many records pass the `where`."""

    count: Name = Field(description="the fact that holds the records")
    where: Group | None = Field(None, description="tests of the records' fields")


class DeriveEarliest(Strict):
    """The earliest of a field over the records that pass the `where`."""

    earliest: Name = Field(description="a field of the records")
    of: Name = Field(description="the fact that holds the records")
    where: Group | None = Field(None, description="tests of the records' fields")


class DeriveLatest(Strict):
    """The latest of a field over the records that pass the `where`."""

    latest: Name = Field(description="a field of the records")
    of: Name = Field(description="the fact that holds the records")
    where: Group | None = Field(None, description="tests of the records' fields")


class DeriveTable(Strict):
    """The output of a decision table."""

    table: Table


def _derive_shape(value: object) -> str:
    if isinstance(value, dict):
        for key in ("when", "first", "count", "earliest", "latest", "table"):
            if key in value:
                return f"<{key}>"
        return "<when>"
    return "<formula>"


Derive: TypeAlias = Annotated[
    Annotated[Formula, Tag("<formula>")]
    | Annotated[DeriveWhen, Tag("<when>")]
    | Annotated[DeriveFirst, Tag("<first>")]
    | Annotated[DeriveCount, Tag("<count>")]
    | Annotated[DeriveEarliest, Tag("<earliest>")]
    | Annotated[DeriveLatest, Tag("<latest>")]
    | Annotated[DeriveTable, Tag("<table>")],
    Discriminator(_derive_shape),
]


def _not_money_shape(value: object) -> str:
    return "<values>" if isinstance(value, list) else "<yes-no>"


NotMoney: TypeAlias = Annotated[
    Annotated[YesNo, Tag("<yes-no>")] | Annotated[Values, Tag("<values>")],
    Discriminator(_not_money_shape),
]


class FactModel(Item):
    """
    A fact a state may hold, or that the ruleset derives.

    A reserved fact may be listed with ``title``, ``learn_by``, ``default`` and ``not_money`` only.
    """

    kind: KindName | None = Field(None, description="required, unless the fact is reserved")
    values: Values | None = Field(None, description="choice, set: any order; level: lowest first")
    like: Name | None = Field(None, description="takes the values of this fact")
    fields: dict[Word, FactModel] | None = Field(
        None, min_length=1, description="of a record or of records"
    )
    default: Value | None = Field(
        None, description="taken where the fact is missing: a value or a formula (semantics 1)"
    )
    derive: Derive | None = Field(None, description="computed, never given (semantics 3, 4)")
    learn_by: Id | None = Field(None, description="the action that learns it")
    not_money: NotMoney | None = Field(
        None,
        description="yes, or some of its values: no amount, cap or eligibility may depend on "
        "them (semantics 32)",
    )


def _check_single(value: Any) -> Any:
    if not isinstance(value, dict):
        return check_value(value)
    if not _per_currency(value):
        raise PydanticCustomError(
            "wrong-shape",
            "such a mapping is not a setting's value",
            {
                "help": "write one value, one per currency (`{EUR: 5, GBP: 4}`), or a list of "
                "`{valid: {from: 2026-01-01}, value: …}`"
            },
        )
    return value


class SettingValueModel(Strict):
    """One value of a setting and the dates it holds between."""

    valid: Valid = Field(description="the dates it holds between (semantics 21)")
    value: Annotated[Any, AfterValidator(_check_single)] = Field(
        description="a value, or one per currency", json_schema_extra={"$comment": "setting"}
    )


_DATED = TypeAdapter(list[SettingValueModel])


def check_setting_value(value: Any) -> Any:
    """
    Return a setting's value as written, if it has a shape that settings can have.

    Args:
        value: What stands under ``value``: a value, a list of words, a mapping of currencies, or
            a list of values that have their own dates.

    Raises:
        PydanticCustomError: ``wrong-shape``, if it has not.
        ValidationError: if a dated value is ill formed.
    """
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        _DATED.validate_python(value)
        return value
    return _check_single(value)


def _per_currency(value: dict[str, Any]) -> bool:
    return bool(value) and all(
        len(key) == 3 and key.isascii() and key.isupper() and not isinstance(amount, list | dict)
        for key, amount in value.items()
    )


def _setting_of(value: object) -> object:
    """Read a bare value, values per currency or dated values as a setting that has only those."""
    if isinstance(value, dict):
        return {"value": value} if _per_currency(value) else value
    return {"value": value}


class SettingModel(Item):
    """
    A named value that rules refer to, in one place.

    ``value`` is one value, or a list of ``{valid, value}``; a money setting may hold a value per
    currency (``{EUR: 5, GBP: 4}``). A setting that has nothing else may be written as its value.
    """

    value: Annotated[Any, AfterValidator(check_setting_value)] = Field(
        description="a value; or several, each with `valid`; or one per currency",
        json_schema_extra={"$comment": "settings"},
    )
    kind: KindName | None = Field(None, description="read from the value where absent")
    values: Values | None = Field(None, description="choice, set: any order; level: lowest first")
    like: Name | None = Field(None, description="takes kind and values of this fact")
    default_of_ours: YesNo = Field(
        False, description="yes marks a figure without a source: an owner's to change"
    )


Setting: TypeAlias = Annotated[SettingModel, BeforeValidator(_setting_of)]


class CustomerTypeModel(Item):
    """A customer type, given by the host or recognised from signals (semantics 7)."""

    confirm: Literal["human"] | None = Field(None, description="human: recognised only proposes it")
    expires: DurationText | None = Field(None, description="how long after `since` it ends")
    recognise: When | None = Field(None, description="the signals by which it is recognised")
    guidance: Guidance | None = None
