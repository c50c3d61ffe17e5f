"""Targets on their clocks: started, due, at risk, overdue, met or paused (semantics 16, 17)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import attrs

from complaint_rules.conditions import unknown_facts, waiting_facts
from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.fresh import maker
from complaint_rules.decision.lengths import Lengths, lengths_of
from complaint_rules.decision.pausing import Met, Pausing, status_of
from complaint_rules.decision.runs import Run, TargetClock, run_of
from complaint_rules.decision.seeds import AskSeed
from complaint_rules.decision.shape import DecidedTarget, Notice
from complaint_rules.decision.situation import Look, look
from complaint_rules.decision.timetable import Timed, timetable
from complaint_rules.decision.types import EXPIRED
from complaint_rules.engines import Match
from complaint_rules.facts import NOT_YET
from complaint_rules.policy import Policy, Target
from complaint_rules.state import Situation

_MOST_KEPT: Final = 256
"""How many sets of durations a target keeps."""
_NOT_MET: Final = Met(None)
_DECIDED: Final = maker(DecidedTarget)

Rematch = Callable[[Situation], Match]
"""Matches another situation of the same policy: the engine's own `match`."""


@attrs.define(eq=False)
class Targets:
    """
    All targets of a decision.

    Attributes:
        clocks: By id, sorted; targets whose condition is not true are not here.
        seeds: What conditions, rows, starts and meetings wait for.
        notices: What the reader should know of them, without repeats.
        earlier: The complaint with types that have expired since some target's start.
    """

    clocks: Mapping[str, TargetClock] = attrs.field(factory=dict)
    seeds: tuple[AskSeed, ...] = ()
    notices: tuple[Notice, ...] = ()
    earlier: tuple[Situation, ...] = ()

    @property
    def decided(self) -> tuple[DecidedTarget, ...]:
        """The targets as the decision lists them, by id."""
        return tuple(clock.decided for clock in self.clocks.values())


def targets(policy: Policy, seen: Look, match: Match, rematch: Rematch) -> Targets:
    """
    Return the targets of a complaint.

    Args:
        policy: The policy.
        seen: The complaint.
        match: Which conditions hold in it.
        rematch: The engine, asked again only where a type has expired since a target's start.
    """
    working = _Working(policy, seen, match, rematch)
    clocks = {}
    settled = 0 if working.ended else ~(match.true | match.unknown)
    for timed in timetable(policy):
        if timed.silent and settled & timed.when:
            continue  # its condition is false, at whatever start
        clock = working.clock(timed)
        if clock is not None:
            clocks[timed.target.id] = clock
    earlier = tuple([situation for situation, _ in working.earlier.values()])
    return Targets(clocks, tuple(working.seeds), tuple(working.notices), earlier)


