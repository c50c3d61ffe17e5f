"""A state seen at an instant: defaults taken, types settled, facts derived (design 4, 1 and 2)."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from complaint_rules.conditions import waiting_facts
from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.bundles import (
    MOST_OUTCOMES,
    SILENT_FACT,
    TYPES,
    Bundle,
    Outcome,
    Step,
)
from complaint_rules.decision.defaults import Given
from complaint_rules.decision.forms import form_of
from complaint_rules.decision.moments import happened
from complaint_rules.decision.plan import Held, Plan, plan_of
from complaint_rules.decision.rounds import NONE, Round
from complaint_rules.decision.seeds import AskSeed
from complaint_rules.decision.shape import DecidedType, Notice
from complaint_rules.decision.types import UNTOLD, settle
from complaint_rules.policy import Policy
from complaint_rules.state import Situation, State


@attrs.define(eq=False)
class Look:
    """
    All that is seen of a complaint at an instant, before any rule is matched; never changed.

    Attributes:
        policy: The policy.
        state: What was given.
        situation: Every known fact, the derived ones included, and what expressions read.
        types: The customer types with their basis, by id.
        ends: When types end, those that fell away too.
        stage: The stage, empty where there is none.
        sides: Side states, in the ruleset's order.
        present: The present round.
        notices: What the reader should know of it, without repeats.
        seeds: What stages, side states, types and the round wait for.
        moved: Happenings a little ahead that were read as the instant decided at.
        follows_now: The event date was taken from the instant decided at.
    """

    policy: Policy
    state: State
    situation: Situation
    types: tuple[DecidedType, ...]
    ends: tuple[int, ...]
    stage: str
    sides: tuple[str, ...]
    present: Round
    notices: tuple[Notice, ...]
    seeds: tuple[AskSeed, ...]
    moved: tuple[int, ...]
    follows_now: bool


def look(policy: Policy, state: State, at: int, *, expiry_at: int | None = None) -> Look:
    """
    Return a state as it is seen at an instant.

    Args:
        policy: The policy.
        state: A state validated for it.
        at: The instant, in whole seconds.
        expiry_at: Read the customer types as of this earlier instant: those that ended between it
            and `at` still count.

    Raises:
        StateError: `at` lies outside the years 1900 to 2400, or a happening more than five
            minutes after it.
    """
    plan = plan_of(policy)
    form = form_of(plan, state)
    moments = happened(plan, form, state, at)
    given = Given(policy, plan, form, state, moments, at)
    deriving = _Deriving(policy, plan, state, given, at if expiry_at is None else expiry_at)
    deriving.run()
    return Look(
        policy,
        state,
        given.situation,
        deriving.settled.types,
        deriving.settled.ends,
        deriving.stage,
        deriving.sides,
        given.present,
        tuple(given.notices),
        (*deriving.seeds, *_untold_round(given)),
        moments.moved,
        given.follows_now,
    )


def _untold_round(given: Given) -> tuple[AskSeed, ...]:
    """Ask for the receipt where done actions cannot be told by round (semantics 15)."""
    situation = given.situation
    if given.present.start is not None or not situation.done:
        return ()
    if situation.values.get("kind") == "none":
        return ()
    return (AskSeed("round_start", frozenset({"received_at"}), reasoned=False),)


class _Deriving:
    """The derived facts of one look: each comes to stand in the situation in its turn."""

    def __init__(
        self, policy: Policy, plan: Plan, state: State, given: Given, expiry_at: int
    ) -> None:
        self._policy, self._plan, self._state = policy, plan, state
        self._given, self._expiry_at = given, expiry_at
        self._situation = given.situation
        self.settled = given.start.settled or UNTOLD
        self.stage = ""
        self.sides: tuple[str, ...] = ()
        self.seeds: list[AskSeed] = [*self.settled.seeds]

    def run(self) -> None:
        """Compute every derived fact after those it depends on."""
        for bundle, alone in self._given.start.parts:
            if bundle is not None:
                self._take(bundle)
            if alone:
                self._reckon(alone)

    def _take(self, bundle: Bundle) -> None:
        """Put in place what comes of a bundle, worked out at the first complaint of its like."""
        values, outcomes = self._situation.values, self._plan.outcomes
        key = bundle.key(values, self._given.scope)
        known: Outcome | None = outcomes.get(key)
        if known is None:
            noticed = len(self._given.notices)
            known = self._outcome(bundle)
            if len(outcomes) >= MOST_OUTCOMES:
                outcomes.clear()
            if len(self._given.notices) == noticed:  # what is noticed is so each time
                outcomes[key] = known
        values.update(known.values)
        if known.seeds:
            self.seeds.extend(known.seeds)
        if known.settled is not None:
            self.settled = known.settled
        if known.stage is not None:
            self.stage = known.stage
        if known.sides:
            self.sides = known.sides

    def _outcome(self, bundle: Bundle) -> Outcome:
        """Work out what comes of a bundle."""
        values, names = self._situation.values, {name for name, _ in bundle.steps}
        seeds, self.seeds = self.seeds, []
        self._reckon(bundle.steps)
        seeds, self.seeds = self.seeds, seeds
        if TYPES in names:
            names.add(SILENT_FACT)
        return Outcome(
            values={name: values[name] for name in sorted(names) if name in values},
            settled=self.settled if TYPES in names else None,
            stage=self.stage if "stage" in names else None,
            sides=self.sides if "side" in names else (),
            seeds=tuple(seeds),
        )

    def _reckon(self, steps: Iterable[Step]) -> None:
        given, values = self._given, self._situation.values
        scope, codes = given.scope, given.codes
        for name, step in steps:
            if step is None:
                self._built_in(name)
                continue
            value = step(scope)
            if codes:
                given.note(name)
            if value is not None:
                values[name] = value

    def _built_in(self, name: str) -> None:
        values, start = self._situation.values, self._given.start
        scope = Scope(self._situation)
        match name:
            case "customer_types":
                self._settle_types()
            case "stage":
                values["stage"] = self.stage = self._stage(scope)
            case _:  # the side states
                self.sides = tuple(each.id for each in start.sides if self._holds(each, scope))
                values["side"] = frozenset(self.sides) if self.sides else NONE

    def _stage(self, scope: Scope) -> str:
        """Return the first stage whose condition is true; empty where none is."""
        for stage in self._given.start.stages:
            if stage.valid is None and stage.holds(scope) is False:
                continue  # most are, and need no more
            if self._holds(stage, scope):
                return stage.id
        return ""

    def _settle_types(self) -> None:
        values, recognised = self._situation.values, self._given.start.recognised
        self.settled = settled = settle(
            self._policy, self._state, self._situation, self._expiry_at, recognised
        )
        self.seeds.extend(settled.seeds)
        if settled.applied is None:
            values.pop("customer_types", None)
        else:
            values["customer_types"] = settled.applied
        if settled.was_silent is not None:
            values["was_silent"] = settled.was_silent

    def _holds(self, held: Held, scope: Scope) -> bool:
        """Return whether a condition is true; unknown is false here, but asked."""
        if held.valid is not None and not held.valid.holds(self._situation.event_date):
            return False
        found = held.holds(scope)
        if found is None:
            waiting = waiting_facts(held.when, self._situation)
            self.seeds.append(AskSeed(held.id, waiting, reasoned=False))
        return found is True
