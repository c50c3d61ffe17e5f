"""A calendar of business time: a zone, the opening hours of its week, and its special days."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import attrs

from complaint_rules.calendar import clock, years
from complaint_rules.calendar.clock import DAY, EPOCH_DAY, clamp
from complaint_rules.calendar.units import CalendarError, NeverOpenError
from complaint_rules.calendar.years import Memory, Totals, Windows, YearTable
from complaint_rules.calendar.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zoneinfo import ZoneInfo

_MINUTES: Final = 1_440
_DAY_BEFORE: Final = datetime.date(1899, 12, 31).toordinal()
_DAY_AFTER: Final = datetime.date(2401, 1, 2).toordinal()


def _ordered(special: Mapping[datetime.date, Windows]) -> dict[datetime.date, Windows]:
    return {day: special[day] for day in sorted(special)}


@attrs.frozen
class BusinessCalendar:
    """
    Opening hours in one zone.

    Attributes:
        id: Its name in the ruleset.
        timezone: IANA name of its zone.
        week: Opening hours of Monday to Sunday, each a tuple of (start, end) in minutes after
            midnight, sorted and apart, from 0 to 1440. A day without hours is no business day.
        holidays: Days on which the week's hours do not hold.
        special: Hours of single days (half days, extra open days); they win over holidays. A
            special day without hours is closed.
        first_year: First year whose holidays are known.
        last_year: Last year whose holidays are known. Outside these years the week's hours hold.

    Raises:
        CalendarError: The zone is not known, or the hours are none.
    """

    id: str
    timezone: str
    week: tuple[Windows, ...]
    holidays: frozenset[datetime.date] = frozenset()
    special: Mapping[datetime.date, Windows] = attrs.field(
        factory=dict, converter=_ordered, hash=False
    )
    first_year: int = 2010
    last_year: int = 2040
    _memory: Memory = attrs.field(init=False, factory=Memory, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if zone(self.timezone) is None:
            raise CalendarError(f"`{self.timezone}` is no time zone")
        if len(self.week) != 7:
            raise CalendarError("a week has seven days")
        for windows in (*self.week, *self.special.values()):
            _check(windows)

    @property
    def zone(self) -> ZoneInfo:
        """The zone its clock shows."""
        known = self._memory.zone
        if known is None:
            known = zone(self.timezone)
            assert known is not None, "a calendar is made with a known zone only"  # noqa: S101
            self._memory.zone = known
        return known

    @property
    def covered(self) -> tuple[int, int]:
        """The first instant whose holidays are known, and the first one after them."""
        known = self._memory.covered
        if known is None:
            first = max(self.first_year, years.FIRST_YEAR)
            end = min(self.last_year, years.LAST_YEAR) + 1
            begins, ends = (
                clock.instant(self.zone, datetime.date(year, 1, 1).toordinal(), 0)
                for year in (first, end)
            )
            known = self._memory.covered = (begins, ends)
        return known

    def windows_on(self, day: datetime.date) -> Windows:
        """Return the opening hours of a day, as written, in minutes after midnight."""
        special = self.special.get(day)
        if special is not None:
            return special
        return () if day in self.holidays else self.week[day.weekday()]

    def year(self, year: int) -> YearTable:
        """Return the table of a local year, 1899 to 2401."""
        table = self._memory.tables.get(year)
        if table is None:
            covered = self.first_year <= year <= self.last_year
            table = years.build(self.zone, year, self.windows_on, covered=covered)
            self._memory.keep(year, table)
        return table

    def year_of(self, at: int) -> YearTable:
        """Return the table of the local year in which an instant lies."""
        table = self._memory.latest
        # An instant past the ends of time lies in such a year too, or is read below.
        if table is not None and table.begins <= at < table.ends:
            return table
        inside = clamp(at)
        year = datetime.date.fromordinal(EPOCH_DAY + inside // DAY).year
        table = self.year(year)
        if inside < table.begins:
            table = self.year(year - 1)
        elif inside >= table.ends:
            table = self.year(year + 1)
        self._memory.latest = table
        return table

    def day(self, number: int) -> tuple[YearTable, int]:
        """
        Return the table and the position in it of a day, given as `datetime.date.toordinal` counts.

        Days past the ends of the known time are read as the nearest one that lies wholly past it.
        """
        inside = min(max(number, _DAY_BEFORE), _DAY_AFTER)
        table = self.year(datetime.date.fromordinal(inside).year)
        return table, inside - table.first

    def totals(self, year: int) -> Totals:
        """Return the open seconds and business days of a local year, 1899 to 2401."""
        known = self._memory.totals.get(year)
        if known is None:
            self.year(year)
            known = self._memory.totals[year]
        return known

    def years_from(self, year: int) -> Iterator[tuple[int, Totals]]:
        """
        Yield a year and its totals, then the next, up to the last year of all.

        Raises:
            NeverOpenError: Twenty whole years have come without an opening.
        """
        closed = 0
        for each in range(year, years.LAST_YEAR + 1):
            totals = self.totals(each)
            closed = 0 if totals.days else closed + 1
            if closed > years.SEARCH_YEARS:
                raise NeverOpenError(f"calendar `{self.id}` does not open in {closed - 1} years")
            yield each, totals


def _check(windows: Windows) -> None:
    """Raise CalendarError unless the windows are hours of a day, sorted and apart."""
    last = 0
    for start, end in windows:
        if not last <= start < end <= _MINUTES:
            raise CalendarError("opening hours are sorted, apart and within 00:00 and 24:00")
        last = end
