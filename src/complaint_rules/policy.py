"""
A policy: a ruleset compiled. Frozen, ordered, no logic and no index.

Names are resolved, kinds checked, texts kept for explanation. Everything the engines match is a
condition in one list; items refer to their condition by its number there (`Policy.conditions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import attrs

from complaint_rules.calendar import BusinessCalendar, Duration
from complaint_rules.conditions.derived import (
    BuiltIn,
    ConditionNumber,
    Derivation,
    FirstOf,
    Formula,
    OverRecords,
    Row,
    Table,
    TableOf,
    Texts,
    TruthOf,
    Validity,
)
from complaint_rules.conditions.tree import Condition, Expression
from complaint_rules.facts import Fact
from complaint_rules.money import currency_decimals
from complaint_rules.source import Span

__all__ = [
    "Action",
    "BuiltIn",
    "ConditionNumber",
    "CustomerType",
    "Derivation",
    "Do",
    "Due",
    "DueAfter",
    "DueNow",
    "DueTarget",
    "FirstOf",
    "Formula",
    "Group",
    "Guidance",
    "Item",
    "Manner",
    "Opening",
    "OverRecords",
    "Policy",
    "Remedy",
    "Repeat",
    "Row",
    "Rule",
    "Sequence",
    "Setting",
    "Stage",
    "Table",
    "TableOf",
    "Target",
    "Texts",
    "Tier",
    "TruthOf",
    "Validity",
]


@attrs.frozen(kw_only=True)
class Item:
    """
    What every compiled item carries.

    Attributes:
        id: Its id, unique in its section.
        title: What a reader calls it, per language; may be empty.
        text: One sentence per language; may be empty.
        source: Where it comes from.
        span: Where it is written.
        valid: The dates it holds between; `None` for always.
        law: It is marked as law.
    """

    id: str
    title: Texts = attrs.field(factory=dict)
    text: Texts = attrs.field(factory=dict)
    source: tuple[str, ...] = ()
    span: Span | None = None
    valid: Validity | None = None
    law: bool = False


@attrs.frozen
class Guidance:
    """What to do and what to avoid, per language."""

    do: Texts = attrs.field(factory=dict)
    avoid: Texts = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Setting(Item):
    """
    A named value.

    Attributes:
        values: Validity and value, latest start first; undated ones last. A money setting may
            hold several currencies under one validity.
        default_of_ours: The figure has no source; an owner may change it freely.
    """

    values: tuple[tuple[Validity | None, object], ...]
    default_of_ours: bool = False


@attrs.frozen(kw_only=True)
class CustomerType(Item):
    """
    A customer type (semantics 7).

    Attributes:
        confirm_human: Recognised, it is only proposed until a human confirmed it.
        expires: How long after its `since` it ends; `None` for never.
        recognise: Condition that recognises it; `None` where only the host gives it.
    """

    confirm_human: bool = False
    expires: Duration | None = None
    recognise: Condition | None = None
    guidance: Guidance = Guidance()


# ------------------------------------------------------------------- due times


@attrs.frozen
class DueNow:
    """Due at once: at the instant of the decision."""


@attrs.frozen
class DueTarget:
    """Due with a target, or when a fraction of it has run on its clock (semantics 18)."""

    target: str
    part: tuple[int, int] = (1, 1)


@attrs.frozen
class DueAfter:
    """Due so long after an instant, on the complaint's calendar."""

    start: Expression
    duration: Duration


Due: TypeAlias = DueNow | DueTarget | DueAfter


@attrs.frozen
class Repeat:
    """
    How often an action returns once done (semantics 15).

    Once a round where both are absent.
    """

    each: str | None = None
    ever: int | None = None


@attrs.frozen(kw_only=True)
class Action(Item):
    """Something somebody does next, or (`conduct`) something that can only be forbidden."""

    owner: str = ""
    channel: str | None = None
    due: tuple[Due, ...] = ()
    after: tuple[str, ...] = ()
    repeat: Repeat = Repeat()
    guidance: Guidance = Guidance()
    conduct: bool = False


@attrs.frozen(kw_only=True)
class Manner(Item):
    """How to speak and behave; `phase` is listening, deciding or both."""

    phase: str = "both"
    guidance: Guidance = Guidance()


@attrs.frozen(kw_only=True)
class Target(Item):
    """
    A point in time by which something must have happened (semantics 16).

    Attributes:
        when: Number of its condition.
        start: An instant: when the clock starts.
        met_by: An instant: what meets it.
        due: Its own duration, if any; `table` rows and rules add others, the earliest rules.
        table: Its due column is `due`; rows outside their validity are absent.
    """

    when: ConditionNumber
    start: Expression
    met_by: Expression
    due: Duration | None = None
    opens: Duration | None = None
    table: Table | None = None
    pauses: bool = False
    calendar: str | None = None


