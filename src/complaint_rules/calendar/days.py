"""Days of a calendar's zone: which day an instant lies in, where days begin and end, counting."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from complaint_rules.calendar.clock import EPOCH, FIRST, LAST, clamp, moment

if TYPE_CHECKING:
    from complaint_rules.calendar.business import BusinessCalendar


def local_date(calendar: BusinessCalendar, at: int) -> datetime.date:
    """
    Return the day in which an instant lies, in the calendar's zone.

    Days do not overlap: where the clock is put back across midnight, the day that has begun goes
    on.
    """
    return datetime.date.fromordinal(day_number(calendar, at))


def day_number(calendar: BusinessCalendar, at: int) -> int:
    """Return the day in which an instant lies, as `datetime.date.toordinal` counts."""
    table = calendar.year_of(at)
    return table.first + table.day_of(clamp(at))


def date_start(calendar: BusinessCalendar, day: datetime.date) -> int:
    """Return the first instant of a day: its midnight, or the end of the gap that skips it."""
    table, position = calendar.day(day.toordinal())
    return clamp(table.starts[position])


def date_end(calendar: BusinessCalendar, day: datetime.date) -> int:
    """Return the last second of a day, 23:59:59: a date given as an instant means this."""
    table, position = calendar.day(day.toordinal() + 1)
    return clamp(table.starts[position] - 1)


def start_of_day(calendar: BusinessCalendar, at: int) -> int:
    """Return the first instant of the day in which an instant lies."""
    table = calendar.year_of(at)
    return clamp(table.starts[table.day_of(clamp(at))])


def end_of_day(calendar: BusinessCalendar, at: int) -> int:
    """Return the last second, 23:59:59, of the day in which an instant lies."""
    table = calendar.year_of(at)
    return clamp(table.starts[table.day_of(clamp(at)) + 1] - 1)


def next_midnight(calendar: BusinessCalendar, at: int) -> int:
    """Return the instant at which the next day begins."""
    table = calendar.year_of(at)
    return clamp(table.starts[table.day_of(clamp(at)) + 1])


def days_between(calendar: BusinessCalendar, a: int | datetime.date, b: int | datetime.date) -> int:
    """Return the midnights passed from `a` to `b`: calendar days, negative if `b` is earlier."""
    return _number(calendar, b) - _number(calendar, a)


def business_days_between(
    calendar: BusinessCalendar, a: int | datetime.date, b: int | datetime.date
) -> int:
    """
    Return the business days after the day of `a`, up to and with the day of `b`.

    Negative if `b` lies on an earlier day: the business days after `b` up to and with `a`.
    """
    first, last = _number(calendar, a), _number(calendar, b)
    if last < first:
        return -_count(calendar, last, first)
    return _count(calendar, first, last)


def is_business_day(calendar: BusinessCalendar, day: datetime.date) -> bool:
    """Return whether the calendar is open at all on a day."""
    number = day.toordinal()
    return _count(calendar, number - 1, number) == 1


def covers(calendar: BusinessCalendar, *instants: int) -> bool:
    """Return whether the holidays of all instants' years are known; else only the week's hours."""
    first, end = calendar.covered
    for at in instants:
        inside = at if FIRST <= at <= LAST else clamp(at)  # asked often: calls cost more
        if not first <= inside < end:
            return False
    return True


def rfc3339(calendar: BusinessCalendar, at: int) -> str:
    """
    Return an instant as RFC 3339 writes it, in the calendar's zone, such as
    ``2026-11-22T10:00:00+01:00``.

    The offset is always written in figures, never ``Z``. RFC 3339 knows no seconds in it: where
    an old local time has some, the offset is cut to minutes and the instant stays exact.
    """
    shown = moment(calendar.zone, clamp(at))
    text = shown.isoformat()  # there are no fractions of a second to write
    if len(text) == len("2026-11-22T10:00:00+01:00"):
        return text
    ahead = shown.utcoffset()
    assert ahead is not None, "a zone of tzdata always has an offset"  # noqa: S101
    minutes = datetime.timezone(datetime.timedelta(minutes=ahead // datetime.timedelta(minutes=1)))
    return (EPOCH + datetime.timedelta(seconds=clamp(at))).astimezone(minutes).isoformat()


def _number(calendar: BusinessCalendar, day: int | datetime.date) -> int:
    return day_number(calendar, day) if isinstance(day, int) else day.toordinal()


def _count(calendar: BusinessCalendar, first: int, last: int) -> int:
    """Return the business days after `first` up to and with `last`, which is not earlier."""
    (table, start), (end_table, end) = calendar.day(first + 1), calendar.day(last + 1)
    between = sum(calendar.totals(year).days for year in range(table.year, end_table.year))
    return between + end_table.business_before(end) - table.business_before(start)
