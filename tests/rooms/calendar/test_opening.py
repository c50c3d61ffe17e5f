"""Open time by example: when a calendar is open, for how long, and when so much has passed."""

from __future__ import annotations

import datetime

import pytest

from complaint_rules.calendar import (
    FIRST,
    LAST,
    BusinessCalendar,
    NeverOpenError,
    advance,
    is_open,
    next_open,
    open_seconds,
    rfc3339,
)

HOUR = 3_600
NINE_TO_FIVE = ((540, 1_020),)
OFFICE = BusinessCalendar("office", "Europe/Budapest", (NINE_TO_FIVE,) * 5 + ((), ()))
ALWAYS = BusinessCalendar("always", "Europe/Budapest", (((0, 1_440),),) * 7)
NEVER = BusinessCalendar("never", "Europe/Budapest", ((),) * 7)
ONCE = BusinessCalendar(
    "once", "Europe/Budapest", ((),) * 7, special={datetime.date(2026, 6, 1): NINE_TO_FIVE}
)


def at(text: str) -> int:
    """Return the instant of an ISO text with an offset."""
    return int(datetime.datetime.fromisoformat(text).timestamp())


def test_open_from_opening_up_to_closing() -> None:
    """The instant of opening is open, the instant of closing is not."""
    assert not is_open(OFFICE, at("2026-11-20T08:59:59+01:00"))
    assert is_open(OFFICE, at("2026-11-20T09:00:00+01:00"))
    assert is_open(OFFICE, at("2026-11-20T16:59:59+01:00"))
    assert not is_open(OFFICE, at("2026-11-20T17:00:00+01:00"))
    assert not is_open(OFFICE, at("2026-11-21T12:00:00+01:00"))
    assert not is_open(OFFICE, at("2026-01-01T08:00:00+01:00"))


def test_the_next_opening() -> None:
    """An open calendar is open now; a closed one at its next opening, over weekends and years."""
    now = at("2026-11-20T12:00:00+01:00")
    assert next_open(OFFICE, now) == now
    assert next_open(OFFICE, at("2026-11-20T17:00+01:00")) == at("2026-11-23T09:00+01:00")
    assert next_open(OFFICE, at("2026-12-31T17:00+01:00")) == at("2027-01-01T09:00+01:00")
    assert next_open(ONCE, at("2020-06-01T17:00+02:00")) == at("2026-06-01T09:00+02:00")


def test_open_time_is_real_time() -> None:
    """A day of 23 or 25 hours is open for so many."""
    for day, hours in [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)]:
        start = next_open(ALWAYS, at(f"{day}T12:00:00+01:00"))
        date = datetime.date.fromisoformat(day)
        calendar = BusinessCalendar(
            "once", "Europe/Budapest", ((),) * 7, special={date: ((0, 1_440),)}
        )
        assert open_seconds(calendar, start - 200_000, start + 200_000) == hours * HOUR


def test_a_window_cut_short_by_the_clock() -> None:
    """Hours that the clock skips do not exist; hours that begin in a gap begin after it."""
    sunday = datetime.date(2026, 3, 29)
    for hours, seconds in [((120, 180), 0), ((150, 240), HOUR), ((60, 150), HOUR)]:
        calendar = BusinessCalendar("c", "Europe/Budapest", ((),) * 7, special={sunday: (hours,)})
        start, end = at("2026-03-28T00:00+01:00"), at("2026-03-31T00:00+02:00")
        assert open_seconds(calendar, start, end) == seconds


def test_no_open_time_backward() -> None:
    """A span that ends before it starts holds nothing."""
    noon = at("2026-11-20T12:00+01:00")
    assert open_seconds(OFFICE, noon, noon) == 0
    assert open_seconds(OFFICE, noon + 60, noon) == 0
    assert open_seconds(OFFICE, noon, noon + 60) == 60


def test_open_time_over_years_adds_up() -> None:
    """Spans over New Year are the sum of their years."""
    a, b, c = (at(f"{year}-07-01T12:00+00:00") for year in (2024, 2026, 2029))
    assert open_seconds(OFFICE, a, c) == open_seconds(OFFICE, a, b) + open_seconds(OFFICE, b, c)
    assert open_seconds(NEVER, FIRST, LAST) == 0


def test_time_used_up_at_closing_ends_there() -> None:
    """It does not wait for the next opening; the next second does."""
    four = at("2026-11-20T16:00+01:00")
    assert advance(OFFICE, four, HOUR) == at("2026-11-20T17:00+01:00")
    assert advance(OFFICE, four, HOUR + 1) == at("2026-11-23T09:00:01+01:00")
    assert advance(OFFICE, four, 0) == four
    assert advance(OFFICE, at("2026-11-20T18:00+01:00"), 0) == at("2026-11-23T09:00+01:00")


def test_a_calendar_that_never_opens_says_so() -> None:
    """The search ends after 20 years with an error of its own."""
    for ask in (lambda: next_open(NEVER, 0), lambda: advance(NEVER, 0, 60)):
        with pytest.raises(NeverOpenError, match="calendar `never` does not open in 20 years"):
            ask()
    with pytest.raises(NeverOpenError):
        next_open(ONCE, at("2026-06-01T17:00+02:00"))
    with pytest.raises(NeverOpenError):
        advance(ONCE, at("2026-06-01T16:00+02:00"), 2 * HOUR)
    with pytest.raises(NeverOpenError):
        advance(NEVER, 0, 10**30)


def test_past_the_last_year_lies_the_last_instant() -> None:
    """Time that is not used up by the end of 2400 ends at the last instant."""
    assert advance(OFFICE, at("2026-11-20T16:00+01:00"), 10**30) == LAST
    assert next_open(NEVER, LAST) == LAST
    assert advance(NEVER, LAST - 10, 60) == LAST
    assert next_open(OFFICE, LAST + 5) == LAST
    assert rfc3339(OFFICE, next_open(OFFICE, -(10**30))) == "1900-01-01T09:00:00+01:00"
