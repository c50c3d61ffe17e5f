"""The search itself: small changes first, each decided; the first that works is made minimal."""

from __future__ import annotations

import heapq
from collections import Counter
from itertools import combinations
from typing import Final

import attrs

from complaint_rules.explanation.change import Change, frozen
from complaint_rules.explanation.search.goals import given, obstacles, together
from complaint_rules.explanation.search.ground import Ground
from complaint_rules.explanation.search.solve import Solver

MOST_FACTS: Final = 8
"""How many facts a change may name at most."""
MOST_TRIES: Final = 120
"""How many changes are decided before the search gives up."""

_ALONE: Final = 6
"""How much less likely a change is that overcomes one obstacle of several."""


@attrs.frozen
class Found:
    """
    What a search came to.

    Attributes:
        change: The change; `None` where none was found.
        tries: How many changes were decided.
    """

    change: Change | None
    tries: int


def seek(ground: Ground, kind: str, name: str) -> Found:
    """
    Return the smallest change found that makes a decision give an item.

    No proper part of it does: each was decided.

    Args:
        ground: The complaint, whose own decision does not give the item.
        kind: Kind of the item.
        name: Its id.
    """
    queue: list[tuple[int, int, int, Change]] = [(0, 0, 0, {})]
    seen = {frozen({})}
    while queue and ground.tries < MOST_TRIES:
        _, _, depth, change = heapq.heappop(queue)
        decision, look = ground.decide(change), ground.look(change)
        if decision is None or look is None:
            continue
        if given(decision, kind, name):
            return Found(_least(ground, kind, name, change), ground.tries)
        solver = Solver(ground, change, look)
        ways = together(solver, obstacles(solver, decision, kind, name), first=not depth)
        for penalty, fixes in zip((0, _ALONE), ways, strict=True):
            alike: Counter[frozenset[str]] = Counter()
            for fix in fixes:
                further = {**change, **fix}
                key = frozen(further)
                if len(further) <= MOST_FACTS and key not in seen:
                    seen.add(key)
                    # Other values of the same facts come after other facts.
                    names = frozenset(further)
                    cost = len(further) + depth + penalty + alike[names]
                    alike[names] += 1
                    heapq.heappush(queue, (cost, len(seen), depth + 1, further))
    return Found(None, ground.tries)


def _least(ground: Ground, kind: str, name: str, change: Change) -> Change:
    """Return a part of a change that still works and of which no proper part does."""
    for dropped in sorted(change):
        rest = {each: value for each, value in change.items() if each != dropped}
        if _works(ground, kind, name, rest):
            change = rest
    names = sorted(change)
    for size in range(1, len(names)):
        for part in combinations(names, size):
            smaller = {each: change[each] for each in part}
            if _works(ground, kind, name, smaller):
                return smaller
    return change


def _works(ground: Ground, kind: str, name: str, change: Change) -> bool:
    decision = ground.decide(change)
    return decision is not None and given(decision, kind, name)
