"""Runs: the time of a target from a start on, and its clock as a decision lists it."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.calendar import BusinessCalendar, covers
from complaint_rules.decision.clocks import WARN_PART, Pauses, Span, end_of
from complaint_rules.decision.lengths import Lengths
from complaint_rules.decision.shape import DecidedTarget, Notice
from complaint_rules.policy import Target

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
    """

    decided: DecidedTarget
    span: Span | None = None
    held: int | None = None
    unknown: frozenset[str] = frozenset()


@attrs.define(eq=False)
class Run:
    """
    The time of a target from a start on.

    Attributes:
        span: Its time; `None` where its calendar never opens for it.
        warn_at: When it is at risk.
        opens: When it opens; `None` for one that is open from the start.
        notices: What the reader should know of it.
    """

    span: Span | None
    warn_at: int = 0
    opens: int | None = None
    notices: tuple[Notice, ...] = ()


def run_of(
    target: Target, lengths: Lengths, calendar: BusinessCalendar, start: int, pauses: Pauses
) -> Run | None:
    """
    Return the time of a target from a start on; `None` where no duration stands for it.

    Args:
        target: The target.
        lengths: The durations that stand for it; the one that ends first counts.
        calendar: Its calendar.
        start: When its clock starts.
        pauses: What is taken out.
    """
    found = lengths.spans(calendar, start, pauses)
    spans = [each for each in found if each is not None]
    notices = [] if len(spans) == len(found) else [Notice(NEVER_OPEN, target.id)]
    if not spans:
        return Run(None, notices=tuple(notices)) if notices else None
    strictest = _strictest(spans)
    if strictest.duration.unit.business and not covers(calendar, start, strictest.due):
        notices.append(Notice(HOLIDAYS_UNKNOWN, calendar.id))
    opens = None if target.opens is None else end_of(calendar, start, target.opens)
    if opens is not None and opens > strictest.due:
        notices.append(Notice(OPENS_AFTER_DUE, target.id))
        opens = None  # one that would open past its due is open
    return Run(strictest, strictest.reached(WARN_PART), opens, tuple(notices))


def _strictest(spans: list[Span]) -> Span:
    """Return the span that ends first; of equal ones that which warns first."""
    if len(spans) == 1:
        return spans[0]
    due = min([each.due for each in spans])
    equal = [each for each in spans if each.due == due]
    if len(equal) == 1:
        return equal[0]
    rules = tuple(sorted({rule for each in equal for rule in each.rules}))
    best = min(equal, key=lambda each: (each.reached(WARN_PART), each.duration.text))
    return attrs.evolve(best, rules=rules)
