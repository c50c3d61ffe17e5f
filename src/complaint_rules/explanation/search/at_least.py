"""From a wish for "at least so many" of some conditions to wishes for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Final

from complaint_rules.conditions import truth
from complaint_rules.conditions.tree import Condition, Not
from complaint_rules.explanation.search.solving import Solving
from complaint_rules.explanation.search.want import (
    NOT_FALSE,
    NOT_TRUE,
    OPEN,
    Accept,
    Fix,
    fewest,
    flipped,
)

_MOST_COMBINATIONS: Final = 24
_LIKELY: Final = (True, None, False)
"""Truths of a condition, from the nearest to holding to the farthest from it."""


def at_least(solver: Solving, n: int, items: tuple[Condition, ...], accept: Accept) -> list[Fix]:
    """
    Return ways to give "at least n of these" a truth that will do.

    Args:
        solver: The complaint, in which it has another truth.
        n: How many.
        items: The conditions of which so many are to be true.
        accept: The truths that will do.
    """
    if accept == OPEN:
        return fewest(_open(solver, n, items))
    wanted = accept if True in accept else flipped(accept)
    nodes = items if True in accept else tuple(Not(item) for item in items)
    count = n if True in accept else len(items) - n + 1
    ready = [node for node in nodes if truth(node, solver.situation) in wanted]
    rest = [node for node in nodes if node not in ready]
    chosen = islice(combinations(rest, max(count - len(ready), 0)), _MOST_COMBINATIONS)
    return fewest(
        fix for each in chosen for fix in solver.all_of((node, wanted) for node in (*ready, *each))
    )


def _open(solver: Solving, n: int, items: tuple[Condition, ...]) -> Iterator[Fix]:
    """Yield ways to have one item unknown that decides."""
    for place, item in enumerate(items):
        for goals in deciding(solver, n, items[:place] + items[place + 1 :]):
            yield from solver.all_of([(item, OPEN), *goals])


def deciding(
    solver: Solving, n: int, others: tuple[Condition, ...]
) -> Iterator[list[tuple[Condition, Accept]]]:
    """
    Yield wishes for all conditions but one by which that one decides whether n are true.

    So many of the others hold or may hold that one is lacking, and the rest do not: those that
    are nearest to it are tried first.

    Args:
        solver: The complaint.
        n: How many are to be true.
        others: All conditions but the one that is to decide.
    """
    near = sorted(others, key=lambda each: _LIKELY.index(truth(each, solver.situation)))
    for chosen in islice(combinations(range(len(near)), n - 1), _MOST_COMBINATIONS):
        yield [
            (each, NOT_FALSE if place in chosen else NOT_TRUE) for place, each in enumerate(near)
        ]
