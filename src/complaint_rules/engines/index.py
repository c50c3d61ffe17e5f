"""
The index engine: for each fact, which clauses its value lets stand; and-ed over the facts.

Bit = clause. A fact's value gives one mask, whatever the number of rules; an unknown fact gives
two, of the clauses that hold without knowing and of those that do not fail (semantics 36).
Nothing is generated and evaluated; what is remembered is bounded and follows from the policy
alone, so an index may be shared between threads.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import attrs

from complaint_rules.conditions import truth
from complaint_rules.conditions.tree import Condition
from complaint_rules.engines.clauses import Clause, Literal, clauses
from complaint_rules.engines.layout import Layout
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
from complaint_rules.engines.protocol import Match
from complaint_rules.facts import NOT_YET, Fact, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from complaint_rules.state import Situation

Known: TypeAlias = Callable[[str], Any]
"""Gives the value of a fact, `None` where it is unknown."""

_EVERY: Final = -1


class _Words(NamedTuple):
    name: str
    masks: dict[object, int]
    other: int
    bit: int


class _Ordered(NamedTuple):
    name: str
    breaks: list[Any]
    masks: list[int]
    not_yet: int
    bit: int


class _Numbers(NamedTuple):
    name: str
    bounds: list[Any]
    masks: list[int]
    not_yet: int
    bit: int


class _Points(NamedTuple):
    bounds: list[Any]
    possible: list[int]
    true: list[int] | None
    """The masks for sure, where they are others than the possible ones."""


class _Amounts(NamedTuple):
    name: str
    currencies: dict[str, _Points]
    other: _Points
    not_yet: int
    bit: int


class _Sets(NamedTuple):
    name: str
    demands: Demands
    kept: Kept[int]
    bit: int


class _Hidden(NamedTuple):
    """A condition answered by reading: the clauses each answer lets stand, and those without it."""

    condition: Condition
    standing: dict[bool, int]
    free: int


@attrs.frozen(eq=False)
class Index:
    """
    A bit-vector index over the conditions of a policy.

    Attributes:
        name: ``index``.
        layout: Where the clauses stand.
        words, ordered, numbers, amounts, sets: Masks of the facts, by what their values are.
        unknown: What is left of all clauses where a fact is unknown, by the fact's bit.
        hidden: What is answered by reading the tree.
    """

    layout: Layout
    words: tuple[_Words, ...]
    ordered: tuple[_Ordered, ...]
    numbers: tuple[_Numbers, ...]
    amounts: tuple[_Amounts, ...]
    sets: tuple[_Sets, ...]
    unknown: tuple[tuple[int, int], ...]
    hidden: tuple[_Hidden, ...]
    name: str = attrs.field(default="index", init=False)
    _patterns: Kept[tuple[int, int]] = attrs.field(init=False, factory=Kept, repr=False)

    @classmethod
    def of(cls, conditions: Sequence[Condition], facts: Mapping[str, Fact]) -> Index:
        """Return the index of a list of conditions over declared facts."""

        def sole(condition: Condition) -> bool:
            return sole_fact(condition, facts) is not None

        layout, placed = Layout.of([clauses(each, sole) for each in conditions])
        demands, hidden = _sorted_out(placed, facts, layout.every)
        rows = _Rows()
        for place, each in enumerate(demands):
            rows.add(each, facts[each.name].kind, 1 << place)
        return cls(
            layout,
            tuple(rows.words),
            tuple(rows.ordered),
            tuple(rows.numbers),
            tuple(rows.amounts),
            tuple(rows.sets),
            tuple(each.masks(None) for each in demands),
            hidden,
        )

    def match(self, situation: Situation) -> Match:
        """Return which conditions are true in a situation, and which are unknown."""
        known: Known = situation.values.get
        possible = self.layout.every
        unknown = 0
        for name, words, other, bit in self.words:
            value = known(name)
            if value is None:
                unknown |= bit
            else:
                possible &= words.get(value, other)
        for name, breaks, masks, not_yet, bit in self.ordered:
            value = known(name)
            if value is None:
                unknown |= bit
            elif value is NOT_YET:
                possible &= not_yet
            else:
                possible &= masks[bisect_right(breaks, value)]
        if self.sets:
            possible, unknown = self._members(known, possible, unknown)
        true = possible
        if self.numbers or self.amounts:
            true, possible, unknown = self._exact(known, possible, unknown)
        if unknown:
            pair = self._patterns.get(unknown) or self._pattern(unknown)
            true &= pair[0]
            possible &= pair[1]
        if self.hidden:
            true, possible = self._hide(situation, true, possible)
        held = self.layout.conditions(true)
        return Match(held, self.layout.conditions(possible) ^ held)

    def _members(self, known: Known, possible: int, unknown: int) -> tuple[int, int]:
        """And the masks of sets, each remembered as a whole."""
        for name, demands, kept, bit in self.sets:
            members = known(name)
            if members is None:
                unknown |= bit
            else:
                mask = kept.get(members)
                possible &= kept.keep(members, demands.passed(members)) if mask is None else mask
        return possible, unknown

    def _exact(self, known: Known, possible: int, unknown: int) -> tuple[int, int, int]:
        """And the masks of exact numbers and amounts; the latter may leave a test unknown."""
        for name, bounds, masks, not_yet, bit in self.numbers:
            value = known(name)
            if value is None:
                unknown |= bit
            elif value is NOT_YET:
                possible &= not_yet
            else:
                after = bisect_right(bounds, value)
                at = after > 0 and bounds[after - 1] == value
                possible &= masks[2 * after - at]
        true = possible
        sure: list[int] | None
        for name, currencies, other, not_yet, bit in self.amounts:
            value = known(name)
            if value is None:
                unknown |= bit
            elif value is NOT_YET:
                true &= not_yet
                possible &= not_yet
            else:
                bounds, masks, sure = currencies.get(value.currency, other)
                amount = value.amount
                after = bisect_right(bounds, amount)
                place = 2 * after - (after > 0 and bounds[after - 1] == amount)
                possible &= masks[place]
                true &= masks[place] if sure is None else sure[place]
        return true, possible, unknown

    def _pattern(self, unknown: int) -> tuple[int, int]:
        """Return what is left of all clauses where just these facts are unknown."""
        true = possible = _EVERY
        for place, pair in enumerate(self.unknown):
            if unknown >> place & 1:
                true &= pair[0]
                possible &= pair[1]
        return self._patterns.keep(unknown, (true, possible))

    def _hide(self, situation: Situation, true: int, possible: int) -> tuple[int, int]:
        """And the masks of conditions answered by reading, where a clause still waits for one."""
        for condition, standing, free in self.hidden:
            if possible & ~free:
                found = truth(condition, situation)
                if found is None:
                    true &= free
                else:
                    possible &= standing[found]
                    true &= standing[found]
        return true, possible


class _Rows:
    """The masks of all facts, sorted by what their values are."""

    def __init__(self) -> None:
        self.words: list[_Words] = []
        self.ordered: list[_Ordered] = []
        self.numbers: list[_Numbers] = []
        self.amounts: list[_Amounts] = []
        self.sets: list[_Sets] = []

    def add(self, demands: Demands, kind: Kind, bit: int) -> None:
        """Add the masks of a fact of some kind."""
        name = demands.name
        if kind in WORDS:
            self.words.append(_Words(name, *word_masks(demands), bit))
        elif kind is Kind.SET:
            self.sets.append(_Sets(name, demands, Kept(), bit))
        elif kind in WHOLE or kind is Kind.DATE:
            masks = date_masks(demands) if kind is Kind.DATE else whole_masks(demands)
            breaks: list[Any] = list(masks[0])
            not_yet = demands.passed(NOT_YET)
            self.ordered.append(_Ordered(name, breaks, masks[1], not_yet, bit))
        elif kind is Kind.NUMBER:
            points = number_masks(demands)
            not_yet = demands.passed(NOT_YET)
            self.numbers.append(_Numbers(name, list(points.bounds), points.true, not_yet, bit))
        else:
            by_currency, other = money_masks(demands)
            not_yet = demands.passed(NOT_YET)
            currencies = {code: _row(points) for code, points in by_currency.items()}
            self.amounts.append(_Amounts(name, currencies, _row(other), not_yet, bit))


def _row(points: Points) -> _Points:
    sure = None if points.true == points.possible else points.true
    return _Points(list(points.bounds), points.possible, sure)


def _sorted_out(
    placed: Iterable[tuple[Clause, int]], facts: Mapping[str, Fact], every: int
) -> tuple[list[Demands], tuple[_Hidden, ...]]:
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
        _Hidden(
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
