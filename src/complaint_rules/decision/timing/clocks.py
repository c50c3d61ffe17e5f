"""The clock of a target: a span of time on a calendar, pauses taken out (semantics 16, 17)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from complaint_rules.calendar import (
    BusinessCalendar,
    Close,
    Duration,
    NeverOpenError,
    Origin,
    Part,
    Stretch,
    Unit,
    add,
    advance,
    clamp,
    elapsed,
    end_of_day,
)

Pauses: TypeAlias = tuple[tuple[int, int], ...]
"""Spans of time that do not count: sorted, apart, ``[from, to)`` in whole seconds."""

WARN_LAST: Final = 4
"""A target is at risk in the last of so many parts of its span."""
WARN_PART: Final[Part] = (WARN_LAST - 1, WARN_LAST)
"""The part of its span after which it is at risk."""
_CLOSING: Final = Duration(0, Unit.D, Close.BUSINESS)


def end_of(calendar: BusinessCalendar, start: int, duration: Duration) -> int | None:
    """Return when a duration from `start` is over; `None` if the calendar never opens for it."""
    try:
        return add(calendar, start, duration)
    except NeverOpenError:
        return None


def after(calendar: BusinessCalendar, start: int, seconds: int, unit: Unit) -> int | None:
    """Return when so many seconds have passed on a unit's clock; `None` if it never opens."""
    if not unit.business:
        return clamp(start + seconds)
    try:
        return advance(calendar, start, seconds)
    except NeverOpenError:
        return None


def joined(pauses: Iterable[tuple[int, int]]) -> Pauses:
    """Return pauses sorted and apart: those that touch are one, empty ones are none."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(pauses):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


class Span(Stretch):
    """The time a target allows, on its own clock: open time for business units. Never changed."""

    __slots__ = ()

    def warned(self, part: Part) -> int:
        """Return from when what is due once a part of it has passed is at risk."""
        above, below = part
        if above >= below:
            return self.warn_at
        return self.reached((above * WARN_PART[0], below * WARN_PART[1]))

    def left(self, at: int) -> int:
        """Return the seconds of it that have not passed at an instant, on its own clock."""
        return max(0, self.whole - elapsed(self.origin.calendar, self.start, at, self.duration))


class Interrupted(Span):
    """
    A span in which the clock stood still.

    Attributes:
        pauses: Closed pauses that are taken out; `due` comes so much the later.
    """

    __slots__ = ("pauses",)

    pauses: Pauses

    def reached(self, part: Part) -> int:
        """Return the instant at which a part of it has passed, 0 to 1."""
        above, below = part
        if above >= below:
            return self.due
        wanted = -(-above * self.whole // below)  # rounded up
        if wanted <= 0:
            return self.start
        found = _walk(self.origin.calendar, self.start, wanted, self.duration, self.pauses)
        return self.due if found is None else min(found, self.due)

    def left(self, at: int) -> int:
        """Return the seconds of it that have not passed at an instant, on its own clock."""
        calendar, duration = self.origin.calendar, self.duration
        used = elapsed(calendar, self.start, at, duration)
        for begin, end in self.pauses:
            used -= elapsed(calendar, max(begin, self.start), min(end, at), duration)
        return max(0, self.whole - used)


def span(
    calendar: BusinessCalendar, start: int, duration: Duration, pauses: Pauses = ()
) -> Span | None:
    """
    Return the span of a duration from `start`; `None` if the calendar never opens for it.

    Pauses before the start or after the end change nothing. With pauses, days, weeks, months and
    business days run out when as much time has passed on their clock as without; one that closes
    with a day closes with the day it then reaches.
    """
    return span_from(Origin(calendar, start), duration, pauses)


def span_from(origin: Origin, duration: Duration, pauses: Pauses = ()) -> Span | None:
    """Return the same from where other spans may begin, too."""
    found = Span.of(origin, duration, WARN_LAST)
    return found if found is None or not pauses else _interrupted(found, pauses)


def _interrupted(plain: Span, pauses: Pauses) -> Span | None:
    """Return a span with pauses taken out; `None` if the calendar then never opens for it."""
    calendar, start, duration, due = plain.origin.calendar, plain.start, plain.duration, plain.due
    inside = tuple((max(begin, start), end) for begin, end in pauses if end > start)
    if not inside or inside[0][0] >= due or plain.whole == 0:
        return plain
    later = _walk(calendar, start, plain.whole, duration, inside)
    if later is None:
        return None
    found = Interrupted()
    found.origin, found.start, found.duration = plain.origin, start, duration
    found.due = _drawn_out(calendar, later, duration) if later > due else due
    found.whole, found.table, found.pauses = plain.whole, None, inside
    found.warn_at = found.reached(WARN_PART)
    return found


def _walk(
    calendar: BusinessCalendar, start: int, seconds: int, duration: Duration, pauses: Pauses
) -> int | None:
    """Return when so many seconds have passed on the duration's clock, pauses not counted."""
    at = start
    for begin, end in pauses:
        run = elapsed(calendar, at, begin, duration)
        if run >= seconds:
            break
        seconds -= run
        at = max(at, end)
    return after(calendar, at, seconds, duration.unit)


def _drawn_out(calendar: BusinessCalendar, at: int, duration: Duration) -> int:
    """Return the end of the day reached, where the duration closes with it."""
    if duration.close is Close.NONE:
        return at
    # An instant of midnight ends the day before it.
    if duration.close is Close.DAY:
        return end_of_day(calendar, at - 1)
    return add(calendar, at - 1, _CLOSING)
