"""When to look again: the first later instant at which time alone may change a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from complaint_rules.calendar import LAST, in_range, next_midnight
from complaint_rules.conditions import Outlook
from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.pausing import MET
from complaint_rules.decision.plan import plan_of
from complaint_rules.decision.prepared import prepare
from complaint_rules.decision.promises import PromiseSeen
from complaint_rules.decision.resolved import ResolvedDue
from complaint_rules.decision.runs import TargetClock
from complaint_rules.decision.shape import Decision, Shown
from complaint_rules.decision.situation import Look
from complaint_rules.decision.targets import Targets
from complaint_rules.policy import DueNow, Policy
from complaint_rules.state import Situation

_NO_TARGETS: Final = Targets()


def review_at(
    policy: Policy,
    seen: Look,
    targets: Targets = _NO_TARGETS,
    dues: Iterable[ResolvedDue] = (),
    promised: Iterable[PromiseSeen] = (),
    priced: Iterable[str] | None = None,
) -> int | None:
    """
    Return the first later instant at which time alone may change a decision (semantics 20).

    It is never too late. It may be too early: where a condition turns that changes nothing. What
    moves with the instant decided at itself is no change: that instant, `left_s`, a due time of
    ``now``, happenings a little ahead that are read as that instant until they come, and the values
    of facts that run with the clock where reasons show them.

    Args:
        policy: The policy.
        seen: The complaint at the instant decided at.
        targets: Its targets.
        dues: When its actions and remedies are due.
        promised: Its promises that are not kept.
        priced: The remedies whose amount was reckoned; left out, all of them. Those of others are
            not shown, and come to be only by a condition, whose turn is looked at itself.

    Returns:
        Whole seconds; `None` if nothing changes by itself any more.
    """
    now = seen.situation.now
    if priced is None:
        priced = tuple(policy.remedies)
    moments = [*seen.ends, *seen.moved]
    if seen.follows_now:
        moments.append(next_midnight(seen.situation.calendar, now))
    for promise in promised:
        moments += (promise.warn_at, promise.due + 1)
    for clock in targets.clocks.values():
        _add_target(clock, moments)
    _add_dues(dues, moments)
    first = min([moment for moment in moments if moment > now], default=LAST + 1)
    for situation in (seen.situation, *targets.earlier):
        first = _of_conditions(policy, situation, first, priced)
    return first if in_range(first) else None


def _add_target(clock: TargetClock, moments: list[int]) -> None:
    decided, span = clock.decided, clock.span
    if span is None or decided.status in MET:
        return
    moments += (span.start, span.due + 1)
    if decided.opens is not None:
        moments.append(decided.opens)
    if decided.warn_at is not None:
        moments.append(decided.warn_at)


def _add_dues(dues: Iterable[ResolvedDue], moments: list[int]) -> None:
    moving, known = False, []
    for due in dues:
        moments += due.turns
        moving = moving or due.moving
        if due.due is not None:
            known.append(due.due)
    if moving:
        moments += known  # what is due at once moves past the others in the order of actions


def _of_conditions(policy: Policy, situation: Situation, first: int, priced: Iterable[str]) -> int:
    """Return when a condition may turn or a shown value may change; `first` if none does before."""
    plan = plan_of(policy)
    scope = Scope(situation)
    turning = [each for each in prepare(policy).watched if each.may_turn(scope)]
    values = list(plan.clocked)
    if plan.priced:
        values += dict.fromkeys(each for name in priced for each in plan.priced.get(name, ()))
    if not turning and not values:
        return first
    outlook = Outlook(situation, plan.moving, first)
    for each in turning:
        moment = outlook.condition(each.condition)
        if moment is not None and moment < first:
            first = moment
            outlook.narrow(first)
    for expression in values:
        moment = outlook.value(expression)
        if moment is not None and moment < first:
            first = moment
            outlook.narrow(first)
    return first


def steady(policy: Policy, decision: Decision) -> Decision:
    """
    Return a decision without what moves with the clock.

    Two decisions of one state that are equal so say the same; from one review to the next all are.
    Taken out are the instant, `review_at`, `left_s`, due times of ``now``, and the values of facts
    that change with time where reasons show them.
    """
    at, now = decision.at, _due_now(policy)
    return attrs.evolve(
        decision,
        at=0,
        review_at=None,
        targets=tuple(attrs.evolve(each, left_s=None) for each in decision.targets),
        actions=tuple(
            attrs.evolve(each, due=None) if each.due == at and each.id in now else each
            for each in decision.actions
        ),
        owed=tuple(
            attrs.evolve(each, due=None) if each.due == at and each.remedy in now else each
            for each in decision.owed
        ),
        reasons={
            name: attrs.evolve(reason, facts=_lasting(policy, reason.facts))
            for name, reason in decision.reasons.items()
        },
    )


def _due_now(policy: Policy) -> frozenset[str]:
    """Return the actions and remedies that something makes due at once."""
    dues = [(action.id, action.due) for action in policy.actions.values()]
    dues += [(remedy.id, remedy.due) for remedy in policy.remedies.values()]
    dues += [(do.action, do.due) for rule in policy.rules for do in rule.do]
    return frozenset(name for name, due in dues if any(isinstance(each, DueNow) for each in due))


def _lasting(policy: Policy, facts: Mapping[str, Shown]) -> dict[str, Shown]:
    """Return the facts that do not change with time alone."""
    return {
        name: value
        for name, value in facts.items()
        if name not in policy.facts or not policy.facts[name].time
    }
