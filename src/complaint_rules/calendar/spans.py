"""How much of a span has passed on a duration's own clock, and when a part of it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from complaint_rules.calendar.adding import end_of
from complaint_rules.calendar.clock import LAST, clamp
from complaint_rules.calendar.opening import advance, open_seconds, reached

if TYPE_CHECKING:
    from fractions import Fraction

    from complaint_rules.calendar.business import BusinessCalendar
    from complaint_rules.calendar.units import Duration
    from complaint_rules.calendar.years import YearTable


def elapsed(calendar: BusinessCalendar, start: int, end: int, duration: Duration) -> int:
    """Return the seconds from `start` to `end` on a duration's own clock, 0 if `end` is earlier.

    That is open time for business units, else time on the wall.
    """
    if duration.unit.business:
        return open_seconds(calendar, start, end)
    return max(0, clamp(end) - clamp(start))


def fraction(
    calendar: BusinessCalendar, start: int, due: int, duration: Duration, part: Fraction
) -> int:
    """
    Return the first whole second at which a part of the span from `start` to `due` has passed.

    The span runs on the duration's own clock, see `elapsed`. A span that holds no time on that
    clock has passed at `due`.

    Args:
        calendar: The calendar.
        start: An instant.
        due: An instant, not before `start`.
        duration: What the span was made from; only its unit counts.
        part: From 0 (`start`) to 1 (`due`); what lies outside is read as the nearer of them.
    """
    return _stretch(calendar, clamp(start), clamp(due), duration).part(*part.as_integer_ratio())


@attrs.define(eq=False)
class Stretch:
    """
    The time from a start to the end of a duration; never changed.

    Attributes:
        calendar: The calendar.
        start: When it begins.
        due: When it is over.
        business: It runs while the calendar is open only.
        whole: The seconds it takes, on its own clock.
        table: The year in which all of it lies, where that is one and its clock is open time.
        before: Open seconds of that year before it begins.
    """

    calendar: BusinessCalendar
    start: int
    due: int
    business: bool
    whole: int
    table: YearTable | None = None
    before: int = 0

    def part(self, above: int, below: int) -> int:
        """Return what `fraction` does, for ``above / below`` of it; `below` is more than 0."""
        seconds = -(-above * self.whole // below)  # rounded up
        if seconds <= 0 or above >= below:
            return self.due if above > 0 else self.start
        if self.table is not None:
            return reached(self.table, self.before + seconds)
        if self.business:
            return advance(self.calendar, self.start, seconds)
        return self.start + seconds


def stretch(calendar: BusinessCalendar, start: int, duration: Duration) -> Stretch:
    """
    Return the time that a duration takes from a start, which ends where `add` says.

    Raises:
        NeverOpenError: Open time is needed, and the calendar does not open for 20 years.
    """
    start = clamp(start)
    seconds = duration.business_seconds
    if seconds:
        # Most spans end in the year they began: one table tells all.
        table = calendar.year_of(start)
        before = table.open_before(start)
        if table.used and before + seconds <= table.used[-1]:
            due = reached(table, before + seconds)
            if due < LAST:
                return Stretch(calendar, start, due, True, seconds, table, before)
    return _stretch(calendar, start, end_of(calendar, start, duration, rising=False), duration)


def _stretch(calendar: BusinessCalendar, start: int, due: int, duration: Duration) -> Stretch:
    """Return the time between two instants that are known."""
    if not duration.unit.business:
        return Stretch(calendar, start, due, False, max(0, due - start))
    if due <= start:
        return Stretch(calendar, start, due, True, 0)
    table = calendar.year_of(start)
    if due < table.ends:
        before = table.open_before(start)
        return Stretch(calendar, start, due, True, table.open_before(due) - before, table, before)
    return Stretch(calendar, start, due, True, open_seconds(calendar, start, due))
