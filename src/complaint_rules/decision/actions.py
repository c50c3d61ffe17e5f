"""The next actions: those that rules, asks and promises want, less what is forbidden or done."""

from __future__ import annotations

from typing import Final, NamedTuple

import attrs

from complaint_rules.decision.agenda import Asking, Course, want_of
from complaint_rules.decision.combine import Ids
from complaint_rules.decision.dues import Dues, next_of, resolve
from complaint_rules.decision.fresh import blank
from complaint_rules.decision.lineup import Groups, Lineup, groups_of, ranks_of
from complaint_rules.decision.pausing import MET
from complaint_rules.decision.prepared import Waited
from complaint_rules.decision.promises import EXPLAIN_DELAY, PromiseSeen
from complaint_rules.decision.resolved import NO_DUE, NOTHING, ResolvedDue
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.seeds import AskSeed
from complaint_rules.decision.shape import Ask, DecidedAction
from complaint_rules.decision.wants import Want
from complaint_rules.policy import Action, Sequence

_blank: Final = blank(DecidedAction)
_MOST_LINEUPS: Final = 4_096
"""How many lineups a policy keeps: they differ by the rules, what was done and what is awaited."""
PROMISE: Final = "promise"
"""Id of the reason for it."""


class Next(NamedTuple):
    """The next actions in the order to take them, and what to ask."""

    actions: tuple[DecidedAction, ...]
    asks: tuple[Ask, ...]


def next_actions(scene: Scene, course: Course, promised: tuple[PromiseSeen, ...]) -> Next:
    """
    Return the next actions in the order to take them, and what to ask.

    What their due times wait for is added to the scene's seeds, until no new action comes of it.

    Args:
        scene: The decision under way; everything else that waits is among its seeds.
        course: What must not be done, and what rules ask for.
        promised: The promises that are not kept, by due time.
    """
    slipping = tuple(promise for promise in promised if promise.slips) if promised else ()
    working = _Working(scene, course, slipping)
    steps = _sequence(scene)
    lineup, waited = working.lined_up()
    dues = working.times_of(lineup.groups)
    if working.waits:
        lineup, waited = working.settled()
        dues = working.times_of(lineup.groups)
    scene.moments.extend(dues)
    return Next(_decided(scene, lineup, dues, () if steps is None else steps.steps), waited.asks)


