"""The next actions: those that rules, asks and promises want, less what is forbidden or done."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.decision.agenda import Course
from complaint_rules.decision.alone import NO_TIME, Dues, Told
from complaint_rules.decision.asking import Asking, lineup_of
from complaint_rules.decision.awaited import Waited
from complaint_rules.decision.combine import Ids
from complaint_rules.decision.dues import next_of, resolve
from complaint_rules.decision.fresh import blank
from complaint_rules.decision.lineup import Group, Lineup
from complaint_rules.decision.pausing import MET, NEVER
from complaint_rules.decision.promises import EXPLAIN_DELAY, PromiseSeen
from complaint_rules.decision.resolved import NOTHING, ResolvedDue
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.seeds import AskSeed
from complaint_rules.decision.shape import Ask, DecidedAction
from complaint_rules.policy import Action

_blank: Final = blank(DecidedAction)
_new: Final = tuple.__new__  # past the named tuple's own constructor, which is written in Python
_UNKNOWN: Final = frozenset({"done"})
"""What every action waits for where it is unknown what was done."""


def next_actions(
    scene: Scene, course: Course, promised: tuple[PromiseSeen, ...]
) -> tuple[tuple[DecidedAction, ...], tuple[Ask, ...]]:
    """
    Return the next actions in the order to take them, and what to ask.

    What their due times wait for is added to the scene's seeds, until no new action comes of it.

    Args:
        scene: The decision under way; everything else that waits is among its seeds.
        course: What must not be done, and what rules ask for.
        promised: The promises that are not kept, by due time.
    """
    slipping = tuple([promise for promise in promised if promise.slips]) if promised else ()
    working = _Working(scene, course, slipping)
    steps = _steps(scene)
    lineup, waited = working.lined_up()
    actions = working.told(lineup)
    if working.waits:
        lineup, waited = working.settled()
        actions = working.told(lineup)
    places = lineup.order(working.times, steps, scene.prepared.orders)
    working.show()
    return tuple(map(actions.__getitem__, places)), waited.asks


class _Working:
    """The next actions of one decision in the making, and when they are due."""

    __slots__ = (
        "closed",
        "course",
        "delayed",
        "known",
        "moving",
        "resolved",
        "scene",
        "slipping",
        "times",
        "turns",
        "waits",
    )

    def __init__(self, scene: Scene, course: Course, slipping: tuple[PromiseSeen, ...]) -> None:
        self.scene, self.course, self.slipping = scene, course, slipping
        self.resolved: dict[Dues, ResolvedDue] = {}
        """The due times found by the long way."""
        done = scene.situation.values.get("done")
        self.known = done if isinstance(done, frozenset) else NOTHING
        self.waits = done is None
        """Some due time may wait for something; any does where it is unknown what was done."""
        self.closed = self._closed()
        self.delayed = bool(slipping) and EXPLAIN_DELAY not in course.barred

    def _closed(self) -> frozenset[str]:
        """Return the actions that are not to be done again in this round or period."""
        agenda = self.scene.agenda
        closed = self.known & agenda.once if self.known else NOTHING
        if self.slipping:
            closed -= {EXPLAIN_DELAY}  # what was explained was another delay
        if agenda.repeated:
            over = [action.id for action in agenda.repeated if not self._open(action)]
            return closed.union(over) if over else closed
        return closed

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
        waited = scene.prepared.awaited.of(scene.policy, tuple(scene.seeds), scene.tracer)
        learned = waited if waited.learners else None
        asking = _new(Asking, (self.course, self.closed, learned, self.delayed))
        return lineup_of(self.scene, asking), waited

    def settled(self) -> tuple[Lineup, Waited]:
        """Return the same where due times wait, too: for that some action may have to be taken."""
        scene, told = self.scene, set[str]()
        self._note(lineup_of(scene, Asking(self.course, self.closed)), told)
        if self.delayed:
            self._note(lineup_of(scene, Asking(self.course, self.closed, None, True)), told)
        while True:
            lineup, waited = self.lined_up()
            if not self._note(lineup, told):
                return lineup, waited

    def told(self, lineup: Lineup) -> list[DecidedAction]:
        """Return the actions of a lineup, group by group, and note when these are due."""
        clocks, now = self.scene.clocks, self.scene.situation.now
        self.times = times = []  # type: list[int]
        self.turns = turns = []  # type: list[int]
        self.moving = lineup.moving
        found: list[DecidedAction] = []
        for group in lineup.groups:
            dues, _, lines, plain = group
            time = dues.alone(clocks, now, turns) or self._told(group)
            due, status, target, opens = time
            if due is None:
                times.append(NEVER)
                if time is NO_TIME:
                    found += plain
                    continue
            else:
                times.append(due)
            for line in lines:
                action = _blank()
                action.id, action.owner, action.approver, action.rules = line
                action.opens = opens
                action.due = due
                action.status = status
                action.target = target
                action.__class__ = DecidedAction
                found.append(action)
        return found

    def _told(self, group: Group) -> Told:
        """Return what actions show of their due times, whatever these are."""
        due = self._due(group)
        self.turns.append(due.turn)
        if due.moving:
            self.moving = True
        return due.due, due.status, due.target, due.opens

    def show(self) -> None:
        """Note which due times the decision shows."""
        scene, times = self.scene, self.times
        scene.moments += self.turns
        if self.moving or scene.moving:
            # What is due at once moves past the others in the order of actions.
            now = scene.situation.now
            scene.moments += [due for due in (*scene.dues, *times) if due > now]

    def _note(self, lineup: Lineup, told: set[str]) -> bool:
        """Note which actions wait to be due; return whether any is new."""
        news, unknown = False, NOTHING if "done" in self.scene.situation.values else _UNKNOWN
        for group in lineup.groups:
            facts = self._due(group).unknown | unknown
            if not facts:
                continue
            for want in group.wants:
                if want.name not in told:
                    told.add(want.name)
                    self.scene.seeds.append(AskSeed(want.name, facts, False, want.rules))
                    news = True
        return news

    def _due(self, group: Group) -> ResolvedDue:
        """Return when actions are due that have the same due times, whatever these are."""
        dues, wants = group.dues, group.wants
        due = self.resolved.get(dues)
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
        self.resolved[dues] = due
        self.waits = self.waits or bool(due.unknown)
        return due


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


def _steps(scene: Scene) -> Ids:
    """Return the steps of the first sequence that is true; unknown ones before it are asked."""
    match = scene.match
    for sequence, held in scene.prepared.sequences.fitting(match.true, match.unknown):
        if scene.valid(sequence):
            if held:
                return sequence.steps
            scene.seeds.append(AskSeed(sequence.id, scene.waiting(sequence.when), reasoned=False))
    return ()
