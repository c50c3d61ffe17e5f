"""
The functions expressions may call: what they take, what they give, what they compute.

All are strict: an unknown argument makes the result unknown. What has not happened yet stays so,
except in ``earliest`` and ``latest``, which skip it (semantics 2).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from complaint_rules.conditions import moments
from complaint_rules.conditions.inner import Amount, Inner, Scope, seconds, three_way
from complaint_rules.conditions.signatures import (
    abs_kind,
    add_kind,
    count_kind,
    extreme_kind,
    moment_kind,
    of_moments,
    raise_kind,
    round_kind,
    same_kind,
    whole_kind,
    word_kind,
)
from complaint_rules.exactly import size
from complaint_rules.facts import Kind
from complaint_rules.money import round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from complaint_rules.conditions.tree import Call

MOST_DECIMALS: Final = 12
"""``round`` takes -12 to 12 decimals."""


@attrs.frozen
class Function:
    """
    One function.

    Attributes:
        name: How it is written.
        arguments: What it takes, as a message says it: ``two instants or dates``.
        result: Kind of the result by the kinds of the arguments; `None` where they do not fit.
        compute: Its value, given known arguments, the call and the scope.
        word: What a bare word as its argument means: ``action``, ``fact``, or nothing special.
        skips_not_yet: It deals with what has not happened yet itself.
    """

    name: str
    arguments: str
    result: Callable[[tuple[Kind, ...]], Kind | None]
    compute: Callable[[tuple[Inner, ...], Call, Scope], Inner | None] = attrs.field(repr=False)
    word: str = ""
    skips_not_yet: bool = False


def _extreme(wanted: int, arguments: tuple[Inner, ...], call: Call, scope: Scope) -> Inner | None:
    best, *others = (seconds(each) for each in arguments)
    for each in others:
        sign = _sign(each, best, call, scope)
        if sign is None:
            return None
        if sign == wanted:
            best = each
    if isinstance(best, Amount) and not best.value:
        known = (str(each.currency) for each in arguments if each.value)
        return Amount(0, next(known, best.currency))
    return best


def _sign(left: Inner, right: Inner, call: Call, scope: Scope) -> int | None:
    if isinstance(left, str):
        if left not in call.values or right not in call.values:
            return None
        left, right = call.values.index(left), call.values.index(right)
    return three_way(left, right, scope)


def _min(arguments: tuple[Inner, ...], call: Call, scope: Scope) -> Inner | None:
    return _extreme(-1, arguments, call, scope)


def _max(arguments: tuple[Inner, ...], call: Call, scope: Scope) -> Inner | None:
    return _extreme(1, arguments, call, scope)


def _round(arguments: tuple[Inner, ...], _: Call, __: Scope) -> Inner | None:
    value, decimals = arguments[0], arguments[1] if len(arguments) > 1 else 0
    if Fraction(decimals).denominator != 1 or not -MOST_DECIMALS <= decimals <= MOST_DECIMALS:
        return None
    if isinstance(value, Amount):
        return Amount(_rounded(value.value, int(decimals)), value.currency)
    return _rounded(value, int(decimals))


def _rounded(value: int | Fraction, decimals: int) -> Fraction:
    unit = int(10 ** max(0, -decimals))
    rounded = Fraction(round_half_up(Fraction(value) / unit, max(0, decimals)))
    return rounded * unit


def _abs(arguments: tuple[Inner, ...], _: Call, __: Scope) -> Inner | None:
    value = seconds(arguments[0])
    if isinstance(value, Amount):
        return Amount(size(value.value), value.currency)
    return None if value is None else size(value)


def _count(arguments: tuple[Inner, ...], _: Call, __: Scope) -> int:
    return len(arguments[0])


def _raise(arguments: tuple[Inner, ...], call: Call, _: Scope) -> str | None:
    level, steps = arguments
    if level not in call.values or Fraction(steps).denominator != 1:
        return None
    rank = call.values.index(level) + int(steps)
    return call.values[min(max(rank, 0), len(call.values) - 1)]


def _same(arguments: tuple[Inner, ...], _: Call, __: Scope) -> Inner:
    return arguments[0]


_ALL: Final = (
    Function("min", "one or more values of one ordered kind", extreme_kind, _min),
    Function("max", "one or more values of one ordered kind", extreme_kind, _max),
    Function("round", "a number or an amount, and perhaps decimals", round_kind, _round),
    Function("abs", "a number, an amount or a duration", abs_kind, _abs),
    Function("count", "one set", count_kind, _count),
    Function("raise", "a level and a whole number", raise_kind, _raise),
    Function("fact", "the name of a fact", same_kind, _same, word="fact", skips_not_yet=True),
    Function("days_between", "two instants or dates", of_moments(2, Kind.COUNT), moments.days),
    Function(
        "business_days_between",
        "two instants or dates",
        of_moments(2, Kind.COUNT),
        moments.business_days,
    ),
    Function(
        "open_time_between",
        "two instants or dates",
        of_moments(2, Kind.BUSINESS_DURATION),
        moments.open_time,
    ),
    Function("add", "an instant or a date, and a duration", add_kind, moments.added),
    Function("start_of_day", "one instant or date", of_moments(1, Kind.INSTANT), moments.day_start),
    Function("end_of_day", "one instant or date", of_moments(1, Kind.INSTANT), moments.day_end),
    Function("date_of", "one instant or date", of_moments(1, Kind.DATE), moments.day_of),
    Function("whole", "two durations of one clock", whole_kind, moments.whole_units),
    Function(
        "earliest",
        "one or more instants or dates",
        moment_kind,
        moments.earliest,
        skips_not_yet=True,
    ),
    Function(
        "latest", "one or more instants or dates", moment_kind, moments.latest, skips_not_yet=True
    ),
    Function(
        "done_at", "the id of an action", word_kind(Kind.INSTANT), moments.done_at, word="action"
    ),
    Function(
        "done_count",
        "the id of an action",
        word_kind(Kind.COUNT),
        moments.done_count,
        word="action",
    ),
)
FUNCTIONS: Final[Mapping[str, Function]] = {each.name: each for each in _ALL}
"""The functions by name."""
