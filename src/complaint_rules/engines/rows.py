"""
The rows an index looks through: for each fact, a mask by value.

Above the clauses a mask has flags: one for each fact, set where its value is known, and `doubt`
above them, cleared by an amount that leaves a test unknown. So what is and-ed over all facts also
tells which of them are unknown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import attrs

from complaint_rules.conditions.tree import Condition
from complaint_rules.engines.masks import (
    WORDS,
    Demands,
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
    from collections.abc import Iterable, Sequence

    from complaint_rules.engines.clauses import Clause, Literal
    from complaint_rules.facts import Fact
    from complaint_rules.money import Money


class Words(dict[object, int]):
    """Masks of values that tests tell apart, and of ``None``, unknown; all others share one."""

    __slots__ = ("other",)

    def __init__(self, masks: Mapping[object, int], other: int) -> None:
        super().__init__(masks)
        self.other = other

    def __missing__(self, value: object) -> int:
        return self.other

    def __reduce__(self) -> tuple[type[Words], tuple[dict[object, int], int]]:
        return type(self), (dict(self), self.other)


class Found(dict[object, int]):
    """Masks by value; that of a value not met before is found and kept. Full, they begin anew."""

    __slots__ = ("find", "ready")
    MOST: Final = 1_024

    def __init__(self, ready: Mapping[object, int], find: Callable[[Any], int]) -> None:
        """
        Begin with some masks.

        Args:
            ready: Masks made ready; those of values that `find` does not know must be among them,
                and that of ``None``, which is unknown.
            find: Gives the mask of any other value; equal values have equal masks.
        """
        super().__init__(ready)
        self.ready = ready
        self.find = find

    def __missing__(self, value: object) -> int:
        mask = self.ready.get(value)  # another thread may just begin anew
        if mask is None:
            mask = self.find(value)
        if len(self) >= len(self.ready) + self.MOST:
            self.clear()
            self.update(self.ready)
        self[value] = mask
        return mask

    def __reduce__(self) -> tuple[type[Found], tuple[object, object]]:
        return type(self), (self.ready, self.find)


Row: TypeAlias = Words | Found

_FEWEST: Final = 2
"""So many rows at least: what fetches and ands their values asks for no fewer."""
_NUMBERS: Final = tuple(range(Found.MOST + 1))
"""One object for a number in all rows: what is compared often then fits the caches more often."""


@attrs.frozen(eq=False)
class _Between:
    """Masks between places where they change: that of a value is at its ``bisect_right``."""

    breaks: Sequence[Any]
    masks: Sequence[int]

    def __call__(self, value: Any) -> int:
        return self.masks[bisect_right(self.breaks, value)]


@attrs.frozen(eq=False)
class _At:
    """Masks of exact numbers, placed as `Points` says."""

    bounds: Sequence[Any]
    masks: Sequence[int]

    def __call__(self, value: Any) -> int:
        after = bisect_right(self.bounds, value)
        return self.masks[2 * after - (after > 0 and self.bounds[after - 1] == value)]


@attrs.frozen(eq=False)
class _In:
    """Masks of sets."""

    demands: Demands
    flags: int

    def __call__(self, members: frozenset[str]) -> int:
        return self.demands.passed(members) | self.flags


@attrs.frozen(eq=False)
class _Amount:
    """Masks of amounts of money."""

    currencies: Mapping[str, _At]
    other: _At

    def __call__(self, amount: Money) -> int:
        return self.currencies.get(amount.currency, self.other)(amount.amount)


class Amounts(NamedTuple):
    """The clauses an amount passes for sure, by fact and value; asked where one is in doubt."""

    name: str
    sure: Row


class Hidden(NamedTuple):
    """
    A condition answered by reading: the clauses that wait for it, those that each answer lets
    stand, and those without it.
    """

    condition: Condition
    waiting: int
    standing: dict[bool, int]
    free: int


@attrs.frozen(eq=False)
class Rows:
    """
    The rows of all facts.

    Attributes:
        names: The facts; where there are fewer than two, names that no fact has.
        masks: The row of each.
        unknown: The clauses that hold for sure where a fact is unknown, by fact.
        amounts: The rows of what amounts pass for sure.
    """

    names: tuple[str, ...]
    masks: tuple[Row, ...]
    unknown: tuple[int, ...]
    amounts: tuple[Amounts, ...]

    @classmethod
    def of(cls, demands: Sequence[Demands], facts: Mapping[str, Fact], width: int) -> Rows:
        """
        Return the rows of what clauses ask.

        Args:
            demands: What they ask of each fact.
            facts: The facts.
            width: How many bits the clauses take: flags stand above.
        """
        doubt = 1 << width + len(demands)
        flags = doubt | (doubt - (1 << width))
        masks, sure = list[Row](), list[Amounts]()
        for place, each in enumerate(demands):
            possible = each.masks(None)[1] | (flags & ~(1 << width + place))
            kind = facts[each.name].kind
            masks.append(_row(each, kind, {None: possible}, flags, doubt))
            if kind is Kind.MONEY:
                sure.append(Amounts(each.name, _sure(each)))
        names = [each.name for each in demands]
        for _ in range(len(names), _FEWEST):
            names.append("")
            masks.append(Words({}, (doubt << 1) - 1))
        return cls(
            tuple(names),
            tuple(masks),
            tuple(each.masks(None)[0] for each in demands),
            tuple(sure),
        )


def _row(demands: Demands, kind: Kind, ready: dict[object, int], flags: int, doubt: int) -> Row:
    """Return the masks of a fact of some kind with their flags; `ready` has that of unknown."""
    if kind in WORDS:
        masks, other = word_masks(demands)
        return Words({value: mask | flags for value, mask in masks.items()} | ready, other | flags)
    if kind is Kind.SET:
        return Found(ready, _In(demands, flags))
    ready[NOT_YET] = demands.passed(NOT_YET) | flags
    if kind is Kind.NUMBER:
        points = number_masks(demands)
        return Found(ready, _At(points.bounds, _flagged(points.true, flags)))
    if kind is Kind.MONEY:
        by_currency, other_money = money_masks(demands)
        currencies = {code: _possible(each, flags, doubt) for code, each in by_currency.items()}
        return Found(ready, _Amount(currencies, _possible(other_money, flags, doubt)))
    if kind is Kind.DATE:
        days, masks_of_days = date_masks(demands)
        return Found(ready, _Between(days, _flagged(masks_of_days, flags)))
    return _whole(demands, ready, flags)


def _whole(demands: Demands, ready: dict[object, int], flags: int) -> Row:
    """Return the masks of whole numbers; where tests tell few apart, all of them made ready."""
    breaks, masks = whole_masks(demands)
    find = _Between(breaks, _flagged(masks, flags))
    if not breaks:
        return Words(ready, find(0))
    if breaks[-1] - breaks[0] <= Found.MOST:
        wanted = range(breaks[0] - 1, breaks[-1] + 1)
        ready |= {_NUMBERS[n] if 0 <= n < len(_NUMBERS) else n: find(n) for n in wanted}
    return Found(ready, find)


def _flagged(masks: Iterable[int], flags: int) -> list[int]:
    return [mask | flags for mask in masks]


def _possible(points: Points, flags: int, doubt: int) -> _At:
    """Return the clauses that amounts do not fail; with no `doubt` flag where some may fail."""
    masks = zip(points.true, points.possible, strict=True)
    return _At(
        points.bounds,
        [maybe | (flags if maybe == true else flags & ~doubt) for true, maybe in masks],
    )


def _sure(demands: Demands) -> Row:
    by_currency, other = money_masks(demands)
    true, _ = demands.masks(None)
    return Found(
        {None: true, NOT_YET: demands.passed(NOT_YET)},
        _Amount(
            {code: _At(each.bounds, each.true) for code, each in by_currency.items()},
            _At(other.bounds, other.true),
        ),
    )


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
            _joined(wanting.values()),
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
