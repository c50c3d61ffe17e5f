"""
Exact amounts with a currency, and the rounding that money gets once, last (semantics 27).

Numbers are exact: ``int``, ``Decimal`` or ``Fraction``, never a float, and nothing here rounds
unless it says so. They are also bounded (see `fits`), so that nobody can make a machine write out
``1E+999999999``.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from complaint_rules.exactly import in_places

Number: TypeAlias = int | Decimal | Fraction
"""An exact number."""

MOST_DIGITS: Final = 10_000
"""Most digits of a decimal, and the greatest exponent, up or down."""
_MOST_BITS: Final = 66_440  # 20,000 decimal digits: such a decimal written out
_FIVES: Final = 5**64
_SHORT: Final = 1 << 64
"""Whole numbers below are quickest read from text."""

# Minor units that differ from 2, from ISO 4217 list one (currencies and funds), kept by SIX
# Financial Information for ISO: https://www.six-group.com/en/products-services/financial-information/data-standards.html
_BY_DECIMALS: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DECIMALS: Final = {
    code: places for places, codes in _BY_DECIMALS.items() for code in codes.split()
}


class NumberError(ValueError):
    """A number that is none, or that has more digits than `fits` allows."""


def fits(value: Number) -> bool:
    """
    Return whether a number is finite and small enough to reckon with.

    A decimal fits with at most 10,000 digits and an exponent within 10,000 either way. Whole
    numbers and fractions fit if above and below the line stand numbers that such a decimal can
    need: at most 66,440 bits, about 20,000 digits.
    """
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or abs(exponent) > MOST_DIGITS:
            return False
        return value.adjusted() - exponent < MOST_DIGITS
    return max(value.numerator.bit_length(), value.denominator.bit_length()) <= _MOST_BITS


def exact(value: Number) -> Fraction:
    """
    Return a number as a fraction, the form to reckon in.

    Raises:
        NumberError: It does not fit.
    """
    if not fits(value):
        raise NumberError(f"a number has at most {MOST_DIGITS} digits")
    return value if type(value) is Fraction else Fraction(value)


def plain(value: Fraction) -> Decimal | Fraction:
    """
    Return a fraction as the decimal that is equal to it; the fraction itself where there is none.

    The decimal has no more digits behind the point than it needs. One that would not fit is left
    a fraction too.
    """
    if not fits(value):
        return value
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % _FIVES == 0:
        rest //= _FIVES
        fives += 64
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    if rest != 1:
        return value
    places = max(twos, fives)
    if places > MOST_DIGITS:
        return value
    found = _shifted(value.numerator * (10**places // value.denominator), places)
    return found if fits(found) else value


def round_half_up(value: Number, decimals: int) -> Decimal:
    """
    Return a number rounded to so many decimals, a half away from zero.

    Args:
        value: The number.
        decimals: Places behind the point, 0 to 10,000; so many are written, even if they are 0.

    Raises:
        NumberError: The number does not fit, or there are no such decimals.
    """
    quick = in_places(value, decimals, ROUND_HALF_UP)
    if quick is not None:
        return quick
    parts = exact(value)
    whole, rest = divmod(abs(parts.numerator) * _power(decimals), parts.denominator)
    if rest * 2 >= parts.denominator:
        whole += 1
    return _shifted(whole if parts.numerator >= 0 else -whole, decimals)


def round_down(value: Number, decimals: int) -> Decimal:
    """
    Return a number cut to so many decimals, toward zero; caps are rounded so.

    Arguments and errors are those of `round_half_up`.
    """
    quick = in_places(value, decimals, ROUND_DOWN)
    if quick is not None:
        return quick
    parts = exact(value)
    whole = abs(parts.numerator) * _power(decimals) // parts.denominator
    return _shifted(whole if parts.numerator >= 0 else -whole, decimals)


def currency_decimals(code: str) -> int:
    """Return the decimals of a currency by ISO 4217; 2 for a code that it does not list."""
    return _DECIMALS.get(code, 2)


def is_currency(code: str) -> bool:
    """Return whether a text is written as a currency is: three letters from A to Z."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def _as_amount(value: Number) -> Decimal | Fraction:
    if type(value) is Decimal:
        return value
    if isinstance(value, Fraction):
        return plain(value)
    return Decimal(value)


@attrs.frozen
class Money:
    """
    An exact amount in one currency.

    Attributes:
        amount: A decimal; a fraction only where no decimal is equal to it, as in a third.
        currency: Three capital letters.
    """

    amount: Decimal | Fraction = attrs.field(converter=_as_amount)
    currency: str


def as_json(money: Money) -> dict[str, str]:
    """
    Return money as a decision writes it: ``{"amount": "20.00", "currency": "EUR"}``.

    Decimals are written as they stand, so an amount rounded to two shows two.

    Raises:
        NumberError: The amount is a fraction that was not rounded, or does not fit.
    """
    amount = money.amount
    if isinstance(amount, Fraction) or not fits(amount):
        raise NumberError("an amount is rounded before it is written")
    return {"amount": format(amount or abs(amount), "f"), "currency": money.currency}


def _power(decimals: int) -> int:
    if not 0 <= decimals <= MOST_DIGITS:
        raise NumberError(f"decimals are 0 to {MOST_DIGITS}")
    return int(10**decimals)


def _shifted(whole: int, places: int) -> Decimal:
    """Return `whole` with the point moved left, exactly: no context of decimals has a say."""
    if -_SHORT < whole < _SHORT:
        return Decimal(f"{whole}e-{places}")
    sign, digits, _ = Decimal(whole).as_tuple()
    return Decimal((sign, digits, -places))
