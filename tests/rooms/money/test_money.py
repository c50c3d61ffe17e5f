"""Money: exact numbers, their bounds, the one rounding, and how amounts are written."""

from __future__ import annotations

import copy
import decimal
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.money import (
    Money,
    Number,
    NumberError,
    as_json,
    currency_decimals,
    exact,
    fits,
    is_currency,
    plain,
    round_down,
    round_half_up,
)

DECIMALS = st.builds(
    lambda sign, digits, exponent: Decimal((sign, tuple(map(int, str(digits))), exponent)),
    st.integers(0, 1),
    st.integers(0, 10**60),
    st.integers(-80, 40),
)
NUMBERS: st.SearchStrategy[Number] = st.one_of(
    st.integers(-(10**60), 10**60), DECIMALS, st.fractions()
)


@pytest.mark.parametrize(
    ("value", "decimals", "half_up", "down"),
    [
        (Decimal("2.345"), 2, "2.35", "2.34"),
        (Decimal("2.344999999999999999999999999999999999"), 2, "2.34", "2.34"),
        (Decimal("-2.345"), 2, "-2.35", "-2.34"),
        (Decimal("0.005"), 2, "0.01", "0.00"),
        (Decimal("-0.004"), 2, "0.00", "0.00"),
        (Decimal("-0"), 2, "0.00", "0.00"),
        (Decimal("1E+3"), 2, "1000.00", "1000.00"),
        (20, 2, "20.00", "20.00"),
        (Fraction(2, 3), 2, "0.67", "0.66"),
        (Fraction(1, 2), 0, "1", "0"),
        (Fraction(5, 2), 0, "3", "2"),
        (Decimal("1234.5"), 3, "1234.500", "1234.500"),
    ],
)
def test_rounding(value: Number, decimals: int, half_up: str, down: str) -> None:
    """Halves go away from zero, caps toward zero, and every decimal asked for is written."""
    assert str(round_half_up(value, decimals)) == half_up
    assert str(round_down(value, decimals)) == down


@pytest.mark.parametrize("decimals", [-1, 10_001, 10**9])
def test_decimals_are_bounded(decimals: int) -> None:
    """A place that is none is refused."""
    with pytest.raises(NumberError, match="decimals are 0 to 10000"):
        round_half_up(1, decimals)
    with pytest.raises(NumberError, match="decimals are 0 to 10000"):
        round_down(1, decimals)


@given(value=NUMBERS, decimals=st.integers(0, 20))
def test_rounding_is_exact(value: Number, decimals: int) -> None:
    """The results are the whole multiples that fractions say, whatever the length."""
    unit = Fraction(1, 10**decimals)
    true = Fraction(value)
    up, down = round_half_up(value, decimals), round_down(value, decimals)
    for found in (up, down):
        assert Fraction(found) % unit == 0
        assert found.as_tuple().exponent == -decimals
        assert not (found == 0 and found.is_signed())
    assert abs(Fraction(up) - true) <= unit / 2
    if abs(Fraction(up) - true) == unit / 2:
        assert abs(Fraction(up)) > abs(true)
    assert abs(Fraction(down)) <= abs(true)
    assert abs(true) - abs(Fraction(down)) < unit
    assert down == 0 or (down > 0) == (true > 0)


@given(value=NUMBERS)
def test_exact_and_plain_keep_the_value(value: Number) -> None:
    """Nothing is lost on the way to a fraction and back; decimals stay decimals."""
    fraction = exact(value)
    assert fraction == Fraction(value)
    back = plain(fraction)
    assert Fraction(back) == fraction
    if isinstance(value, (int, Decimal)):
        assert isinstance(back, Decimal)
        exponent = back.as_tuple().exponent
        assert isinstance(exponent, int)
        assert exponent <= 0
        assert exponent == 0 or back.as_tuple().digits[-1] != 0


def test_no_context_has_a_say() -> None:
    """A host's precision, rounding and traps change no amount."""
    with decimal.localcontext() as context:
        context.prec = 3
        context.rounding = decimal.ROUND_UP
        context.traps[decimal.Inexact] = True
        context.traps[decimal.Rounded] = True
        long = Decimal("123456789012345678901234567890.12345")
        assert str(round_half_up(long, 2)) == "123456789012345678901234567890.12"
        assert str(plain(exact(long))) == "123456789012345678901234567890.12345"
        assert as_json(Money(long, "EUR"))["amount"] == str(long)
        assert str(round_down(long, 0)) == "123456789012345678901234567890"


