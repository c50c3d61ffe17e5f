"""Mutants of calendars: opened an hour later, closed an hour earlier, holidays worked through."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.policy import Policy
from complaint_rules.source import Span
from complaint_rules.testing.mutation.board import Board
from complaint_rules.testing.mutation.mutant import Mutant

_HOUR = 60


def of_calendars(policy: Policy) -> Iterator[Mutant]:
    """Yield every mutant of the opening hours of a policy."""
    elsewhere = {target.calendar for target in policy.targets.values()}
    for name, calendar in policy.calendars.items():
        for told, other in _changed(calendar):
            opening = policy.openings.get(name)
            span = None if opening is None else opening.span
            yield _mutant(name, calendar, told, other, span, used=name in elsewhere)


def _mutant(
    name: str,
    calendar: BusinessCalendar,
    told: str,
    other: BusinessCalendar,
    span: Span | None,
    *,
    used: bool,
) -> Mutant:
    def change(old: Policy) -> Policy:
        return attrs.evolve(old, calendars={**old.calendars, name: other})

    def touched(board: Board) -> int:
        return board.where(lambda seen: used or seen.situation.calendar is calendar)

    return Mutant("hours changed", name, told, span, change, touched)


def _changed(calendar: BusinessCalendar) -> Iterator[tuple[str, BusinessCalendar]]:
    later = tuple(tuple(_later(window) for window in day) for day in calendar.week)
    yield "opens an hour later", attrs.evolve(calendar, week=later)
    earlier = tuple(tuple(_earlier(window) for window in day) for day in calendar.week)
    yield "closes an hour earlier", attrs.evolve(calendar, week=earlier)
    if calendar.holidays:
        yield "open on holidays", attrs.evolve(calendar, holidays=frozenset())


def _later(window: tuple[int, int]) -> tuple[int, int]:
    return (window[0] + _HOUR, window[1]) if window[1] - window[0] > _HOUR else window


def _earlier(window: tuple[int, int]) -> tuple[int, int]:
    return (window[0], window[1] - _HOUR) if window[1] - window[0] > _HOUR else window
