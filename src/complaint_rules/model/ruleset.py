"""A whole ruleset as written, and one of its files."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from complaint_rules.model.base import (
    CURRENCY_PATTERN,
    Day,
    Id,
    Ids,
    Item,
    Name,
    Note,
    Strict,
    Strings,
    Text,
    Valid,
    Word,
    list_of,
    word_of,
)
from complaint_rules.model.facts import CustomerTypeModel, FactModel, Setting
from complaint_rules.model.outputs import (
    ActionModel,
    GroupModel,
    MannerModel,
    RemedyModel,
    RuleModel,
    SequenceModel,
    StageModel,
    TargetModel,
)


def _currency_of(value: object) -> object:
    return {"code": value} if isinstance(value, str) else value


def _format_of(value: object) -> object:
    """Keep `true` apart from 1, which Python takes for equal."""
    if isinstance(value, bool):
        raise PydanticCustomError("wrong-format", "not a number", {"help": ""})
    return value


class Currency(Strict):
    """The ruleset's currency; `decimals` where it differs from ISO 4217's minor unit."""

    code: str = Field(pattern=CURRENCY_PATTERN, description="ISO 4217 code, such as `EUR`")
    decimals: int | None = Field(None, ge=0, le=6, description="decimals amounts are rounded to")


class SpecialDay(Strict):
    """One day with hours of its own; no hours: closed."""

    date: Day
    hours: Strings = Field(default_factory=list, description="windows, such as `09:00-12:30`")
    text: Text | None = None


class CalendarModel(Item):
    """When a business is open."""

    timezone: str = Field(description="an IANA time zone, such as `Europe/Budapest`")
    hours: dict[str, Strings] = Field(
        description="days (`mon`, `mon-fri`, `sat,sun`) -> windows (`09:00-12:30`); a day not "
        "named is closed"
    )
    holidays: Strings = Field(
        default_factory=list,
        description="countries or subdivisions (`HU`, `US-CA`) and single dates (`2026-12-24`)",
    )
    days: list[SpecialDay] = Field(
        default_factory=list, description="half days, extra open days, closures"
    )
    years: Annotated[str, BeforeValidator(word_of, json_schema_input_type=str | int)] = Field(
        "2010-2040", description="the years whose holidays are worked out"
    )


NamesOf: TypeAlias = Annotated[
    list[Name], BeforeValidator(list_of, json_schema_input_type=str | list[str])
]


class WordModel(Item):
    """
    What a reader calls a word: a value of choices, levels and sets, a role, a channel.

    A key such as ``cause_code.other`` is for the values of one fact alone.
    """

    title: Text = Field(description="what a reader calls it")


class Drop(Strict):
    """Inherited items taken out (semantics 23)."""

    settings: NamesOf = Field(default_factory=list)
    facts: NamesOf = Field(default_factory=list)
    calendars: Ids = Field(default_factory=list)
    customer_types: Ids = Field(default_factory=list)
    actions: Ids = Field(default_factory=list)
    manner: Ids = Field(default_factory=list)
    targets: Ids = Field(default_factory=list)
    remedies: Ids = Field(default_factory=list)
    groups: Ids = Field(default_factory=list)
    sequences: Ids = Field(default_factory=list)
    words: Strings = Field(default_factory=list)
    sides: Ids = Field(default_factory=list)
    stages: Ids = Field(default_factory=list)
    rules: Ids = Field(default_factory=list)


class Part(Strict):
    """One file of a ruleset: any of its sections."""

    settings: dict[Word, Setting] = Field(default_factory=dict)
    facts: dict[Name, FactModel] = Field(default_factory=dict)
    calendars: dict[Id, CalendarModel] = Field(default_factory=dict)
    customer_types: dict[Id, CustomerTypeModel] = Field(default_factory=dict)
    actions: dict[Id, ActionModel] = Field(default_factory=dict)
    manner: dict[Id, MannerModel] = Field(default_factory=dict)
    targets: dict[Id, TargetModel] = Field(default_factory=dict)
    remedies: dict[Id, RemedyModel] = Field(default_factory=dict)
    groups: dict[Id, GroupModel] = Field(default_factory=dict)
    words: dict[str, WordModel] = Field(default_factory=dict)
    sequences: list[SequenceModel] = Field(default_factory=list)
    stages: list[StageModel] = Field(default_factory=list)
    sides: list[StageModel] = Field(default_factory=list)
    rules: list[RuleModel] = Field(default_factory=list)
    include: Strings = Field(
        default_factory=list,
        description="other files of the ruleset, named from its folder; `*` matches within a name",
    )


class RulesetModel(Part):
    """A ruleset as written, includes and parents composed (format 1)."""

    format: Annotated[Literal[1], BeforeValidator(_format_of)] = Field(
        description="the language's version: 1"
    )
    id: Id
    edition: str = Field(min_length=1, max_length=40, description='in quotes: "2026-11"')
    title: Text
    text: Text | None = None
    note: Note | None = None
    currency: Annotated[
        Currency, BeforeValidator(_currency_of, json_schema_input_type=str | Currency)
    ] = Field(description="the currency of its amounts")
    calendar: Id | None = Field(None, description="the calendar of a complaint that names none")
    approvals: Ids = Field(
        default_factory=lambda: ["none", "agent", "lead", "manager"],
        min_length=1,
        description="who approves, lowest first",
    )
    valid: Valid | None = Field(None, description="default of every item's `valid`")
    extends: Ids = Field(default_factory=list, description="rulesets this one builds on")
    drop: Drop | None = None
