"""When to look again: the first later instant at which time alone may change a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import attrs

from complaint_rules.calendar import LAST, next_midnight
from complaint_rules.conditions import Outlook
from complaint_rules.conditions.tree import Condition, Expression
from complaint_rules.decision.answer.shape import Decision, Shown
from complaint_rules.decision.seeing.promises import PromiseSeen
from complaint_rules.decision.seeing.situation import Look
from complaint_rules.decision.seeing.watched import Watch
from complaint_rules.decision.timing.pausing import NEVER
from complaint_rules.decision.timing.runs import Targets
from complaint_rules.policy import DueNow, Policy
from complaint_rules.state import Situation

_NO_TARGETS: Final = Targets()


def review_at(
    watch: Watch,
    seen: Look,
    targets: Targets = _NO_TARGETS,
    dues: Iterable[int] = (),
    promised: Collection[PromiseSeen] = (),
    priced: Collection[str] | None = None,
) -> int | None:
    """
    Return the first later instant at which time alone may change a decision (semantics 20).

    It is never too late. It may be too early: where a condition turns that changes nothing. What
    moves with the instant decided at itself is no change: that instant, `left_s`, a due time of
    ``now``, happenings a little ahead that are read as that instant until they come, and the values
    of facts that run with the clock where reasons show them.

    Args:
        watch: What time alone may turn or change by the policy.
        seen: The complaint at the instant decided at.
        targets: Its targets.
        dues: When due times of its actions and remedies next change. That of targets may be left
            out: their clocks tell it.
        promised: Its promises that are not kept.
        priced: The remedies whose amount was reckoned; left out, all of them. Those of others are
            not shown, and come to be only by a condition, whose turn is looked at itself.

    Returns:
        Whole seconds; `None` if nothing changes by itself any more.
    """
    turns = [clock.turn for clock in targets.clocks.values()]
    turns += dues
    if promised or seen.ends or seen.moved or seen.follows_now:
        turns += _seldom(seen, promised)
    first = min(turns, default=NEVER)
    values = watch.values(priced) if watch.priced else watch.clocked
    for situation in (seen.situation, *targets.earlier):
        turning = watch.turning(situation)
        if turning or values:
            first = _of_conditions(watch, situation, first, turning, values)
    return first if first <= LAST else None


def _seldom(seen: Look, promised: Iterable[PromiseSeen]) -> list[int]:
    """Return when types end, promises change, what lies ahead comes, and the event date follows."""
    moments = [*seen.ends, *seen.moved]
    if seen.follows_now:
        moments.append(next_midnight(seen.situation.calendar, seen.situation.now))
    for promise in promised:
        moments += (promise.warn_at, promise.due + 1)
    return [moment for moment in moments if moment > seen.situation.now]


def _of_conditions(
    watch: Watch,
    situation: Situation,
    first: int,
    turning: Iterable[Condition],
    values: Iterable[Expression],
) -> int:
    """Return when a condition may turn or a shown value may change; `first` if none does before."""
    outlook = Outlook(situation, watch.moving, first)
    for condition in turning:
        moment = outlook.condition(condition)
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
