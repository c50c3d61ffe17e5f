"""
The four ways to join two exact values; unknown, with a notice, where that cannot be done.

Amounts are reckoned in short decimals where that is exact. All else is reckoned in whole numbers
and fractions, for a duration of a number of seconds may be among it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from complaint_rules.conditions.inner import (
    DIVISION_BY_ZERO,
    Amount,
    Inner,
    Scope,
    bounded,
    joint_currency,
)
from complaint_rules.exactly import fraction, negative, over, plus, times

if TYPE_CHECKING:
    from collections.abc import Callable


def _added(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    if isinstance(left, Amount) and isinstance(right, Amount):
        currency = joint_currency(left, right, scope)
        total = bounded(plus(left.value, right.value), scope)
        return None if currency is None or total is None else Amount(total, currency)
    return bounded(_whole(left) + _whole(right), scope)


def _subtracted(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    if isinstance(right, Amount):
        return _added(left, Amount(negative(right.value), right.currency), scope)
    return bounded(_whole(left) - _whole(right), scope)


def _multiplied(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    if isinstance(right, Amount):
        left, right = right, left
    if isinstance(left, Amount):
        product = bounded(times(left.value, right), scope)
        return None if product is None else Amount(product, left.currency)
    return bounded(_whole(left) * _whole(right), scope)


def _divided(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    divisor = right.value if isinstance(right, Amount) else right
    if not divisor:
        scope.notice(DIVISION_BY_ZERO)
        return None
    if not isinstance(left, Amount):
        return bounded(fraction(left) / _whole(divisor), scope)
    if isinstance(right, Amount) and joint_currency(left, right, scope) is None:
        return None
    quotient = bounded(over(left.value, divisor), scope)
    if quotient is None or isinstance(right, Amount):
        return quotient
    return Amount(quotient, left.currency)


def _whole(number: Inner) -> Inner:
    """Return a number as it is reckoned with beside durations: whole, or a fraction."""
    return fraction(number) if type(number) is Decimal else number


RECKON: Final[dict[str, Callable[[Inner, Inner, Scope], Inner | None]]] = {
    "+": _added,
    "-": _subtracted,
    "*": _multiplied,
    "/": _divided,
}
"""How two values are joined, by operator."""
