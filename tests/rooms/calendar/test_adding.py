"""Durations by example: when they end on the wall, in open time and in business days."""

from __future__ import annotations

import datetime
from decimal import Decimal

import attrs
import pytest

from complaint_rules.calendar import (
    FIRST,
    LAST,
    BusinessCalendar,
    Close,
    Duration,
    NeverOpenError,
    Unit,
    add,
    rfc3339,
)

NINE_TO_FIVE = ((540, 1_020),)
SPLIT = ((540, 720), (780, 1_020))
OFFICE = BusinessCalendar(
    "office",
    "Europe/Budapest",
    (NINE_TO_FIVE,) * 5 + ((), ()),
    holidays=frozenset({datetime.date(2026, 12, 25)}),
    special={datetime.date(2026, 12, 24): ((540, 720),)},
)
LUNCH = attrs.evolve(OFFICE, week=(SPLIT,) * 5 + ((), ()))
ALWAYS = BusinessCalendar("always", "Europe/Budapest", (((0, 1_440),),) * 7)
NIGHT = BusinessCalendar("night", "Europe/Budapest", (((0, 360), (1_320, 1_440)),) * 7)
TEHRAN = BusinessCalendar(
    "tehran", "Asia/Tehran", (*(((480, 960),),) * 3, (), (), ((480, 960),), ((480, 960),))
)
RIYADH = BusinessCalendar("riyadh", "Asia/Riyadh", (*(((480, 960),),) * 4, (), (), ((480, 960),)))
NEVER = BusinessCalendar("never", "UTC", ((),) * 7)
UNITS = {unit.value: unit for unit in Unit}
CLOSES = {close.value: close for close in Close}


def at(text: str) -> int:
    """Return the instant of an ISO text with an offset."""
    return int(datetime.datetime.fromisoformat(text).timestamp())


def span(text: str) -> Duration:
    """Return the duration of a text such as ``3 bd end of day``."""
    amount, unit, close = [*text.split(" ", 2), ""][:3]
    return Duration(Decimal(amount), UNITS[unit], CLOSES[close])


