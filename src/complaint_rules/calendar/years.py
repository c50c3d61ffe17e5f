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
from complaint_rules.calendar.clock import DAY, LAST

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

Days: TypeAlias = tuple[int, int, int, int]
"""
So many business days on from a day, in one year: the seconds between the midnights of both days;
of the day reached, when it opens and closes, and what makes an instant in between the open seconds
of the year up to then.
"""

Windows: TypeAlias = tuple[tuple[int, int], ...]
"""Opening hours of a day: (start, end) in minutes after midnight, sorted, apart, 0 to 1440."""

FIRST_YEAR: Final = 1899
LAST_YEAR: Final = 2401
SEARCH_YEARS: Final = 20
"""After so many whole years without an opening the search for one is given up."""
_KEPT: Final = 64
_DAYS_KEPT: Final = 16


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
        shift: What makes open seconds of the year an instant, in the window of each closing.
        window_from: For each day the position in `opens` of its first window, and one end more.
        business: Positions (0 = 1 January) of the business days.
        begins: The instant at which the year begins.
        ends: The instant at which the next year begins.
        covered: Its holidays are known.
        total: Open seconds of the whole year.
        read: Open seconds up to which instants may be read off it, none of which lies past the
            known time: all of them, but -1 in the last years.
        days: For each day what is known of so many business days after it, see `days_on`.
    """

    year: int
    first: int
    starts: list[int]
    plain: bytes
    opens: list[int]
    closes: list[int]
    used: list[int]
    shift: list[int] = attrs.field(init=False)
    window_from: list[int]
    business: list[int]
    begins: int
    ends: int
    covered: bool
    total: int
    read: int = attrs.field(init=False)
    days: list[dict[int, Days | None]] = attrs.field(init=False)

    @shift.default
    def _shift(self) -> list[int]:
        return [close - used for close, used in zip(self.closes, self.used, strict=True)]

    @days.default
    def _no_days(self) -> list[dict[int, Days | None]]:
        return [{} for _ in self.plain]

    @read.default
    def _read(self) -> int:
        return self.total if self.ends <= LAST else -1

    def day_of(self, at: int) -> int:
        """Return the position of the day in which an instant of this year lies."""
        return bisect_right(self.starts, at) - 1

    def open_before(self, at: int) -> int:
        """Return the open seconds of this year that have passed at an instant."""
        begun = bisect_right(self.opens, at)
        if not begun:
            return 0
        close = self.closes[begun - 1]
        return (at if at < close else close) - self.shift[begun - 1]  # noqa: FURB136

    def business_before(self, day: int) -> int:
        """Return how many business days of this year come before the day at a position."""
        return bisect_left(self.business, day)

    def days_on(self, day: int, count: int) -> Days | None:
        """
        Return what lies so many business days after the day at a position, and keep it.

        None where it is not simple: the day reached lies in another year or has several windows,
        the clock changes on one of the two, or the year is one of the last of the known time.

        Args:
            day: The position.
            count: How many, 1 or more.
        """
        kept = self.days[day]
        if len(kept) >= _DAYS_KEPT:
            kept.clear()
        found = kept[count] = self._find_days(day, count)
        return found

    def _find_days(self, day: int, count: int) -> Days | None:
        wanted = self.business_before(day + 1) + count - 1
        if wanted >= len(self.business) or self.read < 0:
            return None
        reached = self.business[wanted]
        window, after = self.window_from[reached], self.window_from[reached + 1]
        if after - window > 1 or not (self.plain[day] and self.plain[reached]):
            return None
        ahead = self.starts[reached] - self.starts[day]
        return ahead, self.opens[window], self.closes[window], -self.shift[window]

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
