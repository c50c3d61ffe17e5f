"""Which truths a test can have at all, by trying every value where there are few enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import attrs

from complaint_rules.compiler.ranges import disjoint
from complaint_rules.conditions import check_value, evaluate
from complaint_rules.conditions.derived import FirstOf, Formula, TableOf
from complaint_rules.conditions.tree import (
    All,
    AtLeast,
    Check,
    Compare,
    Condition,
    Constant,
    Counts,
    Expression,
    IsKnown,
    Not,
    SettingValue,
    Test,
    Truth,
)
from complaint_rules.facts import Fact, Kind
from complaint_rules.policy import Policy
from complaint_rules.testing.coverage.points import fact_of
from complaint_rules.testing.coverage.thresholds import near, thresholds
from complaint_rules.testing.nearby import nothing_known

_MOST_COUNTED: Final = 1_000
_MOST_PAIRS: Final = 200
_PLAIN: Final = (Kind.YES_NO, Kind.COUNT, Kind.TEXT, Kind.CHOICE, Kind.LEVEL)
"""Kinds whose constants are values as facts have them."""


@attrs.frozen
class Sides:
    """
    What can be seen of a test.

    Attributes:
        true, false: Whether some value passes it, fails it.
        near: Which sides of which thresholds some value shows: (number, passed).
        name: The fact.
        text: The test as written.
        constant: What the fact always is, in words; empty where it varies.
    """

    true: bool
    false: bool
    near: frozenset[tuple[int, bool]]
    name: str
    text: str
    constant: str

    def against(self, *, wanted: bool) -> str:
        """Return why no value passes the test, or why none fails it."""
        if self.constant:
            return f"`{self.name}` is always {self.constant}"
        return f"{'no' if wanted else 'every'} value of `{self.name}` passes `{self.text}`"

    @property
    def far(self) -> str:
        """Why no value shows a side of a threshold."""
        return self.against(wanted=True) if self.constant else f"`{self.name}` has no value there"


class Possible:
    """
    What the tests of one policy can come to, whatever is known of a complaint.

    Args:
        policy: The policy.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._situation = nothing_known(policy, 0)

    def of(self, test: Test, fact: Fact, records: str = "") -> Sides | None:
        """Return what can be seen of a test; `None` where nothing is proved of it."""
        constant = () if records else self.outcomes(test.fact)
        if not _is_fixed(self.policy, test.check) or (
            isinstance(test.check, IsKnown) and not constant
        ):
            return None
        values = constant or self._values(test.check, fact)
        if not values:
            return None
        ends = thresholds(test.check, fact)
        shown: set[tuple[int, bool]] = set()
        truths = set()
        for value in values:
            passed = check_value(test.check, value, fact, self._situation)
            truths.add(passed)
            shown |= {
                (number, passed is True)
                for number, end in enumerate(ends)
                if near(end, value, fact, self._situation)
            }
        told = ", ".join(f"`{_told(each)}`" for each in constant)
        told = f"one of {told}" if len(constant) > 1 else told
        true, false = True in truths, False in truths
        sides = Sides(true, false, frozenset(shown), fact.name, test.text, told)
        return None if None in truths else sides

    def outcomes(self, name: str) -> Sequence[Any]:
        """Return all values a derived fact can have; nothing where they are not all constants."""
        fact = self.policy.facts.get(name)
        if fact is None or fact.kind not in _PLAIN:
            return ()
        match self.policy.derivations.get(name):
            case Formula(expression):
                made: Iterable[Expression] = (expression,)
            case FirstOf(cases, otherwise):
                made = (*(value for _, value in cases), otherwise)
            case TableOf(table, output):
                last = (table.otherwise[output],) if output in table.otherwise else ()
                made = (*(row.outputs[output] for row in table.rows), *last)
                if table.hit not in ("U", "A", "F", "P"):
                    return ()
            case _:
                return ()
        if not all(_constant(self.policy, each) for each in made):
            return ()
        values = [evaluate(each, self._situation) for each in made]
        return () if None in values else tuple(dict.fromkeys(values))

    def _values(self, check: Check, fact: Fact) -> Sequence[Any]:
        """Return every value of a fact, or of a count all up to beyond the bounds of a check."""
        match fact.kind:
            case Kind.YES_NO:
                return (True, False)
            case Kind.CHOICE | Kind.LEVEL if not fact.reserved:
                return fact.values
            case Kind.SET if isinstance(check, Counts):
                return [frozenset(fact.values[:size]) for size in range(len(fact.values) + 1)]
            case Kind.COUNT if not fact.derived:
                bounds = [evaluate(each.bound, self._situation) for each in thresholds(check, fact)]
                numbers = [each for each in bounds if isinstance(each, int)]
                if not numbers or len(numbers) < len(bounds) or max(numbers) > _MOST_COUNTED:
                    return ()
                return range(max(numbers) + 3)
            case _:
                return ()

    # -------------------------------------------------------------- conditions

    def never(self, condition: Condition, records: str = "") -> str:
        """Return why a condition cannot be true, whatever is known; empty where it may be."""
        return self._against(condition, records, wanted=True)

    def _against(self, node: Condition, records: str, *, wanted: bool) -> str:
        """Return why a condition cannot have a truth."""
        match node:
            case Truth(value):
                told = "always" if value else "never"
                return "" if value is wanted else f"its condition {told} holds"
            case Test():
                return self._test(node, records, wanted=wanted)
            case Not(item):
                return self._against(item, records, wanted=not wanted)
            case AtLeast(n, items):
                against = [self._against(each, records, wanted=wanted) for each in items]
                reasons = [each for each in against if each]
                needed = n if wanted else len(items) - n + 1
                return reasons[0] if reasons and len(items) - len(reasons) < needed else ""
            case _:
                against = [self._against(each, records, wanted=wanted) for each in node.items]
                if isinstance(node, All) is wanted:
                    clash = self._clash(node.items, records) if wanted else ""
                    return next((each for each in against if each), clash)
                return against[0] if against and all(against) else ""

    def _test(self, test: Test, records: str, *, wanted: bool) -> str:
        sides = self.of(test, fact_of(self.policy, records, test), records)
        possible = sides is None or (sides.true if wanted else sides.false)
        return "" if possible or sides is None else sides.against(wanted=wanted)

    def _clash(self, items: Sequence[Condition], records: str) -> str:
        tests = [each for each in items if isinstance(each, Test)][:_MOST_PAIRS]
        for number, test in enumerate(tests):
            fact = fact_of(self.policy, records, test)
            for other in tests[:number]:
                if other.fact == test.fact and disjoint(other.check, test.check, fact):
                    return f"`{test.fact}` cannot be both `{other.text}` and `{test.text}`"
        return ""


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _is_fixed(policy: Policy, check: Check) -> bool:
    """Return whether what a check compares with never changes."""
    match check:
        case Compare(_, bound):
            return _constant(policy, bound)
        case Counts(inner):
            return _is_fixed(policy, inner)
        case _:
            return True


def _constant(policy: Policy, expression: Expression) -> bool:
    match expression:
        case Constant():
            return True
        case SettingValue(name):
            values = policy.settings[name].values
            return len(values) == 1 and values[0][0] is None
        case _:
            return False
