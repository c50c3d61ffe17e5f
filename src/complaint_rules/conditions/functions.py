"""
The functions expressions may call: what they take, what they give, what they compute.

All are strict: an unknown argument makes the result unknown. What has not happened yet stays so,
except in ``earliest`` and ``latest``, which skip it (semantics 2).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from complaint_rules.calendar import (
    Duration,
    NeverOpenError,
    add,
    advance,
    business_days_between,
    clamp,
    days_between,
    end_of_day,
    local_date,
    open_seconds,
    start_of_day,
)
from complaint_rules.conditions.inner import (
    DIVISION_BY_ZERO,
    NEVER_OPEN,
    Amount,
    Inner,
    Scope,
    instant,
    seconds,
    three_way,
)
from complaint_rules.conditions.kinds import common_kind
from complaint_rules.facts import NOT_YET, Kind
from complaint_rules.money import round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from complaint_rules.conditions.tree import Call

MOST_DECIMALS: Final = 12
"""``round`` takes -12 to 12 decimals."""
_MOMENTS: Final = frozenset({Kind.INSTANT, Kind.DATE})
_LENGTHS: Final = frozenset({Kind.DURATION, Kind.BUSINESS_DURATION})
_NUMBERS: Final = frozenset({Kind.COUNT, Kind.NUMBER})
_ORDERED: Final = _MOMENTS | _LENGTHS | _NUMBERS | {Kind.MONEY, Kind.LEVEL}


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


def later(at: int, length: Inner, kind: Kind, scope: Scope) -> int:
    """
    Return the instant so much later than `at`, on the clock of the duration's kind.

    Raises:
        NeverOpenError: Open time is needed, and the calendar does not open for 20 years.
    """
    if isinstance(length, Duration):
        end = add(scope.calendar, at, length)
        if length.unit.business:
            scope.notice_holidays(at, end)
        return end
    if kind is Kind.BUSINESS_DURATION:
        end = advance(scope.calendar, at, length)
        scope.notice_holidays(at, end)
        return end
    return clamp(at + int(length))


# --------------------------------------------------------------------- values


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


def _extreme_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    kind = common_kind(kinds)
    return kind if kind in _ORDERED else None


def _round(arguments: tuple[Inner, ...], _: Call, __: Scope) -> Inner | None:
    value, decimals = arguments[0], arguments[1] if len(arguments) > 1 else 0
    if Fraction(decimals).denominator != 1 or abs(decimals) > MOST_DECIMALS:
        return None
    if isinstance(value, Amount):
        return Amount(_rounded(value.value, int(decimals)), value.currency)
    return _rounded(value, int(decimals))


def _rounded(value: int | Fraction, decimals: int) -> Fraction:
    unit = int(10 ** max(0, -decimals))
    rounded = Fraction(round_half_up(Fraction(value) / unit, max(0, decimals)))
    return rounded * unit


def _round_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    if not 1 <= len(kinds) <= 2 or not set(kinds[1:]) <= _NUMBERS:
        return None
    return Kind.NUMBER if kinds[0] in _NUMBERS else _only(kinds[0], frozenset({Kind.MONEY}))


def _abs(arguments: tuple[Inner, ...], _: Call, __: Scope) -> Inner | None:
    value = seconds(arguments[0])
    if isinstance(value, Amount):
        return Amount(max(value.value, -value.value), value.currency)
    return None if value is None else abs(value)


def _abs_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    return _only(kinds[0], _NUMBERS | _LENGTHS | {Kind.MONEY}) if len(kinds) == 1 else None


def _only(kind: Kind, among: frozenset[Kind]) -> Kind | None:
    return kind if kind in among else None


def _count(arguments: tuple[Inner, ...], _: Call, __: Scope) -> int:
    return len(arguments[0])


def _count_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    return Kind.COUNT if kinds == (Kind.SET,) else None


def _raise(arguments: tuple[Inner, ...], call: Call, _: Scope) -> str | None:
    level, steps = arguments
    if level not in call.values or Fraction(steps).denominator != 1:
        return None
    rank = call.values.index(level) + int(steps)
    return call.values[min(max(rank, 0), len(call.values) - 1)]


def _raise_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    fits = len(kinds) == 2 and kinds[0] is Kind.LEVEL and kinds[1] in _NUMBERS
    return Kind.LEVEL if fits else None


def _same(arguments: tuple[Inner, ...], _: Call, __: Scope) -> Inner:
    return arguments[0]


def _same_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    return kinds[0] if len(kinds) == 1 else None


# ----------------------------------------------------------------------- time


def _days_between(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    return days_between(scope.calendar, *arguments)


def _business_days_between(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    scope.notice_holidays(*(instant(each, scope) for each in arguments))
    return business_days_between(scope.calendar, *arguments)


def _open_time_between(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    start, end = (instant(each, scope) for each in arguments)
    scope.notice_holidays(start, end)
    return open_seconds(scope.calendar, start, end)


def _add(arguments: tuple[Inner, ...], call: Call, scope: Scope) -> int | None:
    try:
        return later(instant(arguments[0], scope), arguments[1], call.arguments[1].kind, scope)
    except NeverOpenError:
        scope.notice(NEVER_OPEN)
        return None


def _add_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    fits = len(kinds) == 2 and kinds[0] in _MOMENTS and kinds[1] in _LENGTHS
    return Kind.INSTANT if fits else None


def _start_of_day(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    return start_of_day(scope.calendar, instant(arguments[0], scope))


def _end_of_day(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    return end_of_day(scope.calendar, instant(arguments[0], scope))


def _date_of(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> Inner:
    return local_date(scope.calendar, instant(arguments[0], scope))


def _whole(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int | None:
    span, unit = (seconds(each) for each in arguments)
    if span is None or unit is None:
        return None
    if unit <= 0:
        scope.notice(DIVISION_BY_ZERO)
        return None
    count = abs(span) // unit
    return int(count if span >= 0 else -count)


def _whole_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    fits = len(kinds) == 2 and kinds[0] is kinds[1] and kinds[0] in _LENGTHS
    return Kind.COUNT if fits else None


def _moment(
    choose: Callable[[list[int]], int], arguments: tuple[Inner, ...], call: Call, scope: Scope
) -> Inner:
    happened = [each for each in arguments if each is not NOT_YET]
    if call.kind is Kind.INSTANT:
        happened = [instant(each, scope) for each in happened]
    return choose(happened) if happened else NOT_YET


def _earliest(arguments: tuple[Inner, ...], call: Call, scope: Scope) -> Inner:
    return _moment(min, arguments, call, scope)


def _latest(arguments: tuple[Inner, ...], call: Call, scope: Scope) -> Inner:
    return _moment(max, arguments, call, scope)


def _moment_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    if not kinds or not set(kinds) <= _MOMENTS:
        return None
    return kinds[0] if len(set(kinds)) == 1 else Kind.INSTANT


def _moments(count: int, kind: Kind) -> Callable[[tuple[Kind, ...]], Kind | None]:
    def result(kinds: tuple[Kind, ...]) -> Kind | None:
        return kind if len(kinds) == count and set(kinds) <= _MOMENTS else None

    return result


# ------------------------------------------------------------------ what was done


def _done(arguments: tuple[Inner, ...], scope: Scope) -> list[int] | None:
    """Return when an action was done, in all rounds; `None` if what was done is unknown."""
    situation = scope.situation
    if not situation.done and "done" not in scope.values:
        return None
    return [each.at for each in situation.done if each.action == arguments[0]]


def _done_at(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> Inner | None:
    times = _done(arguments, scope)
    if times is None:
        return None
    start = scope.situation.round_start
    return max((at for at in times if start is None or at >= start), default=NOT_YET)


def _done_count(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int | None:
    times = _done(arguments, scope)
    return None if times is None else len(times)


def _word_kind(kind: Kind) -> Callable[[tuple[Kind, ...]], Kind | None]:
    def result(kinds: tuple[Kind, ...]) -> Kind | None:
        return kind if kinds == (Kind.TEXT,) else None

    return result


_ALL: Final = (
    Function("min", "one or more values of one ordered kind", _extreme_kind, _min),
    Function("max", "one or more values of one ordered kind", _extreme_kind, _max),
    Function("round", "a number or an amount, and perhaps decimals", _round_kind, _round),
    Function("abs", "a number, an amount or a duration", _abs_kind, _abs),
    Function("count", "one set", _count_kind, _count),
    Function("raise", "a level and a whole number", _raise_kind, _raise),
    Function("fact", "the name of a fact", _same_kind, _same, word="fact", skips_not_yet=True),
    Function("days_between", "two instants or dates", _moments(2, Kind.COUNT), _days_between),
    Function(
        "business_days_between",
        "two instants or dates",
        _moments(2, Kind.COUNT),
        _business_days_between,
    ),
    Function(
        "open_time_between",
        "two instants or dates",
        _moments(2, Kind.BUSINESS_DURATION),
        _open_time_between,
    ),
    Function("add", "an instant or a date, and a duration", _add_kind, _add),
    Function("start_of_day", "one instant or date", _moments(1, Kind.INSTANT), _start_of_day),
    Function("end_of_day", "one instant or date", _moments(1, Kind.INSTANT), _end_of_day),
    Function("date_of", "one instant or date", _moments(1, Kind.DATE), _date_of),
    Function("whole", "two durations of one clock", _whole_kind, _whole),
    Function(
        "earliest",
        "one or more instants or dates",
        _moment_kind,
        _earliest,
        skips_not_yet=True,
    ),
    Function("latest", "one or more instants or dates", _moment_kind, _latest, skips_not_yet=True),
    Function("done_at", "the id of an action", _word_kind(Kind.INSTANT), _done_at, word="action"),
    Function(
        "done_count", "the id of an action", _word_kind(Kind.COUNT), _done_count, word="action"
    ),
)
FUNCTIONS: Final[Mapping[str, Function]] = {each.name: each for each in _ALL}
"""The functions by name."""
