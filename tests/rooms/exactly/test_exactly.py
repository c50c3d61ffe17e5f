"""Exact sums, products and quotients: what fractions say, in decimals while these are short."""

from __future__ import annotations

import decimal
import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.exactly import (
    Exact,
    fraction,
    in_places,
    minus,
    negative,
    over,
    plus,
    short,
    size,
    times,
)

LONG = Decimal("0." + "1" * 101)
DECIMALS = st.builds(
    lambda sign, digits, exponent: Decimal((sign, tuple(map(int, str(digits))), exponent)),
    st.integers(0, 1),
    st.integers(0, 10**6) | st.integers(0, 10**120),
    st.integers(-4, 4) | st.integers(-130, 130),
)
NUMBERS: st.SearchStrategy[Exact | int] = st.one_of(
    DECIMALS, st.integers(-(10**6), 10**6), st.integers(-(10**120), 10**120), st.fractions()
)
JOINED: dict[str, tuple[Callable[..., Exact], Callable[..., Fraction]]] = {
    "+": (plus, operator.add),
    "-": (minus, operator.sub),
    "*": (times, operator.mul),
    "/": (over, operator.truediv),
}


@given(left=NUMBERS, right=NUMBERS, op=st.sampled_from(sorted(JOINED)))
def test_results_are_those_of_fractions(left: Exact | int, right: Exact | int, op: str) -> None:
    """Whatever the length and the sort of two numbers, nothing is rounded."""
    if op == "/" and not right:
        return
    joined, true = JOINED[op]
    found = joined(left, right)
    assert type(found) in {Decimal, Fraction}
    assert Fraction(found) == true(Fraction(left), Fraction(right))


@given(number=NUMBERS)
def test_signs_leave_the_size(number: Exact | int) -> None:
    """Minus a number and its size are those of the fraction; a whole number stays one."""
    assert Fraction(negative(number)) == -Fraction(number)
    assert Fraction(size(number)) == abs(Fraction(number))
    if isinstance(number, int):
        assert {type(negative(number)), type(size(number))} == {int}


@given(number=NUMBERS, places=st.integers(-1, 12))
def test_rounding_is_that_of_whole_numbers(number: Exact | int, places: int) -> None:
    """Toward zero, or a half away from zero; where it is not short, nothing is told."""
    down = in_places(number, places, decimal.ROUND_DOWN)
    near = in_places(number, places, decimal.ROUND_HALF_UP)
    if not 0 <= places <= 8 or short(number) is None:
        assert down is None
        assert near is None
        return
    true = abs(Fraction(number)) * 10**places
    wholes = (true.numerator // true.denominator, (2 * true + 1) // 2)
    for found, whole in zip((down, near), wholes, strict=True):
        if found is None:
            assert whole >= 10**90
            continue
        assert found.as_tuple().exponent == -places
        assert found.is_signed() == (number < 0 and whole > 0)
        assert abs(Fraction(found)) * 10**places == whole


@pytest.mark.parametrize(
    ("left", "op", "right", "expected"),
    [
        (Decimal("0.1"), "+", Decimal("0.2"), Decimal("0.3")),
        (Decimal("1.5"), "*", Decimal("49.99"), Decimal("74.985")),
        (Decimal(1), "/", 8, Decimal("0.125")),
        (Decimal(1), "/", Decimal(3), Fraction(1, 3)),
        (Fraction(1, 3), "*", 3, Fraction(1)),
        (LONG, "+", LONG, 2 * Fraction(LONG)),
        (Decimal("1E+90"), "*", Decimal("1E+90"), Fraction(10**180)),
    ],
)
def test_decimals_are_kept_while_they_are_short(
    left: Exact, op: str, right: Exact | int, expected: Exact
) -> None:
    """A result is a decimal where that is exact and has at most a hundred digits."""
    found = JOINED[op][0](left, right)
    assert type(found) is type(expected)
    assert found == expected


@pytest.mark.parametrize(
    "number",
    [Fraction(1, 2), LONG, Decimal("1E+101"), Decimal("0E-900"), Decimal("NaN"), Decimal("sNaN")],
    ids=str,
)
def test_what_is_no_short_decimal(number: Exact) -> None:
    """Fractions, long decimals and what is no number are none; nor are they cut as such."""
    assert short(number) is None
    assert in_places(number, 2, decimal.ROUND_DOWN) is None


def test_short_decimals_keep_their_places_and_lose_the_sign_of_nothing() -> None:
    """A price is written as it was; minus nothing is nothing."""
    assert str(short(Decimal("50.00"))) == "50.00"
    assert str(short(Decimal("-0.0"))) == "0.0"
    assert str(negative(Decimal("0.0"))) == "0.0"
    assert fraction(Decimal("0.50")) == Fraction(1, 2)


def test_no_context_has_a_say() -> None:
    """A host's precision, rounding and traps change no result."""
    with decimal.localcontext() as context:
        context.prec = 2
        context.rounding = decimal.ROUND_UP
        context.traps[decimal.Inexact] = True
        assert str(plus(Decimal("123.45"), Decimal("0.05"))) == "123.50"
        assert str(in_places(Decimal("123.445"), 2, decimal.ROUND_HALF_UP)) == "123.45"
        assert str(in_places(Decimal("123.449"), 2, decimal.ROUND_DOWN)) == "123.44"
        assert size(Decimal("-123.45")) == Decimal("123.45")
        assert over(Decimal(1), Decimal(7)) == Fraction(1, 7)
