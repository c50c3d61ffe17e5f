"""The next actions: those that rules, asks and promises want, less what is forbidden or done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from complaint_rules.decision.approvals import by_rules
from complaint_rules.decision.asks import learn_by
from complaint_rules.decision.combine import Wanted
from complaint_rules.decision.dues import ResolvedDue, resolve
from complaint_rules.decision.order import ordered
from complaint_rules.decision.pausing import MET
from complaint_rules.decision.promises import EXPLAIN_DELAY, PromiseSeen
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.seeds import AskSeed
from complaint_rules.decision.shape import DecidedAction, Prohibition
from complaint_rules.policy import Action, Due, DueTarget, Sequence

PROMISE: Final = "promise"
"""Id of the reason for it."""


@attrs.frozen
class _Next:
    """An action that is next, who asks for it and when it is due."""

    action: Action
    rules: tuple[str, ...]
    due: ResolvedDue


def next_actions(
    scene: Scene, forbidden: tuple[Prohibition, ...], promised: tuple[PromiseSeen, ...]
) -> tuple[DecidedAction, ...]:
    """
    Return the next actions in the order to take them.

    What their due times wait for is added to the scene's seeds, until no new action comes of it.

    Args:
        scene: The decision under way; everything else that waits is among its seeds.
        forbidden: What must not be done.
        promised: The promises that are not kept, by due time.
    """
    slipping = tuple(promise for promise in promised if promise.slips)
    working = _Working(scene, frozenset(each.id for each in forbidden), slipping)
    working.take_rules()
    working.take_promises()
    steps = _sequence(scene)
    while working.take_learners():
        pass
    return working.decided(() if steps is None else steps.steps)


class _Working:
    """The next actions of one decision in the making."""

    def __init__(
        self, scene: Scene, forbidden: frozenset[str], slipping: tuple[PromiseSeen, ...]
    ) -> None:
        self.scene, self.forbidden, self.slipping = scene, forbidden, slipping
        self.found: dict[str, _Next] = {}
        self.considered = 0

    def take_rules(self) -> None:
        """Take what rules ask for; what is forbidden stays only where law asks for it."""
        combined = self.scene.combined
        for name in sorted(combined.doing):
            wanted: Wanted | None = combined.doing[name]
            if name in self.forbidden:
                wanted = combined.by_law.get(name)
            action = self._present(name)
            if wanted is not None and action is not None:
                self._take(action, wanted.rules, wanted.dues)

    def take_promises(self) -> None:
        """Take the explanation that slipping promises ask for, due with the first of them."""
        action = self._present(EXPLAIN_DELAY)
        if action is None or EXPLAIN_DELAY in self.forbidden:
            return
        if self.slipping:
            self._take(action, (PROMISE,), (), self.slipping[0])

    def take_learners(self) -> bool:
        """Take the actions that learn what items wait for; return whether one of them is new."""
        scene = self.scene
        fresh = scene.seeds[self.considered :]
        self.considered = len(scene.seeds)
        learners: dict[str, set[str]] = {}
        for seed in fresh:
            rules = (seed.item,) if seed.reasoned else seed.rules
            for fact in scene.tracer.given(seed.facts):
                name = learn_by(scene.policy, fact)
                if name is not None:
                    learners.setdefault(name, set()).update(rules)
        for name in sorted(learners):
            action = self._present(name)
            if action is not None and name not in self.forbidden:
                self._take(action, tuple(learners[name]))
        return len(scene.seeds) > self.considered

    def _present(self, name: str) -> Action | None:
        """Return an action that may be next: there on the event date, and not done (15)."""
        action = self.scene.policy.actions.get(name)
        if action is None or action.conduct or not self.scene.valid(action):
            return None
        return action if self._open(action) else None

    def _open(self, action: Action) -> bool:
        """Return whether an action is still to be done, in this round or period."""
        situation, repeat = self.scene.situation, action.repeat
        if repeat.ever is not None:
            return sum(1 for done in situation.done if done.action == action.id) < repeat.ever
        if repeat.each is not None:
            clock = self.scene.clocks.get(repeat.each)
            if clock is not None and clock.decided.status != "not_started":
                return clock.decided.status not in MET
        if action.id == EXPLAIN_DELAY and self.slipping:
            return True  # what was explained was another delay
        done = situation.values.get("done")
        return not isinstance(done, frozenset) or action.id not in done

    def _take(
        self,
        action: Action,
        rules: Iterable[str],
        dues: tuple[Due, ...] = (),
        promise: PromiseSeen | None = None,
    ) -> None:
        """Take an action, or add who else asks for it."""
        scene, known = self.scene, self.found.get(action.id)
        if known is None:
            due = self._due(action, dues)
        else:
            due, rules = known.due, (*known.rules, *rules)
        if promise is not None:
            due = _with_promise(due, promise, scene.situation.now)
        told = tuple(sorted(set(rules)))
        self.found[action.id] = _Next(action, told, due)
        if known is None:
            # Where it is unknown what was done, this may be, too.
            unknown = due.unknown | ({"done"} - scene.situation.values.keys())
            scene.wait(action.id, unknown, reasoned=False, rules=told)

    def _due(self, action: Action, dues: tuple[Due, ...]) -> ResolvedDue:
        own = action.due
        if action.repeat.each is not None:
            own = (*own, DueTarget(action.repeat.each))
        due = resolve(self.scene.situation, self.scene.clocks, (*own, *dues), action.id)
        self.scene.notices.extend(due.notices)
        return due

    def decided(self, steps: tuple[str, ...]) -> tuple[DecidedAction, ...]:
        """Return the actions taken, in order."""
        order = ordered(
            {name: each.due.due for name, each in self.found.items()},
            steps,
            {name: each.action.after for name, each in self.found.items()},
        )
        self.scene.moments.extend(self.found[name].due for name in order)
        return tuple(self._told(self.found[name]) for name in order)

    def _told(self, found: _Next) -> DecidedAction:
        name = found.action.id
        taken = name in self.scene.policy.remedies or name in self.scene.policy.groups
        approver, rules = by_rules(self.scene, () if taken else (name,), None)
        return DecidedAction(
            id=name,
            owner=found.action.owner,
            opens=found.due.opens,
            due=found.due.due,
            status=found.due.status,
            target=found.due.target,
            approver=approver,
            rules=tuple(sorted({*found.rules, *rules})) if rules else found.rules,
        )


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
    for sequence in scene.policy.sequences:
        if not scene.valid(sequence):
            continue
        held = scene.holds(sequence.when)
        if held:
            return sequence
        if held is None:
            waiting = scene.waiting(sequence.when)
            scene.seeds.append(AskSeed(sequence.id, waiting, reasoned=False))
    return None
