"""What a check says of one value: true, false, or unknown where a bound is (semantics 2, 6, 9)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from complaint_rules.conditions.expressions import compute
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

_NUMBERS: Final = frozenset({int, Decimal, Fraction})
_BOUNDS: Final = _NUMBERS | {type(None)}
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
    return _CHECKS[type(check)](check, value, values, scope)


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


def _among(check: Among, value: Value, _: tuple[str, ...], scope: Scope) -> bool | None:
    if value is NOT_YET:
        return False
    if isinstance(value, str):
        return (value in check.values) != check.negated
    found: bool | None = False
    own = _comparable(value)
    for each in check.values:
        equal = compare("=", own, _comparable(each), (), scope)
        if equal:
            found = True
            break
        if equal is None:
            found = None
    return found if found is None else found != check.negated


def _within(check: Within, value: Value, values: tuple[str, ...], scope: Scope) -> bool | None:
    if value is NOT_YET:
        return False
    plain = _plain_within(check, value)
    if plain is not None:
        return plain
    own = _comparable(value)
    above: bool | None = True
    if check.low is not None:
        op = ">=" if check.low_closed else ">"
        above = compare(op, own, _comparable(check.low), values, scope)
    if check.high is None or above is False:
        return above
    op = "<=" if check.high_closed else "<"
    below = compare(op, own, _comparable(check.high), values, scope)
    return above if below else below


def _plain_within(check: Within, value: Inner) -> bool | None:
    """Answer quickly, if value and bounds are numbers, or amounts in one currency."""
    low, high = check.low, check.high
    if type(value) is Money:
        low, high = _amount(low, value.currency), _amount(high, value.currency)
        value = value.amount
    if type(value) not in _NUMBERS or type(low) not in _BOUNDS or type(high) not in _BOUNDS:
        return None
    number: Any = value
    if low is not None and (number < low or (number == low and not check.low_closed)):
        return False
    return high is None or number < high or (number == high and check.high_closed)


def _amount(bound: Value | None, currency: str) -> Value | None:
    """Return the number of a bound in a currency; any other bound as it is."""
    return bound.amount if type(bound) is Money and bound.currency == currency else bound


def _compare(check: Compare, value: Value, values: tuple[str, ...], scope: Scope) -> bool | None:
    if value is NOT_YET:
        return False
    bound = seconds(compute(check.bound, scope))
    return None if bound is None else compare(check.op, _comparable(value), bound, values, scope)


def _comparable(value: Value) -> Inner:
    """Return a value as it is compared: an amount with its currency, all others as they are."""
    return Amount(value.amount, value.currency) if isinstance(value, Money) else value


def _has_happened(check: HasHappened, value: Value, _: tuple[str, ...], __: Scope) -> bool:
    return (value is not NOT_YET) == check.happened


def _contains(check: Contains, value: Value, _: tuple[str, ...], __: Scope) -> bool | None:
    if not isinstance(value, frozenset):
        return None
    if check.how == "all":
        return check.values <= value
    return value.isdisjoint(check.values) == (check.how == "none")


def _counts(check: Counts, value: Value, values: tuple[str, ...], scope: Scope) -> bool | None:
    if not isinstance(value, frozenset):
        return None
    return passes(check.check, len(value), values, scope)


_CHECKS: Final[dict[type, Callable[..., bool | None]]] = {
    Among: _among,
    Within: _within,
    Compare: _compare,
    HasHappened: _has_happened,
    Contains: _contains,
    Counts: _counts,
}
