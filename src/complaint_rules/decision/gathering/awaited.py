"""What all that waits waits for: who learns it, and what to ask; made once for what waits alike."""

from __future__ import annotations

from typing import Final, TypeAlias

import attrs

from complaint_rules.decision.answer.shape import Ask
from complaint_rules.decision.gathering.asks import Tracer, asks, learn_by
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.policy import Policy

Learned: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Actions that learn facts, each with the rules that reasons may name for it."""

_MOST_KEPT: Final = 4_096
_MOST_TRACED: Final = 64
"""How many sets of given facts are kept of what waits for some derived ones; few is usual."""


@attrs.frozen(eq=False)
class Waited:
    """
    What some items wait for.

    Attributes:
        learners: Actions that learn it.
        asks: What to ask.
    """

    learners: Learned
    asks: tuple[Ask, ...]


@attrs.frozen(eq=False)
class _Traced:
    """
    What items wait for of which some wait for derived facts.

    Attributes:
        places: Which of them do.
        kept: What they wait for, by the given facts beneath those.
    """

    places: tuple[int, ...]
    kept: dict[tuple[frozenset[str], ...], Waited] = attrs.field(factory=dict)


class Awaited:
    """
    What items wait for, kept for a policy: states that lack the same ask the same.

    Args:
        derived: Names of its facts that are derived.
    """

    __slots__ = ("_derived", "_kept", "_learners")

    def __init__(self, derived: frozenset[str]) -> None:
        self._derived = derived
        self._kept: dict[tuple[AskSeed, ...], Waited | _Traced] = {}
        self._learners: dict[frozenset[str], frozenset[str]] = {}

    def of(self, policy: Policy, seeds: tuple[AskSeed, ...], tracer: Tracer) -> Waited:
        """
        Return what items wait for.

        Args:
            policy: The policy; the same at every call.
            seeds: Each item with the facts it waits for.
            tracer: Follows the derived ones among these to the given ones.
        """
        known = self._kept.get(seeds)
        if known is None:
            derived = self._derived
            places = [n for n, each in enumerate(seeds) if not derived.isdisjoint(each.facts)]
            known = _Traced(tuple(places)) if places else self._made(policy, seeds)
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[seeds] = known
        if isinstance(known, Waited):
            return known
        facts = tuple([tracer.given(seeds[place].facts) for place in known.places])
        found = known.kept.get(facts)
        if found is None:
            upon = list(seeds)
            for place, given in zip(known.places, facts, strict=True):
                upon[place] = seeds[place].upon(given)
            if len(known.kept) >= _MOST_TRACED:
                known.kept.clear()
            found = known.kept[facts] = self._made(policy, tuple(upon))
        return found

    def learners(self, policy: Policy, facts: frozenset[str]) -> frozenset[str]:
        """Return the actions that learn given facts; `policy` is the same at every call."""
        known = self._learners.get(facts)
        if known is None:
            known = frozenset(by for fact in facts if (by := learn_by(policy, fact)) is not None)
            if len(self._learners) >= _MOST_KEPT:
                self._learners.clear()
            self._learners[facts] = known
        return known

    def _made(self, policy: Policy, seeds: tuple[AskSeed, ...]) -> Waited:
        found: dict[str, set[str]] = {}
        for seed in seeds:
            rules = (seed.item,) if seed.reasoned else seed.rules
            for name in self.learners(policy, seed.facts):
                found.setdefault(name, set()).update(rules)
        learned = tuple((name, tuple(sorted(found[name]))) for name in sorted(found))
        return Waited(learned, asks(policy, seeds))
