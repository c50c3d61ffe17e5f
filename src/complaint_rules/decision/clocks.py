"""The clock of a target: a span of time on a calendar, pauses taken out (semantics 16, 17)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

import attrs

from complaint_rules.calendar import (
    BusinessCalendar,
    Close,
    Duration,
    NeverOpenError,
    Stretch,
    Unit,
    add,
    advance,
    clamp,
    elapsed,
    end_of_day,
    stretch,
)

Pauses: TypeAlias = tuple[tuple[int, int], ...]
"""Spans of time that do not count: sorted, apart, ``[from, to)`` in whole seconds."""

Part: TypeAlias = tuple[int, int]
"""A part of a span: above and below the line, such as three quarters."""

WARN_PART: Final[Part] = (3, 4)
"""The part of its span after which a target is at risk."""
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


@attrs.define
class Span:
    """
    The time a target allows, on its own clock: open time for business units. Never changed.

    Attributes:
        calendar: The target's calendar.
        start: When the clock started.
        duration: What was allowed.
        pauses: Closed pauses that are taken out.
        due: When it has all passed; the last second that is in time.
        plain: The same without pauses.
        rules: Ids of the rows and rules that allow just this much, sorted.
    """

    calendar: BusinessCalendar
    start: int
    duration: Duration
    pauses: Pauses
    due: int
    plain: Stretch = attrs.field(eq=False)
    rules: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """How much time it is on its own clock."""
        return self.plain.whole

    def reached(self, part: Part) -> int:
        """Return the instant at which a part of it has passed, 0 to 1."""
        above, below = part
        if above >= below:
            return self.due
        if not self.pauses:
            return self.plain.part(above, below)
        wanted = -(-above * self.seconds // below)  # rounded up
        if wanted <= 0:
            return self.start
        found = _walk(self.calendar, self.start, wanted, self.duration, self.pauses)
        return self.due if found is None else min(found, self.due)

    def warned(self, part: Part) -> int:
        """Return from when what is due once a part of it has passed is at risk."""
        return self.reached((part[0] * WARN_PART[0], part[1] * WARN_PART[1]))

    def left(self, at: int) -> int:
        """Return the seconds of it that have not passed at an instant, on its own clock."""
        used = elapsed(self.calendar, self.start, at, self.duration)
        for begin, end in self.pauses:
            used -= elapsed(self.calendar, max(begin, self.start), min(end, at), self.duration)
        return max(0, self.seconds - used)


def span(
    calendar: BusinessCalendar,
    start: int,
    duration: Duration,
    pauses: Pauses = (),
    rules: tuple[str, ...] = (),
) -> Span | None:
    """
    Return the span of a duration from `start`; `None` if the calendar never opens for it.

    Pauses before the start or after the end change nothing. With pauses, days, weeks, months and
    business days run out when as much time has passed on their clock as without; one that closes
    with a day closes with the day it then reaches.
    """
    try:
        plain = stretch(calendar, start, duration)
    except NeverOpenError:
        return None
    due = plain.due
    if not pauses:
        return Span(calendar, start, duration, (), due, plain, rules)
    inside = tuple((max(begin, start), end) for begin, end in pauses if end > start)
    if not inside or inside[0][0] >= due or plain.whole == 0:
        return Span(calendar, start, duration, (), due, plain, rules)
    later = _walk(calendar, start, plain.whole, duration, inside)
    if later is None:
        return None
    if later > due:
        due = _drawn_out(calendar, later, duration)
    return Span(calendar, start, duration, inside, due, plain, rules)


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
