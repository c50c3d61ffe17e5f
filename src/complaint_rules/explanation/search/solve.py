"""From a wish for the truth of a condition to new values of given facts that fulfil it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TypeAlias, cast

from complaint_rules.conditions import check_value, facts_of, truth
from complaint_rules.conditions.tree import (
    All,
    Any,
    AtLeast,
    Check,
    Compare,
    Condition,
    Counts,
    Expression,
    Not,
    Test,
    Truth,
)
from complaint_rules.decision.seeing.situation import Look
from complaint_rules.explanation.change import UNKNOWN, Change, New
from complaint_rules.explanation.search.at_least import at_least
from complaint_rules.explanation.search.candidates import candidates
from complaint_rules.explanation.search.derived import derived
from complaint_rules.explanation.search.expressions import expression
from complaint_rules.explanation.search.ground import Ground
from complaint_rules.explanation.search.reach import given_behind
from complaint_rules.explanation.search.want import (
    NO,
    NOT_FALSE,
    NOT_TRUE,
    OPEN,
    YES,
    Accept,
    Fix,
    Want,
    both,
    fewest,
    flipped,
    is_there,
)
from complaint_rules.facts import NOT_YET, Fact, Value

Goal: TypeAlias = tuple[Condition, Accept]
"""A condition and the truths of it that will do."""

_MOST_VALUES = 5
_DEEPEST = 3
_MOST_MOVED = 5


class Solver:
    """
    Finds new values of given facts in one complaint as it is with a change.

    Attributes:
        ground: The complaint.
        change: The change that it has already.
        look: How it is seen with it.
    """

    def __init__(self, ground: Ground, change: Change, look: Look, depth: int = 0) -> None:
        self.ground, self.change, self.look, self.depth = ground, change, look, depth
        self.policy, self.situation = ground.policy, look.situation
        self.now = {**self.situation.values, "done": look.state.done}
        self._known: dict[Goal, list[Fix]] = {}

    def after(self, fix: Fix) -> Solver | None:
        """Return the solver of the complaint with a fix besides; `None` where it is no state."""
        change = {**self.change, **fix}
        look = self.ground.glance(change) if self.depth < _DEEPEST else None
        if look is None:
            return None
        return Solver(self.ground, change, look, self.depth + 1)

    def hold(self, node: Condition, accept: Accept = YES) -> list[Fix]:
        """Return ways to give a condition a truth that will do, the fewest facts first."""
        goal = (node, accept)
        known = self._known.get(goal)
        if known is None:
            self._known[goal] = []  # a wish that comes back to itself is not fulfilled by itself
            fixes = [{}] if truth(node, self.situation) in accept else self._hold(node, accept)
            known = self._known[goal] = fixes
        return known

    def all_of(self, goals: Iterable[Goal]) -> list[Fix]:
        """Return ways to fulfil several wishes together; tests of one fact are taken as one."""
        tests: dict[str, list[Goal]] = {}
        wishes: list[list[Fix]] = []
        stack = list(goals)[::-1]
        while stack:
            node, accept = stack.pop()
            parts = _together(node, accept)
            if parts is not None:
                stack.extend(reversed(parts))
            elif isinstance(node, Test):
                tests.setdefault(node.fact, []).append((node, accept))
            else:
                wishes.append(self.hold(node, accept))
        kept = [self._guarded(fixes, tests) for fixes in wishes]
        kept += [self._tests(name, group) for name, group in tests.items()]
        return both(kept, self.now)

    def _guarded(self, fixes: list[Fix], tests: Mapping[str, list[Goal]]) -> list[Fix]:
        """Leave out what fails a test that must pass besides; all of it, and it stays."""
        passed = [
            fix
            for fix in fixes
            if all(
                name not in tests or self._passes(self.policy.facts[name], fix[name], tests[name])
                for name in fix
                if name not in self.policy.derivations
            )
        ]
        return passed or fixes

    def _passes(self, fact: Fact, new: New | None, group: list[Goal]) -> bool:
        """Return whether a new value of a given fact passes all its tests."""
        value = None if new is UNKNOWN else cast("Value | None", new)
        return all(
            check_value(test.check, value, fact, self.situation) in accept
            for test, accept in group
            if isinstance(test, Test)
        )

    def fact(self, name: str, want: Want) -> list[Fix]:
        """Return ways to give a fact a value that will do."""
        if want.accepts(self.situation.values.get(name)):
            return [{}]
        derivation = self.policy.derivations.get(name)
        if derivation is not None:
            return [fix for fix in fewest(derived(self, name, derivation, want)) if fix]
        return self.given(name, want)

    def given(self, name: str, want: Want) -> list[Fix]:
        """Return values of a given fact that will do, and that it be unknown if that will."""
        fact = self.policy.facts[name]
        values = candidates(self.policy, self.situation, fact, want.checks)
        fixes: list[Fix] = [
            {name: value} for value in islice(filter(want.accepts, values), _MOST_VALUES)
        ]
        return [*fixes, {name: UNKNOWN}] if want.accepts(None) else fixes

    def value(self, node: Expression, want: Want) -> list[Fix]:
        """Return ways to give an expression a value that will do."""
        return fewest(expression(self, node, want))

    # -------------------------------------------------------------- conditions

    def _hold(self, node: Condition, accept: Accept) -> list[Fix]:
        if isinstance(node, Test) or _together(node, accept) is not None:
            return self.all_of([(node, accept)])
        if accept == YES | NO:
            return fewest([*self.hold(node, YES), *self.hold(node, NO)])
        match node:
            case All(items) | Any(items) if accept == OPEN:
                return self._open(items, NOT_FALSE if isinstance(node, All) else NOT_TRUE)
            case All(items) | Any(items):
                return fewest(fix for item in items for fix in self.hold(item, accept))
            case AtLeast(n, items):
                return at_least(self, n, items, accept)
            case _:
                return []

    def _open(self, items: tuple[Condition, ...], rest: Accept) -> list[Fix]:
        """Return ways to make one item unknown while the others do not decide."""
        found: list[Fix] = []
        for place, item in enumerate(items):
            others = [(each, rest) for n, each in enumerate(items) if n != place]
            found += both([self.hold(item, OPEN), self.all_of(others)], self.now)
        return fewest(found)

    # ------------------------------------------------------------------- tests

    def _tests(self, name: str, group: list[Goal]) -> list[Fix]:
        """Return ways to pass all tests of one fact."""
        if all(truth(test, self.situation) in accept for test, accept in group):
            return [{}]
        fact = self.policy.facts[name]

        def accepts(value: Value | None) -> bool:
            return self._passes(fact, value, group)

        fixes = self.fact(name, Want(accepts, _checks(group)))
        if fixes and self.depth:
            return fixes
        return fixes + self._by_bounds(group, alone=not fixes)

    def _by_bounds(self, group: list[Goal], *, alone: bool) -> list[Fix]:
        """
        Return ways to pass tests by moving what their computed bounds read.

        Args:
            group: The tests, of one fact.
            alone: The fact itself cannot be moved: it may be once a bound is known.
        """
        read = frozenset[str]().union(*(_bound_facts(check) for check in _checks(group)))
        found: list[Fix] = []
        for name in sorted(given_behind(self.policy, read))[:_MOST_MOVED]:
            if self.situation.values.get(name) not in (None, NOT_YET):
                found += self._moved(group, name)
            elif alone:
                for fix in self.given(name, Want(is_there)):
                    found += self._beside(group, fix)
        return fewest(found)

    def _beside(self, group: list[Goal], fix: Fix) -> list[Fix]:
        solver = self.after(fix)
        return [] if solver is None else [{**fix, **more} for more in solver.all_of(group)]

    def _moved(self, group: list[Goal], name: str) -> list[Fix]:
        """Return values of a given fact under which the tests pass, each tried out."""
        fact = self.policy.facts[name]
        found: list[Fix] = []
        for value in candidates(self.policy, self.situation, fact, _checks(group))[:40]:
            look = self.ground.glance({**self.change, name: value})
            if look is not None and all(truth(t, look.situation) in a for t, a in group):
                found.append({name: value})
        return found[:4]


def _checks(group: list[Goal]) -> tuple[Check, ...]:
    return tuple(test.check for test, _ in group if isinstance(test, Test))


def _bound_facts(check: Check) -> frozenset[str]:
    """Return the facts that the computed bound of a check reads."""
    inner = check.check if isinstance(check, Counts) else check
    return facts_of(inner.bound) if isinstance(inner, Compare) else frozenset()


def _together(node: Condition, accept: Accept) -> list[Goal] | None:
    """Return the wishes that stand for one, all to be fulfilled; `None` if it has ways."""
    match node:
        case Not(item):
            return [(item, flipped(accept))]
        case All(items) if accept in (YES, NOT_FALSE):
            return [(item, accept) for item in items]
        case Any(items) if accept in (NO, NOT_TRUE):
            return [(item, accept) for item in items]
        case Truth(value) if value in accept:
            return []
        case _:
            return None
