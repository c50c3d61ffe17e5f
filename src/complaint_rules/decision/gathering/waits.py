"""What unknown rules wait for (semantics 26): how it is read, and what was read before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from complaint_rules.conditions import facts_of
from complaint_rules.conditions.absence import UNKNOWN, absence
from complaint_rules.conditions.blame import Blaming, blaming
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import Condition
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.policy import Rule
from complaint_rules.state import Situation

Waited: TypeAlias = tuple[AskSeed | None, ...]
"""What each of some rules waits for, `None` for one that waits for no fact."""

_MOST_KEPT: Final = 64
"""How many sets of missing facts some rules keep; hosts leave out the same few of most states."""


class Waiting:
    """A rule that may be unknown, and what it waits for then."""

    __slots__ = ("_absence", "_blame", "_kept", "reads", "rule")

    def __init__(self, rule: Rule, condition: Condition) -> None:
        self.rule = rule.id
        self.reads = facts_of(condition)
        self._absence, self._blame = absence(condition), blaming(condition)
        self._kept: dict[frozenset[str], AskSeed] = {}

    def among(self, missing: frozenset[str]) -> _Doubt | AskSeed | None:
        """
        Return what the rule waits for where just these of the facts it may read are missing.

        That is a doubt where it hangs on the facts that are known.
        """
        facts = self._absence.names(missing, UNKNOWN)
        return _Doubt(self, self._blame) if facts is None else self.seed(facts)

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

    __slots__ = ("_blame", "_rule")

    def __init__(self, rule: Waiting, blame: Blaming) -> None:
        self._rule, self._blame = rule, blame

    def seed(self, scope: Scope) -> AskSeed | None:
        """Return what the rule waits for in a situation in which it is unknown."""
        names: list[str] = []
        self._blame(scope, names)
        return self._rule.seed(frozenset(names))


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
        self._kept: dict[frozenset[str], tuple[Waited, tuple[tuple[int, _Doubt], ...]]] = {}

    def of(self, situation: Situation) -> Waited:
        """Return what each rule waits for in a situation in which all of them are unknown."""
        missing = self._reads.difference(situation.values)
        known = self._kept.get(missing)
        if known is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            known = self._kept[missing] = self._among(missing)
        waited, doubts = known
        if not doubts:
            return waited
        scope, read = Scope(situation), list(waited)
        for place, doubt in doubts:
            read[place] = doubt.seed(scope)
        return tuple(read)

    def _among(self, missing: frozenset[str]) -> tuple[Waited, tuple[tuple[int, _Doubt], ...]]:
        """Return what each rule waits for, and by place those of which that is still to be read."""
        found = [each.among(missing) for each in self._rules]
        doubts = [(place, each) for place, each in enumerate(found) if isinstance(each, _Doubt)]
        return tuple([None if isinstance(each, _Doubt) else each for each in found]), tuple(doubts)
