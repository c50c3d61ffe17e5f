"""Parts of spans by example: on the wall for wall units, in open time for business units."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from complaint_rules.calendar import (
    LAST,
    BusinessCalendar,
    Close,
    Duration,
    Origin,
    Stretch,
    Unit,
    add,
    elapsed,
    fraction,
    rfc3339,
)

NINE_TO_FIVE = ((540, 1_020),)
OFFICE = BusinessCalendar(
    "office",
    "Europe/Budapest",
    (NINE_TO_FIVE,) * 5 + ((), ()),
    holidays=frozenset({datetime.date(2026, 12, 25)}),
    special={datetime.date(2026, 12, 24): ((540, 720),)},
)
UNITS = {unit.value: unit for unit in Unit}
CLOSES = {close.value: close for close in Close}


def at(text: str) -> int:
    """Return the instant of an ISO text with an offset."""
    return int(datetime.datetime.fromisoformat(text).timestamp())


def span(text: str) -> Duration:
    """Return the duration of a text such as ``3 bd end of day``."""
    amount, unit, close = [*text.split(" ", 2), ""][:3]
    return Duration(Decimal(amount), UNITS[unit], CLOSES[close])


def test_time_passed_on_the_duration_s_own_clock() -> None:
    """Open time for business units, else time on the wall; never less than nothing."""
    friday, monday = at("2026-11-20T16:30:00+01:00"), at("2026-11-23T09:30:00+01:00")
    assert elapsed(OFFICE, friday, monday, span("1 bh")) == 3_600
    assert elapsed(OFFICE, friday, monday, span("1 bd")) == 3_600
    assert elapsed(OFFICE, friday, monday, span("1 d")) == monday - friday
    assert elapsed(OFFICE, monday, friday, span("1 d")) == 0
    assert elapsed(OFFICE, monday, friday, span("1 bh")) == 0


@pytest.mark.parametrize(
    ("start", "text", "part", "end"),
    [
        ("2026-11-20T16:30:00+01:00", "1 bh", "3/4", "2026-11-23T09:15:00+01:00"),
        ("2026-11-20T16:30:00+01:00", "1 bh", "1/2", "2026-11-20T17:00:00+01:00"),
        ("2026-11-20T16:00:00+01:00", "1 bd", "3/4", "2026-11-23T14:00:00+01:00"),
        ("2026-11-20T16:00:00+01:00", "4 h", "3/4", "2026-11-20T19:00:00+01:00"),
        ("2026-11-20T16:00:00+01:00", "4 d", "1/4", "2026-11-21T16:00:00+01:00"),
        ("2026-11-20T16:00:00+01:00", "1 m", "1/7", "2026-11-20T16:00:09+01:00"),
        ("2026-11-20T16:00:00+01:00", "4 h", "0", "2026-11-20T16:00:00+01:00"),
        ("2026-11-20T18:00:00+01:00", "4 bh", "-1", "2026-11-20T18:00:00+01:00"),
        ("2026-11-20T16:00:00+01:00", "1 bd end of day", "1", "2026-11-23T23:59:59+01:00"),
        ("2026-11-20T16:00:00+01:00", "1 bd end of day", "7", "2026-11-23T23:59:59+01:00"),
        ("2026-11-21T16:00:00+01:00", "0 bd", "3/4", "2026-11-23T09:00:00+01:00"),
    ],
)
def test_a_part_of_a_span(start: str, text: str, part: str, end: str) -> None:
    """The first whole second at which the part has passed on the duration's own clock."""
    over = add(OFFICE, at(start), span(text))
    found = fraction(OFFICE, at(start), over, span(text), Fraction(part))
    assert rfc3339(OFFICE, found) == end


LUNCH = BusinessCalendar("lunch", "Europe/Budapest", (((540, 720), (780, 1_020)),) * 6 + ((),))
ROUND_THE_CLOCK = BusinessCalendar("desk", "America/New_York", (((0, 1_440),),) * 7)
DURATIONS = [
    *("0 m", "90 m", "26 h", "3 d", "1 w", "1 mo", "2 d close of business", "0 d end of day"),
    *("0 bm", "45 bm", "4 bh", "300 bh", "0 bd", "1 bd", "7 bd", "2 bd close of business"),
]


@given(
    calendar=st.sampled_from([OFFICE, ROUND_THE_CLOCK, LUNCH]),
    start=st.one_of(
        st.integers(at("2026-03-20T00:00:00+01:00"), at("2026-04-05T00:00:00+02:00")),
        st.integers(at("2026-12-20T00:00:00+01:00"), at("2027-01-05T00:00:00+01:00")),
        st.integers(LAST - 200_000, LAST + 10),
    ),
    text=st.sampled_from(DURATIONS),
    part=st.tuples(st.integers(-1, 9), st.integers(1, 8)),
)
@example(calendar=ROUND_THE_CLOCK, start=LAST - 3_600, text="4 bh", part=(1, 2))
@example(calendar=OFFICE, start=at("2026-12-31T16:00:00+01:00"), text="4 bh", part=(3, 4))
@example(calendar=OFFICE, start=at("2026-11-23T10:00:00+01:00"), text="4 bh", part=(3, 4))
@example(calendar=OFFICE, start=at("2026-11-23T10:00:00+01:00"), text="1 bd", part=(3, 4))
@example(calendar=OFFICE, start=at("2026-11-21T10:00:00+01:00"), text="0 bd", part=(-1, 4))
@example(calendar=OFFICE, start=at("2026-11-21T10:00:00+01:00"), text="1 bd", part=(3, 4))
@example(calendar=OFFICE, start=at("2026-11-21T08:00:00+01:00"), text="1 bd", part=(1, 4))
@example(calendar=OFFICE, start=at("2026-11-23T08:00:00+01:00"), text="2 bd", part=(1, 4))
@example(calendar=OFFICE, start=at("2026-11-27T19:00:00+01:00"), text="1 bd", part=(1, 4))
@example(calendar=OFFICE, start=at("2026-01-01T19:00:00+01:00"), text="1 bd", part=(1, 4))
@example(calendar=OFFICE, start=at("2026-12-31T10:00:00+01:00"), text="1 bd", part=(1, 4))
@example(calendar=OFFICE, start=at("2026-03-29T10:00:00+02:00"), text="1 bd", part=(1, 4))
@example(calendar=LUNCH, start=at("2026-11-23T10:00:00+01:00"), text="2 bd", part=(1, 4))
@example(calendar=LUNCH, start=at("2026-11-22T10:00:00+01:00"), text="1 bd", part=(1, 4))
@example(calendar=OFFICE, start=LAST + 10, text="1 bd", part=(1, 4))
def test_a_stretch_ends_and_is_parted_as_spans_are(
    calendar: BusinessCalendar, start: int, text: str, part: tuple[int, int]
) -> None:
    """What it knows at once is what is found step by step, in every unit, to the end of time."""
    duration = span(text)
    found = Stretch.of(Origin(calendar, start), duration, 4)
    assert found is not None
    assert found.due == add(calendar, start, duration)
    assert found.whole == elapsed(calendar, start, found.due, duration)
    assert found.warn_at == fraction(calendar, start, found.due, duration, Fraction(3, 4))
    assert found.reached(part) == fraction(calendar, start, found.due, duration, Fraction(*part))
