"""A state seen at an instant: defaults taken, types settled, facts derived (design 4, 1 and 2)."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from complaint_rules.conditions import waiting_facts
from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.answer.shape import DecidedType, Notice
from complaint_rules.decision.seeing.bundles import (
    MOST_OUTCOMES,
    SILENT_FACT,
    TYPES,
    Bundle,
    Outcome,
    Step,
)
from complaint_rules.decision.seeing.defaults import Given
from complaint_rules.decision.seeing.forms import form_of
from complaint_rules.decision.seeing.moments import happened
from complaint_rules.decision.seeing.plan import Held, plan_of
from complaint_rules.decision.seeing.rounds import NONE, Round
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.seeing.types import UNTOLD, settle
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
    deriving = _Deriving(policy, plan, form, state, moments, at)
    deriving.run(at if expiry_at is None else expiry_at)
    if deriving.present.start is None:
        deriving.ask_for_receipt()
    settled = deriving.settled
    return Look(
        policy,
        state,
        deriving.situation,
        settled.types,
        settled.ends,
        deriving.stage,
        deriving.sides,
        deriving.present,
        tuple(deriving.notices),
        tuple(deriving.seeds),
        moments.moved,
        deriving.follows_now,
    )


class _Deriving(Given):
    """
    A look under way: each derived fact comes to stand in the situation in its turn.

    Attributes:
        settled: The customer types, as far as they are settled.
        stage: The stage, likewise.
        sides: The side states, likewise.
        seeds: What they wait for.
    """

    stage: str = ""
    sides: tuple[str, ...] = ()

    def run(self, expiry_at: int) -> None:
        """Compute every derived fact after those it depends on, types as of an instant."""
        self._expiry_at = expiry_at
        self.settled = settled = self.start.settled or UNTOLD
        self.seeds = [*settled.seeds]
        for bundle, alone in self.start.parts:
            if bundle is not None:
                self._take(bundle)
            if alone:
                self._reckon(alone)

    def ask_for_receipt(self) -> None:
        """Ask for it where done actions cannot be told by round (semantics 15)."""
        situation = self.situation
        if situation.done and situation.values.get("kind") != "none":
            self.seeds.append(AskSeed("round_start", frozenset({"received_at"}), reasoned=False))

    def _take(self, bundle: Bundle) -> None:
        """Put in place what comes of a bundle, worked out at the first complaint of its like."""
        values, outcomes = self._values, self._plan.outcomes
        key = bundle.key(values, self.scope)
        known: Outcome | None = outcomes.get(key)
        if known is None:
            noticed = len(self.notices)
            known = self._outcome(bundle)
            if len(outcomes) >= MOST_OUTCOMES:
                outcomes.clear()
            if len(self.notices) == noticed:  # what is noticed is so each time
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
        values, names = self._values, {name for name, _ in bundle.steps}
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
        values, scope, codes = self._values, self.scope, self.codes
        for name, step in steps:
            if step is None:
                self._built_in(name)
                continue
            value = step(scope)
            if codes:
                self.note(name)
            if value is not None:
                values[name] = value

    def _built_in(self, name: str) -> None:
        values, start = self._values, self.start
        scope = Scope(self.situation)
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
        for stage in self.start.stages:
            if stage.valid is None and stage.holds(scope) is False:
                continue  # most are, and need no more
            if self._holds(stage, scope):
                return stage.id
        return ""

    def _settle_types(self) -> None:
        values, recognised = self._values, self.start.recognised
        self.settled = settled = settle(
            self._policy, self._state, self.situation, self._expiry_at, recognised
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
        if held.valid is not None and not held.valid.holds(self.situation.event_date):
            return False
        found = held.holds(scope)
        if found is None:
            waiting = waiting_facts(held.when, self.situation)
            self.seeds.append(AskSeed(held.id, waiting, reasoned=False))
        return found is True
