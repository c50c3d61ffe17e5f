"""Clocks of targets: spans on a calendar with pauses taken out."""

from __future__ import annotations

import datetime

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.decision.hand import ALWAYS, NEVER, OFFICE, at, length

from complaint_rules.calendar import Origin, Unit, elapsed
from complaint_rules.decision.timing.clocks import (
    Interrupted,
    Span,
    after,
    end_of,
    joined,
    span,
)

MONDAY = at("2026-11-23 09:00")
H = 3600


def made(text: str, *pauses: tuple[str, str], start: int = MONDAY) -> Span:
    """Return the span of a duration on office hours."""
    found = span(OFFICE, start, length(text), joined((at(a), at(b)) for a, b in pauses))
    assert found is not None
    return found


def test_without_pauses_it_is_the_calendar() -> None:
    """A span without pauses ends where the calendar says."""
    assert made("4 bh").due == at("2026-11-23 13:00")
    assert made("4 h", start=at("2026-11-23 16:30")).due == at("2026-11-23 20:30")
    assert made("1 bh", start=at("2026-11-23 16:30")).due == at("2026-11-24 09:30")


def test_an_hour_of_pause_is_an_hour_later() -> None:
    """A closed pause inside is taken out on the wall clock."""
    found = made("4 h", ("2026-11-23 10:00", "2026-11-23 11:30"))
    assert found.due == at("2026-11-23 14:30")


def test_business_time_loses_only_open_time() -> None:
    """On open time a pause costs what the calendar was open in it."""
    found = made("9 bh", ("2026-11-23 16:00", "2026-11-24 10:00"))
    assert found.due == at("2026-11-24 12:00")


def test_several_pauses_and_one_that_only_matters_by_another() -> None:
    """A pause that begins after the plain due counts if earlier ones push the due past it."""
    found = made(
        "2 h", ("2026-11-23 10:00", "2026-11-23 11:00"), ("2026-11-23 11:30", "2026-11-23 12:30")
    )
    assert found.due == at("2026-11-23 13:00")


def test_pauses_before_and_after_change_nothing() -> None:
    """Pauses outside the span leave it as it is, and are forgotten."""
    found = made(
        "2 h", ("2026-11-23 07:00", "2026-11-23 09:00"), ("2026-11-23 11:00", "2026-11-23 12:00")
    )
    plain = made("2 h")
    assert type(found) is Span
    assert (found.due, found.whole, found.warn_at) == (plain.due, plain.whole, plain.warn_at)
    assert found.due == at("2026-11-23 11:00")


def test_a_pause_running_at_the_start() -> None:
    """Of a pause that began before the start only the part after it counts."""
    found = made("2 h", ("2026-11-23 07:00", "2026-11-23 10:00"))
    assert found.due == at("2026-11-23 12:00")


def test_business_days_lose_open_time() -> None:
    """Business days run out when as much open time has passed as without a pause."""
    found = made("2 bd", ("2026-11-23 12:00", "2026-11-24 12:00"))
    assert made("2 bd").due == at("2026-11-25 09:00")
    assert found.due == at("2026-11-25 17:00")


def test_days_that_close_with_the_day_close_with_the_day_reached() -> None:
    """An end of day stays an end of day after a pause."""
    paused = made("3 bd end of day", ("2026-11-23 12:00", "2026-11-24 12:00"))
    assert paused.due == at("2026-11-27 23:59:59")
    on_the_wall = made("1 d end of day", ("2026-11-23 12:00", "2026-11-23 14:00"))
    assert on_the_wall.due == at("2026-11-25 23:59:59")


def test_close_of_business_stays_one() -> None:
    """A close of business is the last closing of the day reached."""
    found = made("1 bd close of business", ("2026-11-23 12:00", "2026-11-23 14:00"))
    assert found.due == at("2026-11-25 17:00")


def test_a_pause_in_closed_time_costs_no_open_time() -> None:
    """A pause by night moves no deadline of open time."""
    found = made("9 bh", ("2026-11-23 18:00", "2026-11-24 07:00"))
    assert found.due == made("9 bh").due


def test_a_span_without_time_has_no_pauses() -> None:
    """A span of no time on its clock is due where it is, pause or not."""
    found = made("0 h", ("2026-11-23 08:00", "2026-11-23 10:00"))
    assert (found.due, found.whole) == (MONDAY, 0)


