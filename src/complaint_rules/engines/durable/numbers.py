"""
Exact values as whole numbers that keep their order, small enough for the native code.

A value is counted in units (millionths, seconds, days) and doubled: whole units are even, and all
that lies between two of them is the odd number between. Bounds must be whole units, so nothing is
rounded; what lies beyond every possible bound is cut to the edge.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

MILLION: Final = 10**6
LEAST: Final = -(2**53 - 1)
"""Below every value: what has not happened yet, where it must fail a lower bound."""
MOST: Final = 2**53 - 1
_LOW, _HIGH = LEAST + 1, MOST - 1
_TALL: Final = 40


class InexpressibleError(Exception):
    """The native code could not be asked this without being wrong."""


def counted(value: int | Decimal | Fraction, units: int) -> int:
    """Return a value in doubled units, cut to what the native code can compare."""
    if isinstance(value, Decimal) and value and abs(value.adjusted()) > _TALL:
        sign = -1 if value.is_signed() else 1
        return sign if value.adjusted() < 0 else sign * _HIGH
    size = Fraction(value) * units
    whole = size.numerator // size.denominator
    return min(max(2 * whole + (size.denominator != 1), _LOW), _HIGH)


def bound(value: int | Decimal | Fraction, units: int) -> int:
    """
    Return a constant in doubled units.

    Raises:
        InexpressibleError: It is no whole number of units, or too large.
    """
    found = counted(value, units)
    if found % 2 or not _LOW < found < _HIGH:
        raise InexpressibleError(f"`{value}` has too many digits")
    return found
