"""Durations put on a calendar: when they end, and when a part of them has passed (semantics 14)."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from calendar import monthrange
from typing import TYPE_CHECKING, Final

from complaint_rules.calendar import clock
from complaint_rules.calendar.clock import DAY, EPOCH_DAY, LAST, clamp
from complaint_rules.calendar.opening import advance
from complaint_rules.calendar.units import Close, Duration, Unit

if TYPE_CHECKING:
    from complaint_rules.calendar.business import BusinessCalendar
    from complaint_rules.calendar.years import YearTable

_LAST_DAY: Final = datetime.date(2401, 1, 1).toordinal()


def add(calendar: BusinessCalendar, start: int, duration: Duration) -> int:
    """
    Return the instant at which a duration that begins at `start` is over.

    - ``m`` and ``h`` elapse; ``bm`` and ``bh`` are open time, see `advance`.
    - ``d``, ``w`` and ``mo`` end at the same local time of a later day, a month clipped to its last
      day; a time skipped by the clock is read as the first instant after the gap, a repeated one as
      its first pass.
    - ``bd`` ends on the n-th business day after the day of `start`: at the same local time if the
      calendar is open then, else at the last closing before it on that day, else at that day's
      opening.
    - ``end of day`` is 23:59:59 of the day reached; ``close of business`` is its last closing (of
      the next business day where it has none).

    An amount of 0 on bm and bh is the first open instant; ``0 bd`` means the day of `start` itself
    if that is a business day, else the opening of the next one. Nothing ends before it starts: of
    a day whose moment has passed, what is left is `start`.

    Raises:
        NeverOpenError: Open time is needed, and the calendar does not open for 20 years.
    """
    return end_of(calendar, clamp(start), duration, rising=False)


def end_of(calendar: BusinessCalendar, at: int, duration: Duration, *, rising: bool) -> int:
    """Return `add`; or, `rising`, the latest end of any start up to `at`."""
    unit = duration.unit
    if unit.business:
        seconds = duration.business_seconds
        if seconds is not None:
            return advance(calendar, at, seconds)
        return min(LAST, max(at, _business_days(calendar, at, duration, rising=rising)))
    if unit.steady:
        return min(LAST, at + (duration.seconds or 0))
    return min(LAST, max(at, _later(calendar, at, duration, rising=rising)))


def _later(calendar: BusinessCalendar, at: int, duration: Duration, *, rising: bool) -> int:
    """Return the end of days, weeks or months."""
    table = calendar.year_of(at)
    day = table.day_of(at)
    if duration.close is not Close.NONE:
        number, time = table.first + day, 0
    else:
        number, time = _shown(calendar, table, day, at, rising=rising)
    amount = int(duration.amount)
    if duration.unit is Unit.MO:
        reached, clipped = _months_on(number, amount)
        time = DAY - 1 if clipped and rising else time
    else:
        reached = number + amount * (7 if duration.unit is Unit.W else 1)
    if reached > _LAST_DAY:
        return LAST
    table, day = calendar.day(reached)
    if duration.close is Close.NONE:
        return _at(calendar, table, day, time)
    if duration.close is Close.BUSINESS:
        found = _business_day(calendar, table, day, 0)
        return LAST if found is None else _closing(*found)
    return table.starts[day + 1] - 1


def _business_days(calendar: BusinessCalendar, at: int, duration: Duration, *, rising: bool) -> int:
    """Return the end of business days."""
    count = int(duration.amount)
    first = calendar.year_of(at)
    begun = first.day_of(at)
    if count and not rising and duration.close is Close.NONE:
        wanted = first.business_before(begun + 1) + count - 1
        if wanted < len(first.business):
            # Most end in the year they began, on a day like the one they began on.
            reached = first.business[wanted]
            if first.plain[begun] and first.plain[reached]:
                time = at - first.starts[begun]
                return _in_hours(first, reached, first.starts[reached] + time)
    found = _business_day(calendar, first, begun, count)
    if found is None:
        return LAST
    table, day = found
    if duration.close is Close.DAY:
        return table.starts[day + 1] - 1
    if duration.close is Close.BUSINESS:
        return _closing(table, day)
    if count:
        at = _at(calendar, table, day, _time_for(calendar, first, begun, at, rising=rising))
    return _in_hours(table, day, at)


def _in_hours(table: YearTable, day: int, at: int) -> int:
    """Return an instant of a business day, or the nearest in its hours: the last one before it."""
    first, end = table.window_from[day], table.window_from[day + 1]
    window = bisect_right(table.opens, at, first, end) - 1
    if window < first:
        return table.opens[first]
    close = table.closes[window]
    return at if at < close else close  # noqa: FURB136  # asked often: calls cost more


def _time_for(
    calendar: BusinessCalendar, table: YearTable, day: int, at: int, *, rising: bool
) -> int:
    """Return the local time at which business days from a start end.

    The evening before a day off reaches the same day as the day off does, and ends the later.
    """
    if rising and not table.windows_of(day):
        return DAY - 1
    return _shown(calendar, table, day, at, rising=rising)[1]


def _business_day(
    calendar: BusinessCalendar, table: YearTable, day: int, count: int
) -> tuple[YearTable, int] | None:
    """Return the n-th business day after a day; for 0 the day itself or the next business day.

    None lies past the last year of all.
    """
    wanted = table.business_before(day + 1 if count else day) + max(count, 1)
    if wanted <= len(table.business):
        return table, table.business[wanted - 1]
    for year, totals in calendar.years_from(table.year):
        if wanted <= totals.days:
            found = calendar.year(year)
            return found, found.business[wanted - 1]
        wanted -= totals.days
    return None


def _closing(table: YearTable, day: int) -> int:
    """Return the last closing of a business day."""
    return table.closes[table.windows_of(day)[-1]]


def _shown(
    calendar: BusinessCalendar, table: YearTable, day: int, at: int, *, rising: bool
) -> tuple[int, int]:
    """Return the day and the seconds after midnight that the calendar's clock shows.

    A rising clock shows no time again where the real one is put back, see `clock.forward`.
    """
    if table.plain[day]:
        return table.first + day, at - table.starts[day]
    if not rising:
        return clock.shown(calendar.zone, at)
    number = table.first + day
    return number, clock.forward(calendar.zone, at) - (number - EPOCH_DAY) * DAY


def _at(calendar: BusinessCalendar, table: YearTable, day: int, time: int) -> int:
    """Return the instant of a local time, in seconds after midnight."""
    if table.plain[day]:
        return table.starts[day] + time
    return clock.instant(calendar.zone, table.first + day, time)


def _months_on(number: int, months: int) -> tuple[int, bool]:
    """Return the day so many months after one, and whether it was clipped to the month's end."""
    start = datetime.date.fromordinal(number)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > datetime.date.fromordinal(_LAST_DAY).year:
        return _LAST_DAY + 1, False
    most = monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(start.day, most)).toordinal(), start.day > most
