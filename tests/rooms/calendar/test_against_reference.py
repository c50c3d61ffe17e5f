"""
The calendar against a slow reading of the same rules, minute by minute; and laws of its arithmetic.

The reference walks a clock that never runs backward: where the real one is put back, it waits. Such
a clock passes every local time once, at its first occurrence, which is what semantics 14 asks for.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from fractions import Fraction
from zoneinfo import ZoneInfo

import attrs
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.calendar import (
    BusinessCalendar,
    Close,
    Duration,
    Unit,
    Windows,
    add,
    advance,
    business_days_between,
    earliest_start,
    elapsed,
    fraction,
    is_business_day,
    is_open,
    local_date,
    next_change,
    next_open,
    open_seconds,
    zone,
)

DAYS = 12
ZONES = ["Europe/Budapest", "Asia/Tehran", "America/New_York", "Asia/Riyadh", "Australia/Lord_Howe"]
# Days about which a clock of these zones is changed, and plain ones, over a New Year too.
ABOUT = [
    *["2026-03-29", "2026-10-25", "2021-03-22", "2021-09-21", "2026-03-08", "2026-11-01"],
    *["2026-04-05", "2026-10-04", "2025-12-31", "2027-06-15", "2028-02-29"],
]


@functools.lru_cache(maxsize=16)
def walk(
    name: str, day: datetime.date
) -> tuple[int, list[datetime.datetime], list[datetime.datetime]]:
    """Return the first minute, two days before `day`; and for each what two clocks show.

    The first is the clock on the wall, the second the one that never runs backward.
    """
    place = zone(name)
    assert isinstance(place, ZoneInfo)
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    start = int(midnight.timestamp()) - 2 * 86_400
    wall = [
        datetime.datetime.fromtimestamp(start + minute * 60, place).replace(tzinfo=None)
        for minute in range(DAYS * 1_440)
    ]
    return start, wall, list(itertools.accumulate(wall, max))


def time_of(shown: datetime.datetime) -> int:
    """Return the minutes after midnight."""
    return shown.hour * 60 + shown.minute


@attrs.frozen
class Reference:
    """
    Twelve days of a calendar, minute by minute.

    Attributes:
        start: The first minute.
        wall: For each minute what the clock shows.
        days: For each minute its local day, by the clock that never runs backward.
        times: For each minute the minutes after midnight, by the same clock.
        open: For each minute whether the calendar is open.
    """

    start: int
    wall: list[datetime.datetime]
    days: list[datetime.date]
    times: list[int]
    open: list[bool]

    @classmethod
    def of(cls, calendar: BusinessCalendar, day: datetime.date) -> Reference:
        """Walk the clock from two days before `day`."""
        start, wall, forward = walk(calendar.timezone, day)
        days, times = [each.date() for each in forward], [time_of(each) for each in forward]
        windows = {each: calendar.windows_on(each) for each in set(days)}
        opened = [
            any(low <= time < high for low, high in windows[each])
            for each, time in zip(days, times, strict=True)
        ]
        return cls(start, wall, days, times, opened)

    def at(self, minute: int) -> int:
        """Return the instant of a minute."""
        return self.start + minute * 60

    def first(self, minute: int, day: datetime.date, time: int) -> int:
        """Return the first minute, from one on, that shows a local day and time, or later."""
        wanted = (day, time)
        each = minute
        while (self.days[each], self.times[each]) < wanted:
            each += 1
        return each

    def business_days(self) -> list[datetime.date]:
        """Return the days with any open minute."""
        pairs = zip(self.days, self.open, strict=True)
        return sorted({day for day, is_open in pairs if is_open})


def hours() -> st.SearchStrategy[Windows]:
    """Return opening hours of a day: none, split, whole, up to midnight, on the quarter hour."""
    cuts = st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True)

    def pair(found: list[int]) -> Windows:
        marks = [15 * cut for cut in sorted(found)]
        return tuple(zip(marks[::2], marks[1::2], strict=False))

    usual: st.SearchStrategy[Windows] = st.sampled_from(
        [
            (),
            (),
            ((540, 1_020),),
            ((0, 1_440),),
            ((540, 720), (780, 1_020)),
            ((0, 120), (150, 1_440)),
        ]
    )
    return st.one_of(usual, cuts.map(pair))


@st.composite
def cases(draw: st.DrawFn) -> tuple[BusinessCalendar, datetime.date]:
    """Return a calendar that opens, and a day about which to look at it."""
    day = datetime.date.fromisoformat(draw(st.sampled_from(ABOUT)))
    near = st.integers(-3, 12).map(lambda days: day + datetime.timedelta(days=days))
    week = draw(st.tuples(*[hours()] * 7).filter(any))
    calendar = BusinessCalendar(
        "drawn",
        draw(st.sampled_from(ZONES)),
        week,
        holidays=draw(st.frozensets(near, max_size=3)),
        special=draw(st.dictionaries(near, hours(), max_size=2)),
    )
    return calendar, day


MINUTES = st.integers(1_440, 4 * 1_440)


@given(case=cases(), minute=MINUTES, more=st.integers(0, 5 * 1_440))
def test_open_time_is_that_of_the_reference(
    case: tuple[BusinessCalendar, datetime.date], minute: int, more: int
) -> None:
    """Open or not, the next opening, open time of a span, and its end agree with the reference."""
    calendar = case[0]
    slow = Reference.of(*case)
    start, end = slow.at(minute), slow.at(minute + more)
    assert is_open(calendar, start) == slow.open[minute]
    used = sum(slow.open[minute : minute + more])
    assert open_seconds(calendar, start, end) == used * 60
    opened = [each for each in range(minute, len(slow.open)) if slow.open[each]]
    if opened:
        assert next_open(calendar, start) == slow.at(opened[0])
    if used:
        last = slow.at(opened[used - 1] + 1)
        assert add(calendar, start, Duration(used, Unit.BM)) == last
        assert fraction(calendar, start, end, Duration(1, Unit.BH), Fraction(1)) == end
        half = fraction(calendar, start, end, Duration(1, Unit.BH), Fraction(1, 2))
        passed = open_seconds(calendar, start, half)
        assert passed * 2 == used * 60
        assert open_seconds(calendar, start, half - 1) < passed


@given(case=cases(), minute=MINUTES, count=st.integers(0, 3))
def test_business_days_are_those_of_the_reference(
    case: tuple[BusinessCalendar, datetime.date], minute: int, count: int
) -> None:
    """The n-th business day, and the moment on it, agree with the reference."""
    calendar = case[0]
    slow = Reference.of(*case)
    start, day = slow.at(minute), slow.days[minute]
    later = [each for each in slow.business_days() if each > day or (not count and each == day)]
    if len(later) < max(count, 1) or later[max(count, 1) - 1] >= slow.days[-1]:
        return  # past the end of the reference
    reached = later[max(count, 1) - 1]
    on_it = [m for m, each in enumerate(slow.days) if each == reached and slow.open[m]]
    close = on_it[-1] + 1
    if count:
        assert business_days_between(calendar, day, reached) == count
        wished = slow.first(minute, reached, time_of(slow.wall[minute]))
    else:
        wished = minute
    before = [m for m in on_it if m <= wished]
    settled = on_it[0] if not before else min(wished, before[-1] + 1)
    found = add(calendar, start, Duration(count, Unit.BD))
    assert found == max(start, slow.at(settled))
    closing = add(calendar, start, Duration(count, Unit.BD, Close.BUSINESS))
    assert closing == max(start, slow.at(close))
    midnight = slow.at(slow.first(0, reached + datetime.timedelta(days=1), 0))
    assert add(calendar, start, Duration(count, Unit.BD, Close.DAY)) == midnight - 1


@given(case=cases(), minute=MINUTES, count=st.integers(1, 6))
def test_days_are_those_of_the_reference(
    case: tuple[BusinessCalendar, datetime.date], minute: int, count: int
) -> None:
    """Calendar days end at the first minute that shows the same local time, or a later one."""
    calendar = case[0]
    slow = Reference.of(*case)
    start = slow.at(minute)
    end = slow.days[minute] + datetime.timedelta(days=count)
    midnight = slow.at(slow.first(minute, end + datetime.timedelta(days=1), 0))
    assert add(calendar, start, Duration(count, Unit.D, Close.DAY)) == midnight - 1
    shown = slow.wall[minute]
    end = shown.date() + datetime.timedelta(days=count)
    found = add(calendar, start, Duration(count, Unit.D))
    assert found == slow.at(slow.first(minute, end, time_of(shown)))


INSTANTS = st.integers(1_577_836_800, 1_893_456_000)  # 2020 to 2030
RISING = st.one_of(
    st.builds(Duration, st.integers(0, 300), st.sampled_from([Unit.M, Unit.H, Unit.BM, Unit.BH])),
    st.builds(Duration, st.integers(0, 30), st.just(Unit.BD), st.sampled_from(Close)),
    st.builds(
        Duration,
        st.integers(0, 30),
        st.sampled_from([Unit.D, Unit.W, Unit.MO]),
        st.sampled_from([Close.DAY, Close.BUSINESS]),
    ),
)


@given(case=cases(), start=INSTANTS, step=st.integers(0, 100_000), duration=RISING)
def test_a_later_start_never_ends_earlier(
    case: tuple[BusinessCalendar, datetime.date], start: int, step: int, duration: Duration
) -> None:
    """Durations keep the order of their starts, about changes of the clock too.

    Business days do if the later start stands on a business day, in no hour that comes again.
    """
    calendar, day = case
    near = int(datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp())
    for first in (start, near + start % 86_400 - 43_200):
        later = first + step
        end, late = add(calendar, first, duration), add(calendar, later, duration)
        assert end >= first
        if duration.unit is Unit.BD and duration.close is Close.NONE:
            again = datetime.datetime.fromtimestamp(later, zone(calendar.timezone)).fold
            if again or not is_business_day(calendar, local_date(calendar, later)):
                close = attrs.evolve(duration, close=Close.BUSINESS)
                end, late = add(calendar, first, close), add(calendar, later, close)
        assert end <= late


@given(case=cases(), start=INSTANTS, amount=st.integers(0, 40), unit=st.sampled_from(Unit))
def test_a_longer_duration_never_ends_earlier(
    case: tuple[BusinessCalendar, datetime.date], start: int, amount: int, unit: Unit
) -> None:
    """Every unit keeps the order of its amounts."""
    calendar = case[0]
    shorter = add(calendar, start, Duration(amount, unit))
    assert start <= shorter <= add(calendar, start, Duration(amount + 1, unit))


@given(
    case=cases(), start=INSTANTS, first=st.integers(1, 2_000_000), second=st.integers(1, 2_000_000)
)
def test_open_time_adds_up(
    case: tuple[BusinessCalendar, datetime.date], start: int, first: int, second: int
) -> None:
    """What is used up is what was asked for, at once or in two goes, and not a second before."""
    calendar = case[0]
    middle = advance(calendar, start, first)
    assert open_seconds(calendar, start, middle) == first
    assert open_seconds(calendar, start, middle - 1) == first - 1
    end = advance(calendar, start, first + second)
    assert advance(calendar, middle, second) == end
    assert open_seconds(calendar, middle, end) == second
    hours = Duration(first % 400, Unit.BH)
    assert open_seconds(calendar, start, add(calendar, start, hours)) == first % 400 * 3_600


@given(
    case=cases(),
    start=INSTANTS,
    duration=st.one_of(RISING, st.builds(Duration, st.integers(1, 30), st.just(Unit.D))),
    part=st.fractions(0, 1, max_denominator=12),
)
def test_a_part_lies_within_the_whole(
    case: tuple[BusinessCalendar, datetime.date], start: int, duration: Duration, part: Fraction
) -> None:
    """At that instant the part has passed on the duration's clock; a second earlier it has not."""
    calendar = case[0]
    due = add(calendar, start, duration)
    found = fraction(calendar, start, due, duration, part)
    assert start <= found <= due
    whole = elapsed(calendar, start, due, duration)
    assert elapsed(calendar, start, found, duration) >= part * whole
    if whole and 0 < part < 1:
        assert elapsed(calendar, start, found - 1, duration) < part * whole


