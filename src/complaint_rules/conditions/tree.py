"""
Conditions and expressions as frozen trees: names resolved, kinds checked, nothing left to parse.

The compiler builds these from text; `complaint_rules.conditions` gives them their
three-valued meaning; engines index them. A condition says something of a situation;
a check says something of one fact's value; an expression computes a value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as Anything
from typing import TypeAlias

import attrs

from complaint_rules.facts import Kind, Value
from complaint_rules.source import Span


class Node:
    """
    A part of a tree; it keeps what is worked out of it when it is first read.

    None of that is part of its value, and all is left behind when it is copied or pickled. Two
    threads may work out the same: no harm.

    Attributes:
        reader: The function that reads it in a scope (see `truth` and `expressions`).
        blamer: The function that also tells what keeps it unknown (see `blame`).
        waiter: The function that tells what it waits for where it is unknown (likewise).
    """

    __slots__ = ("blamer", "reader", "waiter")
    reader: Callable[..., Anything]
    blamer: Callable[..., Anything]
    waiter: Callable[..., Anything]


# ------------------------------------------------------------------ expressions


@attrs.frozen
class Constant(Node):
    """
    A value that never changes.

    A duration constant is a `complaint_rules.calendar.Duration`, so that ``add`` and ``+`` can
    put it on a calendar; everything else is a value as facts have it.
    """

    value: object
    kind: Kind


@attrs.frozen
class FactValue(Node):
    """The value of a fact, unknown where the fact is."""

    name: str
    kind: Kind


@attrs.frozen
class SettingValue(Node):
    """The value of a setting on the event date; unknown where it has none (semantics 21)."""

    name: str
    kind: Kind


@attrs.frozen
class FieldValue(Node):
    """The value of a field of the record a ``where`` is looking at."""

    name: str
    kind: Kind


@attrs.frozen
class Now(Node):
    """The instant to decide at."""

    kind: Kind = Kind.INSTANT


@attrs.frozen
class Negation(Node):
    """Minus a number, an amount or a duration."""

    operand: Expression
    kind: Kind


@attrs.frozen
class Arithmetic(Node):
    """Two values joined by ``+``, ``-``, ``*`` or ``/``."""

    op: str
    left: Expression
    right: Expression
    kind: Kind


@attrs.frozen
class Call(Node):
    """
    A call of one of the written functions.

    Attributes:
        function: Its name, as in `complaint_rules.conditions.FUNCTIONS`.
        arguments: Expressions; ``done_at`` and ``done_count`` take the action's id as a
            text constant, ``raise`` takes a level and a whole number.
        kind: Kind of the result.
        values: The ordered values, where the result is a level.
    """

    function: str
    arguments: tuple[Expression, ...]
    kind: Kind
    values: tuple[str, ...] = ()


Expression: TypeAlias = (
    Constant | FactValue | SettingValue | FieldValue | Now | Negation | Arithmetic | Call
)

# ----------------------------------------------------------------------- checks


@attrs.frozen
class Among(Node):
    """The value is one of these (or, negated, none of these; false for `NOT_YET` either way)."""

    values: frozenset[Value]
    negated: bool = False


@attrs.frozen
class Within(Node):
    """
    The value lies between two constants; an absent bound does not bind.

    Numbers, amounts (whole `Money` of one currency), durations and instants in seconds, dates,
    levels by rank (bounds are level values). Never true for `NOT_YET`.
    """

    low: Value | None = None
    low_closed: bool = True
    high: Value | None = None
    high_closed: bool = True


@attrs.frozen
class Compare(Node):
    """
    The value compared with a computed bound: ``= != < <= > >=``.

    Unknown where the bound is. A date compared with an instant is read as its end of day.
    """

    op: str
    bound: Expression


@attrs.frozen
class IsKnown(Node):
    """The fact is known (or, for `known` false, is unknown): never unknown itself."""

    known: bool


@attrs.frozen
class HasHappened(Node):
    """The instant has happened (or, for `happened` false, is `NOT_YET`)."""

    happened: bool


@attrs.frozen
class Contains(Node):
    """A set holds ``all``, ``any`` or ``none`` of these (`how`)."""

    how: str
    values: frozenset[str]


@attrs.frozen
class Counts(Node):
    """The number of a set's members passes a check."""

    check: Within | Among | Compare


Check: TypeAlias = Among | Within | Compare | IsKnown | HasHappened | Contains | Counts

# ------------------------------------------------------------------- conditions


@attrs.frozen
class Truth(Node):
    """Always true, or never (a test of ``-``; a group that lost its last member)."""

    value: bool = True


@attrs.frozen
class Test(Node):
    """
    One check on one fact.

    Attributes:
        fact: Name of the fact (inside a ``where``: of the record's field).
        check: What must hold.
        values: The ordered values, lowest first, where the fact is a level; else empty.
        span: Where it is written; not part of equality, so equal tests share one bit.
        text: The test as its author wrote it.
    """

    fact: str
    check: Check
    values: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    span: Span | None = attrs.field(default=None, eq=False)
    text: str = attrs.field(default="", eq=False)


@attrs.frozen
class All(Node):
    """Every item is true."""

    items: tuple[Condition, ...]


@attrs.frozen
class Any(Node):
    """At least one item is true."""

    items: tuple[Condition, ...]


@attrs.frozen
class Not(Node):
    """The item is false."""

    item: Condition


@attrs.frozen
class AtLeast(Node):
    """At least `n` items are true (semantics 9)."""

    n: int
    items: tuple[Condition, ...]


Condition: TypeAlias = Truth | Test | All | Any | Not | AtLeast
