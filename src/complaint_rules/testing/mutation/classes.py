"""A fact's values cut into classes that no test of it tells apart; one value stands for each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

from complaint_rules.conditions.tree import Among, Check, Within
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.money import Money

_NOT_NEGATIVE: Final = (Kind.COUNT, Kind.MONEY, Kind.DURATION, Kind.BUSINESS_DURATION)
_STAGE: Final = "stage"
_OTHER: Final = "\x00 any other"
_CURRENCIES: Final = ("EUR", "USD")


def values_of(fact: Fact, checks: Sequence[Check]) -> list[Any] | None:
    """
    Return values of a fact, one of each class that some checks tell apart; unknown is not one.

    Args:
        fact: The fact; no set and no record.
        checks: What is asked of it. Checks with a computed bound are left to others: they may turn
            out any way for each value.

    Returns:
        `None` where the classes cannot be told.
    """
    match fact.kind:
        case Kind.YES_NO:
            return [True, False]
        case Kind.CHOICE | Kind.LEVEL:
            # A complaint is in no stage where none of their conditions holds.
            return [*fact.values, *([""] if fact.name == _STAGE else [])]
        case Kind.TEXT:
            words = {str(each) for check in checks for each in _constants(check)}
            return [*sorted(words), _OTHER]
        case Kind.INSTANT:
            points = _points(fact, checks)
            return None if points is None else [NOT_YET, *points]
        case Kind.SET | Kind.RECORD | Kind.RECORDS:
            return None
        case _:
            return _points(fact, checks)


def sizes_of(checks: Sequence[Check]) -> list[int]:
    """Return sizes of a set, one of each class that some checks of its size tell apart."""
    return [0, *(_points(Fact("size", Kind.COUNT), checks) or ())]


def _constants(check: Check) -> Iterable[Any]:
    match check:
        case Within(low, _, high, _):
            return [each for each in (low, high) if each is not None]
        case Among(values):
            return values
        case _:
            return ()


def _points(fact: Fact, checks: Sequence[Check]) -> list[Any] | None:
    """
    Return the constants asked for, a value between each two, and one past either end.

    `None` where they cannot be put in order.
    """
    marks = {each for check in checks for each in _constants(check)}
    if not marks:
        return [_SOME[fact.kind]]
    if fact.kind is Kind.MONEY:
        return _amounts(list(marks))
    if fact.kind is Kind.DATE:
        return _spread(sorted(marks), timedelta(days=1), dense=False)
    if fact.kind is Kind.NUMBER:
        return _spread(sorted(map(Fraction, marks)), 1, dense=True)
    values = _spread(sorted(marks), 1, dense=False)
    return [each for each in values if fact.kind not in _NOT_NEGATIVE or each >= 0]


def _amounts(marks: list[Money]) -> list[Money] | None:
    """Return amounts; one in a currency that no test names is compared with none but nothing."""
    codes = {mark.currency for mark in marks}
    if len(codes) > 1:
        return None
    code = codes.pop()
    other = next(each for each in _CURRENCIES if each != code)
    marks = sorted(marks, key=attrgetter("amount"))
    values = _spread([Decimal(0), *(each.amount for each in marks)], Decimal(1), dense=True)
    found = [Money(each, code) for each in values if each >= 0]
    return [*found, Money(0, other), Money(1, other)]


def _spread(marks: list[Any], step: Any, *, dense: bool) -> list[Any]:
    halfway: Callable[[Any, Any], Any] = (
        (lambda low, high: (low + high) / 2) if dense else (lambda low, _: low + step)
    )
    between = [halfway(low, high) for low, high in itertools.pairwise(marks)]
    return [marks[0] - step, *marks, *between, marks[-1] + step]


_SOME: Final[Mapping[Kind, Any]] = {
    Kind.COUNT: 1,
    Kind.NUMBER: Decimal(1),
    Kind.MONEY: Money(1, "EUR"),
    Kind.DURATION: 1,
    Kind.BUSINESS_DURATION: 1,
    Kind.INSTANT: 1,
    Kind.DATE: date(2026, 1, 1),
}
"""Any value, where only whether it is known counts."""