# -------------------------------------------------------------------- remedies


@attrs.frozen
class Tier:
    """One step of an approval; the last has no `up_to`."""

    by: str
    up_to: Expression | None = None


@attrs.frozen(kw_only=True)
class Remedy(Item):
    """Something offered, or owed, to the customer (semantics 28 to 33)."""

    when: ConditionNumber
    amount: Expression | TableOf | None = None
    cap: Expression | None = None
    approval: tuple[Tier, ...] = ()
    group: str = ""
    excludes: tuple[str, ...] = ()
    fits: frozenset[str] = frozenset()
    owed: bool = False
    statutory: bool = False
    voucher: bool = False
    due: tuple[Due, ...] = ()
    cost: Expression | None = None
    guidance: Guidance = Guidance()


@attrs.frozen(kw_only=True)
class Group(Item):
    """Remedies that exclude each other; before `opens` holds they wait."""

    opens: ConditionNumber
    cap: Expression | None = None


# ----------------------------------------------------------------------- rules


@attrs.frozen
class Do:
    """An action a rule asks for, with due times of the rule's own."""

    action: str
    due: tuple[Due, ...] = ()


@attrs.frozen(kw_only=True)
class Rule(Item):
    """One rule and all it brings about (semantics 22)."""

    when: ConditionNumber
    do: tuple[Do, ...] = ()
    never: tuple[str, ...] = ()
    target: tuple[tuple[str, Duration], ...] = ()
    manner: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    cap: tuple[tuple[str, Expression], ...] = ()
    withhold: tuple[str, ...] = ()
    approver: tuple[tuple[str, str], ...] = ()
    escalate: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Sequence(Item):
    """An order of actions."""

    when: ConditionNumber
    steps: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Stage(Item):
    """
    A stage of the complaint's life, or a side state.

    Its condition is a tree, not a number: ``stage`` and ``side`` are facts that other conditions
    test, so they are settled before an engine matches.
    """

    when: Condition


@attrs.frozen(kw_only=True)
class Opening(Item):
    """What a reader is told of a calendar; `holidays` are countries, subdivisions and dates."""

    holidays: tuple[str, ...] = ()


# ---------------------------------------------------------------------- policy


@attrs.frozen(kw_only=True, eq=False)
class Policy:
    """
    A compiled ruleset: immutable, picklable, safe to share between threads and processes.

    Attributes:
        id: The ruleset's id.
        edition: Its edition.
        fingerprint: SHA-256 of the composed ruleset in canonical JSON, in hexadecimal.
        title: Its title per language.
        words: What a reader calls values, roles and channels, per language, by word; those for
            one fact's values alone by ``fact.word``.
        extends: Ids of the rulesets it builds on.
        text: What it is, in a sentence per language; may be empty.
        openings: What a reader is told of the declared calendars, by id.
        currency: ISO 4217 code of its currency.
        decimals: Decimals an amount is rounded to, by currency code (others: ISO 4217's).
        calendar: Id of the calendar of a complaint that names none.
        calendars: Calendars by id.
        approvals: Roles that approve, lowest first.
        facts: Every fact, given, derived and reserved, by name (fields dotted).
        defaults: What a missing fact takes, by name, in an order in which each may use those
            before it.
        derivations: Derived facts in dependency order.
        settings: Settings by name.
        types: Customer types by id.
        conditions: Everything an engine matches. Equal conditions share a number.
        stages: In order; the first whose condition is true.
        sides: Side states; each whose condition is true.
        rules, actions, manner, targets, remedies, groups, sequences: The items, in order.
    """

    id: str
    edition: str
    fingerprint: str
    title: Texts
    currency: str
    decimals: Mapping[str, int]
    calendar: str
    calendars: Mapping[str, BusinessCalendar]
    approvals: tuple[str, ...]
    facts: Mapping[str, Fact]
    defaults: Mapping[str, Expression]
    derivations: Mapping[str, Derivation]
    settings: Mapping[str, Setting]
    types: Mapping[str, CustomerType]
    conditions: tuple[Condition, ...]
    stages: tuple[Stage, ...]
    sides: tuple[Stage, ...]
    rules: tuple[Rule, ...]
    actions: Mapping[str, Action]
    manner: Mapping[str, Manner]
    targets: Mapping[str, Target]
    remedies: Mapping[str, Remedy]
    groups: Mapping[str, Group]
    sequences: tuple[Sequence, ...]
    words: Mapping[str, Texts] = attrs.field(factory=dict)
    extends: tuple[str, ...] = ()
    text: Texts = attrs.field(factory=dict)
    openings: Mapping[str, Opening] = attrs.field(factory=dict)

    def decimals_of(self, currency: str) -> int:
        """Return the decimals amounts of `currency` are rounded to (semantics 27)."""
        return self.decimals.get(currency, currency_decimals(currency))
