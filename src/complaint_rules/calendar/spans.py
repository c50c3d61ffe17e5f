"""How much of a span has passed on a duration's own clock, and when a part of it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.calendar.clock import clamp
from complaint_rules.calendar.opening import advance, open_seconds, reached

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    return fractions(calendar, start, due, duration, (part.as_integer_ratio(),))[0]


def fractions(
    calendar: BusinessCalendar,
    start: int,
    due: int,
    duration: Duration,
    parts: Iterable[tuple[int, int]],
) -> list[int]:
    """
    Return for several parts of a span what `fraction` returns for one.

    Args:
        calendar: The calendar.
        start: An instant.
        due: An instant, not before `start`.
        duration: What the span was made from; only its unit counts.
        parts: Each above and below the line, the latter above 0.
    """
    start, due = clamp(start), clamp(due)
    business = duration.unit.business
    # Most spans end in the year they began: one table tells all.
    table = calendar.year_of(start) if business else None
    before = 0
    if due <= start:
        whole = 0
    elif table is None:
        whole = due - start
    elif due < table.ends:
        before = table.open_before(start)
        whole = table.open_before(due) - before
    else:
        table, whole = None, open_seconds(calendar, start, due)
    found = []
    for above, below in parts:
        seconds = -(-above * whole // below)  # rounded up
        if seconds <= 0 or above >= below:
            found.append(due if above > 0 else start)
        elif table is not None:
            found.append(reached(table, before + seconds))
        else:
            found.append(advance(calendar, start, seconds) if business else start + seconds)
    return found
