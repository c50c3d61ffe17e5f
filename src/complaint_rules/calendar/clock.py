"""The clock on the wall: local days and times of day as instants, and back."""

from __future__ import annotations

import datetime
import itertools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
EPOCH_DAY: Final = EPOCH.toordinal()
DAY: Final = 86_400

FIRST: Final = (datetime.date(1900, 1, 1).toordinal() - EPOCH_DAY) * DAY
"""The first instant of all: 1900-01-01T00:00:00Z."""
LAST: Final = (datetime.date(2401, 1, 1).toordinal() - EPOCH_DAY) * DAY - 1
"""The last instant of all: 2400-12-31T23:59:59Z."""


def in_range(at: int) -> bool:
    """Return whether an instant lies in the years 1900 to 2400 (of UTC), the only ones known."""
    return FIRST <= at <= LAST


def clamp(at: int) -> int:
    """Return the instant, or the nearer of `FIRST` and `LAST` if it lies outside them."""
    if at < FIRST:
        return FIRST
    return LAST if at > LAST else at  # noqa: FURB136  # asked often: calls cost more


def moment(zone: ZoneInfo, at: int) -> datetime.datetime:
    """Return the instant as the zone's clock shows it, `fold` set in the second of two passes."""
    if at >= 0:
        return datetime.datetime.fromtimestamp(at, zone)
    return (EPOCH + datetime.timedelta(seconds=at)).astimezone(zone)  # sound on every system


def offset(zone: ZoneInfo, at: int) -> int:
    """Return how many seconds the zone's clock is ahead of UTC at an instant."""
    return _seconds(moment(zone, at).utcoffset())


def instant(zone: ZoneInfo, ordinal: int, time: int) -> int:
    """
    Return the first instant at which the zone's clock shows a local day and time, or a later one.

    So a local time that comes twice means its first pass, and one that is skipped means the first
    valid instant after the gap (semantics 14).

    Args:
        zone: The zone.
        ordinal: The day, as `datetime.date.toordinal` counts.
        time: Seconds after the day's midnight, 0 to 86,399.
    """
    naive = datetime.datetime.fromordinal(ordinal) + datetime.timedelta(seconds=time)
    local = (ordinal - EPOCH_DAY) * DAY + time
    before = _seconds(zone.utcoffset(naive))
    after = _seconds(zone.utcoffset(naive.replace(fold=1)))
    if after <= before:
        return local - before
    # In a gap the earlier fold reads the old offset, the later fold the new one.
    return turn(zone, local - after, local - before)


def turn(zone: ZoneInfo, low: int, high: int) -> int:
    """Return the first instant in ``(low, high]`` at which the clock stands as it does at `high`.

    The clock must have been changed exactly once in between.
    """
    new = offset(zone, high)
    while high - low > 1:
        middle = (low + high) // 2
        if offset(zone, middle) == new:
            high = middle
        else:
            low = middle
    return high


def shown(zone: ZoneInfo, at: int) -> tuple[int, int]:
    """Return the day (ordinal) and the seconds after midnight that the zone's clock shows."""
    local = at + offset(zone, at)
    return EPOCH_DAY + local // DAY, local % DAY


def forward(zone: ZoneInfo, at: int) -> int:
    """
    Return local seconds (0 = 1970-01-01 00:00 on the wall) of a clock that never runs backward.

    Where the clock is put back, this one shows the last second of the first pass until the second
    pass is over.
    """
    wall = moment(zone, at)
    now = _seconds(wall.utcoffset())
    if not wall.fold:
        return at + now
    old = _seconds(wall.replace(fold=0).utcoffset())
    return turn(zone, at - (old - now), at) - 1 + old


def day_starts(zone: ZoneInfo, year: int) -> tuple[list[int], bytes]:
    """
    Return the instants at which the days of a year begin, and which of those days are plain.

    Returns:
        One instant for each day and one for the next New Year's Day; and for each day 1 if it has
        24 hours and the clock is not changed in it, else 0. (No zone has ever changed its clock
        twice within a day, so equal offsets at both ends tell a plain day.)
    """
    first = datetime.date(year, 1, 1).toordinal()
    count = datetime.date(year + 1, 1, 1).toordinal() - first
    midnights = [datetime.datetime.fromordinal(first + day) for day in range(count + 1)]
    offsets = [_seconds(zone.utcoffset(midnight)) for midnight in midnights]
    plain = bytearray(here == there for here, there in itertools.pairwise(offsets))
    base = (first - EPOCH_DAY) * DAY
    starts = [
        base + day * DAY - offsets[day] if plain[day] else instant(zone, first + day, 0)
        for day in range(count)
    ]
    starts.append(instant(zone, first + count, 0))
    for day in range(count):
        plain[day] = plain[day] and starts[day + 1] - starts[day] == DAY
    return starts, bytes(plain)


def _seconds(span: datetime.timedelta | None) -> int:
    assert span is not None, "a zone of tzdata always has an offset"  # noqa: S101
    return span.days * DAY + span.seconds
