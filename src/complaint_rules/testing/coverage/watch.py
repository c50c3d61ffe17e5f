"""What the decisions of scenarios show of a ruleset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from complaint_rules.conditions import check_value
from complaint_rules.conditions.tree import IsKnown
from complaint_rules.decision import Decision
from complaint_rules.decision.seeing.situation import look
from complaint_rules.policy import Policy
from complaint_rules.state import Situation, State
from complaint_rules.testing.coverage.eye import Eye, values_of
from complaint_rules.testing.coverage.points import Leaf, Point, Side, side_of
from complaint_rules.testing.coverage.thresholds import near


@attrs.define(eq=False)
class _Alike:
    """
    Tests that are equal, wherever they stand: looked at once a moment.

    Attributes:
        leaves: The tests.
        open: What has not been seen of them: truths, and (number of threshold, truth).
        unknown: The fact was met unknown.
    """

    leaves: list[Leaf]
    open: set[bool | tuple[int, bool]]
    unknown: bool = False

    def see(self, situation: Situation) -> Iterator[Point]:
        """Yield what a situation shows that was not shown before."""
        first = self.leaves[0]
        for value in values_of(first, situation):
            if value is None and not isinstance(first.test.check, IsKnown):
                self.unknown = True
            elif self.open:
                passed = check_value(first.test.check, value, first.fact, situation)
                if passed is not None:
                    yield from self._side(first, value, situation, passed=passed)

    def _side(
        self, first: Leaf, value: Any, situation: Situation, *, passed: bool
    ) -> Iterator[Point]:
        if passed in self.open:
            self.open.remove(passed)
            yield from (side_of(leaf, "true" if passed else "false") for leaf in self.leaves)
        for number, threshold in enumerate(first.thresholds):
            shown = (number, passed)
            if shown in self.open and near(threshold, value, first.fact, situation):
                self.open.remove(shown)
                side: Side = "inside" if passed else "outside"
                yield from (side_of(each, side, each.thresholds[number]) for each in self.leaves)


class Watch:
    """
    Watches decisions of one policy.

    Attributes:
        policy: The policy.
        shown: By what each point was first shown.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.shown: dict[Point, str] = {}
        self._eye = Eye(policy)
        self._alike = _alike(self._eye.leaves)

    @property
    def unknown(self) -> frozenset[Point]:
        """The tests, told by their true side, whose fact was met unknown."""
        met = (leaf for alike in self._alike if alike.unknown for leaf in alike.leaves)
        return frozenset(side_of(leaf, "true") for leaf in met)

    def see(self, state: State, at: int, decision: Decision, by: str = "") -> None:
        """
        Add what one decision shows.

        Args:
            state: The state that was decided.
            at: The instant, in whole seconds since 1970-01-01T00:00:00Z.
            decision: The decision.
            by: Name of the case that shows it.
        """
        situation = look(self.policy, state, at).situation
        for point in self._seen(situation, decision):
            self.shown.setdefault(point, by)

    def _seen(self, situation: Situation, decision: Decision) -> Iterator[Point]:
        match = self._eye.match(situation)
        yield from self._eye.fired(match, situation)
        yield from self._eye.hits(match, situation)
        for alike in self._alike:
            yield from alike.see(situation)
        yield from self._eye.remedies(situation, decision)


def _alike(every: Iterable[Leaf]) -> tuple[_Alike, ...]:
    found: dict[Any, _Alike] = {}
    for leaf in every:
        key = (leaf.records, leaf.test)
        if key not in found:
            ends = {(n, side) for n, _ in enumerate(leaf.thresholds) for side in (True, False)}
            found[key] = _Alike([], {True, False, *ends})
        found[key].leaves.append(leaf)
    return tuple(found.values())
