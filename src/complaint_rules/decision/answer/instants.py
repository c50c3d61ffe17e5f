"""The instant to decide at, as a host gives it (semantics 13)."""

from __future__ import annotations

import datetime
from typing import Final

from complaint_rules.errors import StateError
from complaint_rules.problem import Problem, Report

_EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_HELP: Final = (
    "give an aware datetime, RFC 3339 text such as `2026-11-22T10:00:00+01:00`, or seconds"
)


def whole_seconds(at: int | str | datetime.datetime) -> int:
    """
    Return an instant in whole seconds since 1970-01-01T00:00:00Z, fractions cut off.

    Args:
        at: An aware datetime, RFC 3339 text, or whole seconds.

    Raises:
        StateError: It has no offset (`naive-time`), or is none of these (`bad-instant`).
    """
    if type(at) is int:
        return at
    moment = moment_of(at) if isinstance(at, str) else at
    if not isinstance(moment, datetime.datetime):
        raise _refused("bad-instant", "`at` is no instant", _HELP)
    if moment.utcoffset() is None:
        raise _refused("naive-time", "`at` names no time zone", "give it with its offset from UTC")
    return seconds_of(moment)


def moment_of(text: str) -> datetime.datetime | None:
    """Return RFC 3339 text as a datetime, naive without an offset; `None` for any other text."""
    marks = (text[4:5], text[7:8], text[13:14], text[16:17])
    if marks != ("-", "-", ":", ":") or text[10] not in "Tt ":
        return None
    try:
        return datetime.datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def seconds_of(moment: datetime.datetime) -> int:
    """Return an aware datetime in whole seconds since 1970-01-01T00:00:00Z, cut off."""
    return (moment - _EPOCH) // datetime.timedelta(seconds=1)


def _refused(code: str, message: str, cure: str) -> StateError:
    return StateError(Report.of([Problem(code, message, place="at", help=cure)]))
