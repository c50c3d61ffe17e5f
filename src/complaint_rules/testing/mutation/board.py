"""
The moments of all cases side by side: what is true at which of them, one bit a moment.

A condition is read for all moments at once; each of its tests is asked once a moment, whatever
the number of conditions it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple

import attrs

from complaint_rules.conditions import moves, truth, unknown_facts
from complaint_rules.conditions.motion import Motion, motions
from complaint_rules.conditions.tree import All, Condition, Not, Test, Truth
from complaint_rules.conditions.tree import Any as AnyOf
from complaint_rules.decision import Decision
from complaint_rules.policy import Policy
from complaint_rules.state import Situation, State
from complaint_rules.testing.cases import Case
from complaint_rules.testing.tree import Check


@attrs.frozen(eq=False)
class Seen:
    """
    One moment of a case as the ruleset decides it.

    Attributes:
        case: The case.
        facts: The facts as a host gives them.
        state: The same, validated.
        at: The instant, in whole seconds.
        checks: What is expected.
        situation: What is seen of the complaint.
        decision: What is decided.
        ageing: Some customer type ends: targets look at what held before.
    """

    case: Case
    facts: Mapping[str, Any]
    state: State
    at: int
    checks: tuple[Check, ...]
    situation: Situation
    decision: Decision
    ageing: bool = False


class Masks(NamedTuple):
    """
    Moments, one bit each.

    Attributes:
        true: Where a condition is true.
        unknown: Where it is unknown.
    """

    true: int
    unknown: int


class Board:
    """
    The moments of all cases under one policy.

    Attributes:
        policy: The policy.
        seen: The moments; bit i of every mask stands for moment i.
        every: The mask of all of them.
    """

    def __init__(self, policy: Policy, seen: Sequence[Seen]) -> None:
        self.policy, self.seen = policy, seen
        self.every = (1 << len(seen)) - 1
        self._tests: dict[Test, Masks] = {}
        self._motions: dict[str, Motion] = motions(policy.derivations)
        self._mentioned = _mentioned(seen)
        self._ageing = self.where(lambda each: each.ageing)

    def where(self, holds: Callable[[Seen], bool]) -> int:
        """Return the moments of which something holds."""
        return sum(1 << number for number, each in enumerate(self.seen) if holds(each))

    def mentioned(self, names: frozenset[str]) -> int:
        """Return the moments at which something is expected of one of some items or sections."""
        return reduce(or_, (self._mentioned.get(name, 0) for name in sorted(names)), 0)

    def truths(self, node: Condition) -> Masks:
        """Return where a condition is true, and where unknown."""
        match node:
            case Truth(value):
                return Masks(self.every if value else 0, 0)
            case Test():
                return self._test(node)
            case Not(item):
                found = self.truths(item)
                return Masks(self.every & ~found.true & ~found.unknown, found.unknown)
            case All(items):
                return self._least(len(items), items)
            case AnyOf(items):
                return self._least(1, items)
            case _:
                return self._least(node.n, node.items)

    def true(self, node: Condition) -> int:
        """Return where a condition is true."""
        return self.truths(node).true

    def not_false(self, node: Condition) -> int:
        """Return where a condition is true or unknown."""
        found = self.truths(node)
        return found.true | found.unknown

    def parted(self, before: Condition, after: Condition) -> int:
        """
        Return where it may matter which of two conditions stands in a place.

        That is where their truth differs; where both are unknown, but not for the same facts;
        where a customer type ends; and, if either of them moves with time, where something is
        expected of `review_at`.
        """
        left, right = self.truths(before), self.truths(after)
        differ = (left.true ^ right.true) | (left.unknown ^ right.unknown)
        waiting = left.unknown & right.unknown
        differ |= sum(
            1 << number
            for number in bits(waiting)
            if unknown_facts(before, self.seen[number].situation)
            != unknown_facts(after, self.seen[number].situation)
        )
        differ |= self._ageing
        if moves(before, self._motions) or moves(after, self._motions):
            differ |= self.mentioned(frozenset({"review_at"}))
        return differ

    def _test(self, test: Test) -> Masks:
        known = self._tests.get(test)
        if known is None:
            true = unknown = 0
            for number, each in enumerate(self.seen):
                found = truth(test, each.situation)
                if found:
                    true |= 1 << number
                elif found is None:
                    unknown |= 1 << number
            known = self._tests[test] = Masks(true, unknown)
        return known

    def _least(self, n: int, items: tuple[Condition, ...]) -> Masks:
        found = [self.truths(each) for each in items]
        if n == len(found):
            true = reduce(and_, (each.true for each in found), self.every)
            possible = reduce(and_, (each.true | each.unknown for each in found), self.every)
        else:
            true = self._count(n, [each.true for each in found])
            possible = self._count(n, [each.true | each.unknown for each in found])
        return Masks(true, possible & ~true)

    def _count(self, n: int, masks: list[int]) -> int:
        """Return where at least `n` of some masks are set."""
        reached = [self.every, *(0 for _ in range(n))]
        for mask in masks:
            for number in range(n, 0, -1):
                reached[number] |= reached[number - 1] & mask
        return reached[n]


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _mentioned(seen: Sequence[Seen]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, each in enumerate(seen):
        for check in each.checks:
            for name in (check.section, *check.ids):
                found[name] = found.get(name, 0) | 1 << number
    return found
