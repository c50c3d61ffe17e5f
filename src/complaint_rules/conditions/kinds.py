"""Which kinds arithmetic joins, and what comes of it: the compiler's table of kinds."""

from __future__ import annotations

from typing import Final

from complaint_rules.facts import Kind

_NUMBERS: Final = frozenset({Kind.COUNT, Kind.NUMBER})
_MOMENTS: Final = frozenset({Kind.INSTANT, Kind.DATE})
_LENGTHS: Final = frozenset({Kind.DURATION, Kind.BUSINESS_DURATION})


def result_kind(op: str, left: Kind, right: Kind) -> Kind | None:
    """
    Return the kind of ``left op right``, or `None` where the two do not go together.

    A count reckons like a number and gives a number. A date beside a duration or an instant is
    read as the instant its day ends (semantics 13).

    Args:
        op: ``+``, ``-``, ``*`` or ``/``.
        left: Kind of the left operand.
        right: Kind of the right operand.
    """
    if left in _NUMBERS and right in _NUMBERS:
        return Kind.NUMBER
    if op in ("+", "-"):
        return _sum_kind(op, left, right)
    if left is Kind.MONEY and right in _NUMBERS:
        return Kind.MONEY
    if op == "*":
        return Kind.MONEY if left in _NUMBERS and right is Kind.MONEY else None
    return Kind.NUMBER if left is right is Kind.MONEY else None


def _sum_kind(op: str, left: Kind, right: Kind) -> Kind | None:
    if left is right and (left is Kind.MONEY or left in _LENGTHS):
        return left
    if op == "+" and left in _LENGTHS:
        left, right = right, left
    if left in _MOMENTS and right in _LENGTHS:
        return Kind.INSTANT if op == "+" or right is Kind.DURATION else None
    if op == "-" and left in _MOMENTS and right in _MOMENTS:
        return Kind.DURATION
    return None


def negated_kind(kind: Kind) -> Kind | None:
    """Return the kind of minus a value of this kind, or `None` where there is none."""
    if kind in _NUMBERS:
        return Kind.NUMBER
    return kind if kind in (Kind.MONEY, Kind.DURATION) else None


def common_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the one kind of several values; counts and numbers together are numbers."""
    if len(set(kinds)) == 1:
        return kinds[0]
    return Kind.NUMBER if kinds and set(kinds) <= _NUMBERS else None