@given(case=cases(), due=INSTANTS, duration=RISING)
def test_the_earliest_start_is_the_first_that_reaches(
    case: tuple[BusinessCalendar, datetime.date], due: int, duration: Duration
) -> None:
    """From it the end is reached; from a second or some hours earlier it is not."""
    calendar = case[0]
    found = earliest_start(calendar, due, duration)
    assert found <= due
    assert add(calendar, found, duration) >= due
    assert all(add(calendar, found - 1 - 3_600 * n, duration) < due for n in range(24 * 10))


PLAIN = st.builds(
    Duration, st.integers(0, 4), st.sampled_from([Unit.D, Unit.W, Unit.MO, Unit.BD, Unit.BH])
)


@given(case=cases(), minute=MINUTES, second=st.integers(0, 59), duration=PLAIN)
def test_no_change_of_reaching_is_missed(
    case: tuple[BusinessCalendar, datetime.date], minute: int, second: int, duration: Duration
) -> None:
    """Walked from change to change, whether a duration reaches is what a scan says."""
    calendar = case[0]
    slow = Reference.of(*case)
    due = add(calendar, slow.at(minute) + second, duration) - second // 2
    now = earliest_start(calendar, due, duration) - 1_000
    truth = add(calendar, now, duration) >= due
    change = next_change(calendar, now, due, duration)
    for start in range(now, now + 5 * 86_400, 420):
        while change is not None and change <= start:
            assert (add(calendar, change - 1, duration) >= due) is truth
            truth = not truth
            assert (add(calendar, change, duration) >= due) is truth
            change = next_change(calendar, change, due, duration)
        assert (add(calendar, start, duration) >= due) is truth
