"""
What must hold of every decision of every shipped ruleset, whatever the complaint.

Each invariant looks at one complaint, and at the same complaint a little changed, and yields what
is wrong with it. `INVARIANTS` names them all.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from complaint_rules import Decision, Policy, StateError, decide
from complaint_rules.decision import to_json

HOUR: Final = 3_600
MOODS: Final = ("angry", "premium")
NOT_MONEY: Final = ("angry", "premium", "frequent")
COUNTS: Final = ("contacts_30d", "complaints_90d", "reopened_count")
TOLD: Final = ("fault", "validity", "demand_fit", "entitlement", "amount_paid")
"""Facts without which nobody may refuse or pay."""


@attrs.frozen(eq=False)
class Case:
    """One complaint of one policy at an instant, and its decision."""

    policy: Policy
    state: Mapping[str, Any]
    at: int
    _typed: dict[str, Decision | None] = attrs.field(factory=dict, init=False)

    @functools.cached_property
    def decision(self) -> Decision:
        """Return its decision."""
        return decide(self.policy, self.state, at=self.at)

    def but(self, **facts: Any) -> Decision:
        """Return the decision with other facts."""
        return decide(self.policy, {**self.state, **facts}, at=self.at)

    def of_type(self, name: str) -> Decision | None:
        """Return the decision for a customer who is of one more type, as a human confirmed."""
        if name not in self._typed:
            self._typed[name] = self._of_type(name)
        return self._typed[name]

    def _of_type(self, name: str) -> Decision | None:
        types = self.state.get("customer_types", [])
        if not isinstance(types, list):
            return None
        basis = {**self.state.get("type_basis", {}), name: {"confirmed_by": "lead"}}
        return self.but(customer_types=[*types, name], type_basis=basis)


def faster(case: Case) -> Iterator[str]:
    """Anger or premium never makes a deadline later."""
    for mood in MOODS:
        other = case.of_type(mood)
        if other is None:
            continue
        dues = {each.id: each.due for each in other.targets}
        for target in case.decision.targets:
            due = dues.get(target.id)
            if target.due is not None and (due is None or due > target.due):
                yield f"{mood}: {target.id} is due {due}, not {target.due}"


def forbidden_stays(case: Case) -> Iterator[str]:
    """No type removes a prohibition."""
    before = {each.id for each in case.decision.prohibitions}
    for name in case.policy.types:
        other = case.of_type(name)
        if other is not None:
            for lost in sorted(before - {each.id for each in other.prohibitions}):
                yield f"{name}: {lost} is no longer forbidden"


def owed_to_everybody(case: Case) -> Iterator[str]:
    """What is owed is owed to every type, and the entitlement given is owed in full."""
    owed = [(each.remedy, each.amount) for each in case.decision.owed]
    for name in case.policy.types:
        other = case.of_type(name)
        if other is not None and [(each.remedy, each.amount) for each in other.owed] != owed:
            yield f"{name}: owed is no longer {owed}"
    claim = case.state.get("entitlement")
    amount = claim.get("amount") if isinstance(claim, Mapping) else None
    if isinstance(amount, Mapping) and Decimal(amount["amount"]):
        paid = [each.amount for each in case.decision.owed if each.remedy == "entitlement"]
        if not paid or paid[0] is None or paid[0].amount != Decimal(amount["amount"]):
            yield f"the entitlement of {amount} is owed as {paid}"


def exploitative_gets_the_entitlement(case: Case) -> Iterator[str]:
    """Who exploits gets exactly the entitlement: no voluntary money."""
    other = case.of_type("abusive")
    if other is None or "abusive" not in _applied(other):
        return
    entitled = case.state.get("entitlement", {})
    kinds = entitled.get("kinds", []) if isinstance(entitled, Mapping) else []
    for line in (*other.choices, *other.goodwill):
        if line.amount is not None and line.amount.amount and line.remedy not in kinds:
            yield f"{line.remedy} of {line.amount} goes beyond the entitlement"


def mood_buys_nothing(case: Case) -> Iterator[str]:
    """Anger, premium and the number of contacts never change an amount."""
    before = _amounts(case.decision)
    for name in NOT_MONEY:
        other = case.of_type(name)
        if other is not None and _amounts(other) != before:
            yield f"{name}: {before} becomes {_amounts(other)}"
    for count in COUNTS:
        if count in case.policy.facts and _amounts(case.but(**{count: 40})) != before:
            yield f"{count}: {before} becomes another amount"


def survey_in_its_window(case: Case) -> Iterator[str]:
    """The survey goes out between 24 and 48 hours after the resolution."""
    for target in case.decision.targets:
        if target.id == "survey" and target.start is not None and target.due is not None:
            opens = target.opens if target.opens is not None else target.start
            if opens < target.start + 24 * HOUR or target.due > target.start + 48 * HOUR:
                yield f"the survey may go out from {opens} to {target.due}"


def comments_soon_open(case: Case) -> Iterator[str]:
    """Comments are never locked for more than four hours."""
    for target in case.decision.targets:
        if target.id == "comment_release" and target.start is not None:
            if target.due is None or target.due > target.start + 4 * HOUR:
                yield f"comments stay off until {target.due}"
            released = target.met_at is not None
            if not released and "release_comments" not in _actions(case.decision):
                yield "nobody switches comments on again"


def follow_up_within_the_hour(case: Case) -> Iterator[str]:
    """The follow-up named in public is less than an hour away."""
    for target in case.decision.targets:
        stated = target.id == "follow_up" and target.start is not None and target.due is not None
        if stated and target.due >= target.start + HOUR:
            yield f"the follow-up is named for {target.due}, from {target.start}"


def review_ladder(case: Case) -> Iterator[str]:
    """A review is asked about once and once more, of a satisfied customer, never for a reward."""
    actions = _actions(case.decision)
    asked = actions & {"request_review_update", "request_resolution_statement"}
    review = case.state.get("review", {})
    pleased = case.state.get("satisfied") is True
    mistaken = case.state.get("kind") == "mistaken_identity"
    if asked and not (pleased or mistaken):
        yield f"{sorted(asked)} before the customer is known to be satisfied"
    done = {each["action"] for each in case.state.get("done", [])}
    if "request_review_update" in actions and (
        review.get("delete_requests", 0) or "request_review_update" in done
    ):
        yield "a second request to change the review"
    if "request_resolution_statement" in actions and (
        review.get("statement_requests", 0) or "request_resolution_statement" in done
    ):
        yield "a second request for a statement"
    forbidden = {each.id for each in case.decision.prohibitions}
    if asked and "reward_for_review" not in forbidden:
        yield "a reward for a review is not forbidden"


def unknown_decides_nothing(case: Case) -> Iterator[str]:
    """Facts that are not known never refuse and never pay."""
    missing = {name: "unknown" for name in TOLD if name != "entitlement"}
    if "loss_running" in case.policy.facts:
        missing["loss_running"] = False
    decision = case.but(**missing)
    if "decline_unreasonable_demand" in _actions(decision):
        yield "a demand is declined with everything unknown"
    for line in (*decision.choices, *decision.goodwill):
        if line.amount is not None and line.amount.amount:
            yield f"{line.remedy} pays {line.amount} with everything unknown"


def done_is_done(case: Case) -> Iterator[str]:
    """What was done does not return, unless the complaint is reopened or it repeats by its rule."""
    actions = case.policy.actions
    learning = {fact.learn_by for fact in case.policy.facts.values()}
    asked = {
        each.id
        for each in case.decision.actions
        if actions[each.id].repeat.each is None and each.id not in learning
    } - {"explain_delay", "reopen"}
    if not asked:
        return
    when = _told(case.at)
    done = [*case.state.get("done", []), *({"action": each, "at": when} for each in sorted(asked))]
    for name in sorted(asked & _actions(case.but(done=done))):
        yield f"{name} was done and is asked for again"


def breaches_stay(case: Case) -> Iterator[str]:
    """Time going on never un-breaches a deadline."""
    late = {each.id for each in case.decision.targets if each.status in ("overdue", "met_late")}
    for later in (1, HOUR, 26 * HOUR, 40 * 24 * HOUR):
        then = decide(case.policy, case.state, at=case.at + later)
        statuses = {each.id: each.status for each in then.targets}
        for name in sorted(late):
            if statuses.get(name) not in ("overdue", "met_late"):
                yield f"{name} was late and is {statuses.get(name)} after {later} s"


def always_the_same(case: Case) -> Iterator[str]:
    """The same complaint gives the same decision, in whatever order it is told."""
    state = dict(reversed(list(case.state.items())))
    for name, value in state.items():
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            state[name] = value[::-1]
    again = decide(case.policy, state, at=case.at)
    if to_json(again) != to_json(case.decision):
        yield "the order in which facts are given changes the decision"


INVARIANTS: Final[tuple[Callable[[Case], Iterator[str]], ...]] = (
    faster,
    forbidden_stays,
    owed_to_everybody,
    exploitative_gets_the_entitlement,
    mood_buys_nothing,
    survey_in_its_window,
    comments_soon_open,
    follow_up_within_the_hour,
    review_ladder,
    unknown_decides_nothing,
    done_is_done,
    breaches_stay,
    always_the_same,
)


def broken(case: Case) -> list[str]:
    """Return what is wrong with a complaint's decisions, by invariant."""
    try:
        found = [f"{each.__name__}: {fault}" for each in INVARIANTS for fault in each(case)]
    except StateError as error:
        return [f"the state is refused: {error}"]
    return found


def _applied(decision: Decision) -> set[str]:
    return {each.type for each in decision.types if each.status == "applied"}


def _actions(decision: Decision) -> set[str]:
    return {each.id for each in decision.actions}


def _amounts(decision: Decision) -> Any:
    lines = (*decision.choices, *decision.goodwill)
    owed = sorted((each.remedy, str(each.amount)) for each in decision.owed)
    return owed, sorted((each.remedy, str(each.amount)) for each in lines), str(decision.room)


def _told(at: int) -> str:
    from complaint_rules.testing.strategies import told

    return told(at)
