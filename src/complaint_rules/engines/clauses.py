"""
Conditions as an or of and-clauses, negation moved to the leaves (semantics 35).

Exact in strong Kleene logic, because contradictory clauses are kept: ``x and not x`` is unknown
where x is.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb, prod
from typing import Final, TypeAlias

import attrs

from complaint_rules.conditions.tree import All, Any, AtLeast, Condition, Not, Test, Truth

MOST_CLAUSES: Final = 64
"""A subtree of more clauses stays whole: it is answered first, as one hidden yes or no."""


Sole: TypeAlias = Callable[[Condition], bool]
"""Tells a subtree that asks of one fact only, and so is one demand on it."""


@attrs.frozen
class Literal:
    """
    A leaf of a clause, as it stands or negated.

    Attributes:
        condition: A test; or a subtree that stays whole.
        positive: Whether it must hold, or must not.
    """

    condition: Condition
    positive: bool = True


Clause: TypeAlias = tuple[Literal, ...]
"""Literals that must all hold, none of them twice."""

_ALWAYS: Final[tuple[Clause, ...]] = ((),)
_NEVER: Final[tuple[Clause, ...]] = ()


def clauses(condition: Condition, sole: Sole, *, positive: bool = True) -> tuple[Clause, ...]:
    """
    Return the clauses of a condition, or of its negation, at most `MOST_CLAUSES`.

    Args:
        condition: The condition.
        sole: Groups for which this holds are literals, as tests are.
        positive: Whether the condition is meant, or its negation.
    """
    match condition:
        case Truth(value):
            return _ALWAYS if value is positive else _NEVER
        case Test():
            return ((Literal(condition, positive),),)
        case Not(item):
            return clauses(item, sole, positive=not positive)
        case AtLeast(n) if not sole(condition):
            n = n if positive else len(condition.items) - n + 1
            return _at_least(condition, n, sole, positive=positive)
        case All(items) | Any(items) if not sole(condition):
            parts = _parts(items, sole, positive=positive)
            if isinstance(condition, All) is positive:
                return _every(parts)
            return _some(condition, parts, positive=positive)
        case _:
            return ((Literal(condition, positive),),)


@attrs.frozen
class _Part:
    """An item of a group with its clauses, and how it looks when it stays whole."""

    clauses: tuple[Clause, ...]
    whole: Literal

    @property
    def size(self) -> int:
        return len(self.clauses)

    def kept_whole(self) -> _Part:
        return _Part(((self.whole,),), self.whole)


def _parts(items: tuple[Condition, ...], sole: Sole, *, positive: bool) -> list[_Part]:
    return [
        _Part(clauses(each, sole, positive=positive), Literal(each, positive)) for each in items
    ]


def _every(parts: list[_Part]) -> tuple[Clause, ...]:
    """Return the clauses of a conjunction; its largest items stay whole where they must."""
    while prod(part.size for part in parts) > MOST_CLAUSES:
        largest = max(range(len(parts)), key=lambda i: parts[i].size)
        parts[largest] = parts[largest].kept_whole()
    found: list[Clause] = [()]
    for part in parts:
        found = [_merged(left, right) for left in found for right in part.clauses]
    return tuple(dict.fromkeys(found))


def _some(condition: Condition, parts: list[_Part], *, positive: bool) -> tuple[Clause, ...]:
    """Return the clauses of a disjunction; its largest items, or all of it, stay whole."""
    if len(parts) > MOST_CLAUSES:
        return ((Literal(condition, positive),),)
    while sum(part.size for part in parts) > MOST_CLAUSES:
        largest = max(range(len(parts)), key=lambda i: parts[i].size)
        parts[largest] = parts[largest].kept_whole()
    return tuple(dict.fromkeys(clause for part in parts for clause in part.clauses))


def _at_least(condition: AtLeast, n: int, sole: Sole, *, positive: bool) -> tuple[Clause, ...]:
    """Return the clauses of: at least `n` of the items hold (or, not `positive`, fail)."""
    items = condition.items
    if n <= 0:
        return _ALWAYS
    whole = ((Literal(condition, positive),),)
    if comb(len(items), n) > MOST_CLAUSES:
        return whole
    parts = _parts(items, sole, positive=positive)
    found = dict.fromkeys(
        clause for some in combinations(parts, n) for clause in _every(list(some))
    )
    return tuple(found) if len(found) <= MOST_CLAUSES else whole


def _merged(left: Clause, right: Clause) -> Clause:
    return tuple(dict.fromkeys((*left, *right)))