def due(calendar: BusinessCalendar, start: str, text: str) -> str:
    """Return when a duration is over, as written in the calendar's zone."""
    return rfc3339(calendar, add(calendar, at(start), span(text)))


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2026-11-20T16:30:00+01:00", "45 m", "2026-11-20T17:15:00+01:00"),
        ("2026-10-24T12:00:00+02:00", "24 h", "2026-10-25T11:00:00+01:00"),
        ("2026-10-24T12:00:00+02:00", "1 d", "2026-10-25T12:00:00+01:00"),
        ("2026-03-22T02:30:00+01:00", "1 w", "2026-03-29T03:00:00+02:00"),  # 02:30 is skipped
        ("2026-10-24T02:30:00+02:00", "1 d", "2026-10-25T02:30:00+02:00"),  # 02:30 comes twice
        ("2026-10-25T02:30:00+01:00", "1 d", "2026-10-26T02:30:00+01:00"),  # the second of them
        ("2026-01-31T10:00:00+01:00", "1 mo", "2026-02-28T10:00:00+01:00"),
        ("2028-01-31T10:00:00+01:00", "1 mo", "2028-02-29T10:00:00+01:00"),
        ("2026-11-20T10:00:00+01:00", "14 mo", "2028-01-20T10:00:00+01:00"),
        ("2026-11-20T10:00:00+01:00", "3 d end of day", "2026-11-23T23:59:59+01:00"),
        ("2026-10-24T10:00:00+02:00", "1 d end of day", "2026-10-25T23:59:59+01:00"),
        ("2026-11-20T10:00:00+01:00", "3 d close of business", "2026-11-23T17:00:00+01:00"),
        ("2026-11-20T10:00:00+01:00", "1 d close of business", "2026-11-23T17:00:00+01:00"),
        ("2026-11-24T10:00:00+01:00", "1 mo close of business", "2026-12-24T12:00:00+01:00"),
    ],
)
def test_time_on_the_wall(start: str, text: str, end: str) -> None:
    """m and h elapse; d, w and mo keep the local time, clipped and led past gaps."""
    assert due(OFFICE, start, text) == end


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2026-11-20T16:30:00+01:00", "1 bh", "2026-11-23T09:30:00+01:00"),
        ("2026-11-20T16:30:00+01:00", "30 bm", "2026-11-20T17:00:00+01:00"),
        ("2026-11-20T16:30:00+01:00", "8 bh", "2026-11-23T16:30:00+01:00"),
        ("2026-11-20T07:00:00+01:00", "45 bm", "2026-11-20T09:45:00+01:00"),
        ("2026-11-21T07:00:00+01:00", "0.25 bh", "2026-11-23T09:15:00+01:00"),
        ("2026-11-20T16:30:00+01:00", "0 bh", "2026-11-20T16:30:00+01:00"),
        ("2026-11-20T17:00:00+01:00", "0 bm", "2026-11-23T09:00:00+01:00"),
        ("2026-12-23T16:00:00+01:00", "4 bh", "2026-12-24T12:00:00+01:00"),
        ("2026-12-24T11:00:00+01:00", "2 bh", "2026-12-28T10:00:00+01:00"),
    ],
)
def test_open_time(start: str, text: str, end: str) -> None:
    """The clock starts at opening, stands while closed, and may end at closing."""
    assert due(OFFICE, start, text) == end


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2026-11-20T16:30:00+01:00", "1 bd", "2026-11-23T16:30:00+01:00"),
        ("2026-11-20T09:00:00+01:00", "5 bd", "2026-11-27T09:00:00+01:00"),
        ("2026-11-20T17:00:00+01:00", "1 bd", "2026-11-23T17:00:00+01:00"),
        ("2026-11-20T20:00:00+01:00", "1 bd", "2026-11-23T17:00:00+01:00"),
        ("2026-11-20T06:00:00+01:00", "1 bd", "2026-11-23T09:00:00+01:00"),
        ("2026-11-21T12:00:00+01:00", "1 bd", "2026-11-23T12:00:00+01:00"),
        ("2026-11-20T10:00:00+01:00", "2 bd end of day", "2026-11-24T23:59:59+01:00"),
        ("2026-11-20T10:00:00+01:00", "2 bd close of business", "2026-11-24T17:00:00+01:00"),
        ("2026-12-23T15:00:00+01:00", "1 bd", "2026-12-24T12:00:00+01:00"),
        ("2026-12-23T15:00:00+01:00", "2 bd", "2026-12-28T15:00:00+01:00"),
        ("2026-12-31T15:00:00+01:00", "1 bd", "2027-01-01T15:00:00+01:00"),
        ("2026-12-23T15:00:00+01:00", "1 bd close of business", "2026-12-24T12:00:00+01:00"),
        ("2026-11-20T10:30:00+01:00", "0 bd", "2026-11-20T10:30:00+01:00"),
        ("2026-11-20T06:00:00+01:00", "0 bd", "2026-11-20T09:00:00+01:00"),
        ("2026-11-20T18:00:00+01:00", "0 bd", "2026-11-20T18:00:00+01:00"),
        ("2026-11-21T18:00:00+01:00", "0 bd", "2026-11-23T09:00:00+01:00"),
        ("2026-11-20T18:00:00+01:00", "0 bd end of day", "2026-11-20T23:59:59+01:00"),
        ("2026-11-20T08:00:00+01:00", "0 bd close of business", "2026-11-20T17:00:00+01:00"),
        ("2026-11-20T18:00:00+01:00", "0 d close of business", "2026-11-20T18:00:00+01:00"),
        ("2026-11-21T18:00:00+01:00", "0 bd close of business", "2026-11-23T17:00:00+01:00"),
    ],
)
def test_business_days(start: str, text: str, end: str) -> None:
    """The n-th business day: same time if open, else the last open moment, else the opening."""
    assert due(OFFICE, start, text) == end


