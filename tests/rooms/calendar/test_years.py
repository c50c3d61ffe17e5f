"""Tables of a year: what lies so many business days after a day, and which holidays are known."""

from __future__ import annotations

import pytest

from complaint_rules.calendar import BusinessCalendar, covers
from complaint_rules.calendar.years import YearTable

DAY = 86_400
HOUR = 3_600
NINE_TO_FIVE = ((540, 1_020),)
LUNCH = ((540, 720), (780, 1_020))
WEEK = (NINE_TO_FIVE,) * 3 + (LUNCH, NINE_TO_FIVE, (), ())


def table() -> YearTable:
    """Return 2026 of a new office that has a lunch break on Thursdays and closes on weekends."""
    return BusinessCalendar("office", "Europe/Budapest", WEEK).year(2026)


MONDAY = 11
"""The position of 2026-01-12, of which seven business days have passed in that year."""


def test_what_lies_some_business_days_on() -> None:
    """A day is told by how far it is, its hours, and the open seconds before each of its ends."""
    year = table()
    begins = year.starts[MONDAY]
    found = year.days_on(MONDAY, 2)
    assert found is not None
    ahead, opens, closes, used = found
    assert ahead == 2 * DAY
    assert (opens, closes) == (begins + 2 * DAY + 9 * HOUR, begins + 2 * DAY + 17 * HOUR)
    for at in (opens, closes):
        assert used + at == year.open_before(at)


@pytest.mark.parametrize("day", [MONDAY - 1, MONDAY + 3])
def test_it_is_told_from_any_plain_day(day: int) -> None:
    """From days off and from days with a break, too: only the day reached has to be simple."""
    year = table()
    found = year.days_on(day, 1)
    assert found is not None
    assert found[0] == DAY


@pytest.mark.parametrize(
    ("day", "count"),
    [(MONDAY, 3), (MONDAY + 2, 1), (MONDAY, 400), (364, 1), (87, 1), (86, 1)],
)
def test_what_is_not_simple_is_not_told(day: int, count: int) -> None:
    """Days with a break, days of the next year and days of a clock change have to be reckoned."""
    shifts = attrs_of(day)
    assert shifts.days_on(day, count) is None


def test_the_last_years_are_not_read_off() -> None:
    """What may end past the known time is reckoned step by step."""
    calendar = BusinessCalendar("office", "Europe/Budapest", WEEK)
    assert calendar.year(2399).read == calendar.year(2399).total
    assert calendar.year(2401).read == -1
    assert calendar.year(2401).days_on(MONDAY, 1) is None


def attrs_of(day: int) -> YearTable:
    """Return 2026 of the office; on the days about the clock change it is open on Sundays too."""
    if day not in (86, 87):
        return table()
    return BusinessCalendar("always", "Europe/Budapest", (NINE_TO_FIVE,) * 7).year(2026)


def test_days_are_kept_in_a_bounded_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the bound all are forgotten and found again."""
    monkeypatch.setattr("complaint_rules.calendar.years._DAYS_KEPT", 2)
    year = table()
    first = year.days_on(MONDAY, 1)
    for count in (1, 2, 4, 1):
        year.days_on(MONDAY, count)
        assert len(year.days[MONDAY]) <= 2
    assert year.days_on(MONDAY, 1) == first


def test_years_whose_holidays_are_known() -> None:
    """A table knows whether its holidays are known, as each instant of it is covered or not."""
    calendar = BusinessCalendar("office", "Europe/Budapest", WEEK, first_year=2026, last_year=2027)
    for year, known in ((2025, False), (2026, True), (2027, True), (2028, False)):
        found = calendar.year(year)
        assert found.covered is known
        assert covers(calendar, found.begins, found.ends - 1) is known
        assert found.total == (found.used[-1] if found.used else 0)
