"""Runs: the time of a target from a start on, and its clock as a decision lists it."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.decision.clocks import Pauses, Span
from complaint_rules.decision.lengths import Lengths
from complaint_rules.decision.pausing import NEVER
from complaint_rules.decision.shape import DecidedTarget

NEVER_OPEN: Final = "never-open"
HOLIDAYS_UNKNOWN: Final = "holidays-unknown"
OPENS_AFTER_DUE: Final = "opens-after-due"


@attrs.define
class TargetClock:
    """
    One listed target, with what due times are reckoned from; never changed.

    Attributes:
        decided: The target as the decision lists it.
        span: Its time; `None` where it has not started, or its start or length is unknown.
        held: Since when it stands still, if it is paused.
        unknown: Facts that its start, length or meeting waits for.
        turn: When time alone next changes it; `NEVER`, past all, where it never does.
    """

    decided: DecidedTarget
    span: Span | None = None
    held: int | None = None
    unknown: frozenset[str] = frozenset()
    turn: int = NEVER


def strictest_of(
    lengths: Lengths, calendar: BusinessCalendar, start: int, pauses: Pauses
) -> tuple[Span | None, bool]:
    """
    Return the time of a target from a start on, and whether its calendar never opens for some.

    Args:
        lengths: The durations that stand for it; the one that ends first counts.
        calendar: Its calendar.
        start: When its clock starts.
        pauses: What is taken out.
    """
    found = lengths.spans(calendar, start, pauses)
    spans = [each for each in found if each is not None]
    return _strictest(spans) if spans else None, len(spans) < len(found)


def _strictest(spans: list[Span]) -> Span:
    """Return the span that ends first; of equal ones that which warns first."""
    if len(spans) == 1:
        return spans[0]
    due = min([each.due for each in spans])
    equal = [each for each in spans if each.due == due]
    if len(equal) == 1:
        return equal[0]
    rules = tuple(sorted({rule for each in equal for rule in each.rules}))
    best = min(equal, key=lambda each: (each.warn_at, each.duration.text))
    return attrs.evolve(best, rules=rules)
