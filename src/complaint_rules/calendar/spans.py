"""How much of a span has passed on a duration's own clock, and when a part of it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.calendar.clock import clamp
from complaint_rules.calendar.opening import advance, open_seconds, reached

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
    if part.numerator <= 0:
        return start
    if part.numerator >= part.denominator or due <= start:
        return due
    if not duration.unit.business:
        return start + _share(part, due - start)
    table = calendar.year_of(start)
    if due < table.ends:  # most spans end in the year they began
        before = table.open_before(start)
        whole = table.open_before(due) - before
        return reached(table, before + _share(part, whole)) if whole else due
    whole = open_seconds(calendar, start, due)
    return advance(calendar, start, _share(part, whole)) if whole else due


def _share(part: Fraction, seconds: int) -> int:
    """Return a part of some seconds, rounded up."""
    return -(-part.numerator * seconds // part.denominator)
