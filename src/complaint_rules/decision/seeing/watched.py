"""Conditions that time alone may turn, and what tells at a glance that it cannot turn one now."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, TypeAlias

import attrs

from complaint_rules.conditions import walk
from complaint_rules.conditions.derived import Derivation
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import (
    All,
    Compare,
    Condition,
    Counts,
    Expression,
    FactValue,
    Now,
    Test,
)
from complaint_rules.conditions.truth import holding
from complaint_rules.decision.seeing.plan import Plan
from complaint_rules.facts import NOT_YET
from complaint_rules.policy import OverRecords
from complaint_rules.state import Situation

Clue: TypeAlias = tuple[str, tuple[object, ...]]
"""A fact without which time turns nothing, and its values that are as good as none."""

_NO_RECORDS: Final = (None, ())
_NOT_HAPPENED: Final = (None, NOT_YET)


@attrs.frozen(eq=False)
class Watched:
    """
    A condition that time alone may turn.

    Attributes:
        condition: The condition.
        standing: Tests that must all hold and that time never turns: where one is false, the
            condition stays false.
        clues: What of which something must be there for time to turn it; `None` where time may turn
            it in any case.
    """

    condition: Condition
    standing: tuple[Callable[[Scope], bool | None], ...]
    clues: frozenset[Clue] | None

    def may_turn(self, scope: Scope) -> bool:
        """Return whether time may turn it, given that a clue is there; never told too seldom."""
        for holds in self.standing:  # noqa: SIM110 - a generator would cost more than the tests
            if holds(scope) is False:
                return False
        return True


@attrs.frozen(eq=False)
class Watch:
    """
    All conditions of a policy that time alone may turn.

    Attributes:
        always: Those that it may turn in any case.
        by_clue: The others, by each of their clues.
        clocked: Expressions outside conditions whose value time alone may change; those of amounts
            apart.
        priced: The same of each remedy's amount, by remedy, sorted.
        moving: How the facts are computed that time alone may change, in order.
    """

    always: tuple[Watched, ...]
    by_clue: tuple[tuple[Clue, tuple[Watched, ...]], ...]
    clocked: tuple[Expression, ...]
    priced: tuple[tuple[str, tuple[Expression, ...]], ...]
    moving: Mapping[str, Derivation]

    def turning(self, situation: Situation) -> list[Condition]:
        """Return the conditions that time may turn in a situation; none is left out that it may."""
        values, found = situation.values, self.always
        for (clue, nothing), watched in self.by_clue:
            if values.get(clue) not in nothing:
                found += watched
        if not found:
            return []
        scope = Scope(situation)
        return [each.condition for each in dict.fromkeys(found) if each.may_turn(scope)]

    def values(self, priced: Collection[str] | None) -> tuple[Expression, ...]:
        """Return the expressions whose value time may change, and which a decision shows.

        Args:
            priced: The remedies whose amount was reckoned; `None` for all of them.
        """
        amounts = [each for name, each in self.priced if priced is None or name in priced]
        return tuple(dict.fromkeys([*self.clocked, *itertools.chain.from_iterable(amounts)]))


def watch(plan: Plan) -> Watch:
    """Return the conditions of a policy that time alone may turn."""
    by_clue: dict[Clue, tuple[Watched, ...]] = {}
    always = []
    for condition in plan.timed:
        each = Watched(condition, tuple(_standing(condition, plan)), _clues(condition, plan))
        if each.clues is None:
            always.append(each)
        for clue in sorted(each.clues or (), key=operator.itemgetter(0)):
            by_clue[clue] = (*by_clue.get(clue, ()), each)
    return Watch(
        always=tuple(always),
        by_clue=tuple(by_clue.items()),
        clocked=plan.clocked,
        priced=tuple(sorted(plan.priced.items())),
        moving=plan.moving,
    )


def _standing(condition: Condition, plan: Plan) -> Iterator[Callable[[Scope], bool | None]]:
    if isinstance(condition, All):
        for each in condition.items:
            if (
                isinstance(each, Test)
                and each.fact not in plan.moving
                and not isinstance(each.check, Compare | Counts)
            ):
                yield holding(each)


def _clues(condition: Condition, plan: Plan) -> frozenset[Clue] | None:
    """
    Return the facts without which every test stays as it is; `None` where there are none such.

    A test of what has not happened is false whatever it is compared with, one of what is not known
    is unknown, and none of no records ever begins to pass.
    """
    found: set[Clue] = set()
    for each in walk(condition):
        if not isinstance(each, Test):
            continue
        moves = any(
            isinstance(part, Now) or (isinstance(part, FactValue) and part.name in plan.moving)
            for part in walk(each)
        )
        derivation = plan.moving.get(each.fact)
        if derivation is None:
            found.update([(each.fact, _NOT_HAPPENED)] if moves else [])
        elif isinstance(derivation, OverRecords) and not moves:
            found.add((derivation.records, _NO_RECORDS))
        else:
            return None
    return frozenset(found)
