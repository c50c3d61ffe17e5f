"""What unknown rules wait for (semantics 26): how it is read, and what was read before."""

from __future__ import annotations

from typing import Final, TypeGuard

from complaint_rules.conditions.blame import blaming
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

_OF_ONE_FACT: Final = (Among, Contains, HasHappened, Within)
"""Checks that are unknown where the fact is, and that read no other fact."""
_MOST_KEPT: Final = 64
"""How many sets of facts a rule keeps; few wait for more than two facts."""


class Waiting:
    """
    A rule that may be unknown, and what it waits for then.

    Of a group all of whose tests must hold none is false while it is unknown. So tests that are
    unknown only where their fact is wait for just those facts; all else is read.
    """

    __slots__ = ("_facts", "_kept", "_others", "rule")

    def __init__(self, rule: Rule, condition: Condition) -> None:
        self.rule = rule.id
        items = condition.items if isinstance(condition, All) else (condition,)
        self._facts = tuple(each.fact for each in items if _waits_for_its_fact(each))
        self._others = tuple(blaming(each) for each in items if not _waits_for_its_fact(each))
        self._kept: dict[tuple[str, ...], AskSeed] = {}

    def seed(self, scope: Scope) -> AskSeed | None:
        """
        Return what the rule waits for, `None` if that is no fact.

        Args:
            scope: The complaint, in which the rule is unknown.
        """
        values = scope.values
        names = [fact for fact in self._facts if fact not in values]
        for blame in self._others:
            blame(scope, names)
        if not names:
            return None
        key = tuple(names)
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            known = self._kept[key] = AskSeed(self.rule, frozenset(names))
        return known


def waited(waits: tuple[Waiting, ...], situation: Situation) -> list[AskSeed | None]:
    """Return what each of some unknown rules waits for, `None` for one that waits for no fact."""
    scope = Scope(situation)
    return [each.seed(scope) for each in waits]


def _waits_for_its_fact(condition: Condition) -> TypeGuard[Test]:
    """Return whether a condition is a test that nothing but its fact can keep unknown."""
    return isinstance(condition, Test) and isinstance(condition.check, _OF_ONE_FACT)
