"""Units and durations: what goes together, and how it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from complaint_rules.calendar import CalendarError, Close, Duration, NeverOpenError, Unit


@pytest.mark.parametrize(
    ("duration", "text", "seconds", "business"),
    [
        (Duration(45, Unit.M), "45 m", 2_700, None),
        (Duration(Decimal("1.50"), Unit.H), "1.5 h", 5_400, None),
        (Duration(Decimal("2.0"), Unit.D), "2 d", 172_800, None),
        (Duration(1, Unit.W), "1 w", 604_800, None),
        (Duration(6, Unit.MO), "6 mo", None, None),
        (Duration(45, Unit.BM), "45 bm", None, 2_700),
        (Duration(Decimal("0.25"), Unit.BH), "0.25 bh", None, 900),
        (Duration(3, Unit.BD), "3 bd", None, None),
        (Duration(3, Unit.BD, Close.DAY), "3 bd end of day", None, None),
        (Duration(1, Unit.D, Close.BUSINESS), "1 d close of business", None, None),
        (Duration(Decimal("1E+3"), Unit.M), "1000 m", 60_000, None),
        (Duration(Decimal("-0"), Unit.M), "0 m", 0, None),
    ],
)
def test_a_duration_knows_its_length_and_its_text(
    duration: Duration, text: str, seconds: int | None, business: int | None
) -> None:
    """A duration has one text, and seconds on the one clock it runs on."""
    assert (duration.text, duration.seconds, duration.business_seconds) == (text, seconds, business)


@pytest.mark.parametrize(
    ("amount", "unit", "close", "message"),
    [
        (-1, Unit.H, Close.NONE, "a duration is never negative"),
        (Decimal("-0.5"), Unit.H, Close.NONE, "a duration is never negative"),
        (Decimal("NaN"), Unit.H, Close.NONE, "a duration is a number"),
        (Decimal("sNaN"), Unit.H, Close.NONE, "a duration is a number"),
        (Decimal("Infinity"), Unit.BH, Close.NONE, "a duration is a number"),
        (10**9 + 1, Unit.M, Close.NONE, "a duration is at most 1000000000 of its unit"),
        (Decimal("1E+999999999"), Unit.M, Close.NONE, "a duration is at most 1000000000 of"),
        (Decimal("1E-999999999"), Unit.M, Close.NONE, "a duration is a whole number of seconds"),
        (Decimal("0.001"), Unit.M, Close.NONE, "a duration is a whole number of seconds"),
        (Decimal("0.3333"), Unit.BM, Close.NONE, "a duration is a whole number of seconds"),
        (Decimal("0.5"), Unit.D, Close.NONE, "`d` counts whole days, weeks or months"),
        (Decimal("1.5"), Unit.BD, Close.DAY, "`bd` counts whole days, weeks or months"),
        (4, Unit.H, Close.DAY, "`end of day` stands only on d, w, mo and bd"),
        (4, Unit.BH, Close.BUSINESS, "`close of business` stands only on d, w, mo and bd"),
    ],
)
def test_what_does_not_go_together_is_refused(
    amount: int | Decimal, unit: Unit, close: Close, message: str
) -> None:
    """A duration that means nothing is a CalendarError which says why."""
    with pytest.raises(CalendarError, match=message):
        Duration(amount, unit, close)


def test_equal_durations_are_one() -> None:
    """The way an amount is written makes no difference."""
    assert Duration(Decimal("1.0"), Unit.H) == Duration(1, Unit.H)
    assert len({Duration(Decimal("1.50"), Unit.H), Duration(Decimal("1.5"), Unit.H)}) == 1
    assert Duration(60, Unit.M) != Duration(1, Unit.H)


def test_a_very_long_but_whole_amount_is_whole() -> None:
    """Noughts behind the point do no harm."""
    assert Duration(Decimal("2." + "0" * 200), Unit.BD).text == "2 bd"


def test_business_units_are_told_apart() -> None:
    """Only bm, bh and bd run while the calendar is open."""
    assert [unit.value for unit in Unit if unit.business] == ["bm", "bh", "bd"]


def test_errors_are_value_errors() -> None:
    """A host that catches ValueError catches them."""
    assert issubclass(NeverOpenError, CalendarError)
    assert issubclass(CalendarError, ValueError)
