"""
From a condition to facts that make it hold, or fail: how drawn states come near rules.

An aim need not hit: other facts, drawn later, may cross it. What it says of a fact fits the tests
it came through; bounds that are worked out from other facts are not solved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from complaint_rules.conditions import facts_of
from complaint_rules.conditions.derived import FirstOf, Formula, TableOf, TruthOf
from complaint_rules.conditions.tree import (
    All,
    AtLeast,
    Call,
    Check,
    Condition,
    Constant,
    Expression,
    FactValue,
    HasHappened,
    IsKnown,
    Not,
    Test,
)
from complaint_rules.conditions.tree import Any as AnyOf
from complaint_rules.policy import Remedy
from complaint_rules.testing.nearby import Values, plain, told

Pick = Callable[[Sequence[Any]], Any]
"""Picks one of several things: drawn, or the first."""

_DEEPEST: Final = 8


class Aim:
    """
    Facts gathered for one condition.

    Attributes:
        values: The values to choose from.
        pick: How to choose.
        facts: What was gathered, as a host gives it; fields of records under dotted names.
        done: Ids of actions that must have been done.
    """

    def __init__(self, values: Values, pick: Pick) -> None:
        self.values, self.pick = values, pick
        self.policy = values.policy
        self.facts: dict[str, Any] = {}
        self.done: list[str] = []

    def at(self, node: Condition, *, holds: bool, depth: int = 0) -> None:
        """Gather facts that make a condition true, or false."""
        match node:
            case Not(item):
                self.at(item, holds=not holds, depth=depth)
            case All(items) | AnyOf(items):
                every = isinstance(node, All) is holds
                for item in items if every else (self.pick(items),):
                    self.at(item, holds=holds, depth=depth)
            case AtLeast(n, items):
                for item in items[:n] if holds else items:
                    self.at(item, holds=holds, depth=depth)
            case Test(name, check):
                self._leaf(name, check, holds=holds, depth=depth)
            case _:
                pass

    def _leaf(self, name: str, check: Check, *, holds: bool, depth: int) -> None:
        fact = self.policy.facts.get(name)
        if fact is None or depth > _DEEPEST or name in self.facts:
            return
        if fact.derived:
            self._derived(name, check, holds, depth + 1)
            return
        if isinstance(check, IsKnown) and check.known is not holds:
            self.facts[name] = "unknown"
            return
        found = self.values.passing(name, fact, check, holds=holds)
        if name == "done":
            self.done += sorted(self.pick(found)) if found else []
        elif found:
            self.facts[name] = plain(self.pick(found), fact.kind)

    def _derived(self, name: str, check: Check, holds: bool, depth: int) -> None:
        policy = self.policy
        if name in ("stage", "side"):
            fact = policy.facts[name]
            ids = self.values.passing(name, fact, check, holds=holds)
            places = policy.stages if name == "stage" else policy.sides
            named = [each for each in places if each.id in ids or frozenset({each.id}) in ids]
            if named:
                self.at(self.pick(named).when, holds=True, depth=depth)
            return
        match policy.derivations.get(name):
            case TruthOf(condition):
                wanted = self.values.passing(name, policy.facts[name], check, holds=holds)
                if wanted:
                    self.at(condition, holds=bool(self.pick(wanted)), depth=depth)
            case FirstOf(cases, otherwise):
                number = self.pick(range(len(cases) + 1))
                for condition, _ in cases[:number]:
                    self.at(condition, holds=False, depth=depth)
                if number < len(cases):
                    self.at(cases[number][0], holds=True, depth=depth)
                made = cases[number][1] if number < len(cases) else otherwise
                self._made_by(made, check, holds, depth)
            case Formula(expression):
                self._made_by(expression, check, holds, depth)
            case _:
                pass

    def _made_by(self, expression: Expression, check: Check, holds: bool, depth: int) -> None:
        match expression:
            case FactValue(name):
                self._leaf(name, check, holds=holds, depth=depth)
            case Call("done_at" | "done_count", (Constant(value=action),)):
                if not isinstance(check, HasHappened) or check.happened is holds:
                    self.done.append(str(action))
            case _:
                pass

    def remedy(self, remedy: Remedy) -> None:
        """Gather facts that make a remedy eligible, open its group and make its amount known."""
        group = self.policy.groups.get(remedy.group)
        for number in (remedy.when, *(() if group is None else (group.opens,))):
            self.at(self.policy.conditions[number], holds=True)
        amounts = [each for each in (remedy.amount, remedy.cap) if each is not None]
        trees = [each for each in amounts if not isinstance(each, TableOf)]
        for name in ("amount_paid", *(name for tree in trees for name in facts_of(tree))):
            self._leaf(name, IsKnown(known=True), holds=True, depth=0)

    def gathered(self) -> dict[str, Any]:
        """Return the facts as a host gives them, records whole, what was done with its time."""
        made: dict[str, Any] = {}
        for name, value in self.facts.items():
            record, _, field = name.rpartition(".")
            if record:
                made.setdefault(record, {})[field] = value
            else:
                made[name] = value
        if self.done:
            when = told(self.values.at)
            made["done"] = [{"action": each, "at": when} for each in dict.fromkeys(self.done)]
        return made
