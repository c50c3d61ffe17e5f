"""What keeps an item from a decision, and the ways to overcome each obstacle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from complaint_rules.conditions.tree import Contains
from complaint_rules.decision import Decision
from complaint_rules.explanation.search.action import action_obstacles
from complaint_rules.explanation.search.remedy import remedy_obstacles
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.valid import ruled, validity
from complaint_rules.explanation.search.want import NOT_TRUE, YES, Fix, Want, both, fewest
from complaint_rules.facts import Value
from complaint_rules.policy import Rule


def given(decision: Decision, kind: str, name: str) -> bool:
    """Return whether a decision gives an item; a remedy that is only withheld is not given."""
    match kind:
        case "action":
            return any(each.id == name for each in decision.actions)
        case "remedy":
            lines = (*decision.choices, *decision.goodwill)
            owed = any(each.remedy == name for each in decision.owed)
            return owed or any(each.remedy == name for each in lines)
        case "target":
            return any(each.id == name for each in decision.targets)
        case "prohibition":
            return any(each.id == name for each in decision.prohibitions)
        case "manner":
            return any(each.id == name for each in decision.manner)
        case "escalation":
            return any(each.to == name for each in decision.escalations)
        case _:
            return any(each.type == name and each.status == "applied" for each in decision.types)


def rules_for(rules: Iterable[Rule], kind: str, name: str) -> tuple[Rule, ...]:
    """Return the rules that bring an item about: ask for it, forbid it, name it."""
    return tuple(rule for rule in rules if name in _named(rule, kind))


def _named(rule: Rule, kind: str) -> Iterable[str]:
    match kind:
        case "action":
            return [do.action for do in rule.do]
        case "prohibition":
            return rule.never
        case "manner":
            return rule.manner
        case "target":
            return [target for target, _ in rule.target]
        case "escalation":
            return rule.escalate
        case _:
            return ()


def obstacles(solver: Solver, decision: Decision, kind: str, name: str) -> Iterator[list[Fix]]:
    """
    Yield the ways to overcome each obstacle between a complaint and an item.

    Args:
        solver: The complaint.
        decision: What is decided of it.
        kind: Kind of the item.
        name: Its id.
    """
    match kind:
        case "action":
            yield from action_obstacles(solver, decision, name)
        case "remedy":
            yield from remedy_obstacles(solver, decision, name)
        case "target":
            yield from _target(solver, decision, name)
        case "type":
            holds = Contains("any", frozenset({name}))
            yield solver.fact("customer_types", Want(partial(_has, name), (holds,)))
        case _:
            yield from _ruled(solver, kind, name)


def _has(name: str, value: Value | None) -> bool:
    return isinstance(value, frozenset) and name in value


def _ruled(solver: Solver, kind: str, name: str) -> Iterator[list[Fix]]:
    policy = solver.policy
    if kind == "manner":
        yield from validity(solver, policy.manner[name])
        for rule in policy.rules:
            if name in rule.mute:
                yield solver.hold(policy.conditions[rule.when], NOT_TRUE)
    yield ruled(solver, rules_for(policy.rules, kind, name))


def _target(solver: Solver, decision: Decision, name: str) -> Iterator[list[Fix]]:
    policy = solver.policy
    target = policy.targets[name]
    yield from validity(solver, target)
    when = solver.hold(policy.conditions[target.when], YES)
    yield when
    if when == [{}] and not given(decision, "target", name):
        rules = ruled(solver, rules_for(policy.rules, "target", name))
        rows = () if target.table is None else target.table.rows
        yield fewest([*rules, *(fix for row in rows for fix in solver.hold(row.condition, YES))])


def together(
    solver: Solver, found: Iterable[list[Fix]], *, first: bool
) -> tuple[list[Fix], list[Fix]]:
    """
    Return the ways on from a complaint: all obstacles overcome at once; and only one of them.

    Where there are none, nothing more is known of what keeps the item away.

    Args:
        solver: The complaint.
        found: The ways to overcome each obstacle.
        first: Nothing is changed yet: later on an obstacle without a way ends the matter.
    """
    every = [fixes for fixes in found if fixes[:1] != [{}]]
    if len(every) < 2 or not (first or all(every)):
        return (every[0] if len(every) == 1 else []), []
    alone = fewest(fix for fixes in every for fix in fixes)
    return both(every, solver.now), [fix for fix in alone if fix]
