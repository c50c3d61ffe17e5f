"""When a duration begins to reach an instant, and when that changes, by example and by scan."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from complaint_rules.calendar import (
    FIRST,
    LAST,
    BusinessCalendar,
    Close,
    Duration,
    Unit,
    add,
    earliest_start,
    next_change,
    rfc3339,
)

NINE_TO_FIVE = ((540, 1_020),)
OFFICE = BusinessCalendar(
    "office",
    "Europe/Budapest",
    (NINE_TO_FIVE,) * 5 + ((), ()),
    holidays=frozenset({datetime.date(2026, 12, 25)}),
    special={datetime.date(2026, 12, 24): ((540, 720),)},
)
ALWAYS = BusinessCalendar("always", "Europe/Budapest", (((0, 1_440),),) * 7)
UNITS = {unit.value: unit for unit in Unit}
CLOSES = {close.value: close for close in Close}


def at(text: str) -> int:
    """Return the instant of an ISO text with an offset."""
    return int(datetime.datetime.fromisoformat(text).timestamp())


def span(text: str) -> Duration:
    """Return the duration of a text such as ``3 bd end of day``."""
    amount, unit, close = [*text.split(" ", 2), ""][:3]
    return Duration(Decimal(amount), UNITS[unit], CLOSES[close])


@pytest.mark.parametrize(
    ("end", "text", "start"),
    [
        ("2026-11-23T09:30:00+01:00", "1 bh", "2026-11-20T16:30:00+01:00"),
        ("2026-11-23T09:00:00+01:00", "1 bh", "2026-11-20T16:00:01+01:00"),
        ("2026-11-23T12:00:00+01:00", "1 bd", "2026-11-20T12:00:00+01:00"),
        ("2026-11-23T08:00:00+01:00", "1 bd", "2026-11-20T00:00:00+01:00"),
        ("2026-11-23T12:00:00+01:00", "4 h", "2026-11-23T08:00:00+01:00"),
        ("2026-11-23T12:00:00+01:00", "3 d", "2026-11-20T12:00:00+01:00"),
        ("2026-02-28T12:00:00+01:00", "1 mo", "2026-01-28T12:00:00+01:00"),
        ("2026-03-01T00:00:00+01:00", "1 mo", "2026-02-01T00:00:00+01:00"),
        ("2026-11-23T12:00:00+01:00", "3 d end of day", "2026-11-20T00:00:00+01:00"),
    ],
)
def test_the_earliest_start(end: str, text: str, start: str) -> None:
    """From there the duration reaches the instant, and from a second earlier it does not."""
    found = earliest_start(OFFICE, at(end), span(text))
    assert rfc3339(OFFICE, found) == start
    assert add(OFFICE, found, span(text)) >= at(end)
    assert add(OFFICE, found - 1, span(text)) < at(end)


def test_the_earliest_start_of_all() -> None:
    """Where any start reaches, it is the first instant; past the last it is the end."""
    assert earliest_start(OFFICE, FIRST + 60, span("1 h")) == FIRST
    assert earliest_start(OFFICE, 0, span("1000 mo")) == FIRST
    assert earliest_start(OFFICE, -(10**30), span("1 bd")) == FIRST
    late = earliest_start(OFFICE, 10**30, span("1 h"))
    assert late == LAST - 3_600
    assert earliest_start(ALWAYS, at("2026-10-25T02:50:00+01:00"), span("0 d")) == at(
        "2026-10-25T02:50:00+01:00"
    )


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("2026-10-26T02:30:00+01:00", "2026-10-25T02:30:00+02:00"),
        ("2026-10-26T02:59:59+01:00", "2026-10-25T02:59:59+02:00"),
        ("2026-10-26T03:00:00+01:00", "2026-10-25T03:00:00+01:00"),
    ],
)
def test_the_earliest_start_in_a_repeated_hour(end: str, start: str) -> None:
    """The first pass reaches first, though the second falls back behind it."""
    assert rfc3339(ALWAYS, earliest_start(ALWAYS, at(end), span("1 d"))) == start


def changes(calendar: BusinessCalendar, now: str, due: str, text: str) -> list[str]:
    """Return every instant from `now` on at which reaching `due` turns true or false."""
    found: list[int] = []
    change = next_change(calendar, at(now), at(due), span(text))
    while change is not None:
        found.append(change)
        change = next_change(calendar, change, at(due), span(text))
    return [rfc3339(calendar, each) for each in found]


@pytest.mark.parametrize(
    ("calendar", "due", "text", "turns"),
    [
        (OFFICE, "2026-11-23T12:00:00+01:00", "4 h", ["2026-11-23T08:00:00+01:00"]),
        (OFFICE, "2026-11-23T09:30:00+01:00", "1 bh", ["2026-11-20T16:30:00+01:00"]),
        (OFFICE, "2026-11-25T12:00:00+01:00", "1 bd", ["2026-11-24T12:00:00+01:00"]),
        (OFFICE, "2026-11-24T12:00:00+01:00", "1 bd end of day", ["2026-11-23T00:00:00+01:00"]),
        (
            OFFICE,  # on Friday noon true, at Saturday's first second false, and so on
            "2026-11-23T12:00:00+01:00",
            "1 bd",
            [
                "2026-11-20T12:00:00+01:00",
                "2026-11-21T00:00:00+01:00",
                "2026-11-21T12:00:00+01:00",
                "2026-11-22T00:00:00+01:00",
                "2026-11-22T12:00:00+01:00",
            ],
        ),
        (
            ALWAYS,
            "2026-10-26T02:30:00+01:00",
            "1 d",
            [
                "2026-10-25T02:30:00+02:00",
                "2026-10-25T02:00:00+01:00",
                "2026-10-25T02:30:00+01:00",
            ],
        ),
        (
            ALWAYS,
            "2026-02-28T12:00:00+01:00",
            "1 mo",
            [
                "2026-01-28T12:00:00+01:00",
                "2026-01-29T00:00:00+01:00",
                "2026-01-29T12:00:00+01:00",
                "2026-01-30T00:00:00+01:00",
                "2026-01-30T12:00:00+01:00",
                "2026-01-31T00:00:00+01:00",
                "2026-01-31T12:00:00+01:00",
            ],
        ),
        (ALWAYS, "2026-03-30T12:00:00+02:00", "1 d", ["2026-03-29T12:00:00+02:00"]),
        (ALWAYS, "2026-11-20T12:00:00+01:00", "0 d", ["2026-11-20T12:00:00+01:00"]),
    ],
)
def test_every_change(calendar: BusinessCalendar, due: str, text: str, turns: list[str]) -> None:
    """Reaching turns true once, or to and fro where later starts end earlier."""
    assert changes(calendar, "2026-01-01T00:00:00+01:00", due, text) == turns


def test_nothing_changes_after_the_end() -> None:
    """From the instant itself on, it stays reached; at the ends of time too."""
    now = at("2026-11-23T12:00:00+01:00")
    for text in ("1 bd", "1 d", "1 h", "1 mo", "0 bd"):
        assert next_change(OFFICE, now, now, span(text)) is None
        assert next_change(OFFICE, now + 10**6, now, span(text)) is None
        assert next_change(OFFICE, 10**30, 10**30, span(text)) is None
        assert next_change(OFFICE, -(10**30), -(10**30), span(text)) is None


def test_an_hour_that_came_again_before() -> None:
    """After the second pass has begun, the day's next change is at its end."""
    due, now = at("2026-10-26T02:30:00+01:00"), at("2026-10-25T02:10:00+01:00")
    assert next_change(ALWAYS, now, due, span("1 d")) == at("2026-10-25T02:30:00+01:00")
