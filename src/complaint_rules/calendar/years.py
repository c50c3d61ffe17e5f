"""
Opening hours of one year as sorted instants, so that questions of time are bisections.

A calendar keeps the tables of the years it was asked about. They are made when first needed and
depend on nothing but the calendar, so two threads that make the same one make equal ones.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from complaint_rules.calendar import clock
from complaint_rules.calendar.clock import DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

Days: TypeAlias = tuple[int, int, int, int, int, int, int]
"""
So many business days on from a day, in one year: the seconds between the midnights of both days;
of the day reached, when it opens and closes, and what makes an instant in between the open seconds
of the year up to then; the same three of the day they are counted from.
"""

Windows: TypeAlias = tuple[tuple[int, int], ...]
"""Opening hours of a day: (start, end) in minutes after midnight, sorted, apart, 0 to 1440."""

FIRST_YEAR: Final = 1899
LAST_YEAR: Final = 2401
SEARCH_YEARS: Final = 20
"""After so many whole years without an opening the search for one is given up."""
_KEPT: Final = 64
_DAYS_KEPT: Final = 4_096


@attrs.frozen(eq=False)
class YearTable:
    """
    One local year of a calendar.

    Attributes:
        year: Its number.
        first: 1 January, as `datetime.date.toordinal` counts.
        starts: Instants at which the days begin, and the one at which the next year does.
        plain: For each day 1 if it has 24 hours and no change of the clock, else 0.
        opens: Instants at which the calendar opens.
        closes: Instants at which it closes, one for each of `opens`.
        used: Open seconds of the year up to each closing.
        window_from: For each day the position in `opens` of its first window, and one end more.
        business: Positions (0 = 1 January) of the business days.
        begins: The instant at which the year begins.
        ends: The instant at which the next year begins.
        covered: Its holidays are known.
        total: Open seconds of the whole year.
    """

    year: int
    first: int
    starts: list[int]
    plain: bytes
    opens: list[int]
    closes: list[int]
    used: list[int]
    window_from: list[int]
    business: list[int]
    begins: int
    ends: int
    covered: bool
    total: int
    _days: dict[tuple[int, int], Days | None] = attrs.field(init=False, factory=dict)

    def day_of(self, at: int) -> int:
        """Return the position of the day in which an instant of this year lies."""
        return bisect_right(self.starts, at) - 1

    def open_before(self, at: int) -> int:
        """Return the open seconds of this year that have passed at an instant."""
        begun = bisect_right(self.opens, at)
        if not begun:
            return 0
        left = self.closes[begun - 1] - at
        return self.used[begun - 1] - left if left > 0 else self.used[begun - 1]

    def business_before(self, day: int) -> int:
        """Return how many business days of this year come before the day at a position."""
        return bisect_left(self.business, day)

    def days_on(self, day: int, count: int) -> Days | None:
        """
        Return what lies so many business days after the day at a position; kept once it is known.

        None where it is not simple: the day reached lies in another year, or one of the two is no
        plain day or has several windows.

        Args:
            day: The position.
            count: How many, 1 or more.
        """
        key = (day, count)
        try:
            return self._days[key]
        except KeyError:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            found = self._days[key] = self._find_days(day, count)
            return found

    def _find_days(self, day: int, count: int) -> Days | None:
        wanted = self.business_before(day + 1) + count - 1
        if wanted >= len(self.business):
            return None
        reached = self.business[wanted]
        here, there = self._hours(day), self._hours(reached)
        if here is None or there is None:
            return None
        return (self.starts[reached] - self.starts[day], *there, *here)

    def _hours(self, day: int) -> tuple[int, int, int] | None:
        """Return when a plain day opens and closes, and what makes open seconds of an instant."""
        window, after = self.window_from[day], self.window_from[day + 1]
        if after - window > 1 or not self.plain[day]:
            return None
        if after == window:  # closed all day: it opens and closes as it begins
            begun = self.starts[day]
            return begun, begun, (self.used[window - 1] if window else 0) - begun
        closes = self.closes[window]
        return self.opens[window], closes, self.used[window] - closes

    def windows_of(self, day: int) -> range:
        """Return the positions in `opens` of the windows of the day at a position."""
        return range(self.window_from[day], self.window_from[day + 1])


@attrs.frozen
class Totals:
    """Open seconds and business days of a whole year."""

    seconds: int
    days: int


class Memory:
    """
    What a calendar has worked out: its zone, between which instants it knows the holidays, tables
    of up to 64 years, totals of all years asked, and the table that was asked for last.

    It is left behind when a calendar is copied or pickled.
    """

    __slots__ = ("covered", "latest", "tables", "totals", "zone")

    def __init__(self) -> None:
        self.zone: ZoneInfo | None = None
        self.covered: tuple[int, int] | None = None
        self.latest: YearTable | None = None
        self.tables: dict[int, YearTable] = {}
        self.totals: dict[int, Totals] = {}

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        return (Memory, ())

    def keep(self, year: int, table: YearTable) -> None:
        """Remember the table of a year; past 64 of them the older ones are forgotten."""
        # The totals come first: a thread that finds a table finds its totals too.
        self.totals[year] = Totals(table.total, len(table.business))
        if len(self.tables) >= _KEPT:
            self.tables.clear()
        self.tables[year] = table


def build(
    zone: ZoneInfo, year: int, windows_on: Callable[[datetime.date], Windows], *, covered: bool
) -> YearTable:
    """
    Return the table of a local year.

    Args:
        zone: The zone.
        year: The year.
        windows_on: Gives the opening hours of each of its days.
        covered: Whether its holidays are known.
    """
    first = datetime.date(year, 1, 1).toordinal()
    starts, plain = clock.day_starts(zone, year)
    opens: list[int] = []
    closes: list[int] = []
    used: list[int] = []
    window_from, business = [0], []
    total = 0
    for day, is_plain in enumerate(plain):
        for start, end in windows_on(datetime.date.fromordinal(first + day)):
            if is_plain:
                begin, close = starts[day] + start * 60, starts[day] + end * 60
            else:
                begin = clock.instant(zone, first + day, start * 60)
                close = starts[day + 1]
                if end * 60 < DAY:
                    close = clock.instant(zone, first + day, end * 60)
            if close > begin:  # a window may fall wholly into a gap of the clock
                total += close - begin
                opens.append(begin)
                closes.append(close)
                used.append(total)
        if len(opens) > window_from[-1]:
            business.append(day)
        window_from.append(len(opens))
    return YearTable(
        year=year,
        first=first,
        starts=starts,
        plain=plain,
        opens=opens,
        closes=closes,
        used=used,
        window_from=window_from,
        business=business,
        begins=starts[0],
        ends=starts[-1],
        covered=covered,
        total=total,
    )
