"""Calendars, read day by day (semantics 13, 14)."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from fractions import Fraction
from zoneinfo import ZoneInfo

import holidays
from tests.differential.naive.values import SECONDS, Length

from complaint_rules.model.ruleset import CalendarModel

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONE = datetime.timedelta(days=1)
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_FAR = 366 * 20
"""Days after which a calendar is taken never to open again."""
FIRST = int((datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC) - _EPOCH).total_seconds())
LAST = int((datetime.datetime(2401, 1, 1, tzinfo=datetime.UTC) - _EPOCH).total_seconds()) - 1


class NeverError(Exception):
    """It does not open for twenty years."""


class Clock:
    """A calendar: a zone, hours by day of the week, holidays and special days."""

    def __init__(self, model: CalendarModel | None) -> None:
        self.zone = ZoneInfo(model.timezone if model else "UTC")
        self.week: list[list[tuple[int, int]]] = [
            [(0, 1440)] if model is None else [] for _ in "1234567"
        ]
        self.special: dict[datetime.date, list[tuple[int, int]]] = {}
        self.free: set[datetime.date] = set()
        self._windows: dict[datetime.date, list[tuple[int, int]]] = {}
        if model:
            self._read(model)

    def _read(self, model: CalendarModel) -> None:
        for key, texts in model.hours.items():
            for part in key.lower().split(","):
                ends = [_DAYS.index(end.strip()) for end in part.split("-")]
                day = ends[0]
                while True:
                    self.week[day % 7] = _hours(texts)
                    if day % 7 == ends[-1]:
                        break
                    day += 1
        years = [int(year) for year in str(model.years).split("-")]
        for text in model.holidays:
            self.free |= _holidays(text.strip(), years[0], years[-1])
        for each in model.days:
            self.special[each.date] = _hours(each.hours)

    # ---------------------------------------------------------------- local time

    def local(self, at: int) -> datetime.datetime:
        """Return what the wall clock shows."""
        return (_EPOCH + datetime.timedelta(seconds=at)).astimezone(self.zone)

    def instant(self, day: datetime.date, second: int) -> int:
        """Return the first instant at which the wall clock shows this time of a day, or later."""
        naive = datetime.datetime(day.year, day.month, day.day) + datetime.timedelta(seconds=second)  # noqa: DTZ001
        first = _stamp(naive.replace(tzinfo=self.zone, fold=0))
        again = _stamp(naive.replace(tzinfo=self.zone, fold=1))
        if self.local(first).replace(tzinfo=None) == naive:
            return first
        low, high = sorted((first, again))  # a gap lies between
        while high - low > 1:
            middle = (low + high) // 2
            shown = self.local(middle).replace(tzinfo=None)
            low, high = (middle, high) if shown < naive else (low, middle)
        return high

    def date(self, at: int) -> datetime.date:
        """Return the day of an instant: the one that has begun goes on till the next begins."""
        day = self.local(at).date()
        if self.starts(day) > at:
            return day - _ONE
        return day + _ONE if self.starts(day + _ONE) <= at else day

    @functools.cache  # noqa: B019 - clocks are few and live long
    def starts(self, day: datetime.date) -> int:
        """Return when a day begins."""
        return self.instant(day, 0)

    def ends(self, day: datetime.date) -> int:
        """Return the last second of a day."""
        return self.starts(day + _ONE) - 1

    # ----------------------------------------------------------------- open time

    def windows(self, day: datetime.date) -> list[tuple[int, int]]:
        """Return when it opens and closes on a day, as instants."""
        found = self._windows.get(day)
        if found is None:
            hours = self.special.get(day)
            if hours is None:
                hours = [] if day in self.free else self.week[day.weekday()]
            found = self._windows[day] = [
                (
                    self.instant(day, start * 60),
                    self.starts(day + _ONE) if end == 1440 else self.instant(day, end * 60),
                )
                for start, end in hours
            ]
        return found

    def days(self, first: datetime.date) -> Iterator[datetime.date]:
        """Yield days from one on, until nobody will wait any longer."""
        for count in range(_FAR):
            yield first + count * _ONE

    def open_between(self, start: int, end: int) -> int:
        """Return the open seconds between two instants."""
        total, day = 0, self.date(start)
        while end > start and self.starts(day) < end:
            for opens, closes in self.windows(day):
                total += max(0, min(closes, end) - max(opens, start))
            day += _ONE
        return total

    def advance(self, start: int, seconds: Fraction | int) -> int:
        """Return when so much open time has passed."""
        left = seconds
        for day in self.days(self.date(start)):
            for opens, closes in self.windows(day):
                begin = max(opens, start)
                if begin >= closes:
                    continue
                if left <= 0:
                    return begin
                if left <= closes - begin:
                    return int(begin + left)
                left -= closes - begin
        raise NeverError

    def business_day(self, day: datetime.date, count: int) -> datetime.date:
        """Return the n-th business day after a day; for 0 that day or the next business day."""
        for each in self.days(day if count == 0 else day + _ONE):
            if self.windows(each):
                count -= 1
                if count <= 0:
                    return each
        raise NeverError

    def business_days(self, first: datetime.date, last: datetime.date) -> int:
        """Return the business days after one day, up to and with another."""
        if last < first:
            return -self.business_days(last, first)
        days = (first + count * _ONE for count in range(1, (last - first).days + 1))
        return sum(bool(self.windows(day)) for day in days)

    # ------------------------------------------------------------------- lengths

    def later(self, at: int, length: Length) -> int:
        """Return when a written duration that starts at an instant is over."""
        unit = length.unit
        if unit in ("m", "h"):
            return min(LAST, at + int(length.amount * SECONDS[unit]))
        if unit in ("bm", "bh"):
            return self.advance(at, length.amount * {"bm": 60, "bh": 3600}[unit])
        if unit == "bd":
            return max(at, self._business(at, length))
        shown = self.local(at)
        time = shown.hour * 3600 + shown.minute * 60 + shown.second
        day = _moved(self.date(at) if length.end else shown.date(), length)
        if length.end == "day":
            return max(at, self.ends(day))
        if length.end == "business":
            return max(at, self.windows(self.business_day(day, 0))[-1][1])
        return max(at, self.instant(day, time))

    def _business(self, at: int, length: Length) -> int:
        count = int(length.amount)
        day = self.business_day(self.date(at), count)
        if length.end == "day":
            return self.ends(day)
        windows = self.windows(day)
        if length.end == "business":
            return windows[-1][1]
        shown = self.local(at)
        time = shown.hour * 3600 + shown.minute * 60 + shown.second
        wanted = self.instant(day, time) if count else at
        before = [(opens, closes) for opens, closes in windows if opens <= wanted]
        return min(wanted, before[-1][1]) if before else windows[0][0]

    def earlier(self, at: int, length: Length) -> int:
        """Return the first instant from which a written duration leads to another, or later."""
        if length.unit in ("m", "h"):
            return max(FIRST, at - int(length.amount * SECONDS[length.unit]))
        step, low = 86_400, at
        while low > FIRST and self.later(low, length) >= at:
            low, step = max(FIRST, low - step), step * 2
        high = at
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.later(middle, length) >= at else (middle, high)
        return high


def _moved(day: datetime.date, length: Length) -> datetime.date:
    amount = int(length.amount)
    if length.unit != "mo":
        return day + amount * (7 if length.unit == "w" else 1) * _ONE
    months = day.year * 12 + day.month - 1 + amount
    year, month = months // 12, months % 12 + 1
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return datetime.date(year, month, last)
            except ValueError:
                continue
    raise AssertionError(day)


def _stamp(moment: datetime.datetime) -> int:
    return int((moment - _EPOCH).total_seconds())


def _hours(texts: list[str]) -> list[tuple[int, int]]:
    found = []
    for text in texts:
        if text.strip() != "closed":
            start, end = (each.strip().split(":") for each in text.split("-"))
            found.append((int(start[0]) * 60 + int(start[1]), int(end[0]) * 60 + int(end[1])))
    return sorted(found)


@functools.cache
def _holidays(text: str, first: int, last: int) -> frozenset[datetime.date]:
    if text[:1].isdigit():
        return frozenset({datetime.date.fromisoformat(text)})
    country, _, part = text.partition("-")
    listed = holidays.country_holidays(country, subdiv=part or None, years=range(first, last + 1))
    return frozenset(day for day in listed if first <= day.year <= last)
