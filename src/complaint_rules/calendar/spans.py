"""How much of a span has passed on a duration's own clock, and when a part of it has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypeAlias

from complaint_rules.calendar.adding import end_of
from complaint_rules.calendar.clock import FIRST, LAST, clamp
from complaint_rules.calendar.opening import advance, open_seconds
from complaint_rules.calendar.units import NeverOpenError

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
    found = Stretch.between(Origin(calendar, start), clamp(due), duration)
    return found.reached(part.as_integer_ratio())


class Origin:
    """
    An instant from which spans begin, and what of its calendar they all ask. Never changed.

    Attributes:
        calendar: The calendar.
        at: The instant.
        table: The year it lies in.
        before: Open seconds of that year before it.
        day: The position of its day in that year.
        days: What is known of so many business days after that.
    """

    __slots__ = ("at", "before", "calendar", "day", "days", "table")

    def __init__(self, calendar: BusinessCalendar, at: int) -> None:
        if not FIRST <= at <= LAST:
            at = clamp(at)
        table = calendar.year_of(at)
        self.calendar, self.at, self.table = calendar, at, table
        self.before = table.open_before(at)
        self.day = day = bisect_right(table.starts, at) - 1
        self.days = table.days[day]


class Stretch:
    """
    The time from a start to the end of a duration; never changed.

    Attributes:
        origin: Where it begins.
        start: When it begins.
        duration: What was allowed.
        due: When it is over.
        whole: The seconds it takes, on its own clock: open time for business units.
        table: The year in which all of it lies, where that is one and its clock is open time.
        warn_at: From when it is at risk.
    """

    __slots__ = ("due", "duration", "origin", "start", "table", "warn_at", "whole")

    # Filled where they are made, of which there are many: no constructor is called for it.
    origin: Origin
    start: int
    duration: Duration
    due: int
    whole: int
    table: YearTable | None
    warn_at: int

    @classmethod
    def of(cls, origin: Origin, duration: Duration, last: int) -> Self | None:
        """
        Return the time that a duration takes from a start, which ends where `add` says.

        Args:
            origin: Where it begins.
            duration: How long it is.
            last: It is at risk when one part of so many is left, such as a fourth.

        Returns:
            None if open time is needed, and the calendar does not open for 20 years.
        """
        # Most spans end in the year they began: one table tells all.
        table, before, start = origin.table, origin.before, origin.at
        if whole := duration.business_seconds:
            wanted = before + whole
            if wanted > table.read:
                return cls._reckoned(origin, duration, last)
            due = table.shift[bisect_left(table.used, wanted)] + wanted
        else:
            count = duration.business_days
            if count is None:
                return cls._reckoned(origin, duration, last)
            try:
                days = origin.days[count]
            except KeyError:
                days = table.days_on(origin.day, count)
            if days is None:
                return cls._reckoned(origin, duration, last)
            ahead, opens, closes, used = days
            due = start + ahead
            due = opens if due < opens else closes if due > closes else due  # noqa: FURB136
            whole = used + due - before
        found = cls()
        found.origin = origin
        found.start = start
        found.duration = duration
        found.due = due
        found.whole = whole
        found.table = table
        if whole:
            wanted = before + whole - whole // last
            due = table.shift[bisect_left(table.used, wanted)] + wanted
        found.warn_at = due
        return found

    @classmethod
    def _reckoned(cls, origin: Origin, duration: Duration, last: int) -> Self | None:
        """Return the same the long way."""
        try:
            due = end_of(origin.calendar, origin.at, duration, rising=False)
        except NeverOpenError:
            return None
        found = cls.between(origin, due, duration)
        found.warn_at = found.reached((last - 1, last))
        return found

    @classmethod
    def between(cls, origin: Origin, due: int, duration: Duration) -> Self:
        """Return the time from a start to an end that is known; only the duration's unit counts."""
        found, start = cls(), origin.at
        found.origin, found.start, found.duration = origin, start, duration
        found.due = found.warn_at = due
        found.whole, found.table = max(0, due - start), None
        if duration.unit.business and due > start:
            table = origin.table
            if due < table.ends:
                found.table, found.whole = table, table.open_before(due) - origin.before
            else:
                found.whole = open_seconds(origin.calendar, start, due)
        return found

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
            wanted = self.origin.before + seconds  # it is open for so long before it is due
            return table.shift[bisect_left(table.used, wanted)] + wanted
        if self.duration.unit.business:
            return advance(self.origin.calendar, self.start, seconds)
        return self.start + seconds
