"""Open time: whether a calendar is open, how much of a span it is, and when so much has passed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from complaint_rules.calendar.clock import LAST, clamp

if TYPE_CHECKING:
    from complaint_rules.calendar.business import BusinessCalendar
    from complaint_rules.calendar.years import YearTable


def is_open(calendar: BusinessCalendar, at: int) -> bool:
    """Return whether the calendar is open at an instant; at the instant of closing it is not."""
    at = clamp(at)
    table = calendar.year_of(at)
    window = bisect_right(table.opens, at) - 1
    return window >= 0 and at < table.closes[window]


def next_open(calendar: BusinessCalendar, at: int) -> int:
    """
    Return the first instant, at or after the given one, at which the calendar is open.

    Raises:
        NeverOpenError: It does not open in the next 20 years.
    """
    at = clamp(at)
    if is_open(calendar, at):
        return at
    table = calendar.year_of(at)
    window = bisect_right(table.opens, at)
    if window < len(table.opens):
        return min(LAST, table.opens[window])
    for year, totals in calendar.years_from(table.year + 1):
        if totals.days:
            return min(LAST, calendar.year(year).opens[0])
    return LAST


def open_seconds(calendar: BusinessCalendar, start: int, end: int) -> int:
    """Return the seconds that the calendar is open from `start` up to `end`; 0 if not after it."""
    start, end = clamp(start), clamp(end)
    if end <= start:
        return 0
    first, last = calendar.year_of(start), calendar.year_of(end)
    if first is last:
        return last.open_before(end) - first.open_before(start)
    between = sum(calendar.totals(year).seconds for year in range(first.year, last.year))
    return between + last.open_before(end) - first.open_before(start)


def advance(calendar: BusinessCalendar, start: int, seconds: int) -> int:
    """
    Return the first instant at which the calendar has been open for so long since `start`.

    The clock starts at opening, and time used up exactly at closing ends there. No time at all
    (0, or less) ends at the first instant at which the calendar is open.

    Args:
        calendar: The calendar.
        start: An instant.
        seconds: Open seconds.

    Raises:
        NeverOpenError: It does not open for 20 years before the time is used up.
    """
    if seconds <= 0:
        return next_open(calendar, start)
    start = clamp(start)
    table = calendar.year_of(start)
    wanted = table.open_before(start) + seconds
    if table.used and wanted <= table.used[-1]:
        return reached(table, wanted)
    for year, totals in calendar.years_from(table.year):
        if wanted <= totals.seconds:
            return reached(calendar.year(year), wanted)
        wanted -= totals.seconds
    return LAST


def reached(table: YearTable, seconds: int) -> int:
    """Return when a year has been open for so many seconds, which it has."""
    window = bisect_left(table.used, seconds)
    found = table.shift[window] + seconds
    return found if found <= LAST else LAST  # noqa: FURB136  # asked often: calls cost more