class _Working:
    """The targets of one decision in the making."""

    def __init__(self, policy: Policy, seen: Look, match: Match, rematch: Rematch) -> None:
        self.policy, self.seen, self.match = policy, seen, match
        self.rematch = rematch
        self.situation = seen.situation
        self.seeds: list[AskSeed] = []
        self.notices: dict[Notice, None] = {}
        self.ended = [
            each.expires_at
            for each in seen.types
            if each.status == EXPIRED and each.expires_at is not None
        ]
        self.ended.sort()
        self.earlier: dict[int, tuple[Situation, Match]] = {}
        self.pausing = Pausing.of(self.situation)
        self.scope = Scope(self.situation)

    def clock(self, timed: Timed) -> TargetClock | None:
        """Return one target's clock; `None` where there is no such target now."""
        target = timed.target
        if target.valid is not None and not target.valid.holds(self.situation.event_date):
            return None
        start = self._start(timed)
        situation, match = self._as_of(start) if self.ended else (self.situation, self.match)
        if not match.true & timed.when:
            if match.unknown & timed.when:
                self._ask(target.id, waiting_facts(self.policy.conditions[target.when], situation))
            return None
        if start is None:
            waiting = unknown_facts(target.start, situation)
            self._ask(target.id, waiting)
            return TargetClock(_listed(target, "unknown"), unknown=waiting)
        if start is NOT_YET or not isinstance(start, int):
            return TargetClock(_listed(target, "not_started"))
        return self._started(timed, start, situation, match)

    def _start(self, timed: Timed) -> object:
        """Return when a target's clock starts, and take note of what is said of it."""
        if timed.silent:
            return timed.start(self.scope)
        codes: list[str] = []
        start = timed.start(Scope(self.situation, notices=codes))
        self._note(codes, timed.target.id)
        return start

    def _as_of(self, start: object) -> tuple[Situation, Match]:
        """Return the complaint with its types as of a start, so that no expiry un-breaches."""
        if not isinstance(start, int) or self.ended[-1] <= start:
            return self.situation, self.match
        # Starts between the same two expiries see the same types.
        key = sum(1 for moment in self.ended if moment <= start)
        if key not in self.earlier:
            seen = look(self.policy, self.seen.state, self.situation.now, expiry_at=start)
            self.earlier[key] = (seen.situation, self.rematch(seen.situation))
        return self.earlier[key]

    def _started(
        self, timed: Timed, start: int, situation: Situation, match: Match
    ) -> TargetClock | None:
        target, calendar = timed.target, timed.calendar or situation.calendar
        lengths = _lengths(timed, situation, match)
        if lengths.seeds or lengths.notices:
            self.seeds.extend(lengths.seeds)
            self._note(lengths.notices, target.id)
        pauses = self.pausing.closed if target.pauses else ()
        run = run_of(target, lengths, calendar, start, pauses)
        if run is not None and run.notices:
            self.notices.update(dict.fromkeys(run.notices))
        if run is None or run.span is None:
            if run is None and not lengths.seeds and not lengths.notices:
                return None
            unknown = frozenset(fact for seed in lengths.seeds for fact in seed.facts)
            return TargetClock(_listed(target, "unknown", start), unknown=unknown)
        met = self._met(timed, start, situation)
        held = self.pausing.held(run.span, met) if target.pauses else None
        status = status_of(run.span, run.warn_at, met, held, self.situation.now)
        if target.pauses and status != "met" and self.pausing.waiting:
            self._ask(target.id, self.pausing.waiting)
        return TargetClock(_running(target, run, met, held, status), run.span, held, met.waiting)

    def _met(self, timed: Timed, start: int, situation: Situation) -> Met:
        """Return what met a target, if anything did."""
        target = timed.target
        met_at = timed.met(self.scope if situation is self.situation else Scope(situation))
        if met_at is None:
            waiting = unknown_facts(target.met_by, situation)
            self._ask(target.id, waiting)
            return Met(None, known=False, waiting=waiting)
        if not isinstance(met_at, int) or self._is_past(timed, start, met_at):
            return _NOT_MET
        return Met(met_at)

    def _is_past(self, timed: Timed, start: int, met_at: int) -> bool:
        """Return whether what happened belongs to an earlier period, or an earlier round."""
        if timed.periodic and met_at <= start:
            return True
        present = self.seen.present
        if present.holds(met_at) or not present.reopened:
            return False
        return present.holds(start) or timed.resolving

    def _ask(self, item: str, facts: frozenset[str]) -> None:
        self.seeds.append(AskSeed(item, facts))

    def _note(self, codes: Iterable[str], about: str) -> None:
        for code in codes:
            self.notices[Notice(code, about)] = None


def _lengths(timed: Timed, situation: Situation, match: Match) -> Lengths:
    """Return the durations that stand for a target; the same rows and rules give the same."""
    bits = timed.bits
    if bits is None or match.unknown & bits:
        return lengths_of(timed.target, timed.rules, situation, match)
    held = match.true & bits
    known = timed.known.get(held)
    if known is None:
        if len(timed.known) >= _MOST_KEPT:
            timed.known.clear()
        known = timed.known[held] = lengths_of(timed.target, timed.rules, situation, match)
    return known


def _listed(target: Target, status: str, start: int | None = None) -> DecidedTarget:
    """Return a target that has no due time yet."""
    return DecidedTarget(target.id, target.law, start, None, None, None, None, None, (), status)


def _running(target: Target, run: Run, met: Met, held: int | None, status: str) -> DecidedTarget:
    """Return a target that has started, with its due time."""
    span = run.span
    assert span is not None, "asked only of a run that has one"  # noqa: S101
    paused = held is not None
    return _DECIDED(
        target.id,
        target.law,
        span.start,
        run.opens,
        None if paused else run.warn_at,
        None if paused else span.due,
        met.at,
        span.left(held) if held is not None else None,
        span.rules,
        status,
    )
