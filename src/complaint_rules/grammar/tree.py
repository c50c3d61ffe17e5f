"""
Syntax trees of tests, expressions, durations and due times, as written.

Nothing is resolved here: a name is a name, whatever it will turn out to mean. Every node
knows where it stands: `start` and `end` are offsets in code points, `end` exclusive; they
take no part in comparison. A parsed tree is at most `LIMITS.depth` deep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction


@attrs.frozen
class Node:
    """
    What every node has: the stretch of text it was read from.

    Attributes:
        start: Offset of its first character.
        end: Offset just past its last character.
    """

    start: int = attrs.field(default=0, eq=False, kw_only=True)
    end: int = attrs.field(default=0, eq=False, kw_only=True)


# ------------------------------------------------------------------ expressions


@attrs.frozen
class NumberLiteral(Node):
    """A number without a sign: ``5``, ``2.50``; never negative when parsed."""

    value: Decimal


@attrs.frozen
class PercentLiteral(Node):
    """A percentage: ``20%`` has the value 20 and means 0.20."""

    value: Decimal


@attrs.frozen
class MoneyLiteral(Node):
    """An amount of money: ``100 EUR``; the currency is three capitals, not looked up here."""

    amount: Decimal
    currency: str


@attrs.frozen
class DurationLiteral(Node):
    """
    A duration: ``45 m``, ``4 bh``, ``3 bd end of day`` (semantics 14).

    Attributes:
        amount: How many units; not checked to be whole.
        unit: ``m h d w mo`` on the wall clock, ``bm bh bd`` on a calendar.
        close: ``day`` for ``end of day``, ``business`` for ``close of business``, else empty;
            never with ``m h bm bh``.
    """

    amount: Decimal
    unit: str
    close: str = ""


@attrs.frozen
class DateLiteral(Node):
    """A date that exists, as written: ``2026-11-30``."""

    text: str


@attrs.frozen
class InstantLiteral(Node):
    """An ISO 8601 instant with its offset, as written: ``2026-11-30T09:00:00+01:00``."""

    text: str


@attrs.frozen
class TextLiteral(Node):
    """A text in double quotes, its escapes undone."""

    value: str


@attrs.frozen
class YesNoLiteral(Node):
    """``yes`` or ``true``, ``no`` or ``false``."""

    value: bool


@attrs.frozen
class Name(Node):
    """A name, perhaps dotted: ``order_value``, ``review.delete_requests``, ``not_yet``."""

    text: str


@attrs.frozen
class Word(Node):
    """A bare word of a words test: a value, never a fact (semantics 8)."""

    text: str


@attrs.frozen
class FactReference(Node):
    """``fact(x)``: the fact `name`, even where a bare word would be a value (semantics 8)."""

    name: str


@attrs.frozen
class Negate(Node):
    """Minus something."""

    operand: Expression


@attrs.frozen
class Binary(Node):
    """Two expressions joined by ``+``, ``-``, ``*`` or ``/``."""

    op: str
    left: Expression
    right: Expression


@attrs.frozen
class Call(Node):
    """A function's name with its arguments; which functions there are is not known here."""

    name: str
    arguments: tuple[Expression, ...]


Expression: TypeAlias = (
    NumberLiteral
    | PercentLiteral
    | MoneyLiteral
    | DurationLiteral
    | DateLiteral
    | InstantLiteral
    | TextLiteral
    | YesNoLiteral
    | Name
    | Word
    | FactReference
    | Negate
    | Binary
    | Call
)

# ------------------------------------------------------------------------ tests


@attrs.frozen
class Dash(Node):
    """``-``: anything will do, even the unknown."""


@attrs.frozen
class KnownTest(Node):
    """One of the words ``known``, ``unknown``, ``happened``, ``not_yet`` as a test."""

    word: str


@attrs.frozen
class Equal(Node):
    """A bare value: the fact equals it, or, where the fact is a set, contains it."""

    value: Expression


@attrs.frozen
class Compare(Node):
    """A comparison ``< <= > >= = !=`` with a bound."""

    op: str
    bound: Expression


@attrs.frozen
class Interval(Node):
    """An interval; a closed end belongs to it, an open one does not."""

    low: Expression
    low_closed: bool
    high: Expression
    high_closed: bool


Member: TypeAlias = KnownTest | Equal | Compare | Interval


@attrs.frozen
class TestList(Node):
    """Several tests with commas: one of them holds; always two or more."""

    __test__ = False  # pytest takes classes named Test… for its own

    tests: tuple[Member, ...]


@attrs.frozen
class NotTest(Node):
    """``not(…)``: none of these tests holds."""

    tests: tuple[Member, ...]


Test: TypeAlias = Dash | TestList | NotTest | Member

# -------------------------------------------------------------------- due times


@attrs.frozen
class DueNow(Node):
    """``now``: at once."""


@attrs.frozen
class DueName(Node):
    """The name of a target whose due instant is meant."""

    name: str


@attrs.frozen
class DueFraction(Node):
    """``1/4 of first_response``: when that part of a target's span has run (semantics 18)."""

    part: Fraction
    name: str


DueSyntax: TypeAlias = DueNow | DueName | DueFraction | DurationLiteral
