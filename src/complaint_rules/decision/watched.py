"""Conditions that time alone may turn, and what tells at a glance that it cannot turn one now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from complaint_rules.conditions import walk
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import All, Compare, Condition, Counts, FactValue, Now, Test
from complaint_rules.conditions.truth import holding
from complaint_rules.decision.plan import Plan
from complaint_rules.policy import OverRecords


@attrs.frozen(eq=False)
class Watched:
    """
    A condition that time alone may turn.

    Attributes:
        condition: The condition.
        may_turn: Tells whether time may turn it in a scope; never told too seldom.
    """

    condition: Condition
    may_turn: Callable[[Scope], bool]


def watched(plan: Plan) -> tuple[Watched, ...]:
    """Return the conditions of a policy that time alone may turn, in the plan's order."""
    return tuple(
        Watched(condition, _glance(_standing(condition, plan), _lists(condition, plan)))
        for condition in plan.timed
    )


def _glance(standing: Iterable[Test], lists: frozenset[str] | None) -> Callable[[Scope], bool]:
    """
    Return what tells at a glance that time cannot turn a condition.

    Args:
        standing: Tests that must all hold and that time never turns: where one is false, the
            condition stays false.
        lists: The lists of records whose passing records alone may turn it; `None` where
            something else may, too.
    """
    tests = tuple(holding(test) for test in standing)
    names = None if lists is None else tuple(sorted(lists))

    def may_turn(scope: Scope) -> bool:
        if names is not None and not [name for name in names if scope.values.get(name)]:
            return False
        for holds in tests:  # noqa: SIM110 - a generator would cost more than the tests
            if holds(scope) is False:
                return False
        return True

    return may_turn


def _standing(condition: Condition, plan: Plan) -> Iterator[Test]:
    if isinstance(condition, All):
        for each in condition.items:
            if (
                isinstance(each, Test)
                and each.fact not in plan.moving
                and not isinstance(each.check, Compare | Counts)
            ):
                yield each


def _lists(condition: Condition, plan: Plan) -> frozenset[str] | None:
    found = set()
    for each in walk(condition):
        match each:
            case Now():
                return None
            case FactValue(name) | Test(name) if name in plan.moving:
                derivation = plan.moving[name]
                if not isinstance(derivation, OverRecords):
                    return None
                found.add(derivation.records)
            case _:
                pass
    return frozenset(found)
