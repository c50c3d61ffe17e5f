"""Targets on their clocks: started, due, at risk, overdue, met or paused (semantics 16, 17)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from complaint_rules.calendar import Duration, Origin, covers
from complaint_rules.conditions import unknown_facts, waiting_facts
from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.answer.fresh import blank
from complaint_rules.decision.answer.shape import DecidedTarget, Notice
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.seeing.situation import Look, look
from complaint_rules.decision.timing.clocks import WARN_LAST, Span, end_of
from complaint_rules.decision.timing.lengths import Lengths, lengths_of
from complaint_rules.decision.timing.pausing import RUNNING, Pausing, progress
from complaint_rules.decision.timing.resolved import NOTHING
from complaint_rules.decision.timing.runs import (
    HOLIDAYS_UNKNOWN,
    NEVER_OPEN,
    OPENS_AFTER_DUE,
    Run,
    TargetClock,
    Targets,
    ended,
    listed,
    strictest_of,
)
from complaint_rules.decision.timing.timetable import Standing, Timed, timetable
from complaint_rules.engines import Match
from complaint_rules.facts import NOT_YET
from complaint_rules.policy import Policy
from complaint_rules.state import Situation

_decided: Final = blank(DecidedTarget)
_new: Final = tuple.__new__  # past the named tuple's own constructor, which is written in Python

Rematch = Callable[[Situation], Match]
"""Matches another situation of the same policy: the engine's own `match`."""


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
    scope, known = working.scope, seen.situation.values.get
    clocks, table = {}, timetable(policy)
    # Where a type has expired, each target has a match of its own.
    standings = table.unsure if working.ended else table.standing(seen.situation, match)
    for standing in standings:
        timed, _, _, lengths = standing
        if lengths is None:
            clock = working.long(standing)
        else:
            begun = timed.begun
            start = timed.start(scope) if begun is None else known(begun)
            if type(start) is int:
                clock = working.started(timed, lengths, start, scope)
            else:
                clock = working.unstarted(timed, start)
        if clock is not None:
            clocks[timed.target.id] = clock
    earlier: tuple[Situation, ...] = ()
    if working.earlier:
        earlier = tuple([situation for situation, _ in working.earlier.values()])
    return Targets(clocks, tuple(working.seeds), tuple(working.notices), earlier)


