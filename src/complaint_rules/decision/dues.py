"""When an action, or a remedy, is due: the earliest of its due times (semantics 18)."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

import attrs

from complaint_rules.calendar import covers
from complaint_rules.conditions import evaluate, unknown_facts
from complaint_rules.decision.clocks import WARN_PART, span
from complaint_rules.decision.pausing import MET
from complaint_rules.decision.seeds import AskSeed
from complaint_rules.decision.shape import Notice
from complaint_rules.decision.targets import (
    HOLIDAYS_UNKNOWN,
    NEVER_OPEN,
    OPENS_AFTER_DUE,
    TargetClock,
)
from complaint_rules.policy import Due, DueAfter, DueNow
from complaint_rules.state import Situation

NOTHING: Final[frozenset[str]] = frozenset()


@attrs.frozen
class ResolvedDue:
    """
    When something is due.

    Attributes:
        due: The earliest of its due times; `None` where there is none or it is unknown.
        warn_at: When it is at risk; `None` where it has no span.
        opens: Not before this instant; `None` where it may start now.
        target: The target its due time comes from, if one.
        status: ``not_started`` (opens later), ``due``, ``at_risk``, ``overdue`` or ``unknown``.
        unknown: Facts that a due time waits for; with another one known they are still asked.
        notices: What the reader should know of it.
        moving: The due time is the instant decided at, so it moves with it.
        turns: When time alone changes any of this: past instants and future ones.
    """

    due: int | None = None
    warn_at: int | None = None
    opens: int | None = None
    target: str | None = None
    status: str = "due"
    unknown: frozenset[str] = NOTHING
    notices: tuple[Notice, ...] = ()
    moving: bool = False
    turns: tuple[int, ...] = ()

    def seeds(self, item: str, *, reasoned: bool = True) -> tuple[AskSeed, ...]:
        """Return what an item with this due time waits for."""
        return (AskSeed(item, self.unknown, reasoned),) if self.unknown else ()


NO_DUE: Final = ResolvedDue()
"""What has no due time, and may be done at any moment."""


@attrs.frozen(eq=False)
class Dues:
    """The due times of an action: one object for all actions that have the same ones."""

    each: tuple[Due, ...]


class _Time(NamedTuple):
    """One of several due times: when, when at risk, and the target or start it comes from."""

    due: int | None
    warn_at: int | None = None
    opens: int | None = None
    target: str | None = None
    unknown: frozenset[str] = NOTHING
    notice: Notice | None = None
    moving: bool = False


_NONE: Final = _Time(None)
_WHOLE: Final = (1, 1)


def resolve(
    situation: Situation,
    clocks: Mapping[str, TargetClock],
    dues: Iterable[Due],
    about: str = "",
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
    times = [_time(situation, clocks, due, about) for due in dues]
    if not times:
        return NO_DUE
    if len(times) == 1:
        return _resolved(situation.now, times, times[0], times[0].opens, about)
    first = min((time for time in times if time.due is not None), key=_earliest, default=_NONE)
    opens = max((time.opens for time in times if time.opens is not None), default=None)
    return _resolved(situation.now, times, first, opens, about)


def _resolved(
    now: int, times: list[_Time], first: _Time, opens: int | None, about: str
) -> ResolvedDue:
    """Return when something is due, of whose times this one is the first."""
    if first is _NONE and len(times) == 1:
        return NO_DUE
    unknown = first.unknown if len(times) == 1 else NOTHING.union(*[each.unknown for each in times])
    notices = [time.notice for time in times if time.notice is not None]
    if first.moving:
        opens = None
    elif opens is not None and first.due is not None and opens > first.due:
        notices.append(Notice(OPENS_AFTER_DUE, about))
        opens = None
    status = _status(now, first.due, first.warn_at, opens)
    if first.due is None and unknown and status == "due":
        status = "unknown"
    return ResolvedDue(
        due=first.due,
        warn_at=first.warn_at,
        opens=opens,
        target=None if first.due is None else first.target,
        status=status,
        unknown=unknown,
        notices=tuple(dict.fromkeys(notices)) if notices else (),
        moving=first.moving,
        turns=_turns(times, first, opens),
    )


def _turns(times: Iterable[_Time], first: _Time, opens: int | None) -> tuple[int, ...]:
    """Return when the due time changes its status; and when one of ``now`` stops moving."""
    if first.moving:
        others = [time.due for time in times if time.due is not None and not time.moving]
        return tuple(turn for due in others for turn in (due, due + 1))
    late = None if first.due is None else first.due + 1
    return tuple([turn for turn in (opens, first.warn_at, late) if turn is not None])


def _earliest(time: _Time) -> tuple[int, bool, int, str]:
    """Order due times: of equal ones, first one of a target, then the one that warns first."""
    due = 0 if time.due is None else time.due
    warn_at = due if time.warn_at is None else time.warn_at
    return (due, time.target is None, warn_at, time.target or "")


def _status(now: int, due: int | None, warn_at: int | None, opens: int | None) -> str:
    if opens is not None and now < opens:
        return "not_started"
    if due is not None and now > due:
        return "overdue"
    return "at_risk" if warn_at is not None and now >= warn_at else "due"


def _time(situation: Situation, clocks: Mapping[str, TargetClock], due: Due, about: str) -> _Time:
    if isinstance(due, DueNow):
        return _Time(situation.now, moving=True)
    if isinstance(due, DueAfter):
        return _after(situation, due, about)
    clock = clocks.get(due.target)
    return _NONE if clock is None else _with_target(clock, due.part)


def _with_target(clock: TargetClock, part: tuple[int, int]) -> _Time:
    """Return the instant at which a part of a target has run on its clock; none if it is met."""
    decided = clock.decided
    if decided.status in MET:
        return _NONE
    if clock.span is None:
        return _Time(None, unknown=clock.unknown, target=decided.id)
    if clock.held is not None:
        return _Time(None, opens=decided.opens, target=decided.id)
    if part == _WHOLE:
        return _Time(clock.span.due, decided.warn_at, decided.opens, decided.id)
    share, warning = _shares(part)
    due, warn_at = clock.span.reached(share), clock.span.reached(warning)
    return _Time(due, warn_at, decided.opens, decided.id)


@functools.lru_cache(maxsize=256)
def _shares(part: tuple[int, int]) -> tuple[Fraction, Fraction]:
    """Return a part of a span, and the part of it after which what is due then is at risk."""
    return Fraction(*part), Fraction(*part) * WARN_PART


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
    if due.duration.unit.business and not (covers(calendar, start) and covers(calendar, found.due)):
        notice = Notice(HOLIDAYS_UNKNOWN, calendar.id)
    return _Time(found.due, found.reached(WARN_PART), notice=notice)