@pytest.mark.parametrize(
    ("calendar", "start", "text", "end"),
    [
        (LUNCH, "2026-11-20T12:30:00+01:00", "1 bd", "2026-11-23T12:00:00+01:00"),
        (LUNCH, "2026-11-20T11:30:00+01:00", "1 bh", "2026-11-20T13:30:00+01:00"),
        (LUNCH, "2026-11-20T11:30:00+01:00", "30 bm", "2026-11-20T12:00:00+01:00"),
        (ALWAYS, "2026-10-24T12:00:00+02:00", "24 bh", "2026-10-25T11:00:00+01:00"),
        (ALWAYS, "2026-10-24T12:00:00+02:00", "1 bd", "2026-10-25T12:00:00+01:00"),
        (ALWAYS, "2026-03-28T02:30:00+01:00", "1 bd", "2026-03-29T03:00:00+02:00"),
        (ALWAYS, "2026-11-20T00:00:00+01:00", "1 bd", "2026-11-21T00:00:00+01:00"),
        (ALWAYS, "2026-11-20T12:00:00+01:00", "1 d close of business", "2026-11-22T00:00:00+01:00"),
        (NIGHT, "2026-11-20T23:00:00+01:00", "2 bh", "2026-11-21T01:00:00+01:00"),
        (NIGHT, "2026-11-20T12:00:00+01:00", "1 bd", "2026-11-21T06:00:00+01:00"),
        (TEHRAN, "2026-11-18T15:30:00+03:30", "1 bh", "2026-11-21T08:30:00+03:30"),
        (RIYADH, "2026-11-19T15:30:00+03:00", "1 bd", "2026-11-22T15:30:00+03:00"),
    ],
)
def test_hours_of_many_kinds(calendar: BusinessCalendar, start: str, text: str, end: str) -> None:
    """Split hours, hours over midnight, all hours, and other weekends."""
    assert due(calendar, start, text) == end


def test_business_days_from_a_day_off_keep_the_time() -> None:
    """A start on a day off may end earlier on the same day than one on the evening before."""
    assert due(OFFICE, "2026-11-20T16:30:00+01:00", "1 bd") == "2026-11-23T16:30:00+01:00"
    assert due(OFFICE, "2026-11-21T10:00:00+01:00", "1 bd") == "2026-11-23T10:00:00+01:00"
    assert due(OFFICE, "2026-11-21T07:00:00+01:00", "1 bd") == "2026-11-23T09:00:00+01:00"


@pytest.mark.parametrize("text", ["1 d", "1 bd"])
def test_days_from_a_repeated_hour_keep_the_time(text: str) -> None:
    """Both passes of the hour mean the time that the clock shows."""
    assert due(ALWAYS, "2026-10-25T02:45:00+02:00", text) == "2026-10-26T02:45:00+01:00"
    assert due(ALWAYS, "2026-10-25T02:15:00+01:00", text) == "2026-10-26T02:15:00+01:00"


def test_nothing_ends_before_it_starts() -> None:
    """No days from the second pass of a repeated hour is now, not the first pass."""
    second = "2026-10-25T02:15:00+01:00"
    assert due(ALWAYS, second, "0 d") == second
    assert due(ALWAYS, second, "0 bd") == second
    assert due(ALWAYS, second, "0 m") == second


def test_past_the_last_year_lies_the_last_instant() -> None:
    """However long a duration is, it has an end."""
    for text in ("1000000000 h", "1000000000 d", "1000000000 w", "1000000000 mo", "6000 mo"):
        assert add(OFFICE, 0, span(text)) == LAST
    for text in ("1000000000 bh", "1000000000 bd", "1000000000 bd end of day"):
        assert add(OFFICE, 0, span(text)) == LAST
    for text in ("1 d", "0 d close of business", "1 mo", "1 bd", "1 h"):
        assert add(OFFICE, LAST, span(text)) == LAST
        assert add(OFFICE, 10**30, span(text)) == LAST
    assert add(NEVER, LAST, span("0 d close of business")) == LAST
    assert add(OFFICE, -(10**30), span("1 h")) == FIRST + 3_600


def test_a_calendar_that_never_opens_has_elapsed_time_only() -> None:
    """Business units and closings of business need an opening."""
    assert add(NEVER, 0, span("1 d")) == 86_400
    for text in ("1 bm", "1 bd", "0 bd", "1 bd end of day", "1 d close of business", "0 bh"):
        with pytest.raises(NeverOpenError):
            add(NEVER, 0, span(text))
