"""How much of a span has passed on a duration's own clock, and when a part of it has."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, TypeAlias

import attrs

from complaint_rules.calendar.adding import end_of
from complaint_rules.calendar.clock import FIRST, LAST, clamp
from complaint_rules.calendar.opening import advance, open_seconds, reached

if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Self

    from complaint_rules.calendar.business import BusinessCalendar
    from complaint_rules.calendar.units import Duration
    from complaint_rules.calendar.years import YearTable

Part: TypeAlias = tuple[int, int]
"""A part of a span: above and below the line, such as three quarters; below is more than 0."""


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
    found = Stretch.between(calendar, clamp(start), clamp(due), duration)
    return found.reached(part.as_integer_ratio())


@attrs.define
class Stretch:
    """
    The time from a start to the end of a duration; never changed.

    Attributes:
        calendar: The calendar.
        start: When it begins.
        duration: What was allowed.
        due: When it is over.
        whole: The seconds it takes, on its own clock: open time for business units.
        table: The year in which all of it lies, where that is one and its clock is open time.
        before: Open seconds of that year before it begins.
    """

    calendar: BusinessCalendar
    start: int
    duration: Duration
    due: int
    whole: int
    table: YearTable | None = attrs.field(default=None, eq=False)
    before: int = attrs.field(default=0, eq=False)

    @classmethod
    def of(cls, calendar: BusinessCalendar, start: int, duration: Duration) -> Self:
        """
        Return the time that a duration takes from a start, which ends where `add` says.

        Raises:
            NeverOpenError: Open time is needed, and the calendar does not open for 20 years.
        """
        if not FIRST <= start <= LAST:
            start = clamp(start)
        if not duration.unit.business:
            due = end_of(calendar, start, duration, rising=False)
            return cls(calendar, start, duration, due, due - start)
        # Most spans end in the year they began: one table tells all.
        table = calendar.year_of(start)
        if seconds := duration.business_seconds:
            before = table.open_before(start)
            if before + seconds <= table.total:
                due = reached(table, before + seconds)
                if due < LAST:
                    return cls(calendar, start, duration, due, seconds, table, before)
        elif count := duration.business_days:
            days = table.days_on(table.day_of(start), count)
            if days is not None:
                ahead, opens, closes, used, opened, closed, spent = days
                # Each instant counts as the nearest one that lies in the hours of its day.
                before = spent + (
                    opened if start < opened else closed if start > closed else start  # noqa: FURB136
                )
                due = start + ahead
                due = opens if due < opens else closes if due > closes else due  # noqa: FURB136
                if due < LAST:
                    return cls(calendar, start, duration, due, used + due - before, table, before)
        return cls.between(
            calendar, start, end_of(calendar, start, duration, rising=False), duration
        )

    @classmethod
    def between(cls, calendar: BusinessCalendar, start: int, due: int, duration: Duration) -> Self:
        """Return the time from a start to an end that is known; only the duration's unit counts."""
        if not duration.unit.business:
            return cls(calendar, start, duration, due, max(0, due - start))
        if due <= start:
            return cls(calendar, start, duration, due, 0)
        table = calendar.year_of(start)
        if due < table.ends:
            before = table.open_before(start)
            whole = table.open_before(due) - before
            return cls(calendar, start, duration, due, whole, table, before)
        return cls(calendar, start, duration, due, open_seconds(calendar, start, due))

    def reached(self, part: Part) -> int:
        """Return what `fraction` does, for a part of it."""
        above, below = part
        if above >= below:
            return self.due
        seconds = -(-above * self.whole // below)  # rounded up
        if seconds <= 0:
            return self.due if above > 0 else self.start
        table = self.table
        if table is not None:
            wanted = self.before + seconds  # it is open for so long before it is due
            window = bisect_left(table.used, wanted)
            return table.closes[window] - table.used[window] + wanted
        if self.duration.unit.business:
            return advance(self.calendar, self.start, seconds)
        return self.start + seconds
