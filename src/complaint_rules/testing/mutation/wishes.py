"""Where a change is likely to show: wishes for a state, to be fulfilled together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from complaint_rules.conditions import facts_of
from complaint_rules.conditions.derived import TableOf
from complaint_rules.conditions.tree import Any as AnyOf
from complaint_rules.conditions.tree import Condition, Expression, HasHappened, IsKnown, Test
from complaint_rules.explanation.search.solve import Goal
from complaint_rules.explanation.search.want import YES
from complaint_rules.facts import Kind
from complaint_rules.policy import Action, Due, DueAfter, DueTarget, Policy, Remedy, Sequence

Wishes: TypeAlias = tuple[Goal, ...]


def for_actions(policy: Policy, names: Iterable[str]) -> Wishes:
    """Return the wish that some rule asks for each of several actions."""
    found: list[Goal] = []
    for name in names:
        rules = [rule for rule in policy.rules if any(do.action == name for do in rule.do)]
        if rules:
            found.append((AnyOf(tuple(policy.conditions[rule.when] for rule in rules)), YES))
    return tuple(found)


def for_action(policy: Policy, action: Action) -> Wishes:
    """Return the wishes that an action is asked for, and that its due times can be told."""
    return (*for_actions(policy, [action.id]), *for_dues(policy, action.due))


def for_sequence(policy: Policy, sequence: Sequence, steps: Iterable[str]) -> Wishes:
    """Return the wishes that a sequence holds, and some steps of it are asked for."""
    return ((policy.conditions[sequence.when], YES), *for_actions(policy, steps))


def for_remedy(policy: Policy, remedy: Remedy) -> Wishes:
    """Return the wishes that a remedy is open, its amount known and its due time too."""
    group = policy.groups.get(remedy.group)
    numbers = (remedy.when, *(() if group is None else (group.opens,)))
    amounts = [each for each in (remedy.amount, remedy.cap) if each is not None]
    read: list[Condition | Expression] = [each for each in amounts if not isinstance(each, TableOf)]
    for each in amounts:
        if isinstance(each, TableOf):
            read += [row.condition for row in each.table.rows]
    return (
        *((policy.conditions[number], YES) for number in numbers),
        *_known(policy, ["amount_paid", *(name for node in read for name in facts_of(node))]),
        *for_dues(policy, remedy.due),
    )


def for_dues(policy: Policy, dues: Iterable[Due]) -> Wishes:
    """Return the wishes that due times can be told: what they count from has happened."""
    return tuple(
        goal
        for due in dues
        for start in _starts(policy, due)
        for goal in _known(policy, facts_of(start))
    )


def _starts(policy: Policy, due: Due) -> Iterator[Expression]:
    if isinstance(due, DueAfter):
        yield due.start
    elif isinstance(due, DueTarget) and due.target in policy.targets:
        yield policy.targets[due.target].start


def _known(policy: Policy, names: Iterable[str]) -> Iterator[Goal]:
    for name in sorted(set(names)):
        fact = policy.facts[name]
        instant = fact.kind is Kind.INSTANT
        check = HasHappened(happened=True) if instant else IsKnown(known=True)
        yield Test(name, check, values=fact.values if fact.kind is Kind.LEVEL else ()), YES
