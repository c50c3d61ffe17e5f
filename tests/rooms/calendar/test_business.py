"""The calendar as a value: checked, compared, hashed, pickled; its memory is bounded."""

from __future__ import annotations

import copy
import datetime
import pickle
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

from complaint_rules.calendar import (
    FIRST,
    LAST,
    BusinessCalendar,
    CalendarError,
    clamp,
    in_range,
    local_date,
    open_seconds,
)

DAY = ((540, 1_020),)
WEEK = (DAY,) * 5 + ((), ())


def office(**changes: object) -> BusinessCalendar:
    """Return an office open from nine to five on working days."""
    made = BusinessCalendar("office", "Europe/Budapest", WEEK)
    return attrs.evolve(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"timezone": "Europe/Pest"}, "`Europe/Pest` is no time zone"),
        ({"week": (DAY,) * 6}, "a week has seven days"),
        ({"week": (DAY,) * 6 + (((600, 600),),)}, "opening hours are sorted"),
        ({"week": (DAY,) * 6 + (((600, 700), (690, 800)),)}, "opening hours are sorted"),
        ({"week": (DAY,) * 6 + (((0, 1_441),),)}, "opening hours are sorted"),
        ({"special": {datetime.date(2026, 1, 1): ((-1, 60),)}}, "opening hours are sorted"),
    ],
)
def test_a_calendar_that_is_none_is_refused(changes: dict[str, object], message: str) -> None:
    """Hours and zone are checked when a calendar is made."""
    with pytest.raises(CalendarError, match=message):
        office(**changes)


def test_what_a_calendar_remembers_is_no_part_of_it() -> None:
    """Asking changes neither equality nor hash, and copies start afresh."""
    asked, fresh = office(), office()
    before = open_seconds(asked, 0, 10**9)
    assert asked == fresh
    assert hash(asked) == hash(fresh)
    for copied in (pickle.loads(pickle.dumps(asked)), copy.deepcopy(asked), copy.copy(asked)):
        assert copied == asked
        assert hash(copied) == hash(asked)
        assert open_seconds(copied, 0, 10**9) == before
    assert len(pickle.dumps(asked)) == len(pickle.dumps(fresh))
    assert "memory" not in repr(asked)


def test_special_days_are_kept_in_order_and_copied() -> None:
    """A mapping changed afterwards, or given in another order, changes nothing."""
    days = [datetime.date(2026, 5, 2), datetime.date(2026, 5, 1)]
    given = dict.fromkeys(days, DAY)
    made = office(special=given)
    given.clear()
    assert list(made.special) == sorted(days)
    assert made == office(special=dict.fromkeys(reversed(days), DAY))
    assert made != office()


def test_special_days_win_over_holidays() -> None:
    """A half day on a holiday is open for its hours, a special day without hours is closed."""
    holiday = datetime.date(2026, 12, 24)
    plain = office(holidays=frozenset({holiday}))
    assert plain.windows_on(holiday) == ()
    half = attrs.evolve(plain, special={holiday: ((540, 720),)})
    assert half.windows_on(holiday) == ((540, 720),)
    shut = office(special={datetime.date(2026, 12, 23): ()})
    assert shut.windows_on(datetime.date(2026, 12, 23)) == ()
    assert shut.windows_on(datetime.date(2026, 12, 22)) == DAY


def test_memory_is_bounded() -> None:
    """However many years are asked about, 64 tables are kept at most."""
    calendar = office()
    whole = open_seconds(calendar, FIRST, LAST)
    assert len(calendar._memory.tables) <= 64
    assert open_seconds(calendar, FIRST, LAST) == whole
    assert local_date(calendar, FIRST) == datetime.date(1900, 1, 1)


def test_the_known_time_has_ends() -> None:
    """Instants are those of the years 1900 to 2400."""
    assert in_range(FIRST)
    assert in_range(LAST)
    assert not in_range(FIRST - 1)
    assert not in_range(LAST + 1)
    assert clamp(-(10**30)) == FIRST
    assert clamp(10**30) == LAST
    assert clamp(7) == 7
    epoch = datetime.datetime(1970, 1, 1)  # noqa: DTZ001 -- reckoned without zones on purpose
    assert epoch + datetime.timedelta(seconds=FIRST) == datetime.datetime(1900, 1, 1)  # noqa: DTZ001
    end = datetime.datetime(2400, 12, 31, 23, 59, 59)  # noqa: DTZ001
    assert epoch + datetime.timedelta(seconds=LAST) == end


def test_a_local_year_is_found_at_its_edges() -> None:
    """Around New Year the zone decides which year an instant lies in."""
    new_year = int(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).timestamp())
    east = BusinessCalendar("e", "Pacific/Kiritimati", WEEK)
    west = BusinessCalendar("w", "America/Los_Angeles", WEEK)
    assert east.year_of(new_year - 14 * 3_600).year == 2026
    assert east.year_of(new_year - 14 * 3_600 - 1).year == 2025
    assert west.year_of(new_year + 8 * 3_600 - 1).year == 2025
    assert west.year_of(new_year + 8 * 3_600).year == 2026
    assert east.year_of(LAST).year == 2401
    assert west.year_of(FIRST).year == 1899


def test_threads_may_share_a_calendar() -> None:
    """Whoever asks first, every thread gets the same answers."""
    calendar, years = office(), [year * 31_556_952 for year in range(-40, 80)]
    wanted = [open_seconds(office(), 0, end) for end in years]
    with ThreadPoolExecutor(4) as pool:
        told = pool.map(lambda _: [open_seconds(calendar, 0, end) for end in years], range(4))
    assert all(each == wanted for each in told)
