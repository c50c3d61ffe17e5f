"""What a check says of one value: true, false, or unknown where a bound is (semantics 2, 6, 9)."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from complaint_rules.conditions.expressions import computing
from complaint_rules.conditions.inner import Amount, Inner, Scope, seconds, three_way
from complaint_rules.conditions.tree import (
    Among,
    Check,
    Compare,
    Contains,
    Counts,
    HasHappened,
    IsKnown,
    Within,
)
from complaint_rules.facts import NOT_YET, Kind
from complaint_rules.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaint_rules.facts import Fact, Value
    from complaint_rules.state import Situation

    Passing: TypeAlias = Callable[[Any, Scope], bool | None]

_NUMBERS: Final = frozenset({int, Decimal, Fraction})
_BOUNDS: Final = _NUMBERS | {type(None)}
_WORDS: Final = frozenset({str, bool})
_EXACT: Final = frozenset({int, Decimal})
"""Types of numbers that are equal, and have one hash, wherever their values are equal."""
ALLOWED: Final = {
    "=": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
}
"""Signs of ``left - right`` that fulfil each operator."""


def check_value(
    check: Check,
    value: Value | None,
    fact: Fact,
    situation: Situation,
    notices: list[str] | None = None,
) -> bool | None:
    """
    Return whether a value passes a check; `None` if that is unknown.

    Args:
        check: The check.
        value: A value of the fact's kind; `None` where it is unknown.
        fact: The fact, or the field of a record; the order of a level's values is its own.
        situation: Where computed bounds find their facts, settings and calendar.
        notices: Codes of what made a bound or comparison unknown are added here.
    """
    values = fact.values if fact.kind is Kind.LEVEL else ()
    return passes(check, value, values, Scope(situation, notices=notices))


def passes(check: Check, value: Value | None, values: tuple[str, ...], scope: Scope) -> bool | None:
    """Return whether a value passes a check; `values` is the order of a level's values."""
    if isinstance(check, IsKnown):
        return (value is not None) == check.known
    if value is None:
        return None
    return checker(check, values)(value, scope)


def checker(check: Check, values: tuple[str, ...]) -> Passing:
    """
    Return the function that tells whether a known value passes a check other than `IsKnown`.

    Args:
        check: The check.
        values: The order of a level's values; empty for every other kind.
    """
    return _PASSING[type(check)](check, values)


def compare(
    op: str, left: Inner, right: Inner, values: tuple[str, ...], scope: Scope
) -> bool | None:
    """
    Return whether two inner values stand in the relation ``= != < <= > >=``.

    With what has not happened yet every relation is false. A set equals a word that it holds.
    """
    if left is NOT_YET or right is NOT_YET:
        return False
    if isinstance(left, str | frozenset) or isinstance(right, str | frozenset):
        return _compare_words(op, left, right, values)
    sign = three_way(left, right, scope)
    return None if sign is None else sign in ALLOWED[op]


def _compare_words(op: str, left: Inner, right: Inner, values: tuple[str, ...]) -> bool:
    if op in ("=", "!="):
        if isinstance(left, frozenset) and isinstance(right, str):
            equal = right in left
        else:
            equal = left == right
        return equal == (op == "=")
    if left in values and right in values:
        sign = values.index(left) - values.index(right)
        return (sign > 0) - (sign < 0) in ALLOWED[op]
    return False


def _among(check: Among, _: tuple[str, ...]) -> Passing:
    """Words, yes and no are looked up, and so are numbers; all else is compared with each."""
    constants, wanted = check.values, not check.negated
    types = {type(each) for each in constants}
    looked_up: frozenset[type] = _WORDS if types <= _WORDS else frozenset({str})
    if types <= _EXACT:
        looked_up |= _EXACT

    def among(value: Value, scope: Scope) -> bool | None:
        if type(value) in looked_up:
            return (value in constants) is wanted
        if value is NOT_YET:
            return False
        found: bool | None = False
        own = _comparable(value)
        for each in constants:
            equal = compare("=", own, _comparable(each), (), scope)
            if equal:
                found = True
                break
            if equal is None:
                found = None
        return found if found is None else found is wanted

    return among


