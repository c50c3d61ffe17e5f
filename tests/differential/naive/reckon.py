"""Expressions and comparisons: unknown where a part is (semantics 2, 9, 13, 27)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Protocol

from tests.differential.naive.clock import FIRST, LAST, Clock, NeverError
from tests.differential.naive.text import Tree
from tests.differential.naive.values import NOT_YET, At, Cash, Length, Rung, Span, measured


class Place(Protocol):
    """Where names mean something."""

    clock: Clock
    now: int
    done: tuple[tuple[str, int], ...]

    def called(self, name: str) -> Any:
        """Return the value of a name."""

    def value(self, name: str) -> Any:
        """Return the value of a fact."""


def evaluate(tree: Tree, place: Place) -> Any:
    """Return the value of an expression; `None` where it is unknown."""
    match tree:
        case ("value", value):
            return value
        case ("name" | "fact", name):
            return place.called(name)
        case ("minus", inner):
            return _minus(measured(evaluate(inner, place)))
        case ("reckon", op, left, right):
            return _reckon(op, evaluate(left, place), evaluate(right, place), place)
        case ("call", name, arguments):
            return _call(name, arguments, place)
    raise AssertionError(tree)


def _minus(value: Any) -> Any:
    if value is None or value is NOT_YET:
        return value
    match value:
        case Cash(amount, currency):
            return Cash(-amount, currency)
        case Span(second, opened):
            return Span(-second, opened)
        case _:
            return -value


def moment(value: Any, place: Place) -> Any:
    """Return a date as the end of its day."""
    return At(place.clock.ends(value)) if isinstance(value, datetime.date) else value


def _reckon(op: str, a: Any, b: Any, place: Place) -> Any:
    if a is None or b is None:
        return None
    if a is NOT_YET or b is NOT_YET:
        return NOT_YET
    if op in "+-":
        if isinstance(b, At | datetime.date) and not isinstance(a, At | datetime.date):
            a, b = b, a
        if isinstance(a, At | datetime.date) and not isinstance(b, At | datetime.date):
            return _shifted(op, moment(a, place).second, b, place)
        a, b = measured(moment(a, place)), measured(moment(b, place))
        if a is None or b is None:
            return None
        if isinstance(a, At):
            return Span(Fraction(a.second - b.second))
        return _added(a, b if op == "+" else _minus(b))
    return _scaled(op, measured(a), measured(b))


def _shifted(op: str, at: int, length: Any, place: Place) -> Any:
    clock = place.clock
    try:
        if isinstance(length, Length):
            moved = clock.later(at, length) if op == "+" else clock.earlier(at, length)
        elif length.opened:
            if op == "-":
                return None
            moved = clock.advance(at, length.second)
        else:
            moved = at + int(length.second) * (1 if op == "+" else -1)
    except NeverError:
        return None
    return At(min(max(moved, FIRST), LAST))


def _added(a: Any, b: Any) -> Any:
    if isinstance(a, Cash) or isinstance(b, Cash):
        a, b = _cash(a, b), _cash(b, a)
        if a.currency != b.currency and a.amount and b.amount:
            return None
        return Cash(a.amount + b.amount, a.currency if a.amount or not b.amount else b.currency)
    if isinstance(a, Span):
        return Span(a.second + b.second, a.opened)
    return a + b


def _cash(value: Any, beside: Any) -> Cash:
    return value if isinstance(value, Cash) else Cash(Fraction(value), beside.currency)


def _scaled(op: str, a: Any, b: Any) -> Any:
    if a is None or b is None:
        return None
    if op == "*":
        if isinstance(b, Cash | Span):
            a, b = b, a
        return _times(a, b)
    size = b[0] if isinstance(b, Cash | Span) else b
    if not size:
        return None
    if isinstance(b, Cash) and isinstance(a, Cash) and a.currency != b.currency and a.amount:
        return None
    if isinstance(b, Cash | Span):
        return (a[0] if isinstance(a, Cash | Span) else a) / size
    return _times(a, 1 / Fraction(size))


def _times(a: Any, factor: Fraction) -> Any:
    match a:
        case Cash(amount, currency):
            return Cash(amount * factor, currency)
        case Span(second, opened):
            return Span(second * factor, opened)
        case _:
            return a * factor


# ----------------------------------------------------------------- comparison


def compare(op: str, a: Any, b: Any, place: Place, order: tuple[str, ...] = ()) -> bool | None:
    """Return whether two values stand in a relation; with what has not happened none does."""
    if a is NOT_YET:
        return False
    if a is None or b is None:
        return None
    if b is NOT_YET:
        return False
    if isinstance(a, str | frozenset) or isinstance(b, str | frozenset):
        return _compare_words(op, a, b, order)
    sign = three_way(a, b, place)
    return None if sign is None else _ALLOWED[op](sign)


_ALLOWED: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}


def _compare_words(op: str, a: Any, b: Any, order: tuple[str, ...]) -> bool:
    if op in ("=", "!="):
        same = b in a if isinstance(a, frozenset) and isinstance(b, str) else a == b
        return same is (op == "=")
    return _ALLOWED[op](order.index(a) - order.index(b)) if {a, b} <= set(order) else False


def three_way(a: Any, b: Any, place: Place) -> int | None:
    """Return which of two values is the greater, by sign; unknown if they do not compare."""
    a, b = measured(a), measured(b)
    if a is None or b is None:
        return None
    if isinstance(a, datetime.date) is not isinstance(b, datetime.date):
        a, b = moment(a, place), moment(b, place)
    if isinstance(a, Cash) or isinstance(b, Cash):
        a, b = _cash(a, b), _cash(b, a)
        if a.currency != b.currency and a.amount and b.amount:
            return None
    left = a[0] if isinstance(a, Cash | Span | At) else a
    right = b[0] if isinstance(b, Cash | Span | At) else b
    return (left > right) - (left < right)


# ------------------------------------------------------------------ functions


def _call(name: str, arguments: tuple[Tree, ...], place: Place) -> Any:
    if name in ("done_at", "done_count"):
        return _done(name, arguments[0][1], place)
    found = [evaluate(each, place) for each in arguments]
    if None in found:
        return None
    if name in ("earliest", "latest"):
        return _extreme_moment(name, found, place)
    if NOT_YET in found:
        return NOT_YET
    if name in ("min", "max"):
        return _extreme(1 if name == "max" else -1, found, place)
    return _FUNCTIONS[name](place, *found)


def _done(name: str, action: str, place: Place) -> Any:
    if place.value("done") is None and not place.done:
        return None
    times = [at for what, at in place.done if what == action]
    if name == "done_count":
        return Fraction(len(times))
    start = place.value("round_start")
    times = [at for at in times if not isinstance(start, At) or at >= start.second]
    return At(max(times)) if times else NOT_YET


def _extreme_moment(name: str, found: list[Any], place: Place) -> Any:
    happened = [each for each in found if each is not NOT_YET]
    if not happened:
        return NOT_YET
    if not all(isinstance(each, datetime.date) for each in happened):
        happened = [moment(each, place) for each in happened]
    return min(happened) if name == "earliest" else max(happened)


def _extreme(wanted: int, found: list[Any], place: Place) -> Any:
    found = [measured(each) for each in found]
    if None in found:
        return None
    best = found[0]
    for each in found[1:]:
        if isinstance(best, Rung):
            sign: int | None = best.order.index(each) - best.order.index(best)
        else:
            sign = three_way(each, best, place)
        if sign is None:
            return None
        if sign * wanted > 0:
            best = each
    return best


def _rounded(_: Place, value: Any, decimals: Fraction = Fraction(0)) -> Any:
    if decimals.denominator != 1:
        return None
    if isinstance(value, Cash):
        return Cash(_rounded(_, value.amount, decimals), value.currency)
    shifted = Fraction(value) * Fraction(10) ** int(decimals)
    twice = abs(shifted) * 2
    whole = (twice.numerator // twice.denominator + 1) // 2
    assert Decimal(whole).to_integral_value(ROUND_HALF_UP) == whole
    return Fraction(whole if shifted >= 0 else -whole) / Fraction(10) ** int(decimals)


def _raised(_: Place, level: Rung, steps: Fraction) -> Any:
    if steps.denominator != 1:
        return None
    rank = level.order.index(level) + int(steps)
    return Rung(level.order[min(max(rank, 0), len(level.order) - 1)], level.order)


def _whole(_: Place, span: Any, unit: Any) -> Any:
    a, b = measured(span), measured(unit)
    if a is None or b is None or b.second <= 0:
        return None
    count = abs(a.second) // b.second
    return Fraction(count if a.second >= 0 else -count)


def _day(value: Any, place: Place) -> datetime.date:
    return value if isinstance(value, datetime.date) else place.clock.date(value.second)


def _absolute(_: Place, value: Any) -> Any:
    value = measured(value)
    size = value[0] if isinstance(value, Cash | Span) else value
    return value if value is None or size >= 0 else _minus(value)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "round": _rounded,
    "raise": _raised,
    "whole": _whole,
    "abs": _absolute,
    "count": lambda _, members: Fraction(len(members)),
    "days_between": lambda place, a, b: Fraction((_day(b, place) - _day(a, place)).days),
    "business_days_between": lambda place, a, b: Fraction(
        place.clock.business_days(_day(a, place), _day(b, place))
    ),
    "open_time_between": lambda place, a, b: Span(
        Fraction(place.clock.open_between(moment(a, place).second, moment(b, place).second)), True
    ),
    "add": lambda place, at, length: _shifted("+", moment(at, place).second, length, place),
    "start_of_day": lambda place, at: At(place.clock.starts(_day(at, place))),
    "end_of_day": lambda place, at: At(place.clock.ends(_day(at, place))),
    "date_of": lambda place, at: _day(at, place),
}
