"""No customer type lengthens a deadline or lifts a prohibition (semantics 16, 23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from complaint_rules.compiler.reads import facts_read
from complaint_rules.compiler.reserved import CALM
from complaint_rules.compiler.told import Owned, error, of_item, of_rules, rows
from complaint_rules.conditions.reading import facts_of
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Condition,
    Contains,
    Not,
    Test,
)
from complaint_rules.policy import TruthOf

if TYPE_CHECKING:
    from complaint_rules.policy import Policy
    from complaint_rules.problem import Problem

TYPES: Final = "customer_types"
_WAS_SILENT: Final = "was_silent"


def check_types(policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each test by which more types could mean less urgency or protection."""
    facts = _TypeFacts(policy)
    for owned, effect in _guarded(policy):
        for test in facts.offences(owned.condition, rising=True):
            through = "" if test.fact == TYPES else f" (`{test.fact}` depends on `{TYPES}`)"
            yield error(
                "type-sensitive-deadline",
                f"{owned.owner} tests `{test.fact}` for `{test.text}`{through}: one type more may "
                f"{effect}",
                "test for types that are there, neither for absent ones, `calm` nor their number",
                test,
                owned.span,
            )


def _guarded(policy: Policy) -> Iterator[tuple[Owned, str]]:
    lengthen = "lengthen the deadline"
    for target in policy.targets.values():
        yield of_item(policy, target.when, "target", target), lengthen
        for owned in rows(target.table, f"target `{target.id}`"):
            yield owned, lengthen
    for rule in policy.rules:
        if rule.never or rule.target:
            effect = "lift the prohibition" if rule.never else lengthen
            for owned in of_rules(policy, [rule]):
                yield owned, effect


class _TypeFacts:
    """Which facts depend on customer types, and whether a type more can only make them true."""

    def __init__(self, policy: Policy) -> None:
        self.dependent = dependents(policy, {TYPES})
        self.rises: dict[str, bool] = {_WAS_SILENT: True}
        self.falls: dict[str, bool] = {}
        for name, derivation in policy.derivations.items():
            if isinstance(derivation, TruthOf) and name in self.dependent:
                condition = derivation.condition
                self.rises[name] = not any(self.offences(condition, rising=True))
                self.falls[name] = not any(self.offences(condition, rising=False))

    def offences(self, condition: Condition, *, rising: bool) -> Iterator[Test]:
        """Yield the tests that a type more may turn false (or true, if not `rising`)."""
        match condition:
            case All(items) | Any(items) | AtLeast(_, items):
                for item in items:
                    yield from self.offences(item, rising=rising)
            case Not(item):
                yield from self.offences(item, rising=not rising)
            case Test():
                if not self._allowed(condition, rising=rising):
                    yield condition
            case _:
                return

    def _allowed(self, test: Test, *, rising: bool) -> bool:
        if test.fact == TYPES:
            return self._allowed_types(test, rising=rising)
        if facts_of(test.check) & self.dependent:
            return False
        if test.fact not in self.dependent:
            return True
        if not isinstance(test.check, Among):
            return False
        wants = (True in test.check.values) != test.check.negated
        grows = self.rises if wants == rising else self.falls
        return len(test.check.values) == 1 and grows.get(test.fact, False)

    def _allowed_types(self, test: Test, *, rising: bool) -> bool:
        if not isinstance(test.check, Contains) or CALM in test.check.values:
            return False
        return (test.check.how != "none") == rising


def dependents(policy: Policy, roots: set[str]) -> frozenset[str]:
    """Return the facts named, and those derived from them however far on."""
    built_in = {
        "stage": [stage.when for stage in policy.stages],
        "side": [side.when for side in policy.sides],
        _WAS_SILENT: [],
    }
    found = set(roots)
    for name, derivation in policy.derivations.items():
        read = set(facts_read(derivation))
        for condition in built_in.get(name, ()):
            read |= facts_of(condition)
        if name == _WAS_SILENT:
            read.add(TYPES)
        if read & found:
            found.add(name)
    return frozenset(found)
