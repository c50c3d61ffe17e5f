"""A clock that stands still until it is told to move."""

from __future__ import annotations

import datetime
from typing import Final

from complaint_rules.calendar import zone
from complaint_rules.decision import whole_seconds
from complaint_rules.testing.instants import moved

_SIGNS: Final = ("+", "-")


class FrozenClock:
    """
    A clock for tests: it stands still until `advance` moves it.

    Example:
        >>> clock = FrozenClock("2026-11-24T10:00:00+01:00", timezone="Europe/Budapest")
        >>> clock.advance("2 h")
        >>> clock.now.isoformat()
        '2026-11-24T12:00:00+01:00'

    Args:
        at: Where it stands at first: an aware datetime, RFC 3339 text, or whole seconds since
            1970-01-01T00:00:00Z.
        timezone: Name of the zone it shows, and by whose days it moves.

    Raises:
        StateError: `at` is no instant, or has no offset.
        ValueError: There is no such zone.
    """

    def __init__(self, at: int | str | datetime.datetime, *, timezone: str = "UTC") -> None:
        here = zone(timezone)
        if here is None:
            raise ValueError(f"there is no zone `{timezone}`")
        self._zone, self._timezone = here, timezone
        self._seconds = whole_seconds(at)

    @property
    def now(self) -> datetime.datetime:
        """Where it stands: an aware datetime, ready for `decide` as ``at=clock.now``."""
        return datetime.datetime.fromtimestamp(self._seconds, self._zone)

    @property
    def seconds(self) -> int:
        """Where it stands, in whole seconds since 1970-01-01T00:00:00Z."""
        return self._seconds

    def advance(self, by: str) -> None:
        """
        Move it forward.

        Args:
            by: How far: ``30 m``, ``2 h`` elapse; ``3 d``, ``1 w`` reach the same local time of
                another day.

        Raises:
            ValueError: That is no such length of time, or leads out of the years 1900 to 2400.
        """
        reached = None if by.strip().startswith(_SIGNS) else self._moved(by)
        if reached is None:
            raise ValueError(f"cannot advance by `{by}`: write it like `30 m`, `2 h`, `3 d`, `1 w`")
        self._seconds = reached

    def _moved(self, by: str) -> int | None:
        return moved(self._seconds, f"+{by.strip()}", self._timezone)
