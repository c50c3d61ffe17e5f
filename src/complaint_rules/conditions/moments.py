"""Functions of time: days, open time, durations on a calendar, and what was done when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from complaint_rules.calendar import (
    Duration,
    NeverOpenError,
    Unit,
    add,
    advance,
    business_days_between,
    clamp,
    days_between,
    earliest_start,
    end_of_day,
    local_date,
    next_midnight,
    open_seconds,
    start_of_day,
)
from complaint_rules.conditions.inner import (
    DIVISION_BY_ZERO,
    NEVER_OPEN,
    Inner,
    Scope,
    instant,
    seconds,
)
from complaint_rules.facts import NOT_YET, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaint_rules.calendar import BusinessCalendar
    from complaint_rules.conditions.tree import Call

_DAY: Final = 86_400


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


def earlier(at: int, length: Inner, kind: Kind, scope: Scope) -> int | None:
    """
    Return the instant so much earlier than `at`: the first from which the duration leads there.

    Open time that is no constant is not reckoned back: `None`.

    Raises:
        NeverOpenError: Open time is needed, and the calendar does not open for 20 years.
    """
    if not isinstance(length, Duration):
        return clamp(at - int(length)) if kind is Kind.DURATION else None
    elapsed = length.seconds
    if elapsed is None:
        return earliest_start(scope.calendar, at, length)
    start = clamp(at - elapsed)
    if length.unit in (Unit.M, Unit.H):
        return start
    known = add(scope.calendar, start, length) == at
    if known and _is_plain(scope.calendar, start) and _is_plain(scope.calendar, at):
        return start
    return earliest_start(scope.calendar, at, length)


def _is_plain(calendar: BusinessCalendar, at: int) -> bool:
    """Return whether the clock is left alone on the day of an instant."""
    return next_midnight(calendar, at) - start_of_day(calendar, at) == _DAY


def days(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    """Return the calendar days between two moments."""
    return days_between(scope.calendar, *arguments)


def business_days(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    """Return the business days between two moments."""
    scope.notice_holidays(*(instant(each, scope) for each in arguments))
    return business_days_between(scope.calendar, *arguments)


def open_time(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    """Return the open seconds between two moments."""
    start, end = (instant(each, scope) for each in arguments)
    scope.notice_holidays(start, end)
    return open_seconds(scope.calendar, start, end)


def added(arguments: tuple[Inner, ...], call: Call, scope: Scope) -> int | None:
    """Return the instant so much later; unknown if the calendar never opens."""
    try:
        return later(instant(arguments[0], scope), arguments[1], call.arguments[1].kind, scope)
    except NeverOpenError:
        scope.notice(NEVER_OPEN)
        return None


def day_start(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    """Return the first instant of a day."""
    return start_of_day(scope.calendar, instant(arguments[0], scope))


def day_end(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int:
    """Return the last second of a day."""
    return end_of_day(scope.calendar, instant(arguments[0], scope))


def day_of(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> Inner:
    """Return the day of an instant."""
    return local_date(scope.calendar, instant(arguments[0], scope))


def whole_units(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int | None:
    """Return how many whole units a duration holds, cut toward zero."""
    span, unit = (seconds(each) for each in arguments)
    if span is None or unit is None:
        return None
    if unit <= 0:
        scope.notice(DIVISION_BY_ZERO)
        return None
    count = abs(span) // unit
    return int(count if span >= 0 else -count)


def _moment(
    choose: Callable[[list[int]], int], arguments: tuple[Inner, ...], call: Call, scope: Scope
) -> Inner:
    if call.kind is Kind.INSTANT:
        happened = [
            each if type(each) is int else instant(each, scope)
            for each in arguments
            if each is not NOT_YET
        ]
    else:
        happened = [each for each in arguments if each is not NOT_YET]
    return choose(happened) if happened else NOT_YET


def earliest(arguments: tuple[Inner, ...], call: Call, scope: Scope) -> Inner:
    """Return the earliest moment that has happened, else not yet."""
    return _moment(min, arguments, call, scope)


def latest(arguments: tuple[Inner, ...], call: Call, scope: Scope) -> Inner:
    """Return the latest moment that has happened, else not yet."""
    return _moment(max, arguments, call, scope)


# ------------------------------------------------------------------ what was done


def _done(arguments: tuple[Inner, ...], scope: Scope) -> list[int] | None:
    """Return when an action was done, in all rounds; `None` if what was done is unknown."""
    situation = scope.situation
    if not situation.done and "done" not in scope.values:
        return None
    return [each.at for each in situation.done if each.action == arguments[0]]


def done_at(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> Inner | None:
    """Return when an action was last done in this round."""
    times = _done(arguments, scope)
    if times is None:
        return None
    start = scope.situation.round_start
    return max((at for at in times if start is None or at >= start), default=NOT_YET)


def done_count(arguments: tuple[Inner, ...], _: Call, scope: Scope) -> int | None:
    """Return how often an action was done, in all rounds."""
    times = _done(arguments, scope)
    return None if times is None else len(times)
