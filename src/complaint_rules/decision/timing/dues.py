"""When an action, or a remedy, is due: the earliest of its due times (semantics 18)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from complaint_rules.calendar import covers
from complaint_rules.conditions import evaluate, unknown_facts
from complaint_rules.decision.answer.shape import Notice
from complaint_rules.decision.timing.alone import Clocks
from complaint_rules.decision.timing.clocks import WARN_PART, span
from complaint_rules.decision.timing.pausing import MET, NEVER
from complaint_rules.decision.timing.resolved import NO_DUE, NOTHING, ResolvedDue
from complaint_rules.decision.timing.runs import (
    HOLIDAYS_UNKNOWN,
    NEVER_OPEN,
    OPENS_AFTER_DUE,
    TargetClock,
)
from complaint_rules.policy import Due, DueAfter, DueNow, DueTarget
from complaint_rules.state import Situation


class _Time(NamedTuple):
    """One of several due times: when, when at risk, and the target or start it comes from."""

    due: int | None
    warn_at: int | None = None
    opens: int | None = None
    target: str | None = None
    unknown: frozenset[str] = NOTHING
    notice: Notice | None = None
    moving: bool = False


_NEVER: Final = _Time(None)


def resolve(
    situation: Situation, clocks: Clocks, dues: Iterable[Due], about: str = ""
) -> ResolvedDue:
    """
    Return when something is due.

    Args:
        situation: The complaint.
        clocks: The targets that stand now, by id.
        dues: Its own due times and those of the rules that ask for it; the earliest rules. One
            whose target does not stand, has not started, is paused or is met gives no time.
        about: Its id, which notices name.
    """
    times = []
    for due in dues:
        time = _time(situation, clocks, due, about)
        if time is not None:
            times.append(time)
    return _earliest_of(situation.now, times, about) if times else NO_DUE


def _earliest_of(now: int, times: list[_Time], about: str) -> ResolvedDue:
    """Return when something is due that has these due times: the earliest rules."""
    first, opens, unknown = _NEVER, None, NOTHING
    notices: dict[Notice, None] = {}
    for time in times:
        if time.due is not None and (first is _NEVER or _comes_before(time, first)):
            first = time
        if time.opens is not None and (opens is None or time.opens > opens):
            opens = time.opens
        if time.unknown:
            unknown |= time.unknown
        if time.notice is not None:
            notices[time.notice] = None
    if first.moving:
        opens = None
    elif opens is not None and first.due is not None and opens > first.due:
        notices[Notice(OPENS_AFTER_DUE, about)] = None
        opens = None
    status = _status(now, first.due, first.warn_at, opens)
    if first.due is None and unknown and status == "due":
        status = "unknown"
    return ResolvedDue(
        first.due,
        first.warn_at,
        opens,
        first.target,
        status,
        unknown,
        tuple(notices),
        first.moving,
        next_of(now, _turns(times, first, opens)),
    )


def _turns(times: Iterable[_Time], first: _Time, opens: int | None) -> list[int]:
    """Return when the due time changes its status; and when one of ``now`` stops moving."""
    if first.moving:
        others = [time.due for time in times if time.due is not None and not time.moving]
        return [turn for due in others for turn in (due, due + 1)]
    late = None if first.due is None else first.due + 1
    return [turn for turn in (opens, first.warn_at, late) if turn is not None]


def next_of(now: int, turns: Iterable[int]) -> int:
    """Return the first of several instants that is still to come; `NEVER` where none is."""
    return min([turn for turn in turns if turn > now], default=NEVER)


def _comes_before(time: _Time, other: _Time) -> bool:
    """Return whether a due time comes first; both are known."""
    if time.due != other.due:
        return (time.due or 0) < (other.due or 0)
    return _rank(time) < _rank(other)


def _rank(time: _Time) -> tuple[bool, int, str]:
    """Order equal due times: first one of a target, then the one that warns first."""
    warn_at = time.due if time.warn_at is None else time.warn_at
    return (time.target is None, warn_at or 0, time.target or "")


def _status(now: int, due: int | None, warn_at: int | None, opens: int | None) -> str:
    if opens is not None and now < opens:
        return "not_started"
    if due is not None and now > due:
        return "overdue"
    return "at_risk" if warn_at is not None and now >= warn_at else "due"


def _time(situation: Situation, clocks: Clocks, due: Due, about: str) -> _Time | None:
    """Return one due time; `None` where its target does not stand or is met."""
    if isinstance(due, DueTarget):
        clock = clocks.get(due.target)
        return None if clock is None else _with_target(clock, due.part)
    if isinstance(due, DueNow):
        return _Time(situation.now, moving=True)
    return _after(situation, due, about)


def _with_target(clock: TargetClock, part: tuple[int, int]) -> _Time | None:
    """Return the instant at which a part of a target has run on its clock; `None` if it is met."""
    decided = clock.decided
    if decided.status in MET:
        return None
    if clock.span is None:
        return _Time(None, unknown=clock.unknown, target=decided.id)
    if clock.held is not None:
        return _Time(None, opens=decided.opens, target=decided.id)
    due, warn_at = clock.span.reached(part), clock.span.warned(part)
    return _Time(due, warn_at, decided.opens, decided.id)


def _after(situation: Situation, due: DueAfter, about: str) -> _Time:
    """Return the end of a duration from an instant, on the complaint's calendar."""
    start = evaluate(due.start, situation)
    if start is None:
        return _Time(None, unknown=unknown_facts(due.start, situation))
    if not isinstance(start, int):
        return _Time(None)
    calendar = situation.calendar
    found = span(calendar, start, due.duration)
    if found is None:
        return _Time(None, notice=Notice(NEVER_OPEN, about))
    notice = None
    if due.duration.unit.business and not covers(calendar, start, found.due):
        notice = Notice(HOLIDAYS_UNKNOWN, calendar.id)
    return _Time(found.due, found.reached(WARN_PART), notice=notice)
