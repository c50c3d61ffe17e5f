"""One call of `decide` under way: what is seen, what matched, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from complaint_rules.conditions import unknown_facts, waiting_facts
from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.answer.shape import Notice
from complaint_rules.decision.gathering.agenda import Agenda
from complaint_rules.decision.gathering.asks import Tracer
from complaint_rules.decision.gathering.combine import Combined
from complaint_rules.decision.gathering.prepared import Prepared
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.seeing.situation import Look
from complaint_rules.decision.timing.resolved import ResolvedDue
from complaint_rules.decision.timing.runs import TargetClock
from complaint_rules.engines import Match
from complaint_rules.policy import Item, Policy
from complaint_rules.state import Situation


@attrs.define(eq=False)
class Scene:
    """
    What the steps of a decision share; made and dropped inside one call.

    Attributes:
        look: The state as seen at the instant.
        situation: The same, as conditions read it.
        match: Which conditions are true and which unknown.
        combined: What rules bring about.
        agenda: The same, made ready: actions asked for and what is forbidden.
        clocks: Targets' clocks, by target.
        tracer: Follows unknown facts to the given ones.
        seeds: What waits, and what for; every step adds its own.
        notices: What the reader should know of the decision; every step adds its own.
        moments: When time alone next changes due times that the decision shows.
        dues: Every due time it shows of what is owed.
        moving: Some of them are the instant decided at, and move with it.
        priced: The remedies whose amount was reckoned: of others time may change it unseen.
        pricing: Where amounts are reckoned; `None` before the first.
    """

    policy: Policy
    prepared: Prepared
    look: Look
    situation: Situation
    match: Match
    combined: Combined
    agenda: Agenda
    clocks: Mapping[str, TargetClock]
    tracer: Tracer
    seeds: list[AskSeed]
    notices: list[Notice]
    moments: list[int]
    dues: list[int]
    moving: bool = attrs.field(init=False, default=False)
    priced: set[str] = attrs.field(init=False, factory=set)
    pricing: Scope | None = attrs.field(init=False, default=None)
    _waiting: dict[int, frozenset[str]] = attrs.field(init=False, factory=dict)

    def holds(self, number: int) -> bool | None:
        """Return the truth of a numbered condition."""
        if self.match.true >> number & 1:
            return True
        return None if self.match.unknown >> number & 1 else False

    def valid(self, item: Item) -> bool:
        """Return whether an item is there on the event date (semantics 21)."""
        return item.valid is None or item.valid.holds(self.situation.event_date)

    def learners(self, names: frozenset[str]) -> frozenset[str]:
        """Return the actions that learn the given facts beneath unknown ones."""
        return self.prepared.awaited.learners(self.policy, self.tracer.given(names))

    def wait(
        self, item: str, facts: Iterable[str], *, reasoned: bool = True, rules: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """Note that an item waits for facts; return the given ones beneath them, sorted."""
        names = frozenset(facts)
        if not names:
            return ()
        self.seeds.append(AskSeed(item, names, reasoned, rules))
        return tuple(sorted(self.tracer.given(names)))

    def waiting(self, number: int) -> frozenset[str]:
        """Return the facts that keep a numbered condition unknown, derived ones by their names."""
        known = self._waiting.get(number)
        if known is None:
            waits = waiting_facts if self.match.unknown >> number & 1 else unknown_facts
            known = waits(self.policy.conditions[number], self.situation)
            self._waiting[number] = known
        return known

    def show(self, due: ResolvedDue) -> None:
        """Note that the decision shows a due time of what is owed."""
        self.moments.append(due.turn)
        if due.due is not None:
            self.dues.append(due.due)
        if due.moving:
            self.moving = True

    def wait_for(self, item: str, number: int) -> tuple[str, ...]:
        """Note that an item waits for an unknown condition; return the given facts, sorted."""
        return self.wait(item, self.waiting(number))
