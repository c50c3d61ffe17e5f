"""
Masks of one fact: for each of its values, the clauses whose tests on it the value passes.

Values that pass the same tests share a mask: a value that no test names, every number between
two bounds. A mask has a bit for each clause; clauses that do not test the fact pass always.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest
from typing import Any, ClassVar, Final, TypeVar

import attrs

from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.reading import walk
from complaint_rules.conditions.tree import (
    Among,
    Check,
    Condition,
    Contains,
    Counts,
    HasHappened,
    IsKnown,
    Test,
    Within,
)
from complaint_rules.conditions.truth import holds
from complaint_rules.engines.clauses import Clause, Literal
from complaint_rules.facts import NOT_YET, Fact, Kind, Record
from complaint_rules.money import Money, plain

WHOLE: Final = frozenset({Kind.COUNT, Kind.DURATION, Kind.BUSINESS_DURATION, Kind.INSTANT})
WORDS: Final = frozenset({Kind.YES_NO, Kind.TEXT, Kind.CHOICE, Kind.LEVEL})
_NUMBERS: Final = (int, Decimal, Fraction)
_OTHER_WORD: Final = "\0"
_OTHER_CURRENCY: Final = ""
_ONE_DAY: Final = datetime.timedelta(days=1)
_TYPES: Final[dict[Kind, tuple[type, ...]]] = {
    **dict.fromkeys(WHOLE | {Kind.NUMBER}, _NUMBERS),
    **dict.fromkeys((Kind.TEXT, Kind.CHOICE, Kind.LEVEL, Kind.SET), (str,)),
    Kind.YES_NO: (bool,),
    Kind.MONEY: (Money,),
    Kind.DATE: (datetime.date,),
}

V = TypeVar("V")


class Kept(dict[Hashable, V]):
    """A bounded memory of answers; full, it begins anew. A copy begins empty."""

    __slots__ = ()
    MOST: ClassVar[int] = 4_096

    def keep(self, key: Hashable, value: V) -> V:
        """Remember and return a value."""
        if len(self) >= self.MOST:
            self.clear()
        self[key] = value
        return value

    def __reduce__(self) -> tuple[Callable[[], Kept[V]], tuple[()]]:
        return (type(self), ())


class _Nowhere(Scope):
    """A scope for tests of one fact with constants: a record of it, and no situation."""

    def __init__(self, record: Record) -> None:
        self.notices = None
        self.record = record
        self.get = record.get


def sole_fact(condition: Condition, facts: Mapping[str, Fact]) -> str | None:
    """Return the one fact a condition asks of, if it compares it with constants of its sort."""
    tests = [each for each in walk(condition) if isinstance(each, Test)]
    names = {test.fact for test in tests}
    if len(names) == 1 and all(_indexable(test, facts.get(test.fact)) for test in tests):
        return names.pop()
    return None


def _indexable(test: Test, fact: Fact | None) -> bool:
    types = _TYPES.get(fact.kind) if fact else None
    if types is None:
        return False
    check: Check = test.check
    if isinstance(check, Counts):
        check, types = check.check, _NUMBERS
    return isinstance(check, IsKnown | HasHappened) or (
        isinstance(check, Among | Within | Contains)
        and all(_is(value, types) for value in constants(check))
    )


def _is(value: object, types: tuple[type, ...]) -> bool:
    return isinstance(value, types) and (isinstance(value, bool) == (bool in types))


def constants(check: Check) -> Iterable[Any]:
    """Return the constants a check compares with."""
    match check:
        case Among(values) | Contains(_, values):
            return values
        case Within(low, _, high):
            return [bound for bound in (low, high) if bound is not None]
        case _:
            return ()


@attrs.frozen(eq=False)
class Demands:
    """
    What clauses ask of one fact.

    Attributes:
        name: The fact.
        asked: The clauses (a mask) that make the same demand, by demand.
        free: The clauses that ask nothing of it, as a mask.
    """

    name: str
    asked: dict[Clause, int]
    free: int

    def masks(self, value: object) -> tuple[int, int]:
        """Return the clauses a value passes for sure, and those it does not fail."""
        true = possible = self.free
        for demand, mask in self.asked.items():
            answers = [answer(self.name, literal, value) for literal in demand]
            if False not in answers:
                possible |= mask
                if None not in answers:
                    true |= mask
        return true, possible

    def passes(self, demand: Clause, value: object) -> bool:
        """Return whether a known value passes a demand."""
        return all(answer(self.name, literal, value) for literal in demand)

    def passed(self, value: object) -> int:
        """Return the clauses that a known value passes."""
        return self.masks(value)[0]

    def constants(self) -> Iterator[Any]:
        """Yield every constant the fact is compared with."""
        for test in self._tests():
            yield from constants(test.check)

    def order(self) -> Iterator[str]:
        """Yield the values of a level that is tested."""
        for test in self._tests():
            yield from test.values

    def _tests(self) -> Iterator[Test]:
        for demand in self.asked:
            yield from tests_of(demand)


def tests_of(demand: Clause) -> Iterator[Test]:
    """Yield the tests that a demand is made of."""
    for literal in demand:
        yield from (each for each in walk(literal.condition) if isinstance(each, Test))


def answer(name: str, literal: Literal, value: Any) -> bool | None:
    """Return whether a value (`None`: unknown) of a fact passes a literal that asks of it only."""
    found = holds(literal.condition, _Nowhere({} if value is None else {name: value}))
    return found if found is None else found is literal.positive


def word_masks(demands: Demands) -> tuple[dict[object, int], int]:
    """Return the mask of each word that tests name, or of yes and no; and that of any other."""
    named = {*demands.constants(), *demands.order(), True, False, NOT_YET}
    masks = {value: demands.passed(value) for value in named}
    return masks, demands.passed(_OTHER_WORD)


def whole_masks(demands: Demands) -> tuple[list[int], list[int]]:
    """
    Return where masks of whole numbers change, and the masks.

    The mask of a value is that at ``bisect_right(breaks, value)``.
    """
    return _swept(demands, _around, lambda first: first - 1, 0)


def _around(bound: int | Decimal | Fraction) -> tuple[int, ...]:
    return math.ceil(bound), math.floor(bound) + 1


def date_masks(demands: Demands) -> tuple[list[datetime.date], list[int]]:
    """Return where masks of dates change, and the masks, as `whole_masks` does."""
    return _swept(demands, _from_day, _day_before, datetime.date.max)


def _from_day(day: datetime.date) -> tuple[datetime.date, ...]:
    return (day, day + _ONE_DAY) if day < datetime.date.max else (day,)


def _day_before(day: datetime.date) -> datetime.date:
    return day - _ONE_DAY if day > datetime.date.min else day


def _swept(
    demands: Demands, around: Callable[[Any], Iterable[V]], before: Callable[[V], V], anywhere: V
) -> tuple[list[V], list[int]]:
    """
    Return where the masks change, and the masks: each demand is asked around its own bounds only.

    Args:
        demands: What clauses ask.
        around: Gives the values from which on a bound may change an answer.
        before: Gives a value before another.
        anywhere: Some value, for demands without a bound.
    """
    start = demands.free
    turns: dict[Any, int] = {}
    for demand, mask in demands.asked.items():
        bounds = (bound for test in tests_of(demand) for bound in constants(test.check))
        own: list[Any] = sorted({place for bound in bounds for place in around(bound)})
        held = demands.passes(demand, before(own[0]) if own else anywhere)
        start |= mask if held else 0
        for place in own:
            now = demands.passes(demand, place)
            if now is not held:
                turns[place] = turns.get(place, 0) ^ mask
                held = now
    breaks = sorted(place for place, turned in turns.items() if turned)
    masks = [start]
    for place in breaks:
        masks.append(masks[-1] ^ turns[place])
    return breaks, masks


@attrs.frozen(eq=False)
class Points:
    """
    Masks of exact numbers: one for each bound, and one for all numbers between two bounds.

    Attributes:
        bounds: The bounds, sorted.
        true: Masks of the clauses passed for sure: below the first bound, at it, above it, … So
            the masks of a number stand at twice the bounds up to it, less one if it is a bound.
        possible: Masks of the clauses not failed, likewise.
    """

    bounds: list[Decimal | Fraction]
    true: list[int]
    possible: list[int]

    @classmethod
    def of(
        cls, bounds: Iterable[int | Decimal | Fraction], masks: Callable[[Any], tuple[int, int]]
    ) -> Points:
        """Return the masks around some bounds, given those of single numbers."""
        places = sorted({plain(Fraction(bound)) for bound in bounds})
        exact = [Fraction(place) for place in places]
        tried = [exact[0] - 1 if exact else Fraction(0)]
        for place, following in zip_longest(exact, exact[1:]):
            tried += [place, place + 1 if following is None else (place + following) / 2]
        pairs = [masks(plain(each)) for each in tried]
        return cls(places, [true for true, _ in pairs], [possible for _, possible in pairs])


def number_masks(demands: Demands) -> Points:
    """Return the masks of a number."""
    return Points.of(demands.constants(), demands.masks)


def money_masks(demands: Demands) -> tuple[dict[str, Points], Points]:
    """
    Return the masks of amounts by currency, and those of amounts in any other currency.

    Beside an amount in another currency a test is unknown, unless one of both is 0.
    """
    amounts: list[Money] = list(demands.constants())

    def points(currency: str) -> Points:
        bounds = [each.amount for each in amounts if each.currency == currency]
        return Points.of([*bounds, 0], lambda value: demands.masks(Money(value, currency)))

    currencies = sorted({each.currency for each in amounts})
    return {currency: points(currency) for currency in currencies}, points(_OTHER_CURRENCY)
