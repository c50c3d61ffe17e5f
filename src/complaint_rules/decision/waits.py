"""What unknown rules wait for (semantics 26): how it is read, and what was read before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias, TypeGuard

from complaint_rules.conditions import facts_of
from complaint_rules.conditions.blame import Blaming, blaming
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import (
    All,
    Among,
    Condition,
    Contains,
    HasHappened,
    Test,
    Within,
)
from complaint_rules.decision.seeds import AskSeed
from complaint_rules.policy import Rule
from complaint_rules.state import Situation

Waited: TypeAlias = tuple[AskSeed | None, ...]
"""What each of some rules waits for, `None` for one that waits for no fact."""

_OF_ONE_FACT: Final = (Among, Contains, HasHappened, Within)
"""Checks that are unknown where the fact is, and that read no other fact."""
_MOST_KEPT: Final = 64
"""How many sets of missing facts some rules keep; hosts leave out the same few of most states."""


class Waiting:
    """
    A rule that may be unknown, and what it waits for then.

    Of a group all of whose tests must hold none is false while it is unknown. So tests that are
    unknown only where their fact is wait for just those facts; of all else it is read which of
    the missing facts it waits for.
    """

    __slots__ = ("_facts", "_kept", "_others", "reads", "rule")

    def __init__(self, rule: Rule, condition: Condition) -> None:
        self.rule = rule.id
        self.reads = facts_of(condition)
        items = condition.items if isinstance(condition, All) else (condition,)
        self._facts = frozenset(each.fact for each in items if _waits_for_its_fact(each))
        self._others = tuple(
            (facts_of(each), blaming(each)) for each in items if not _waits_for_its_fact(each)
        )
        self._kept: dict[frozenset[str], AskSeed] = {}

    def among(self, missing: frozenset[str]) -> _Doubt | AskSeed | None:
        """
        Return what the rule waits for where just these of the facts it may read are missing.

        That is a doubt where it hangs on the facts that are known.
        """
        plainly = self._facts & missing
        others = tuple(blame for read, blame in self._others if not read.isdisjoint(missing))
        return _Doubt(self, plainly, others) if others else self.seed(plainly)

    def seed(self, facts: frozenset[str]) -> AskSeed | None:
        """Return the rule as it waits for some facts; `None` for none."""
        if not facts:
            return None
        known = self._kept.get(facts)
        if known is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            known = self._kept[facts] = AskSeed(self.rule, facts)
        return known


class _Doubt:
    """What a rule waits for where that hangs on known facts, too."""

    __slots__ = ("_facts", "_others", "_rule")

    def __init__(self, rule: Waiting, facts: frozenset[str], others: tuple[Blaming, ...]) -> None:
        self._rule, self._facts, self._others = rule, facts, others

    def seed(self, scope: Scope) -> AskSeed | None:
        """Return what the rule waits for in a situation in which it is unknown."""
        names: list[str] = []
        for blame in self._others:
            blame(scope, names)
        return self._rule.seed(self._facts.union(names) if names else self._facts)


class Waits:
    """
    Rules that are unknown together, and what they wait for.

    Args:
        rules: The rules.
    """

    __slots__ = ("_kept", "_reads", "_rules")

    def __init__(self, rules: Iterable[Waiting]) -> None:
        self._rules = tuple(rules)
        self._reads = frozenset[str]().union(*(each.reads for each in self._rules))
        self._kept: dict[frozenset[str], tuple[_Doubt | AskSeed | None, ...]] = {}

    def of(self, situation: Situation) -> Waited:
        """Return what each rule waits for in a situation in which all of them are unknown."""
        missing = self._reads.difference(situation.values)
        known = self._kept.get(missing)
        if known is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            known = self._kept[missing] = tuple([each.among(missing) for each in self._rules])
        scope = Scope(situation)
        return tuple([each.seed(scope) if isinstance(each, _Doubt) else each for each in known])


def _waits_for_its_fact(condition: Condition) -> TypeGuard[Test]:
    """Return whether a condition is a test that nothing but its fact can keep unknown."""
    return isinstance(condition, Test) and isinstance(condition.check, _OF_ONE_FACT)