def _within(check: Within, values: tuple[str, ...]) -> Passing:
    """Return the quickest of three: for numbers, for amounts of one currency, for all."""
    bounds = (check.low, check.high)
    if {type(bound) for bound in bounds} <= _BOUNDS:
        return _within_numbers(check, _within_any(check, values))
    currencies = {bound.currency for bound in bounds if isinstance(bound, Money)}
    if len(currencies) == 1 and all(isinstance(bound, Money | None) for bound in bounds):
        return _within_amounts(check, currencies.pop(), _within_any(check, values))
    return _within_any(check, values)


def _within_numbers(check: Within, otherwise: Passing) -> Passing:
    inside = _between(check, check.low, check.high)

    def within(value: Value, scope: Scope) -> bool | None:
        return inside(value) if type(value) in _NUMBERS else otherwise(value, scope)

    return within


def _within_amounts(check: Within, currency: str, otherwise: Passing) -> Passing:
    bounds: tuple[Any, Any] = (check.low, check.high)
    low, high = (None if bound is None else bound.amount for bound in bounds)
    inside = _between(check, low, high)

    def within(value: Any, scope: Scope) -> bool | None:
        if type(value) is Money and value.currency == currency:
            return inside(value.amount)
        return otherwise(value, scope)

    return within


def _between(check: Within, low: Any, high: Any) -> Callable[[Any], bool]:
    """Return whether a number lies between two numbers; an absent one does not bind."""
    above = operator.ge if check.low_closed else operator.gt
    below = operator.le if check.high_closed else operator.lt
    if high is None:
        return (lambda _: True) if low is None else (lambda number: above(number, low))
    if low is None:
        return lambda number: below(number, high)
    return lambda number: above(number, low) and below(number, high)


def _within_any(check: Within, values: tuple[str, ...]) -> Passing:
    """Compare with each bound; an unknown lower bound does not matter where the upper fails."""
    low, above = check.low, ">=" if check.low_closed else ">"
    high, below = check.high, "<=" if check.high_closed else "<"

    def within(value: Value, scope: Scope) -> bool | None:
        if value is NOT_YET:
            return False
        own = _comparable(value)
        over: bool | None = True
        if low is not None:
            over = compare(above, own, _comparable(low), values, scope)
        if high is None or over is False:
            return over
        under = compare(below, own, _comparable(high), values, scope)
        return over if under else under

    return within


def _compare(check: Compare, values: tuple[str, ...]) -> Passing:
    """Whole numbers, instants among them, are compared as they are."""
    compute, op, allowed = computing(check.bound), check.op, ALLOWED[check.op]

    def compared(value: Value, scope: Scope) -> bool | None:
        if value is NOT_YET:
            return False
        bound = compute(scope)
        if type(value) is int and type(bound) is int:
            return (value > bound) - (value < bound) in allowed
        bound = seconds(bound)
        return None if bound is None else compare(op, _comparable(value), bound, values, scope)

    return compared


def _comparable(value: Value) -> Inner:
    """Return a value as it is compared: an amount with its currency, all others as they are."""
    return Amount(value.amount, value.currency) if isinstance(value, Money) else value


def _has_happened(check: HasHappened, _: tuple[str, ...]) -> Passing:
    happened = check.happened
    return lambda value, _: (value is not NOT_YET) is happened


def _contains(check: Contains, _: tuple[str, ...]) -> Passing:
    how, members = check.how, check.values

    def contains(value: Value, _: Scope) -> bool | None:
        if not isinstance(value, frozenset):
            return None
        if how == "all":
            return members <= value
        return value.isdisjoint(members) is (how == "none")

    return contains


def _counts(check: Counts, values: tuple[str, ...]) -> Passing:
    counted = checker(check.check, values)

    def counts(value: Value, scope: Scope) -> bool | None:
        return counted(len(value), scope) if isinstance(value, frozenset) else None

    return counts


_PASSING: Final[dict[type, Callable[..., Passing]]] = {
    Among: _among,
    Within: _within,
    Compare: _compare,
    HasHappened: _has_happened,
    Contains: _contains,
    Counts: _counts,
}
