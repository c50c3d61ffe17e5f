"""The next actions: those that rules, asks and promises want, less what is forbidden or done."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.decision.answer.fresh import blank
from complaint_rules.decision.answer.shape import Ask, DecidedAction
from complaint_rules.decision.gathering.agenda import Course
from complaint_rules.decision.gathering.asking import Asking, lineup_of
from complaint_rules.decision.gathering.awaited import Waited
from complaint_rules.decision.gathering.combine import Ids
from complaint_rules.decision.gathering.lineup import Group, Lineup
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.seeing.promises import EXPLAIN_DELAY, PromiseSeen
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.timing.alone import NO_TIME, Dues, Told
from complaint_rules.decision.timing.dues import next_of, resolve
from complaint_rules.decision.timing.pausing import MET, NEVER
from complaint_rules.decision.timing.resolved import NOTHING, ResolvedDue
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
    done = scene.situation.values.get("done")
    known = done if isinstance(done, frozenset) else NOTHING
    delayed = bool(slipping) and EXPLAIN_DELAY not in course.barred
    asking = Asking(course, _closed(scene, known, slipping), None, delayed)
    steps = _steps(scene)
    lineup, waited = _lined_up(scene, asking)
    due = _Due(scene, slipping)
    actions = due.told(lineup)
    if due.waits or done is None:
        lineup, waited = _settled(scene, asking, due)
        actions = due.told(lineup)
    if scene.moving:
        # What is due at once moves past the others in the order of actions.
        now = scene.situation.now
        scene.moments += [time for time in (*scene.dues, *due.times) if time > now]
    places = lineup.order(due.times, steps, scene.prepared.orders)
    return tuple(map(actions.__getitem__, places)), waited.asks


def _closed(
    scene: Scene, known: frozenset[str], slipping: tuple[PromiseSeen, ...]
) -> frozenset[str]:
    """Return the actions that are not to be done again in this round or period."""
    agenda = scene.agenda
    closed = known & agenda.once if known else NOTHING
    if slipping:
        closed -= {EXPLAIN_DELAY}  # what was explained was another delay
    if agenda.repeated:
        late = bool(slipping)
        over = [each.id for each in agenda.repeated if not _open(scene, each, known, late)]
        return closed.union(over) if over else closed
    return closed


def _open(scene: Scene, action: Action, known: frozenset[str], late: bool) -> bool:
    """Return whether an action that is not done once a round is still to be done."""
    repeat = action.repeat
    if repeat.ever is not None:
        done = scene.situation.done
        return sum(1 for each in done if each.action == action.id) < repeat.ever
    clock = scene.clocks.get(repeat.each or "")
    if clock is not None and clock.decided.status != "not_started":
        return clock.decided.status not in MET
    if late and action.id == EXPLAIN_DELAY:
        return True
    return action.id not in known


def _lined_up(scene: Scene, asking: Asking) -> tuple[Lineup, Waited]:
    """Return the actions that are next, and what everything that waits so far waits for."""
    waited = scene.prepared.awaited.of(scene.policy, tuple(scene.seeds), scene.tracer)
    if waited.learners:
        asking = _new(Asking, (asking.course, asking.closed, waited, asking.delayed))
    return lineup_of(scene, asking), waited


def _settled(scene: Scene, asking: Asking, due: _Due) -> tuple[Lineup, Waited]:
    """Return the same where due times wait, too: for that some action may have to be taken."""
    told = set[str]()
    due.note(lineup_of(scene, asking._replace(delayed=False)), told)
    if asking.delayed:
        due.note(lineup_of(scene, asking), told)
    while True:
        lineup, waited = _lined_up(scene, asking)
        if not due.note(lineup, told):
            return lineup, waited


class _Due:
    """When the next actions of one decision are due."""

    __slots__ = ("resolved", "scene", "slipping", "times", "waits")

    def __init__(self, scene: Scene, slipping: tuple[PromiseSeen, ...]) -> None:
        self.scene, self.slipping = scene, slipping
        self.resolved: dict[Dues, ResolvedDue] = {}
        """The due times found by the long way."""
        self.times: list[int] = []
        """Those of the groups of the last lineup that was told; `NEVER` for none."""
        self.waits = False
        """Some due time waits for something."""

    def told(self, lineup: Lineup) -> list[DecidedAction]:
        """Return the actions of a lineup, group by group, and note when these are due."""
        scene = self.scene
        clocks, now, moments = scene.clocks, scene.situation.now, scene.moments
        self.times = times = []
        if lineup.moving:
            scene.moving = True
        found: list[DecidedAction] = []
        for group in lineup.groups:
            dues, lines, plain, _ = group
            time = dues.alone(clocks, now, moments) or self._told(group)
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
        self.scene.moments.append(due.turn)
        if due.moving:
            self.scene.moving = True
        return due.due, due.status, due.target, due.opens

    def note(self, lineup: Lineup, told: set[str]) -> bool:
        """Note which actions wait to be due; return whether any is new."""
        news, unknown = False, NOTHING if "done" in self.scene.situation.values else _UNKNOWN
        for group in lineup.groups:
            facts = self._due(group).unknown | unknown
            if not facts:
                continue
            for (name, *_), rules in zip(group.lines, group.rules, strict=True):
                if name not in told:
                    told.add(name)
                    self.scene.seeds.append(AskSeed(name, facts, False, rules))
                    news = True
        return news

    def _due(self, group: Group) -> ResolvedDue:
        """Return when actions are due that have the same due times, whatever these are."""
        dues, scene = group.dues, self.scene
        due = self.resolved.get(dues)
        if due is not None:
            return due
        names = [name for name, *_ in group.lines]
        due = resolve(scene.situation, scene.clocks, dues.each, names[0])
        if due.notices:
            for name in names:  # they name the action
                each = resolve(scene.situation, scene.clocks, dues.each, name)
                scene.notices.extend(each.notices)
        if dues.promised:
            due = _with_promise(due, self.slipping[0], scene.situation.now)
        self.resolved[dues] = due
        if due.unknown:
            self.waits = True
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
