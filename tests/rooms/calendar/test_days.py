"""Days in a zone: beginnings, ends, counting, and how instants are written."""

from __future__ import annotations

import datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.calendar import (
    FIRST,
    LAST,
    BusinessCalendar,
    business_days_between,
    clamp,
    covers,
    date_end,
    date_start,
    days_between,
    end_of_day,
    is_business_day,
    local_date,
    next_midnight,
    rfc3339,
    start_of_day,
)

WEEK = (((540, 1_020),),) * 5 + ((), ())
OFFICE = BusinessCalendar(
    "office", "Europe/Budapest", WEEK, holidays=frozenset({datetime.date(2026, 10, 23)})
)
ZONES = ["Europe/Budapest", "Asia/Tehran", "America/New_York", "Asia/Riyadh", "Australia/Lord_Howe"]
HARD = [*ZONES, "America/St_Johns", "America/Havana", "Pacific/Apia", "Africa/Casablanca", "UTC"]


def at(text: str) -> int:
    """Return the instant of an ISO text with an offset."""
    return int(datetime.datetime.fromisoformat(text).timestamp())


def in_zone(name: str) -> BusinessCalendar:
    """Return the office's hours in another zone."""
    return BusinessCalendar("office", name, WEEK)


def test_a_day_goes_from_midnight_to_one_second_before_the_next() -> None:
    """The day of an instant is the calendar's, not that of UTC."""
    now = at("2026-11-22T23:30:00+00:00")
    assert local_date(OFFICE, now) == datetime.date(2026, 11, 23)
    assert rfc3339(OFFICE, start_of_day(OFFICE, now)) == "2026-11-23T00:00:00+01:00"
    assert rfc3339(OFFICE, end_of_day(OFFICE, now)) == "2026-11-23T23:59:59+01:00"
    assert rfc3339(OFFICE, next_midnight(OFFICE, now)) == "2026-11-24T00:00:00+01:00"
    assert date_start(OFFICE, datetime.date(2026, 11, 23)) == start_of_day(OFFICE, now)
    assert date_end(OFFICE, datetime.date(2026, 11, 23)) == end_of_day(OFFICE, now)


@pytest.mark.parametrize(
    ("zone", "day", "start", "end"),
    [
        ("Europe/Budapest", "2026-03-29", "00:00:00+01:00", "23:59:59+02:00"),
        ("Asia/Tehran", "2021-03-22", "01:00:00+04:30", "23:59:59+04:30"),  # midnight is skipped
        ("Asia/Tehran", "2021-09-21", "00:00:00+04:30", "23:59:59+03:30"),  # 23:00 comes twice
        ("America/Havana", "2025-11-02", "00:00:00-04:00", "23:59:59-05:00"),  # midnight twice
    ],
)
def test_days_on_which_the_clock_changes(zone: str, day: str, start: str, end: str) -> None:
    """A day begins at its first instant and ends at its last, whatever the clock does."""
    calendar = in_zone(zone)
    date = datetime.date.fromisoformat(day)
    assert rfc3339(calendar, date_start(calendar, date)) == f"{day}T{start}"
    assert rfc3339(calendar, date_end(calendar, date)) == f"{day}T{end}"


def test_a_clock_put_back_over_midnight_does_not_bring_yesterday_back() -> None:
    """A day that has begun goes on, though the clock shows the day before for an hour."""
    calendar = in_zone("America/St_Johns")
    midnight = at("2010-11-07T00:00:00-02:30")
    again = midnight + 30 * 60
    assert rfc3339(calendar, again) == "2010-11-06T23:30:00-03:30"
    assert local_date(calendar, midnight - 1) == datetime.date(2010, 11, 6)
    assert local_date(calendar, again) == datetime.date(2010, 11, 7)
    assert start_of_day(calendar, again) == midnight


def test_a_day_that_a_zone_left_out_is_empty() -> None:
    """Samoa had no 30 December 2011: it ends before it begins, and no instant lies in it."""
    calendar = in_zone("Pacific/Apia")
    missing = datetime.date(2011, 12, 30)
    after = date_start(calendar, datetime.date(2011, 12, 31))
    assert date_start(calendar, missing) == after
    assert date_end(calendar, missing) == after - 1
    assert local_date(calendar, after) == datetime.date(2011, 12, 31)
    assert local_date(calendar, after - 1) == datetime.date(2011, 12, 29)
    assert not is_business_day(calendar, missing)


def test_midnights_are_counted() -> None:
    """Calendar days are midnights passed, of instants and dates alike, and may be negative."""
    late, early = at("2026-11-22T23:59:00+01:00"), at("2026-11-23T00:01:00+01:00")
    assert days_between(OFFICE, late, early) == 1
    assert days_between(OFFICE, early, late) == -1
    assert days_between(OFFICE, late, datetime.date(2026, 11, 22)) == 0
    assert days_between(OFFICE, datetime.date(2026, 1, 1), datetime.date(2027, 1, 1)) == 365


