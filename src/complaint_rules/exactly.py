"""
Sums, products and quotients that are exact: decimals while these are short, fractions past that.

Most amounts have a few digits, and the machine's decimals are some ten times quicker than
fractions. A context that traps whatever is not exact reckons first; where it refuses (a third, or
more than a hundred digits) fractions do. So every result is exact, and it is a fraction only where
it is no short decimal. No context of the host has a say.
"""

from __future__ import annotations

import functools
from decimal import (
    Clamped,
    Context,
    Decimal,
    DecimalException,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
)
from fractions import Fraction
from typing import Final, TypeAlias

Exact: TypeAlias = Decimal | Fraction
"""A number to reckon with; every result here is a short decimal, else a fraction."""

_DIGITS: Final = 100
_SHORT: Final = Context(
    prec=_DIGITS,
    Emin=-_DIGITS,
    Emax=_DIGITS,
    traps=[
        Clamped,
        FloatOperation,
        Inexact,
        InvalidOperation,
        Overflow,
        Rounded,
        Subnormal,
        Underflow,
    ],
)
_CUT: Final = Context(prec=_DIGITS, Emin=-_DIGITS, Emax=_DIGITS, traps=[InvalidOperation])
_PLACES: Final = tuple(Decimal((0, (1,), -places)) for places in range(9))
"""Units of so many decimals; currencies have at most four."""
_REFUSED: Final = (DecimalException, TypeError)  # fractions are of a type that no decimal takes

fraction: Final = functools.lru_cache(256)(Fraction)
"""A number as a fraction; the last ones are kept, for constants and prices come again."""


def short(number: Exact | int) -> Decimal | None:
    """Return a number as the decimal to reckon with; `None` where it is no short one."""
    try:
        found = _SHORT.plus(number)  # type: ignore[arg-type]  # a fraction is refused
    except _REFUSED:
        return None
    return None if found.is_nan() else found


def plus(left: Exact | int, right: Exact | int) -> Exact:
    """Return ``left + right``."""
    try:
        return _SHORT.add(left, right)  # type: ignore[arg-type]
    except _REFUSED:
        return Fraction(left) + Fraction(right)


def minus(left: Exact | int, right: Exact | int) -> Exact:
    """Return ``left - right``."""
    try:
        return _SHORT.subtract(left, right)  # type: ignore[arg-type]
    except _REFUSED:
        return Fraction(left) - Fraction(right)


def times(left: Exact | int, right: Exact | int) -> Exact:
    """Return ``left * right``."""
    try:
        return _SHORT.multiply(left, right)  # type: ignore[arg-type]
    except _REFUSED:
        return Fraction(left) * Fraction(right)


def over(left: Exact | int, right: Exact | int) -> Exact:
    """Return ``left / right``; `right` is not 0."""
    try:
        return _SHORT.divide(left, right)  # type: ignore[arg-type]
    except _REFUSED:
        return Fraction(left) / Fraction(right)


def negative(number: Exact | int) -> Exact | int:
    """Return minus a number."""
    return minus(0, number) if type(number) is Decimal else -number


def size(number: Exact | int) -> Exact | int:
    """Return a number without its sign."""
    return negative(number) if number < 0 else number


def in_places(number: Exact | int, places: int, rounding: str) -> Decimal | None:
    """
    Return a number rounded to so many places; `None` where it is no short decimal.

    Args:
        number: The number.
        places: Places behind the point; `None` for more than eight, too.
        rounding: How, as `decimal` calls it.
    """
    if not 0 <= places < len(_PLACES):
        return None
    try:
        known = _SHORT.plus(number)  # type: ignore[arg-type]
        found = known.quantize(_PLACES[places], rounding, _CUT)
    except _REFUSED:
        return None
    if found:
        return None if found.is_nan() else found
    return found.copy_abs()
