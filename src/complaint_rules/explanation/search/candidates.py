"""Values worth trying: at the boundaries of tests and just beside them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from weakref import WeakKeyDictionary

from complaint_rules.calendar import (
    Duration,
    NeverOpenError,
    Unit,
    earliest_start,
    in_range,
    local_date,
)
from complaint_rules.conditions import evaluate, walk
from complaint_rules.conditions.tree import (
    Among,
    Check,
    Compare,
    Condition,
    Contains,
    Counts,
    Test,
    Within,
)
from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.facts import NOT_YET, Fact, Kind, Value
from complaint_rules.money import Money
from complaint_rules.policy import FirstOf, Policy, TableOf, TruthOf
from complaint_rules.state import Situation

_MINUTE: Final = 60
_HOUR: Final = 3_600
_DAY: Final = 86_400
_LADDER: Final = (0, 1, _HOUR, *(_DAY * days for days in (1, 2, 3, 5, 7, 14, 30, 60, 90, 180, 400)))
_MOST: Final = 240
_MOST_DAYS: Final = 1_000
_ANY_TEXTS: Final = ("other", "another")

_TESTED: WeakKeyDictionary[Policy, Mapping[str, tuple[Check, ...]]] = WeakKeyDictionary()


def tested(policy: Policy) -> Mapping[str, tuple[Check, ...]]:
    """Return every check that a ruleset makes of each fact; collected at the first call."""
    known = _TESTED.get(policy)
    if known is None:
        found: dict[str, dict[Check, None]] = {}
        for condition in _conditions(policy):
            for node in walk(condition):
                if isinstance(node, Test):
                    found.setdefault(node.fact, {})[node.check] = None
        known = _TESTED[policy] = {name: tuple(checks) for name, checks in found.items()}
    return known


def _conditions(policy: Policy) -> Iterator[Condition]:
    yield from policy.conditions
    yield from (each.when for each in (*policy.stages, *policy.sides))
    yield from (each.recognise for each in policy.types.values() if each.recognise is not None)
    for derivation in policy.derivations.values():
        match derivation:
            case TruthOf(condition):
                yield condition
            case FirstOf(cases):
                yield from (condition for condition, _ in cases)
            case TableOf(table):
                yield from (row.condition for row in table.rows)


def bounds(checks: Iterable[Check], situation: Situation) -> Iterator[Any]:
    """Yield the values at which checks turn, computed ones as they are now."""
    for check in checks:
        match check:
            case Within(low=low, high=high):
                yield from (each for each in (low, high) if each is not None)
            case Among(values):
                yield from sorted(values, key=repr)
            case Compare(bound=bound):
                value = evaluate(bound, situation)
                if value is not None:
                    yield value
            case Counts(inner):
                yield from bounds((inner,), situation)
            case _:
                pass


def candidates(
    policy: Policy, situation: Situation, fact: Fact, checks: Iterable[Check]
) -> tuple[Value, ...]:
    """
    Return values of a given fact that are worth trying, likely ones first.

    Args:
        policy: The policy.
        situation: The complaint, by which computed boundaries are reckoned.
        fact: The fact; a list of records and what was done have candidates of their own.
        checks: The checks to fulfil; the ruleset's other checks of the fact are added.
    """
    every = tuple(dict.fromkeys((*checks, *tested(policy).get(fact.name, ()))))
    marks = list(bounds(every, situation))
    found: Iterable[Any]
    match fact.kind:
        case Kind.YES_NO:
            found = (True, False)
        case Kind.CHOICE | Kind.LEVEL:
            found = (*(each for each in marks if each in fact.values), *fact.values)
        case Kind.TEXT:
            found = (*(each for each in marks if isinstance(each, str)), *_ANY_TEXTS)
        case Kind.SET:
            found = _sets(every, situation.values.get(fact.name), fact.values)
        case Kind.INSTANT:
            found = _instants(policy, situation, fact.name, marks)
        case Kind.DATE:
            found = _dates(situation, marks)
        case Kind.MONEY:
            found = _amounts(policy, situation, marks)
        case Kind.NUMBER:
            numbers = _around([_number(each) for each in marks if _is_number(each)], Fraction(1))
            found = (Decimal(each.numerator) / Decimal(each.denominator) for each in numbers)
        case _:
            wholes = _around([_number(each) for each in marks if _is_number(each)], Fraction(1))
            found = (int(each) for each in wholes if each >= 0 and each.denominator == 1)
    return tuple(itertools.islice(dict.fromkeys(found), _MOST))


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool)


def _number(value: Any) -> Fraction:
    return Fraction(value)


def _around(marks: list[Fraction], step: Fraction) -> list[Fraction]:
    """Return every mark, what lies a step beside it, what lies between two, and beyond all."""
    ordered = sorted({*marks, Fraction(0)})
    found = [*marks]
    found += [mark + side for mark in marks for side in (step, -step)]
    found += [(low + high) / 2 for low, high in itertools.pairwise(ordered)]
    return [*found, Fraction(0), step, ordered[-1] * 2 + 10, ordered[-1] * 100 + 1000]


def _amounts(policy: Policy, situation: Situation, marks: list[Any]) -> Iterator[Money]:
    currency = situation.currency
    decimals = policy.decimals_of(currency)
    numbers = [
        Fraction(each.amount)
        for each in marks
        if isinstance(each, Money) and (each.currency == currency or not each.amount)
    ]
    for number in (Fraction(100), *_around(numbers, Fraction(1, 10**decimals))):
        if number >= 0:
            whole = number * 10**decimals
            rounded = Decimal(whole.numerator // whole.denominator).scaleb(-decimals)
            yield Money(rounded, currency)


def _sets(
    checks: Iterable[Check], now: object, values: tuple[str, ...]
) -> Iterator[frozenset[str]]:
    was = now if isinstance(now, frozenset) else frozenset[str]()
    named = [check.values for check in checks if isinstance(check, Contains)]
    words = [word for group in named for word in sorted(group)]
    yield from (was | {word} for word in words)
    yield from (was | group for group in named)
    yield from (was - {word} for word in words)
    yield from (was - group for group in named)
    rest = [value for value in values if value not in was]
    yield from (was | frozenset(rest[: count + 1]) for count in range(len(rest)))
    yield frozenset()
    yield from (frozenset(values[: count + 1]) for count in range(len(values)))
    yield from (frozenset({value}) for value in values)


def _instants(policy: Policy, situation: Situation, name: str, marks: list[Any]) -> Iterator[Value]:
    """Yield instants at and beside other known ones, and lengths of time before now."""
    now, values = situation.now, situation.values
    limit = now if name in plan_of(policy).happenings else now + 2 * _LADDER[-1]
    lengths = [each for each in marks if type(each) is int and abs(each) < 20 * 400 * _DAY]
    others = [
        value
        for other in sorted(values)
        if other in policy.facts
        and policy.facts[other].kind is Kind.INSTANT
        and type(value := values[other]) is int
    ]
    yield NOT_YET
    points = [each for each in marks if type(each) is int and each not in lengths]
    points += [now - each for each in lengths] + others
    for point in (now, *points):
        for beside in (point, point + 1, point - 1):
            if beside <= limit and in_range(beside):
                yield beside
    for length in (*_LADDER, *lengths, *_days(lengths)):
        yield now - length
        if limit > now:
            yield now + length
    for length in lengths:
        if length >= _MINUTE:
            yield _opened(situation, length // _MINUTE)


def _days(counts: list[int]) -> Iterator[int]:
    """Yield lengths of so many days, business days or hours, for tests of counts."""
    for count in counts:
        if 0 <= count <= _MOST_DAYS:
            business = count * 7 // 5
            days = (count, count + 1, *range(business, business + 4))
            yield from (day * _DAY for day in days)
            yield from (hours * _HOUR for hours in (count, count + 1))


def _opened(situation: Situation, minutes: int) -> int:
    """Return the instant from which on so much open time has passed."""
    try:
        return earliest_start(situation.calendar, situation.now, Duration(minutes, Unit.BM))
    except NeverOpenError:
        return situation.now


def _dates(situation: Situation, marks: list[Any]) -> Iterator[datetime.date]:
    today = local_date(situation.calendar, situation.now)
    for day in (*(each for each in marks if isinstance(each, datetime.date)), today):
        for step in (0, 1, -1):
            moved = day.toordinal() + step
            if datetime.date.min.toordinal() <= moved <= datetime.date.max.toordinal():
                yield datetime.date.fromordinal(moved)
    counts = [each for each in marks if type(each) is int]
    for length in (*_LADDER[3:], *_days(counts)):
        for side in (-1, 1):
            yield datetime.date.fromordinal(today.toordinal() + side * (length // _DAY))
