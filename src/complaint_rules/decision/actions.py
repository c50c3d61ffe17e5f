"""The next actions: those that rules, asks and promises want, less what is forbidden or done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from complaint_rules.decision.agenda import Course, Want, want_of
from complaint_rules.decision.combine import Ids
from complaint_rules.decision.dues import NO_DUE, NOTHING, Dues, ResolvedDue, of_target, resolve
from complaint_rules.decision.fresh import maker
from complaint_rules.decision.pausing import MET
from complaint_rules.decision.promises import EXPLAIN_DELAY, PromiseSeen
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.seeds import AskSeed
from complaint_rules.decision.shape import DecidedAction
from complaint_rules.policy import Sequence

_ACTION: Final = maker(DecidedAction)
PROMISE: Final = "promise"
"""Id of the reason for it."""


def next_actions(
    scene: Scene, course: Course, promised: tuple[PromiseSeen, ...]
) -> tuple[DecidedAction, ...]:
    """
    Return the next actions in the order to take them.

    What their due times wait for is added to the scene's seeds, until no new action comes of it.

    Args:
        scene: The decision under way; everything else that waits is among its seeds.
        course: What must not be done, and what rules ask for.
        promised: The promises that are not kept, by due time.
    """
    slipping = tuple(promise for promise in promised if promise.slips) if promised else ()
    working = _Working(scene, course, slipping)
    working.take_rules()
    if slipping:
        working.take_promises()
    steps = _sequence(scene)
    while working.take_learners():
        pass
    return working.decided(() if steps is None else steps.steps)


class _Working:
    """The next actions of one decision in the making: their wants, and when they are due."""

    __slots__ = (
        "alone",
        "considered",
        "course",
        "done",
        "others",
        "scene",
        "shared",
        "slipping",
        "taken",
        "unknown",
    )

    def __init__(self, scene: Scene, course: Course, slipping: tuple[PromiseSeen, ...]) -> None:
        self.scene, self.course, self.slipping = scene, course, slipping
        self.taken: dict[str, tuple[Want, ResolvedDue]] = {}
        self.others: dict[str, Ids] = {}
        """Who asks for an action besides the rules of its want."""
        self.shared: dict[Dues, ResolvedDue] = {}
        self.alone: list[ResolvedDue] = []
        self.considered = 0
        done = scene.situation.values.get("done")
        self.done: frozenset[str] = done if isinstance(done, frozenset) else NOTHING
        # Where it is unknown what was done, any action may be, too.
        self.unknown = NOTHING if "done" in scene.situation.values else frozenset({"done"})

    def take_rules(self) -> None:
        """Take what rules ask for; what is forbidden stays only where law asks for it."""
        done, plainly = self.done, not self.slipping
        for want in self.course.wants:
            is_open = want.name not in done if plainly and want.once else self._open(want)
            if is_open:
                self._take(want)

    def take_promises(self) -> None:
        """Take the explanation that slipping promises ask for, due with the first of them."""
        if EXPLAIN_DELAY in self.course.barred or not self._join(EXPLAIN_DELAY, (PROMISE,)):
            return
        want, due = self.taken[EXPLAIN_DELAY]
        due = _with_promise(due, self.slipping[0], self.scene.situation.now)
        self.taken[EXPLAIN_DELAY] = want, due

    def take_learners(self) -> bool:
        """Take the actions that learn what items wait for; return whether one of them is new."""
        scene, seeds = self.scene, self.scene.seeds
        derived = scene.prepared.derived
        fresh = tuple(
            [
                seed
                if seed.facts.isdisjoint(derived)
                else seed.upon(scene.tracer.given(seed.facts))
                for seed in seeds[self.considered :]
            ]
        )
        self.considered = len(seeds)
        barred = self.course.barred
        for name, rules in scene.prepared.learned(scene.policy, fresh):
            if name not in barred:
                self._join(name, rules)
        return len(seeds) > self.considered

    def _open(self, want: Want) -> bool:
        """Return whether an action is still to be done, in this round or period."""
        if not want.once:
            repeat = want.action.repeat
            if repeat.ever is not None:
                done = self.scene.situation.done
                return sum(1 for each in done if each.action == want.name) < repeat.ever
            clock = self.scene.clocks.get(repeat.each or "")
            if clock is not None and clock.decided.status != "not_started":
                return clock.decided.status not in MET
        if self.slipping and want.name == EXPLAIN_DELAY:
            return True  # what was explained was another delay
        return want.name not in self.done

    def _join(self, name: str, others: Ids) -> bool:
        """Take an action that others than rules ask for; return whether it is one (15)."""
        if name in self.taken:
            self.others[name] = (*self.others.get(name, ()), *others)
            return True
        scene = self.scene
        want = want_of(scene.policy, scene.agenda, scene.combined, name, scene.situation.event_date)
        if want is None or not self._open(want):
            return False
        self.others[name] = others
        self._take(want)
        return True

    def _take(self, want: Want) -> None:
        """Take an action that is not taken yet."""
        due = self.shared.get(want.dues)
        if due is None:
            due = self._due(want)
        self.taken[want.name] = want, due
        if due.unknown or self.unknown:
            rules = self._rules(want, want.rules)
            self.scene.seeds.append(AskSeed(want.name, due.unknown | self.unknown, False, rules))

    def _due(self, want: Want) -> ResolvedDue:
        """Return when an action is due; those with the same due times share the answer."""
        scene = self.scene
        dues = want.dues
        only = dues.only
        if only is not None:
            clock = scene.clocks.get(only.target)
            due = of_target(scene.situation.now, clock, only, want.name)
        else:
            due = resolve(scene.situation, scene.clocks, dues.each, want.name)
        if due.notices:  # they name the action
            scene.notices.extend(due.notices)
            self.alone.append(due)
        else:
            self.shared[dues] = due
        return due

    def _rules(self, want: Want, rules: Ids) -> Ids:
        """Return rules of an action's own and who else asks for it, sorted."""
        others = self.others.get(want.name)
        return tuple(sorted({*rules, *others})) if others else rules

    def decided(self, steps: tuple[str, ...]) -> tuple[DecidedAction, ...]:
        """Return the actions taken, in order."""
        taken, others = self.taken, self.others
        dues = {name: due.due for name, (_, due) in taken.items()}
        found: list[DecidedAction] = []
        for name in self.scene.prepared.orders.of(dues, steps):
            want, due = taken[name]
            rules = self._rules(want, want.told) if name in others else want.told
            if due is NO_DUE and rules is want.told:
                found.append(want.plain)
            else:
                found.append(
                    _ACTION(
                        name,
                        want.owner,
                        due.opens,
                        due.due,
                        due.status,
                        due.target,
                        want.approver,
                        rules,
                    )
                )
        self.scene.moments.extend(self._moments())
        return tuple(found)

    def _moments(self) -> Iterable[ResolvedDue]:
        """Return when actions are due, without repeats."""
        if not self.slipping:
            return (*self.shared.values(), *self.alone)
        return {id(due): due for _, due in self.taken.values()}.values()


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
        turns=(promise.warn_at, promise.due + 1),
    )


def _sequence(scene: Scene) -> Sequence | None:
    """Return the first sequence whose condition is true; unknown ones before it are asked."""
    possible = (scene.match.true | scene.match.unknown) & scene.prepared.sequence_bits
    if not possible:
        return None
    for sequence in scene.policy.sequences:
        if not possible >> sequence.when & 1 or not scene.valid(sequence):
            continue
        if scene.holds(sequence.when):
            return sequence
        scene.seeds.append(AskSeed(sequence.id, scene.waiting(sequence.when), reasoned=False))
    return None
