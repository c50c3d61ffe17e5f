"""Small faults in a condition: a test dropped or negated, a threshold moved, a value left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs

from complaint_rules.calendar import Duration, Unit
from complaint_rules.conditions.tree import (
    All,
    Among,
    Arithmetic,
    AtLeast,
    Check,
    Compare,
    Condition,
    Constant,
    Contains,
    Counts,
    Expression,
    Not,
    Test,
    Truth,
    Within,
)
from complaint_rules.conditions.tree import Any as AnyOf
from complaint_rules.facts import Fact, Kind
from complaint_rules.money import Money, currency_decimals, plain
from complaint_rules.source import Span

_OTHER_END: Final = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}
_DISCRETE: Final = (Kind.COUNT, Kind.LEVEL, Kind.DATE)
_MINUTE: Final = 60


@attrs.frozen
class Variant:
    """A condition with one fault: what was done, the change in words, where it is written."""

    kind: str
    told: str
    span: Span | None
    condition: Condition


def variants(condition: Condition, facts: Mapping[str, Fact]) -> Iterator[Variant]:
    """
    Yield a condition with one small fault, for every such fault.

    Args:
        condition: The condition.
        facts: The facts it tests, by name; inside a ``where``, the fields of the record.
    """
    if isinstance(condition, Test):
        yield Variant("test dropped", f"{_told(condition)} dropped", condition.span, Truth())
    yield from _inside(condition, facts)


def _inside(node: Condition, facts: Mapping[str, Fact]) -> Iterator[Variant]:
    match node:
        case Test():
            yield from _of_test(node, facts.get(node.fact))
        case Not(item):
            for each in _inside(item, facts):
                yield attrs.evolve(each, condition=Not(each.condition))
        case AtLeast(n, items):
            yield from _of_count(node)
            yield from _of_items(node, items, facts, lambda left: AtLeast(n, left))
        case All(items):
            yield from _of_items(node, items, facts, All)
        case AnyOf(items):
            yield from _of_items(node, items, facts, AnyOf)
        case _:
            pass


def _of_items(
    node: All | AnyOf | AtLeast, items: tuple[Condition, ...], facts: Mapping[str, Fact], make: Any
) -> Iterator[Variant]:
    for number, item in enumerate(items):
        rest = (*items[:number], *items[number + 1 :])
        if len(items) > 1:
            yield Variant("test dropped", f"{_told(item)} dropped", _span(item), make(rest))
        elif isinstance(node, All):
            yield Variant("test dropped", f"{_told(item)} dropped", _span(item), Truth())
        for each in _inside(item, facts):
            whole = (*items[:number], each.condition, *items[number + 1 :])
            yield attrs.evolve(each, condition=make(whole))


def _of_count(node: AtLeast) -> Iterator[Variant]:
    for n in (node.n - 1, node.n + 1):
        if 1 <= n <= len(node.items):
            told = f"at least {node.n} of {len(node.items)} becomes at least {n}"
            yield Variant("threshold", told, _span(node.items[0]), attrs.evolve(node, n=n))


def _of_test(test: Test, fact: Fact | None) -> Iterator[Variant]:
    yield Variant("test negated", f"{_told(test)} negated", test.span, Not(test))
    if fact is not None:
        for kind, told, check in _checks(test.check, fact):
            yield Variant(
                kind, f"{_told(test)}: {told}", test.span, attrs.evolve(test, check=check)
            )


def _checks(check: Check, fact: Fact) -> Iterator[tuple[str, str, Check]]:
    match check:
        case Among(values) if len(values) > 1:
            for value in sorted(values, key=str):
                yield (
                    "value left out",
                    f"without `{value}`",
                    attrs.evolve(check, values=values - {value}),
                )
        case Contains(_, values) if len(values) > 1:
            for word in sorted(values):
                yield (
                    "value left out",
                    f"without `{word}`",
                    attrs.evolve(check, values=values - {word}),
                )
        case Counts(inner):
            count = Fact(fact.name, Kind.COUNT)
            for kind, told, other in _checks(inner, count):
                yield kind, told, Counts(other)  # type: ignore[arg-type] # of the same sort
        case Within():
            yield from _intervals(check, fact)
        case Compare(op, bound) if op in _OTHER_END:
            yield from _bounds(check, bound, fact)
        case _:
            pass


def _intervals(check: Within, fact: Fact) -> Iterator[tuple[str, str, Check]]:
    for end in ("low", "high"):
        bound, closed = getattr(check, end), getattr(check, f"{end}_closed")
        if bound is None:
            continue
        word = "from" if end == "low" else "to"
        for moved in _steps(bound, fact):
            told = f"{word} `{_value(bound)}` becomes `{_value(moved)}`"
            yield "threshold", told, attrs.evolve(check, **{end: moved})
        if fact.kind not in _DISCRETE:
            told = f"{word} `{_value(bound)}` {'left out' if closed else 'taken in'}"
            yield "end", told, attrs.evolve(check, **{f"{end}_closed": not closed})


def _bounds(check: Compare, bound: Expression, fact: Fact) -> Iterator[tuple[str, str, Check]]:
    step = _step(fact)
    if step is not None:
        for op, word in (("+", "raised"), ("-", "lowered")):
            moved = Arithmetic(op, bound, step, fact.kind)
            yield "threshold", f"bound {word} by a step", attrs.evolve(check, bound=moved)
    if fact.kind not in _DISCRETE:
        other = _OTHER_END[check.op]
        yield "end", f"`{check.op}` becomes `{other}`", attrs.evolve(check, op=other)


def _step(fact: Fact) -> Constant | None:
    match fact.kind:
        case Kind.COUNT | Kind.NUMBER:
            return Constant(Decimal(1), Kind.NUMBER)
        case Kind.DURATION | Kind.INSTANT:
            return Constant(Duration(1, Unit.M), Kind.DURATION)
        case Kind.BUSINESS_DURATION:
            return Constant(Duration(1, Unit.BM), Kind.BUSINESS_DURATION)
        case _:
            return None


def _steps(bound: Any, fact: Fact) -> Iterator[Any]:
    match fact.kind:
        case Kind.LEVEL:
            rank = fact.ranks[bound]
            yield from (
                fact.values[each] for each in (rank - 1, rank + 1) if 0 <= each < len(fact.values)
            )
        case Kind.COUNT:
            yield from (each for each in (bound - 1, bound + 1) if each >= 0)
        case Kind.NUMBER if isinstance(bound, int | Decimal):
            number = Decimal(bound)
            last = Decimal(1).scaleb(min(0, int(number.as_tuple().exponent)))
            yield from (number - last, number + last)
        case Kind.MONEY if isinstance(bound, Money):
            cent = Fraction(1, 10 ** currency_decimals(bound.currency))
            amounts = (Fraction(bound.amount) - cent, Fraction(bound.amount) + cent)
            yield from (Money(plain(each), bound.currency) for each in amounts if each >= 0)
        case Kind.DATE if isinstance(bound, date):
            yield from (bound - timedelta(days=1), bound + timedelta(days=1))
        case _ if type(bound) is int:
            yield from (each for each in (bound - _MINUTE, bound + _MINUTE) if each >= 0)
        case _:
            pass


def _value(value: object) -> str:
    return f"{value.amount} {value.currency}" if isinstance(value, Money) else str(value)


def _told(node: Condition) -> str:
    match node:
        case Test(fact=fact, text=text):
            return f"`{fact}: {text}`" if text else f"`{fact}`"
        case Not(item):
            return f"not {_told(item)}"
        case All(items):
            return " and ".join(_told(each) for each in items[:2]) + (" …" if items[2:] else "")
        case AnyOf(items) | AtLeast(_, items):
            return " or ".join(_told(each) for each in items[:2]) + (" …" if items[2:] else "")
        case _:
            return "a condition"


def _span(node: Condition) -> Span | None:
    match node:
        case Test(span=span):
            return span
        case Not(item):
            return _span(item)
        case All(items) | AnyOf(items) | AtLeast(_, items):
            return _span(items[0])
        case _:
            return None