def test_business_days_are_counted_after_the_first_and_with_the_last() -> None:
    """From Thursday over a holiday and a weekend to Monday is one business day."""
    thursday, monday = datetime.date(2026, 10, 22), datetime.date(2026, 10, 26)
    assert business_days_between(OFFICE, thursday, monday) == 1
    assert business_days_between(OFFICE, monday, thursday) == -1
    assert business_days_between(OFFICE, monday, monday) == 0
    assert business_days_between(OFFICE, at("2026-10-22T09:00+02:00"), monday) == 1
    years = datetime.date(2025, 12, 31), datetime.date(2028, 1, 3)
    slow = sum(
        is_business_day(OFFICE, datetime.date.fromordinal(day))
        for day in range(years[0].toordinal() + 1, years[1].toordinal() + 1)
    )
    assert business_days_between(OFFICE, *years) == slow


def test_a_business_day_has_an_opening() -> None:
    """Holidays and weekends have none."""
    days = ["2026-10-22", "2026-10-23", "2026-10-24", "2026-10-26"]
    known = [is_business_day(OFFICE, datetime.date.fromisoformat(day)) for day in days]
    assert known == [True, False, False, True]


def test_years_without_known_holidays_are_told() -> None:
    """Outside its years a calendar knows its weekly hours only."""
    calendar = attrs.evolve(OFFICE, first_year=2026, last_year=2026)
    assert covers(calendar, at("2026-01-01T00:00+01:00"))
    assert covers(calendar, at("2026-12-31T23:59:59+01:00"))
    assert not covers(calendar, at("2027-01-01T00:00+01:00"))
    assert not covers(calendar, at("2025-12-31T23:59:59+01:00"))


@given(st.sampled_from(HARD), st.integers(1, 2500), st.integers(1, 2500), st.data())
def test_known_holidays_are_told_by_the_local_year(
    name: str, first: int, last: int, data: st.DataObject
) -> None:
    """Whether holidays are known goes by the year in the calendar's zone, in every zone."""
    calendar = attrs.evolve(in_zone(name), first_year=first, last_year=last)
    edges = [
        int(datetime.datetime(min(max(year, 1900), 2400), 1, 1, tzinfo=datetime.UTC).timestamp())
        for year in (first, last, last + 1)
    ]
    moment = data.draw(
        st.one_of(
            st.integers(FIRST, LAST),
            st.builds(int.__add__, st.sampled_from(edges), st.integers(-90_000, 90_000)),
        )
    )
    assert covers(calendar, moment) == (first <= calendar.year_of(moment).year <= last)


@pytest.mark.parametrize(
    ("zone", "given", "written"),
    [
        ("UTC", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00"),
        ("Asia/Tehran", "2026-01-01T00:00:00+00:00", "2026-01-01T03:30:00+03:30"),
        ("America/St_Johns", "2026-01-01T00:00:00+00:00", "2025-12-31T20:30:00-03:30"),
        ("Asia/Tehran", "1910-01-01T00:00:00+00:00", "1910-01-01T03:25:00+03:25"),
        ("America/New_York", "2026-11-01T05:30:00+00:00", "2026-11-01T01:30:00-04:00"),
        ("America/New_York", "2026-11-01T06:30:00+00:00", "2026-11-01T01:30:00-05:00"),
    ],
)
def test_instants_are_written_in_the_zone(zone: str, given: str, written: str) -> None:
    """RFC 3339 with an offset of minutes, never Z; it reads back as the same instant."""
    assert rfc3339(in_zone(zone), at(given)) == written
    assert at(written) == at(given)


def test_an_instant_outside_the_known_time_is_read_as_its_end() -> None:
    """Every question has an answer, however far away."""
    assert rfc3339(OFFICE, -(10**20)) == "1900-01-01T01:00:00+01:00"
    assert end_of_day(OFFICE, 10**20) == LAST
    assert next_midnight(OFFICE, LAST) == LAST
    assert start_of_day(OFFICE, -(10**20)) == FIRST
    assert date_start(OFFICE, datetime.date(1, 1, 1)) == FIRST
    assert date_end(OFFICE, datetime.date(1, 1, 1)) == FIRST
    assert date_start(OFFICE, datetime.date(9999, 12, 31)) == LAST
    assert date_end(OFFICE, datetime.date(9999, 12, 31)) == LAST
    assert business_days_between(OFFICE, datetime.date(1, 1, 1), datetime.date(1899, 1, 1)) == 0
    assert business_days_between(OFFICE, datetime.date(9000, 1, 1), datetime.date(9999, 1, 1)) == 0
    assert local_date(OFFICE, 10**20) == datetime.date(2401, 1, 1)


@given(zone=st.sampled_from(HARD), now=st.integers(FIRST, LAST), step=st.integers(0, 200_000))
def test_days_part_the_time(zone: str, now: int, step: int) -> None:
    """Every instant lies between the ends of its day, and later instants on no earlier day."""
    calendar = in_zone(zone)
    day = local_date(calendar, now)
    start, end = start_of_day(calendar, now), end_of_day(calendar, now)
    assert start <= now <= end
    assert start == date_start(calendar, day)
    assert end == date_end(calendar, day)
    assert next_midnight(calendar, now) == clamp(end + 1)
    assert local_date(calendar, start) == local_date(calendar, end) == day
    later = clamp(now + step)
    assert local_date(calendar, later) >= day
    assert days_between(calendar, now, later) == (local_date(calendar, later) - day).days
    written = datetime.datetime.fromisoformat(rfc3339(calendar, now))
    assert (written - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)) == datetime.timedelta(
        seconds=now
    )
