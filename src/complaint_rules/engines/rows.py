"""The rows an index looks through: one for each fact, sorted by what its values are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from complaint_rules.conditions.tree import Condition
from complaint_rules.engines.masks import (
    WHOLE,
    WORDS,
    Demands,
    Kept,
    Points,
    date_masks,
    money_masks,
    number_masks,
    sole_fact,
    whole_masks,
    word_masks,
)
from complaint_rules.facts import NOT_YET, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from complaint_rules.engines.clauses import Clause, Literal
    from complaint_rules.facts import Fact


class Words(NamedTuple):
    """Masks of a fact whose values are words, or yes and no."""

    name: str
    masks: dict[object, int]
    other: int
    bit: int


class Ordered(NamedTuple):
    """Masks of a whole number or a date: that of a value is at ``bisect_right(breaks, value)``."""

    name: str
    breaks: list[Any]
    masks: list[int]
    not_yet: int
    bit: int


class Numbers(NamedTuple):
    """Masks of an exact number, placed as `Points` says."""

    name: str
    bounds: list[Any]
    masks: list[int]
    not_yet: int
    bit: int


class Currency(NamedTuple):
    """Masks of amounts in one currency, placed as `Points` says."""

    bounds: list[Any]
    possible: list[int]
    true: list[int] | None
    """The masks for sure, where they are others than the possible ones."""


class Amounts(NamedTuple):
    """Masks of an amount of money."""

    name: str
    currencies: dict[str, Currency]
    other: Currency
    not_yet: int
    bit: int


class Sets(NamedTuple):
    """What is asked of a set, and the masks of whole sets that were met."""

    name: str
    demands: Demands
    kept: Kept[int]
    bit: int


class Hidden(NamedTuple):
    """A condition answered by reading: the clauses each answer lets stand, and those without it."""

    condition: Condition
    standing: dict[bool, int]
    free: int


class Rows:
    """The masks of all facts, sorted by what their values are."""

    def __init__(self) -> None:
        self.words: list[Words] = []
        self.ordered: list[Ordered] = []
        self.numbers: list[Numbers] = []
        self.amounts: list[Amounts] = []
        self.sets: list[Sets] = []

    def add(self, demands: Demands, kind: Kind, bit: int) -> None:
        """Add the masks of a fact of some kind."""
        name = demands.name
        if kind in WORDS:
            self.words.append(Words(name, *word_masks(demands), bit))
        elif kind is Kind.SET:
            self.sets.append(Sets(name, demands, Kept(), bit))
        elif kind in WHOLE or kind is Kind.DATE:
            masks = date_masks(demands) if kind is Kind.DATE else whole_masks(demands)
            breaks: list[Any] = list(masks[0])
            not_yet = demands.passed(NOT_YET)
            self.ordered.append(Ordered(name, breaks, masks[1], not_yet, bit))
        elif kind is Kind.NUMBER:
            points = number_masks(demands)
            not_yet = demands.passed(NOT_YET)
            self.numbers.append(Numbers(name, list(points.bounds), points.true, not_yet, bit))
        else:
            by_currency, other = money_masks(demands)
            not_yet = demands.passed(NOT_YET)
            currencies = {code: _row(points) for code, points in by_currency.items()}
            self.amounts.append(Amounts(name, currencies, _row(other), not_yet, bit))


def _row(points: Points) -> Currency:
    sure = None if points.true == points.possible else points.true
    return Currency(list(points.bounds), points.possible, sure)


def sorted_out(
    placed: Iterable[tuple[Clause, int]], facts: Mapping[str, Fact], every: int
) -> tuple[list[Demands], tuple[Hidden, ...]]:
    """Return what clauses ask of each fact, and what they ask besides."""
    asked: dict[str, dict[Clause, int]] = {}
    besides: dict[Condition, dict[bool, int]] = {}
    for clause, bit in placed:
        by_fact: dict[str, list[Literal]] = {}
        for literal in clause:
            name = sole_fact(literal.condition, facts)
            if name is None:
                wanting = besides.setdefault(literal.condition, {True: 0, False: 0})
                wanting[literal.positive] |= bit
            else:
                by_fact.setdefault(name, []).append(literal)
        for name, literals in by_fact.items():
            demand = asked.setdefault(name, {})
            key = tuple(literals)
            demand[key] = demand.get(key, 0) | bit
    demands = [Demands(name, each, every & ~_joined(each.values())) for name, each in asked.items()]
    hidden = tuple(
        Hidden(
            condition,
            {found: every & ~wanting[not found] for found in (True, False)},
            every & ~_joined(wanting.values()),
        )
        for condition, wanting in besides.items()
    )
    return demands, hidden


def _joined(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
