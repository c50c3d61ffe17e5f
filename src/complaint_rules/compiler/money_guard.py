"""Mood buys nothing: facts that no amount, cap or eligibility may depend on (semantics 32)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from complaint_rules.compiler.reads import parts
from complaint_rules.compiler.reserved import CALM, SILENT
from complaint_rules.compiler.told import Owned, error, of_item, of_rules, priced, rows
from complaint_rules.compiler.type_guard import TYPES
from complaint_rules.conditions.reading import walk
from complaint_rules.conditions.tree import (
    Among,
    Check,
    Condition,
    Contains,
    Expression,
    FactValue,
    IsKnown,
    Test,
)
from complaint_rules.policy import OverRecords, TableOf

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site
    from complaint_rules.facts import Fact
    from complaint_rules.policy import Policy
    from complaint_rules.problem import Problem
    from complaint_rules.source import Span

_CURE: Final = (
    "let money hang on what happened; take the fact or value from here or from `not_money`"
)


def check_money(policy: Policy, root: Site) -> Iterator[Problem]:
    """
    Yield a problem for each place where a mood could buy or cost money.

    Args:
        policy: The policy.
        root: The ruleset, for the places of amounts.
    """
    taints = _Taints(policy)
    if not taints.any:
        return
    for owned in _conditions(policy):
        for node, why in taints.found(owned.condition):
            test = node if isinstance(node, Test) else None
            yield _told(owned.owner, why, test, owned.span)
    for owner, span, expression in priced(policy, root):
        for _, why in taints.found(expression):
            yield _told(owner, why, None, span)


def _told(owner: str, why: str, test: Test | None, span: Span | None) -> Problem:
    message = f"{owner} lets money depend on {why}, which buys nothing"
    return error("money-by-mood", message, _CURE, test, span)


def _conditions(policy: Policy) -> Iterator[Owned]:
    for remedy in policy.remedies.values():
        yield of_item(policy, remedy.when, "remedy", remedy)
        if isinstance(remedy.amount, TableOf):
            yield from rows(remedy.amount.table, f"remedy `{remedy.id}`")
    for group in policy.groups.values():
        yield of_item(policy, group.opens, "group", group)
    yield from of_rules(policy, [rule for rule in policy.rules if rule.cap or rule.withhold])


class _Taints:
    """Which facts, and which of their values, may not touch money."""

    def __init__(self, policy: Policy) -> None:
        self.facts = policy.facts
        self.flags = {f.name: f.not_money for f in policy.facts.values() if f.not_money}
        self.any = bool(self.flags)
        self.through: dict[str, str] = {}
        self.types = policy.types
        if not self.any:
            return
        built_in = {
            "stage": [stage.when for stage in policy.stages],
            "side": [side.when for side in policy.sides],
        }
        flagged = self.flags.get(TYPES)
        if flagged is True or (flagged and SILENT in flagged):
            self.through["was_silent"] = f"`{SILENT}` of `{TYPES}`"
        for name, derivation in policy.derivations.items():
            read: list[Condition | Expression] = [*parts(derivation), *built_in.get(name, ())]
            if isinstance(derivation, OverRecords):
                if derivation.records in self.flags:
                    self.through.setdefault(name, f"`{derivation.records}`")
                read += (e for e in walk(derivation.where) if isinstance(e, FactValue))
            for part in read:
                for _, why in self.found(part):
                    self.through.setdefault(name, why)

    def found(self, node: Condition | Expression) -> Iterator[tuple[object, str]]:
        """Yield the tests and facts in a condition or expression that may not touch money."""
        for each in walk(node):
            why = self._test(each) if isinstance(each, Test) else None
            if isinstance(each, FactValue):
                why = self._fact(each.name)
            if why is not None:
                yield each, why

    def _fact(self, name: str) -> str | None:
        if name in self.through:
            return f"{self.through[name]} (through `{name}`)"
        return f"`{name}`" if name in self.flags else None

    def _test(self, test: Test) -> str | None:
        flag = self.flags.get(test.fact, False)
        if not isinstance(flag, frozenset):
            return self._fact(test.fact) or self._recognised(test)
        words = sorted(_touched(test.check, flag, self.facts[test.fact]))
        named = ", ".join(f"`{word}`" for word in words)
        return f"{named} of `{test.fact}`" if words else self._recognised(test)

    def _recognised(self, test: Test) -> str | None:
        """Return why a type that a test names is recognised by what may not touch money."""
        if test.fact != TYPES or not isinstance(test.check, Contains | Among):
            return None
        for word in sorted(str(value) for value in test.check.values):
            signals = self.types[word].recognise if word in self.types else None
            for _, why in self.found(signals) if signals is not None else ():
                return f"{why} (by which type `{word}` is recognised)"
        return None


def _touched(check: Check, flagged: frozenset[str], fact: Fact) -> frozenset[str]:
    """Return the flagged values that a check looks at."""
    if isinstance(check, IsKnown):
        return frozenset()
    if isinstance(check, Contains | Among):
        looked_at = frozenset(str(value) for value in check.values)
        if fact.name == TYPES and CALM in looked_at:
            return (flagged & looked_at) or flagged  # calm is: none of the others
        return flagged & looked_at
    return flagged
