"""How much of a span has passed on a duration's own clock, and when a part of it has."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from complaint_rules.calendar.clock import clamp
from complaint_rules.calendar.opening import advance, open_seconds

if TYPE_CHECKING:
    from fractions import Fraction

    from complaint_rules.calendar.business import BusinessCalendar
    from complaint_rules.calendar.units import Duration


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
    start, due = clamp(start), clamp(due)
    if part <= 0:
        return start
    whole = elapsed(calendar, start, due, duration)
    if part >= 1 or whole == 0:
        return due
    passed = math.ceil(part * whole)
    if duration.unit.business:
        return advance(calendar, start, passed)
    return start + passed
