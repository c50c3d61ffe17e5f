"""
How a derived fact is computed: frozen trees of conditions and expressions (semantics 3, 4, 12).

The compiler builds these; `complaint_rules.decision` computes them in dependency order, and
`complaint_rules.conditions` looks through them for the instants at which time changes a fact.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TypeAlias

import attrs

from complaint_rules.conditions.tree import Condition, Expression
from complaint_rules.facts import Value
from complaint_rules.source import Span

Texts: TypeAlias = Mapping[str, str]
"""A text per language code."""

ConditionNumber: TypeAlias = int
"""A place in `Policy.conditions`."""


@attrs.frozen
class Validity:
    """Dates between which an item holds, both inclusive; `None` is open (semantics 21)."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def holds(self, day: datetime.date) -> bool:
        """Return whether `day` lies between the dates."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@attrs.frozen
class Formula:
    """A derived fact computed by an expression."""

    expression: Expression


@attrs.frozen
class TruthOf:
    """A yes_no fact: the truth of a condition."""

    condition: Condition


@attrs.frozen
class FirstOf:
    """The value of the first true case; unknown if an unknown one stands before it."""

    cases: tuple[tuple[Condition, Expression], ...]
    otherwise: Expression


@attrs.frozen
class OverRecords:
    """
    A list of records boiled down: ``count``, or ``earliest`` / ``latest`` of a field.

    `where` tests the record's fields (a field still missing fails its test); its bounds may
    name facts and settings. The latest or earliest of no record is `NOT_YET`.
    """

    how: str
    records: str
    field: str
    where: Condition


@attrs.frozen
class Row:
    """
    One row of a table.

    Attributes:
        id: ``owner#row``: the id that reasons name.
        condition: All its tests together.
        outputs: An expression, or a Duration, per output column.
    """

    id: str
    condition: Condition
    outputs: Mapping[str, Expression]
    span: Span | None = None
    source: tuple[str, ...] = ()
    text: Texts = attrs.field(factory=dict)
    valid: Validity | None = None
    number: ConditionNumber = -1


@attrs.frozen
class Table:
    """
    A decision table (semantics 12).

    Attributes:
        hit: Its DMN hit policy.
        otherwise: Outputs where no row matches; empty where there are none.
        priority: Output values, most important first (P, O).
    """

    hit: str
    out: tuple[str, ...]
    rows: tuple[Row, ...]
    otherwise: Mapping[str, Expression] = attrs.field(factory=dict)
    priority: tuple[Value, ...] = ()


@attrs.frozen
class TableOf:
    """A fact, or an amount, that is an output of a table."""

    table: Table
    output: str


@attrs.frozen
class BuiltIn:
    """A reserved fact that the package derives itself: `complaint_rules.decision` knows how."""


Derivation: TypeAlias = Formula | TruthOf | FirstOf | OverRecords | TableOf | BuiltIn
