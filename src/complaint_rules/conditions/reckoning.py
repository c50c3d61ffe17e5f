"""The four ways to join two exact values; unknown, with a notice, where that cannot be done."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from complaint_rules.conditions.inner import (
    DIVISION_BY_ZERO,
    Amount,
    Inner,
    Scope,
    bounded,
    joint_currency,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def _added(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    if isinstance(left, Amount) and isinstance(right, Amount):
        currency = joint_currency(left, right, scope)
        total = bounded(left.value + right.value, scope)
        return None if currency is None or total is None else Amount(total, currency)
    return bounded(left + right, scope)


def _subtracted(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    if isinstance(right, Amount):
        return _added(left, Amount(-right.value, right.currency), scope)
    return bounded(left - right, scope)


def _multiplied(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    if isinstance(right, Amount):
        left, right = right, left
    if isinstance(left, Amount):
        product = bounded(left.value * right, scope)
        return None if product is None else Amount(product, left.currency)
    return bounded(left * right, scope)


def _divided(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    divisor = right.value if isinstance(right, Amount) else right
    if not divisor:
        scope.notice(DIVISION_BY_ZERO)
        return None
    if not isinstance(left, Amount):
        return bounded(Fraction(left) / divisor, scope)
    if isinstance(right, Amount) and joint_currency(left, right, scope) is None:
        return None
    quotient = bounded(Fraction(left.value) / divisor, scope)
    if quotient is None or isinstance(right, Amount):
        return quotient
    return Amount(quotient, left.currency)


RECKON: Final[dict[str, Callable[[Inner, Inner, Scope], Inner | None]]] = {
    "+": _added,
    "-": _subtracted,
    "*": _multiplied,
    "/": _divided,
}
"""How two values are joined, by operator."""