@pytest.mark.parametrize(
    ("value", "decimal_form"),
    [
        (Fraction(1, 8), "0.125"),
        (Fraction(100), "100"),
        (Fraction(-7, 20), "-0.35"),
        (Fraction(0), "0"),
        (Fraction(1, 5**70), str(Decimal(2**70).scaleb(-70, decimal.Context(prec=80)))),
    ],
)
def test_plain_finds_the_decimal(value: Fraction, decimal_form: str) -> None:
    """A fraction that ends has one decimal form, the shortest that is no power of ten."""
    assert str(plain(value)) == decimal_form


@pytest.mark.parametrize(
    "value",
    [
        Fraction(1, 3),
        Fraction(1, 2**10_001),
        Fraction(1, 7 * 10**20),
        Fraction(10**10_000),
        Fraction(2**70_000),
        Fraction(1, 2**70_000),
    ],
    ids=lambda _: "of",  # the numbers are too long to be names
)
def test_plain_leaves_what_has_no_decimal(value: Fraction) -> None:
    """Fractions without end, or too long, stay as they are."""
    assert plain(value) is value


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (0, True),
        (Decimal("1E+10000"), True),
        (Decimal("1E-10000"), True),
        (Decimal("1E+10001"), False),
        (Decimal("1E-10001"), False),
        (Decimal("1E+999999999999"), False),
        (Decimal("0E-999999999999"), False),
        (Decimal("9" * 10_000), True),
        (Decimal("9" * 10_001), False),
        (Decimal("0." + "9" * 10_000), True),
        (Decimal("1." + "9" * 10_000), False),
        (Decimal("NaN"), False),
        (Decimal("sNaN"), False),
        (Decimal("-Infinity"), False),
        (10**20_000, True),
        (10**20_001, False),
        (Fraction(1, 10**20_001), False),
        (Fraction(1, 3), True),
    ],
    ids=lambda _: "of",  # the numbers are too long to be names
)
def test_numbers_are_bounded(value: Number, known: bool) -> None:
    """What cannot be written out in reason does not fit, and is never made exact."""
    assert fits(value) is known
    if known:
        assert exact(value) == Fraction(value)
    else:
        for refuse in (
            exact,
            lambda each: round_half_up(each, 2),
            lambda each: round_down(each, 2),
        ):
            with pytest.raises(NumberError, match="a number has at most 10000 digits"):
                refuse(value)


def test_every_decimal_that_fits_is_a_fraction_that_fits() -> None:
    """The two bounds go together."""
    for text in ("9" * 10_000 + "E+10000", "9" * 10_000 + "E-10000"):
        value = Decimal(text)
        assert fits(value)
        assert fits(exact(value))
        assert Fraction(plain(exact(value))) == Fraction(value)


def test_long_numbers_are_written_in_full() -> None:
    """Python's limit on the digits of an int does not show."""
    long = Decimal("9" * 9_000 + ".99")
    assert as_json(Money(round_half_up(long, 2), "EUR"))["amount"] == str(long)


@pytest.mark.parametrize(
    ("code", "decimals"),
    [("EUR", 2), ("HUF", 2), ("IRR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("XYZ", 2)],
)
def test_currencies_have_their_decimals(code: str, decimals: int) -> None:
    """The minor units are those of ISO 4217, 2 where it lists none."""
    assert currency_decimals(code) == decimals


@pytest.mark.parametrize("code", ["eur", "EU", "EURO", "ÉUR", "E R", "123", "", "€UR", "EUR\n"])
def test_a_currency_is_three_capital_letters(code: str) -> None:
    """Nothing else is a currency."""
    assert not is_currency(code)
    assert is_currency("EUR")


def test_money_is_a_value() -> None:
    """Equal amounts are equal money however they came, and money is copied and pickled."""
    twenty = Money(Decimal("20.00"), "EUR")
    assert twenty == Money(Fraction(20), "EUR") == Money(20, "EUR")
    assert hash(twenty) == hash(Money(20, "EUR"))
    assert twenty != Money(20, "GBP")
    assert isinstance(Money(Fraction(1, 4), "EUR").amount, Decimal)
    assert Money(Fraction(1, 3), "EUR").amount == Fraction(1, 3)
    assert pickle.loads(pickle.dumps(twenty)) == copy.deepcopy(twenty) == twenty


def test_money_as_a_decision_writes_it() -> None:
    """Decimals as they stand, in figures, without an exponent or a negative nothing."""
    assert as_json(Money(Decimal("20.00"), "EUR")) == {"amount": "20.00", "currency": "EUR"}
    assert as_json(Money(Decimal("1E+3"), "HUF")) == {"amount": "1000", "currency": "HUF"}
    assert as_json(Money(Decimal("-0.00"), "EUR")) == {"amount": "0.00", "currency": "EUR"}
    for amount in (Fraction(1, 3), Decimal("1E+999999"), Decimal("NaN")):
        with pytest.raises(NumberError, match="an amount is rounded before it is written"):
            as_json(Money(amount, "EUR"))