class _Working:
    """The next actions of one decision in the making, and when they are due."""

    __slots__ = (
        "closed",
        "course",
        "delayed",
        "dues",
        "known",
        "scene",
        "slipping",
        "told",
        "unknown",
        "waits",
    )

    def __init__(self, scene: Scene, course: Course, slipping: tuple[PromiseSeen, ...]) -> None:
        self.scene, self.course, self.slipping = scene, course, slipping
        self.dues: dict[Dues, ResolvedDue] = {}
        """The due times found by the long way."""
        self.told: set[str] = set()
        """The actions whose due times wait for something."""
        done = scene.situation.values.get("done")
        self.known: frozenset[str] = done if isinstance(done, frozenset) else NOTHING
        # Where it is unknown what was done, any action may be, too.
        self.unknown = NOTHING if "done" in scene.situation.values else frozenset({"done"})
        self.waits = bool(self.unknown)
        """Some due time may wait for something."""
        self.closed = self._closed()
        self.delayed = bool(slipping) and EXPLAIN_DELAY not in course.barred

    def _closed(self) -> frozenset[str]:
        """Return the actions that are not to be done again in this round or period."""
        agenda = self.scene.agenda
        closed = self.known & agenda.once
        if self.slipping:
            closed -= {EXPLAIN_DELAY}  # what was explained was another delay
        over = [action.id for action in agenda.repeated if not self._open(action)]
        return closed.union(over) if over else closed

    def _open(self, action: Action) -> bool:
        """Return whether an action that is not done once a round is still to be done."""
        repeat = action.repeat
        if repeat.ever is not None:
            done = self.scene.situation.done
            return sum(1 for each in done if each.action == action.id) < repeat.ever
        clock = self.scene.clocks.get(repeat.each or "")
        if clock is not None and clock.decided.status != "not_started":
            return clock.decided.status not in MET
        if self.slipping and action.id == EXPLAIN_DELAY:
            return True
        return action.id not in self.known

    def lined_up(self) -> tuple[Lineup, Waited]:
        """Return the actions that are next, and what everything that waits so far waits for."""
        scene = self.scene
        waited = scene.prepared.waited(scene.policy, tuple(scene.seeds), scene.tracer)
        learned = waited if waited.learners else None
        return self.lineup(Asking(self.course, self.closed, learned, self.delayed)), waited

    def settled(self) -> tuple[Lineup, Waited]:
        """Return the same where due times wait, too: for that some action may have to be taken."""
        self.note(self.lineup(Asking(self.course, self.closed)).groups)
        if self.delayed:
            self.note(self.lineup(Asking(self.course, self.closed, None, True)).groups)
        while True:
            lineup, waited = self.lined_up()
            if not self.note(lineup.groups):
                return lineup, waited

    def lineup(self, asking: Asking) -> Lineup:
        """Return the actions that are next; made once of what they follow from."""
        kept = self.scene.prepared.lineups
        known: Lineup | None = kept.get(asking)
        if known is None:
            known = self._lineup(asking)
            if len(kept) >= _MOST_LINEUPS:
                kept.clear()
            kept[asking] = known
        return known

    def _lineup(self, asking: Asking) -> Lineup:
        """Put together what rules ask for, and what slipping promises and waiting items do."""
        wants = {
            each.name: each
            for _, group in self.course.groups
            for each in group
            if each.name not in asking.closed
        }
        if asking.delayed and self._join(wants, EXPLAIN_DELAY, (PROMISE,), asking.closed):
            # It is due with the promise, apart from all others.
            mine = wants[EXPLAIN_DELAY]
            wants[EXPLAIN_DELAY] = attrs.evolve(mine, dues=Dues(mine.dues.each, promised=True))
        for name, rules in asking.waited.learners if asking.waited is not None else ():
            if name not in self.course.barred:
                self._join(wants, name, rules, asking.closed)
        return Lineup(groups_of(wants.values()))

    def _join(self, wants: dict[str, Want], name: str, others: Ids, closed: frozenset[str]) -> bool:
        """Take an action that others than rules ask for; return whether it is one (15)."""
        scene, mine = self.scene, wants.get(name)
        if mine is None and name not in closed:
            day = scene.situation.event_date
            mine = want_of(scene.policy, scene.agenda, name, day)
        if mine is None:
            return False
        wants[name] = mine.joined_by(others)
        return True

    def times_of(self, groups: Groups) -> list[ResolvedDue]:
        """Return when actions are due, by group."""
        clocks, now = self.scene.clocks, self.scene.situation.now
        return [dues.alone(clocks, now) or self._due(dues, wants) for dues, wants in groups]

    def note(self, groups: Groups) -> bool:
        """Note which actions wait to be due; return whether any is new."""
        news = False
        for (_, wants), due in zip(groups, self.times_of(groups), strict=True):
            facts = due.unknown | self.unknown
            if not facts:
                continue
            for want in wants:
                if want.name not in self.told:
                    self.told.add(want.name)
                    self.scene.seeds.append(AskSeed(want.name, facts, False, want.rules))
                    news = True
        return news

    def _due(self, dues: Dues, wants: tuple[Want, ...]) -> ResolvedDue:
        """Return when actions are due that have the same due times, whatever these are."""
        due = self.dues.get(dues)
        if due is not None:
            return due
        scene = self.scene
        due = resolve(scene.situation, scene.clocks, dues.each, wants[0].name)
        if due.notices:
            for want in wants:  # they name the action
                each = resolve(scene.situation, scene.clocks, dues.each, want.name)
                scene.notices.extend(each.notices)
        if dues.promised:
            due = _with_promise(due, self.slipping[0], scene.situation.now)
        self.dues[dues] = due
        self.waits = self.waits or bool(due.unknown)
        return due


def _decided(
    scene: Scene, lineup: Lineup, dues: list[ResolvedDue], steps: tuple[str, ...]
) -> tuple[DecidedAction, ...]:
    """Return the actions of a lineup, in order."""
    ranks = ranks_of([each.due for each in dues])
    places, wants = lineup.order(ranks, steps, scene.prepared.orders)
    found: list[DecidedAction] = []
    for due, want in zip(map(dues.__getitem__, places), wants, strict=True):
        if due is NO_DUE:
            found.append(want.plain)
            continue
        action = _blank()
        action.id = want.name
        action.owner = want.owner
        action.opens = due.opens
        action.due = due.due
        action.status = due.status
        action.target = due.target
        action.approver = want.approver
        action.rules = want.told
        action.__class__ = DecidedAction
        found.append(action)
    return tuple(found)


def _with_promise(due: ResolvedDue, promise: PromiseSeen, now: int) -> ResolvedDue:
    """Return the due time of an explanation: with the promise, unless it is due earlier."""
    if due.due is not None and due.due <= promise.due:
        return due
    late = "at_risk" if now >= promise.warn_at else "due"
    return attrs.evolve(
        due,
        due=promise.due,
        warn_at=promise.warn_at,
        opens=None,
        target=None,
        status="overdue" if now > promise.due else late,
        moving=False,
        turn=next_of(now, (promise.warn_at, promise.due + 1)),
    )


def _sequence(scene: Scene) -> Sequence | None:
    """Return the first sequence whose condition is true; unknown ones before it are asked."""
    true, unknown = scene.match.true, scene.match.unknown
    for bit, sequence in scene.prepared.sequences:
        if true & bit:
            if scene.valid(sequence):
                return sequence
        elif unknown & bit and scene.valid(sequence):
            scene.seeds.append(AskSeed(sequence.id, scene.waiting(sequence.when), reasoned=False))
    return None
