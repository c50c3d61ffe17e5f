"""Instants as scenarios write them: with an offset, local, or so long after another."""

from __future__ import annotations

import datetime
import re
from typing import Final

import attrs

from complaint_rules.calendar import in_range, zone
from complaint_rules.calendar.clock import DAY, EPOCH, instant, shown
from complaint_rules.source import Span

CURE: Final = "write it like `2026-11-24 10:00` (local), with its offset, or `+30 m`, `-3 d`"
_RELATIVE: Final = re.compile(r"([+-]) ?(\d{1,9}) ?([smhdw])", re.ASCII)
_SECONDS: Final = {"s": 1, "m": 60, "h": 3_600}
_DAYS: Final = {"d": 1, "w": 7}
_MARKS: Final = ("-", "-", ":")
_YEARS: Final = range(1900, 2401)
_SECOND: Final = datetime.timedelta(seconds=1)
_LAST_DAY: Final = datetime.date(2400, 12, 31).toordinal()


@attrs.frozen
class When:
    """
    An instant as it is written.

    Attributes:
        text: The author's words.
        span: Where they stand.
        base: The instant that a relative one counts from; `None` where there is none.
    """

    text: str
    span: Span
    base: When | None = None


def is_instant(text: str) -> bool:
    """Return whether a text is an instant, in whatever zone it is read."""
    return is_relative(text) or _moment(text) is not None


def is_relative(text: str) -> bool:
    """Return whether a text counts from another instant: ``+30 m``, ``-3 d``."""
    return _RELATIVE.fullmatch(text) is not None


def seconds_of(when: When, timezone: str) -> int | None:
    """
    Return an instant in whole seconds since 1970-01-01T00:00:00Z.

    Hours, minutes and seconds elapse; days and weeks reach the same local time of another day. A
    local time that the clock skips is the first one after, a repeated one its first pass.

    Args:
        when: The instant.
        timezone: Name of the complaint's zone.

    Returns:
        The seconds; `None` where the text is no instant, counts from nothing, or leads out of the
        years 1900 to 2400.
    """
    chain = [when]
    while is_relative(chain[-1].text) and (base := chain[-1].base) is not None:
        chain.append(base)
    at = _fixed(chain.pop().text, timezone)
    while chain and at is not None:
        at = moved(at, chain.pop().text, timezone)
    return at


def moved(at: int, text: str, timezone: str) -> int | None:
    """
    Return the instant that lies so long before or after another.

    Args:
        at: That other one, in whole seconds.
        text: How long, with its sign: ``+30 m``.
        timezone: Name of the zone by whose clock days are counted.
    """
    found = _RELATIVE.fullmatch(text)
    if found is None:
        return None
    amount = int(found[2]) if found[1] == "+" else -int(found[2])
    unit = found[3]
    if unit in _SECONDS:
        reached = at + amount * _SECONDS[unit]
    else:
        here = zone(timezone)
        assert here is not None, "a calendar's zone is one of tzdata's"  # noqa: S101
        day, time = shown(here, at)
        day += amount * _DAYS[unit]
        if not 1 <= day <= _LAST_DAY:
            return None
        reached = instant(here, day, time)
    return reached if in_range(reached) else None


def _fixed(text: str, timezone: str) -> int | None:
    read = _moment(text)
    if read is None or read.year not in _YEARS:
        return None
    if read.tzinfo is not None:
        return (read - EPOCH) // _SECOND
    here = zone(timezone)
    assert here is not None, "a calendar's zone is one of tzdata's"  # noqa: S101
    midnight = read.replace(hour=0, minute=0, second=0, microsecond=0)
    return instant(here, read.toordinal(), (read - midnight) // _SECOND % DAY)


def _moment(text: str) -> datetime.datetime | None:
    """Return a date and time as written; naive where it names no offset."""
    if (text[4:5], text[7:8], text[13:14]) != _MARKS or text[10] not in "Tt ":
        return None
    try:
        return datetime.datetime.fromisoformat(text.upper())
    except ValueError:
        return None
