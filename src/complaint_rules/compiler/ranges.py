"""What checks on one fact have to do with each other: nothing in common, or all of it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from complaint_rules.conditions.tree import (
    Among,
    Check,
    Contains,
    HasHappened,
    IsKnown,
    Within,
)
from complaint_rules.facts import Fact, Kind, Value
from complaint_rules.money import Money

Key: TypeAlias = tuple[str, int | Fraction]
"""A value's place in an order, and the name of the order."""


def order_key(value: Value | None, fact: Fact) -> Key | None:
    """Return where a value stands in the order of the fact's values; None where it has none."""
    if isinstance(value, Money):
        return (value.currency, Fraction(value.amount)) if value.amount else None
    if isinstance(value, datetime.date):
        return ("date", value.toordinal())
    if isinstance(value, int | Decimal | Fraction):
        return ("number", Fraction(value))
    if isinstance(value, str) and value in fact.ranks:
        return ("rank", fact.ranks[value])
    return None


def is_empty(within: Within, fact: Fact) -> bool:
    """Return whether certainly no value lies in a range."""
    low, high = order_key(within.low, fact), order_key(within.high, fact)
    if low is None or high is None or low[0] != high[0]:
        return False
    closed = within.low_closed and within.high_closed
    return low[1] > high[1] or (low[1] == high[1] and not closed)


def inside(value: Value, within: Within, fact: Fact) -> bool | None:
    """Return whether a value lies in a range; None where that cannot be told."""
    place = order_key(value, fact)
    if place is None:
        return None
    low, high = order_key(within.low, fact), order_key(within.high, fact)
    for bound, given in ((low, within.low), (high, within.high)):
        if given is not None and (bound is None or bound[0] != place[0]):
            return None
    above = low is None or place[1] > low[1] or (place[1] == low[1] and within.low_closed)
    below = high is None or place[1] < high[1] or (place[1] == high[1] and within.high_closed)
    return above and below


def disjoint(one: Check, other: Check, fact: Fact) -> bool:
    """Return whether certainly no value of a fact passes both checks."""
    return _apart(one, other, fact) or _apart(other, one, fact)


def _apart(one: Check, other: Check, fact: Fact) -> bool:
    """Return whether two checks are disjoint, for one order of the two."""
    match one, other:
        case IsKnown(False), _:
            return other != one
        case HasHappened(False), HasHappened(True) | Among() | Within():
            return True
        case Among(), Among():
            return _apart_values(one, other, fact)
        case Among(values, False), Within():
            return all(inside(value, other, fact) is False for value in values)
        case Within(), Within():
            return is_empty(_meet(one, other, fact), fact)
        case Contains("none", values), Contains("any", wanted):
            return wanted <= values
        case Contains("none", values), Contains("all", wanted):
            return bool(wanted & values)
    return False


def covers(one: Check, other: Check, fact: Fact) -> bool:
    """Return whether every value that passes `other` certainly passes `one`."""
    match one:
        case IsKnown(known):
            return known != (other == IsKnown(known=False))
        case HasHappened(happened):
            return other == one or (happened and isinstance(other, Among | Within))
        case Among():
            return _covers_values(one, other, fact)
        case Within():
            return _covers_range(one, other, fact)
        case Contains():
            return isinstance(other, Contains) and _covers_sets(one, other)
    return one == other


def _covers_values(one: Among, other: Check, fact: Fact) -> bool:
    if isinstance(other, Among):
        if not one.negated:
            return not other.negated and other.values <= one.values
        if other.negated:
            return one.values <= other.values
        return not other.values & one.values
    if isinstance(other, Within) and one.negated:
        return all(inside(value, other, fact) is False for value in one.values)
    return False


def _covers_range(one: Within, other: Check, fact: Fact) -> bool:
    if isinstance(other, Among):
        return not other.negated and all(inside(value, one, fact) for value in other.values)
    return isinstance(other, Within) and _meet(one, other, fact) == other


def _covers_sets(one: Contains, other: Contains) -> bool:
    if one.how == "any" and other.how == "all":
        return bool(other.values & one.values)
    if one.how != other.how:
        return False
    return other.values <= one.values if one.how == "any" else one.values <= other.values


def is_whole(check: Check, fact: Fact) -> bool:
    """Return whether every known value of a fact certainly passes a check."""
    match check:
        case Among(values, negated):
            rest = set(fact.values) - {v for v in values if isinstance(v, str)}
            return bool(fact.values) and not negated and not rest
        case Within(low, low_closed, None):
            return low_closed and _least(low, fact)
        case Within(None, _, high, high_closed):
            return high_closed and bool(fact.values) and high == fact.values[-1]
    return False


def _least(low: Value | None, fact: Fact) -> bool:
    if fact.values:
        return low == fact.values[0]
    return fact.kind is Kind.COUNT and isinstance(low, int) and low <= 0


def _apart_values(one: Among, other: Among, fact: Fact) -> bool:
    if one.negated and other.negated:
        return bool(fact.values) and set(fact.values) <= one.values | other.values
    if one.negated:
        return other.values <= one.values
    if other.negated:
        return one.values <= other.values
    return not one.values & other.values


def _meet(one: Within, other: Within, fact: Fact) -> Within:
    """Return the range of what lies in both; a bound that cannot be compared is left out."""
    low, low_closed = _tighter(one, other, fact, lowest=True)
    high, high_closed = _tighter(one, other, fact, lowest=False)
    return Within(low, low_closed, high, high_closed)


def _tighter(one: Within, other: Within, fact: Fact, *, lowest: bool) -> tuple[Value | None, bool]:
    def end(within: Within) -> tuple[Value | None, bool]:
        return (within.low, within.low_closed) if lowest else (within.high, within.high_closed)

    (first, first_closed), (second, second_closed) = end(one), end(other)
    if first is None or second is None:
        return (second, second_closed) if first is None else (first, first_closed)
    left, right = order_key(first, fact), order_key(second, fact)
    if left is None or right is None or left[0] != right[0]:
        return None, True
    if left[1] == right[1]:
        return second, first_closed and second_closed
    return (first, first_closed) if (left[1] > right[1]) == lowest else (second, second_closed)
