"""The next actions: those that rules, asks and promises want, less what is forbidden or done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from complaint_rules.decision.agenda import Want, is_there, told, want_of
from complaint_rules.decision.dues import NO_DUE, NOTHING, Dues, ResolvedDue, resolve
from complaint_rules.decision.pausing import MET
from complaint_rules.decision.promises import EXPLAIN_DELAY, PromiseSeen
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.seeds import AskSeed
from complaint_rules.decision.shape import DecidedAction, Prohibition
from complaint_rules.policy import Sequence

PROMISE: Final = "promise"
"""Id of the reason for it."""


@attrs.define(eq=False)
class _Next:
    """An action that is next, who asks for it and when it is due; of one decision alone."""

    want: Want
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
        self.dues: dict[Dues, ResolvedDue] = {}
        self.considered = 0
        done = scene.situation.values.get("done")
        self.done: frozenset[str] = done if isinstance(done, frozenset) else frozenset()
        # Where it is unknown what was done, any action may be, too.
        self.unknown = NOTHING if "done" in scene.situation.values else frozenset({"done"})

    def take_rules(self) -> None:
        """Take what rules ask for; what is forbidden stays only where law asks for it."""
        for asked in self.scene.agenda.wants:
            name = asked.action.id
            want = asked.by_law if name in self.forbidden else asked
            if want is not None and self._open(want):
                self._take(want)

    def take_promises(self) -> None:
        """Take the explanation that slipping promises ask for, due with the first of them."""
        if not self.slipping or EXPLAIN_DELAY in self.forbidden:
            return
        want = self._present(EXPLAIN_DELAY)
        if want is None:
            return
        taken = self._take(want, (PROMISE,))
        taken.due = _with_promise(taken.due, self.slipping[0], self.scene.situation.now)

    def take_learners(self) -> bool:
        """Take the actions that learn what items wait for; return whether one of them is new."""
        scene = self.scene
        fresh = scene.seeds[self.considered :]
        self.considered = len(scene.seeds)
        learners: dict[str, set[str]] = {}
        for seed in fresh:
            rules = (seed.item,) if seed.reasoned else seed.rules
            for name in scene.learners(seed.facts):
                learners.setdefault(name, set()).update(rules)
        for name in sorted(learners):
            if name not in self.forbidden and (want := self._present(name)) is not None:
                self._take(want, learners[name])
        return len(scene.seeds) > self.considered

    def _present(self, name: str) -> Want | None:
        """Return an action that may be next: there on the event date, and not done (15)."""
        known = self.found.get(name)
        if known is not None:
            return known.want
        action = self.scene.policy.actions.get(name)
        if not is_there(action, self.scene.situation.event_date):
            return None
        want = want_of(self.scene.policy, self.scene.agenda, self.scene.combined, action)
        return want if self._open(want) else None

    def _open(self, want: Want) -> bool:
        """Return whether an action is still to be done, in this round or period."""
        action = want.action
        if not want.once:
            repeat = action.repeat
            if repeat.ever is not None:
                done = self.scene.situation.done
                return sum(1 for each in done if each.action == action.id) < repeat.ever
            clock = self.scene.clocks.get(repeat.each or "")
            if clock is not None and clock.decided.status != "not_started":
                return clock.decided.status not in MET
        if self.slipping and action.id == EXPLAIN_DELAY:
            return True  # what was explained was another delay
        return action.id not in self.done

    def _take(self, want: Want, others: Iterable[str] = ()) -> _Next:
        """Take an action, or add who else asks for it."""
        name = want.action.id
        taken = self.found.get(name)
        if taken is not None:
            taken.rules = tuple(sorted({*taken.rules, *others}))
            return taken
        rules = tuple(sorted({*want.rules, *others})) if others else want.rules
        due = self.dues.get(want.dues) or self._due(want)
        taken = self.found[name] = _Next(want, rules, due)
        unknown = due.unknown | self.unknown
        if unknown:
            self.scene.seeds.append(AskSeed(name, unknown, reasoned=False, rules=rules))
        return taken

    def _due(self, want: Want) -> ResolvedDue:
        """Return when an action is due; those with the same due times share the answer."""
        scene = self.scene
        due = resolve(scene.situation, scene.clocks, want.dues.each, want.action.id)
        scene.notices.extend(due.notices)
        if not due.notices:  # they name the action
            self.dues[want.dues] = due
        return due

    def decided(self, steps: tuple[str, ...]) -> tuple[DecidedAction, ...]:
        """Return the actions taken, in order."""
        found = self.found
        dues = {name: each.due.due for name, each in found.items()}
        order = self.scene.prepared.orders.of(dues, steps)
        shared = {id(each.due): each.due for each in found.values()}
        self.scene.moments.extend(shared.values())
        return tuple([_told(found[name]) for name in order])


def _told(found: _Next) -> DecidedAction:
    want, rules = found.want, found.rules
    if rules is want.rules:
        if found.due is NO_DUE:
            return want.plain
        rules = want.told
    elif want.raised:
        rules = tuple(sorted({*rules, *want.raised}))
    return told(want.action, rules, found.due, want.approver)


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
