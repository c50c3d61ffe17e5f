"""The order in which facts are settled, and rings that have none."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence


def ordered(
    edges: Mapping[str, Iterable[str]],
) -> tuple[list[str], list[tuple[str, ...]]]:
    """
    Return names in an order in which each comes after what it needs, and the rings.

    Names keep their own order where nothing else is asked. A name in a ring, or behind one, is
    not in the order. Rings are told each once, from its first name on.

    Args:
        edges: What each name needs; needs that are not names themselves are passed over.
    """
    needs = {name: [n for n in dict.fromkeys(all_) if n in edges] for name, all_ in edges.items()}
    place = {name: at for at, name in enumerate(needs)}
    names = list(needs)
    open_needs = {name: len(all_) for name, all_ in needs.items()}
    wanted_by: dict[str, list[str]] = {name: [] for name in names}
    for name, all_ in needs.items():
        for need in all_:
            wanted_by[need].append(name)
    free = [place[name] for name in names if not open_needs[name]]
    order: list[str] = []
    while free:
        name = names[heapq.heappop(free)]
        order.append(name)
        for other in wanted_by[name]:
            open_needs[other] -= 1
            if not open_needs[other]:
                heapq.heappush(free, place[other])
    return order, _rings([name for name in names if open_needs[name]], needs, place)


def _rings(
    stuck: Sequence[str], needs: Mapping[str, Sequence[str]], place: Mapping[str, int]
) -> list[tuple[str, ...]]:
    """Return the rings among names that wait for each other."""
    rings: list[tuple[str, ...]] = []
    told: set[str] = set()
    waiting = set(stuck)
    for start in stuck:
        path: dict[str, None] = {}
        name = start
        while name not in path and name not in told:
            path[name] = None
            name = next(n for n in needs[name] if n in waiting)
        if name in path:
            walked = list(path)
            rings.append(_from_first(walked[walked.index(name) :], place))
        told.update(path)
    return rings


def _from_first(ring: list[str], place: Mapping[str, int]) -> tuple[str, ...]:
    at = min(range(len(ring)), key=lambda i: place[ring[i]])
    return tuple(ring[at:] + ring[:at])


def shown(ring: Sequence[str]) -> str:
    """Return a ring as a message shows it."""
    return " → ".join(f"`{name}`" for name in (*ring, ring[0]))
