"""When actions are due that are so with one target, at once or at no time, as most are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import attrs

from complaint_rules.calendar import Part
from complaint_rules.decision.timing.clocks import WARN_PART
from complaint_rules.decision.timing.pausing import MET
from complaint_rules.decision.timing.resolved import NO_DUE
from complaint_rules.decision.timing.runs import TargetClock
from complaint_rules.policy import Due, DueNow, DueTarget

Clocks: TypeAlias = Mapping[str, TargetClock]
"""The targets that stand now, by id."""
Told: TypeAlias = tuple[int | None, str, str | None, int | None]
"""What an action shows of when it is due: the instant, its status, the target, when it opens."""
Alone: TypeAlias = Callable[[Clocks, int, list[int]], Told | None]
"""
Tells from the targets and the instant decided at when something is due; `None` cannot tell.

It notes when time alone next changes that, unless it never does or a target's clock tells it.
"""
_MOST_DUES: Final = 1024
NO_TIME: Final[Told] = (None, NO_DUE.status, None, None)
"""What has no due time shows this."""


def _alone(dues: tuple[Due, ...]) -> Alone:
    """Return what tells quickest when something with these due times is due, as far as it can."""
    match dues:
        case (DueTarget(target, part),):
            return _with_all(target) if part[0] >= part[1] else _with_part(target, part)
        case (DueNow(),):
            return lambda _, now, __: (now, NO_DUE.status, None, None)
        case ():
            return lambda _, __, ___: NO_TIME
        case _:
            return _untold


def _untold(_: Clocks, __: int, ___: list[int]) -> None:
    """Leave it to `resolve`."""


def _with_all(target: str) -> Alone:
    """Return what tells when something is due with a target; its clock tells when that turns."""

    def alone(clocks: Clocks, now: int, _: list[int]) -> Told | None:
        clock = clocks.get(target)
        if clock is None or clock.decided.status in MET:
            return NO_TIME
        span = clock.span
        if span is None or clock.held is not None or clock.decided.opens is not None:
            return None
        if now > span.due:
            return span.due, "overdue", target, None
        return span.due, "at_risk" if now >= span.warn_at else "due", target, None

    return alone


def _with_part(target: str, part: Part) -> Alone:
    """Return what tells when something is due once a part of a target has run."""
    warned = part[0] * WARN_PART[0], part[1] * WARN_PART[1]

    def alone(clocks: Clocks, now: int, turns: list[int]) -> Told | None:
        clock = clocks.get(target)
        if clock is None or clock.decided.status in MET:
            return NO_TIME
        span = clock.span
        if span is None or clock.held is not None or clock.decided.opens is not None:
            return None
        due = span.reached(part)
        if now > due:
            return due, "overdue", target, None
        warn_at = span.reached(warned)
        if now >= warn_at:
            turns.append(due + 1)
            return due, "at_risk", target, None
        turns.append(warn_at)
        return due, "due", target, None

    return alone


@attrs.frozen(eq=False)
class Dues:
    """
    The due times of an action: one object for all actions that have the same ones.

    Attributes:
        each: All of them.
        promised: It is due with a promise, too (semantics 19).
        alone: Tells when that is in the usual cases, as `resolve` does.
        moving: They are the instant decided at and nothing else.
    """

    each: tuple[Due, ...]
    promised: bool = False
    alone: Alone = attrs.field(init=False, repr=False)
    moving: bool = attrs.field(init=False, repr=False)

    @alone.default
    def _made(self) -> Alone:
        return _untold if self.promised else _alone(self.each)

    @moving.default
    def _moves(self) -> bool:
        return self.each == (DueNow(),) and not self.promised


class SameDues:
    """The due times of a policy's actions; equal ones are one object."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[tuple[Due, ...], Dues] = {}

    def of(self, each: tuple[Due, ...]) -> Dues:
        """Return the object for some due times."""
        known = self._kept.get(each)
        if known is None:
            if len(self._kept) >= _MOST_DUES:
                self._kept.clear()
            known = self._kept[each] = Dues(each)
        return known
