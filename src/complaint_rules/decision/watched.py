"""Conditions that time alone may turn, and what tells at a glance that it cannot turn one now."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from complaint_rules.conditions import walk
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import All, Compare, Condition, Counts, FactValue, Now, Test
from complaint_rules.conditions.truth import holds
from complaint_rules.decision.plan import Plan
from complaint_rules.policy import OverRecords


@attrs.frozen(eq=False)
class Watched:
    """
    A condition that time alone may turn.

    Attributes:
        condition: The condition.
        standing: Tests that must all hold and that time never turns: where one is false, the
            condition stays false.
        lists: The lists of records whose passing records alone may turn it; `None` where
            something else may, too.
    """

    condition: Condition
    standing: tuple[Test, ...]
    lists: frozenset[str] | None

    def may_turn(self, scope: Scope) -> bool:
        """Return whether time may turn the condition in a situation; never told too seldom."""
        known = scope.values
        if self.lists is not None and not [name for name in self.lists if known.get(name)]:
            return False
        for test in self.standing:  # noqa: SIM110 - a generator would cost more than the tests
            if holds(test, scope) is False:
                return False
        return True


def watched(plan: Plan) -> tuple[Watched, ...]:
    """Return the conditions of a policy that time alone may turn, in the plan's order."""
    return tuple(
        Watched(condition, tuple(_standing(condition, plan)), _lists(condition, plan))
        for condition in plan.timed
    )


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