def test_parts_run_on_the_same_clock() -> None:
    """A part of a span is reached when so much of it has passed, pauses left out."""
    found = made("4 h", ("2026-11-23 10:00", "2026-11-23 11:00"))
    assert found.reached((0, 1)) == MONDAY
    assert found.reached((1, 4)) == at("2026-11-23 10:00")
    assert found.reached((1, 2)) == at("2026-11-23 12:00")
    assert found.reached((1, 1)) == found.due == at("2026-11-23 14:00")
    assert made("4 bh", start=at("2026-11-23 15:00")).reached((3, 4)) == at("2026-11-24 10:00")


def test_left_is_what_has_not_run() -> None:
    """What is left counts the span's own clock without the pauses, never below nothing."""
    found = made("4 h", ("2026-11-23 10:00", "2026-11-23 11:00"))
    assert found.left(MONDAY) == 4 * H
    assert found.left(at("2026-11-23 10:30")) == 3 * H
    assert found.left(at("2026-11-23 12:00")) == 2 * H
    assert found.left(at("2026-11-23 20:00")) == 0


def test_a_calendar_that_never_opens_gives_nothing() -> None:
    """Open time that never comes is no span and no end."""
    assert span(NEVER, MONDAY, length("1 bh")) is None
    assert end_of(NEVER, MONDAY, length("1 bd")) is None
    assert after(NEVER, MONDAY, 60, Unit.BH) is None
    assert after(NEVER, MONDAY, 60, Unit.H) == MONDAY + 60


def test_a_calendar_that_opens_no_more() -> None:
    """Where a pause takes the last open time there is, the span never ends."""
    day = datetime.date(2026, 11, 23)
    once = attrs.evolve(NEVER, special={day: ((540, 1020),)})
    assert span(once, MONDAY, length("4 bh")) is not None
    pauses = joined([(MONDAY + H, at("2026-11-24 00:00"))])
    assert span(once, MONDAY, length("4 bh"), pauses) is None
    due = MONDAY + 9 * H
    whole = Interrupted()
    whole.origin, whole.start, whole.duration = Origin(once, MONDAY), MONDAY, length("4 bh")
    whole.due, whole.whole, whole.pauses = due, 4 * H, pauses
    assert whole.reached((1, 2)) == whole.due


def test_joined_pauses_are_apart() -> None:
    """Pauses that overlap or touch are one; empty and backward ones are none."""
    assert joined([(5, 7), (1, 3), (3, 4), (6, 9), (8, 8), (9, 2)]) == ((1, 4), (5, 9))


_UNITS = st.sampled_from(["m", "h", "d", "w", "bm", "bh", "bd"])
_START = st.integers(at("2026-03-20 00:00"), at("2026-04-10 00:00"))
_PAUSES = st.lists(
    st.tuples(st.integers(-2 * 86_400, 20 * 86_400), st.integers(0, 3 * 86_400)), max_size=4
)


@given(st.integers(0, 9), _UNITS, _START, _PAUSES)
def test_a_pause_never_makes_it_earlier(
    amount: int, unit: str, start: int, pauses: list[tuple[int, int]]
) -> None:
    """Taking out pauses never moves a due time forward, and parts come in order."""
    given_ = joined((start + a, start + a + b) for a, b in pauses)
    plain, paused = span(OFFICE, start, length(f"{amount} {unit}")), None
    paused = span(OFFICE, start, length(f"{amount} {unit}"), given_)
    assert plain is not None
    assert paused is not None
    assert paused.due >= plain.due
    parts = [paused.reached((n, 4)) for n in range(5)]
    assert parts == sorted(parts)
    assert parts[-1] == paused.due


@given(st.integers(1, 600), st.sampled_from(["m", "bm"]), _START, _PAUSES)
def test_just_the_time_allowed_runs_outside_the_pauses(
    amount: int, unit: str, start: int, pauses: list[tuple[int, int]]
) -> None:
    """Between start and due as much time runs, pauses left out, as was allowed."""
    given_ = joined((start + a, start + a + b) for a, b in pauses)
    found = span(OFFICE, start, length(f"{amount} {unit}"), given_)
    assert found is not None
    run = elapsed(OFFICE, start, found.due, found.duration)
    for begin, end in given_:
        run -= elapsed(OFFICE, max(begin, start), min(end, found.due), found.duration)
    assert run == amount * 60
    assert found.left(found.due) == 0


def test_always_open_business_time_is_wall_time() -> None:
    """On a calendar that never closes both clocks agree, pauses and all."""
    pauses = joined([(MONDAY + H, MONDAY + 2 * H)])
    wall, business = (span(ALWAYS, MONDAY, length(text), pauses) for text in ("5 h", "5 bh"))
    assert wall is not None
    assert business is not None
    assert wall.due == business.due == MONDAY + 6 * H
