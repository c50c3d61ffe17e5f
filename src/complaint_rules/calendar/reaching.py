"""From when on a duration reaches an instant: ``now + duration >= due``, solved for ``now``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from complaint_rules.calendar import clock
from complaint_rules.calendar.adding import add, end_of
from complaint_rules.calendar.clock import DAY, FIRST, clamp
from complaint_rules.calendar.days import next_midnight
from complaint_rules.calendar.units import Close, Duration, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaint_rules.calendar.business import BusinessCalendar

_STEADY: Final = frozenset({Unit.M, Unit.H, Unit.BM, Unit.BH})


def earliest_start(calendar: BusinessCalendar, due: int, duration: Duration) -> int:
    """
    Return the first instant from which `add` of a duration ends at `due` or later.

    It may end earlier again from later starts, see `next_change`.

    Raises:
        NeverOpenError: Open time is needed, and the calendar does not open for 20 years.
    """
    high = due = clamp(due)

    def reaches(start: int) -> bool:
        return end_of(calendar, start, duration, rising=True) >= due

    step = DAY
    low = max(FIRST, high - step)
    while low > FIRST and reaches(low):
        high, step = low, step * 2
        low = max(FIRST, high - step)
    if reaches(low):
        return low
    return _first(reaches, low, high)


def next_change(calendar: BusinessCalendar, now: int, due: int, duration: Duration) -> int | None:
    """
    Return the first instant after `now` at which ``now + duration >= due`` turns true or false.

    Most durations turn it true once. A plain ``bd`` may turn it false again, for a later start on a
    day that is no business day can end earlier on the same day than one on the evening before; so
    may ``mo`` where months are clipped, and ``d``, ``w``, ``mo`` and ``bd`` where a clock is put
    back. None: it stays as it is.

    Raises:
        NeverOpenError: Open time is needed, and the calendar does not open for 20 years.
    """
    now, due = clamp(now), clamp(due)
    first = earliest_start(calendar, due, duration)
    if now < first:
        return first
    if duration.unit in _STEADY or duration.close is not Close.NONE:
        return None

    def reaches(start: int) -> bool:
        return add(calendar, start, duration) >= due

    truth = reaches(now)
    settled = next_midnight(calendar, due)
    while now < due:  # from there on it is true, since nothing ends before it starts
        end = _piece_end(calendar, now)
        if not truth and reaches(end - 1):
            return _first(reaches, now, end - 1)
        if reaches(end) != truth:
            return end
        if add(calendar, end, duration) > settled:
            return None  # a later day is reached, and no later start reaches an earlier day
        now = end
    return None


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return the first instant that holds; `low` does not, `high` does, and it turns but once."""
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


def _piece_end(calendar: BusinessCalendar, at: int) -> int:
    """Return the next midnight, or the next instant at which the clock is put back before it."""
    table = calendar.year_of(at)
    day = table.day_of(at)
    start, end = table.starts[day], table.starts[day + 1]
    if not table.plain[day]:
        zone = calendar.zone
        if clock.offset(zone, end - 1) < clock.offset(zone, start):
            back = clock.turn(zone, start, end - 1)
            return back if at < back else end
    return end
