"""The order of actions: of the sequence that fits, of `after`, of urgency (semantics 25)."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final, TypeAlias

Urgency: TypeAlias = tuple[bool, int]

_MOST_KEPT: Final = 4_096

_NEVER: Final[Urgency] = (True, 0)
"""The urgency of what has no due time: it comes last."""


def ordered(
    dues: Mapping[str, int | None],
    steps: Iterable[str],
    after: Mapping[str, Iterable[str]],
) -> tuple[str, ...]:
    """
    Return actions in the order to take them.

    Steps of the sequence follow one another, and an action follows those it comes ``after``;
    absent ones do not matter. Among the free ones the most urgent is next: urgency is the own
    due time or that of an action waiting for it, the earlier one. Then the position in the
    sequence counts, then the id. Constraints that contradict each other are left out where
    nothing else would be free.

    Args:
        dues: Due time by action, `None` where there is none.
        steps: The sequence's steps, in order.
        after: By action, those it comes after.
    """
    present = list(dict.fromkeys(step for step in steps if step in dues))
    position = {step: place for place, step in enumerate(present)}
    before: dict[str, set[str]] = {name: set() for name in dues}
    for first, second in pairwise(present):
        before[second].add(first)
    for name in dues:
        before[name].update(each for each in after.get(name, ()) if each in dues and each != name)
    urgency = _urgency(dues, before)
    last = len(position)
    rank = {name: (urgency[name], position.get(name, last), name) for name in dues}
    return _taken(before, rank)


class Orders:
    """
    Orders found before: at most 4,096 of them, for the actions of one policy.

    Each answer follows from its key alone, so it may be shared.

    Args:
        after: By action, those it comes after.
    """

    __slots__ = ("_after", "_kept")

    def __init__(self, after: Mapping[str, Iterable[str]]) -> None:
        self._after = after
        self._kept: dict[tuple[object, ...], tuple[str, ...]] = {}

    def of(self, ranks: Mapping[str, int | None], steps: tuple[str, ...]) -> tuple[str, ...]:
        """
        Return actions in the order to take them, see `ordered`.

        Args:
            ranks: Due time by action, or its rank among them: which comes before which is all
                that counts. `None` where there is none.
            steps: The sequence's steps, in order.
        """
        key = (steps, tuple(ranks), tuple(ranks.values()))
        found = self._kept.get(key)
        if found is None:
            found = ordered(ranks, steps, self._after)
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found


def _urgency(dues: Mapping[str, int | None], before: Mapping[str, set[str]]) -> dict[str, Urgency]:
    """Hand every due time back to what must come earlier; most urgent first, so each once."""
    urgency: dict[str, Urgency] = dict.fromkeys(dues, _NEVER)
    for name in sorted(dues, key=lambda each: _own(dues[each])):
        own = _own(dues[name])
        stack = [name]
        while stack:
            each = stack.pop()
            if own < urgency[each]:
                urgency[each] = own
                stack.extend(before[each])
    return urgency


def _own(due: int | None) -> Urgency:
    return _NEVER if due is None else (False, due)


def _taken(
    before: Mapping[str, set[str]], rank: Mapping[str, tuple[Urgency, int, str]]
) -> tuple[str, ...]:
    """Take the free action of least rank until none is left."""
    waits = {name: len(earlier) for name, earlier in before.items()}
    behind: dict[str, list[str]] = {name: [] for name in before}
    for name, earlier in before.items():
        for each in earlier:
            behind[each].append(name)
    free = [rank[name] for name, count in waits.items() if not count]
    heapq.heapify(free)
    taken: dict[str, None] = {}
    while len(taken) < len(before):
        name = heapq.heappop(free)[2] if free else _least_left(rank, taken)
        taken[name] = None
        for each in behind[name]:
            waits[each] -= 1
            if not waits[each] and each not in taken:
                heapq.heappush(free, rank[each])
    return tuple(taken)


def _least_left(rank: Mapping[str, tuple[Urgency, int, str]], taken: Mapping[str, None]) -> str:
    """Return the action of least rank among those in a ring of constraints."""
    return min(each for name, each in rank.items() if name not in taken)[2]