class _Working:
    """The targets of one decision in the making."""

    def __init__(self, policy: Policy, seen: Look, match: Match, rematch: Rematch) -> None:
        self.policy, self.seen, self.match = policy, seen, match
        self.rematch = rematch
        self.situation = situation = seen.situation
        self.seeds: list[AskSeed] = []
        self.notices: dict[Notice, None] = {}
        self.ended = ended(seen.types) if seen.ends else []
        self.earlier: dict[int, tuple[Situation, Match]] = {}
        pausing = Pausing.of(situation)
        self.pausing = None if pausing is RUNNING else pausing
        self.scope = Scope(situation)
        self.origin: Origin | None = None

    def long(self, standing: Standing) -> TargetClock | None:
        """Return the clock of a target of which more than the start has to be looked at, if any."""
        timed, target = standing.timed, standing.timed.target
        if target.valid is not None and not target.valid.holds(self.situation.event_date):
            return None
        start = timed.start(self.scope) if timed.silent else self._heard(timed)
        situation, match = self.situation, self.match
        if self.ended:
            situation, match = self._as_of(start)
            standing = timed.standing(situation, match)
        if not standing.holds:
            if standing.holds is None:
                self._ask(target.id, waiting_facts(self.policy.conditions[target.when], situation))
            return None
        if type(start) is not int:
            return self.unstarted(timed, start)
        lengths = standing.lengths or lengths_of(target, timed.rules, situation, match)
        self.seeds.extend(lengths.seeds)
        self._note(lengths.notices, target.id)
        scope = self.scope if situation is self.situation else Scope(situation)
        return self.started(timed, lengths, start, scope)

    def unstarted(self, timed: Timed, start: object) -> TargetClock:
        """Return the clock of a target that has no start, or whose start is unknown."""
        target = timed.target
        if start is not None:
            return TargetClock(listed(target, "not_started"))
        waiting = unknown_facts(target.start, self.situation)
        self._ask(target.id, waiting)
        return TargetClock(listed(target, "unknown"), unknown=waiting)

    def _heard(self, timed: Timed) -> object:
        """Return when a target's clock starts, and take note of what is said of it."""
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

    def started(
        self, timed: Timed, lengths: Lengths, start: int, scope: Scope
    ) -> TargetClock | None:
        """Return the clock of a target that has a start; `None` where no duration stands for it."""
        target, origin, calendar = timed.target, self.origin, timed.calendar or scope.calendar
        if origin is None or origin.at != start or origin.calendar is not calendar:
            origin = self.origin = Origin(calendar, start)  # where the next begins, too, most often
        pausing = self.pausing if target.pauses else None
        if lengths.only is not None and pausing is None:
            rules, duration = lengths.only
            found = Span.of(origin, duration, WARN_LAST)
        else:
            found, rules = self._strictest(timed, lengths, origin, pausing)
        if found is None:
            return self._endless(timed, lengths, start)
        table = found.table
        if (table is None or not table.covered) and found.duration.unit.business:
            self._check_holidays(found)
        done = timed.done
        met = timed.met(scope) if done is None else scope.values.get(done)
        warn_at = found.warn_at
        if met is NOT_YET and pausing is None and found.start <= scope.now < warn_at:
            run: Run = ("due", warn_at, None, None, NOTHING)  # so are most
        else:
            run = self._run(timed, found, met, scope, pausing)
        status, turn, met_at, held, waiting = run
        opens = None
        if target.opens is not None:
            opens = self._opens(target.id, found, target.opens)
            if opens is not None and met_at is None and scope.now < opens < turn:
                turn = opens
        decided = _decided()
        decided.id = target.id
        decided.law = target.law
        decided.start = found.start
        decided.opens = opens
        decided.warn_at = warn_at
        decided.due = found.due
        decided.met_at = met_at
        decided.left_s = None
        if held is not None:
            decided.warn_at, decided.due, decided.left_s = None, None, found.left(held)
        decided.rules = rules
        decided.status = status
        decided.__class__ = DecidedTarget
        return _new(TargetClock, (decided, found, held, waiting, turn))

    def _strictest(
        self, timed: Timed, lengths: Lengths, origin: Origin, pausing: Pausing | None
    ) -> tuple[Span | None, tuple[str, ...]]:
        """Return the time of a target that may have several durations, or pauses."""
        pauses = () if pausing is None else pausing.closed
        found, rules, shut = strictest_of(lengths, origin, pauses)
        if shut:
            self._note((NEVER_OPEN,), timed.target.id)
        return found, rules

    def _endless(self, timed: Timed, lengths: Lengths, start: int) -> TargetClock | None:
        """Return the clock of a target for which no duration is known, or none that ends."""
        if lengths.items or lengths.latest:
            self._note((NEVER_OPEN,), timed.target.id)
        elif not (lengths.seeds or lengths.notices):
            return None
        unknown = frozenset(fact for seed in lengths.seeds for fact in seed.facts)
        return TargetClock(listed(timed.target, "unknown", start), unknown=unknown)

    def _run(
        self, timed: Timed, found: Span, met: object, scope: Scope, pausing: Pausing | None
    ) -> Run:
        """Return how a target runs that has started, whether or not it was met."""
        target, met_at, held, waiting = timed.target, None, None, NOTHING
        if met is None:
            waiting = unknown_facts(target.met_by, scope.situation)
            self._ask(target.id, waiting)
        elif type(met) is int and not self._is_past(timed, found.start, met):
            met_at = met
        if pausing is not None:
            held = pausing.held(found, met_at)
        status, turn = progress(found, met_at, held, scope.now, known=met is not None)
        if pausing is not None and pausing.waiting and status != "met":
            self._ask(target.id, pausing.waiting)
        return status, turn, met_at, held, waiting

    def _check_holidays(self, found: Span) -> None:
        calendar = found.origin.calendar
        if not covers(calendar, found.start, found.due):
            self._note((HOLIDAYS_UNKNOWN,), calendar.id)

    def _opens(self, about: str, found: Span, opens: Duration) -> int | None:
        """Return when a target opens; one that would open past its due is open."""
        at = end_of(found.origin.calendar, found.start, opens)
        if at is None or at <= found.due:
            return at
        self._note((OPENS_AFTER_DUE,), about)
        return None

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
