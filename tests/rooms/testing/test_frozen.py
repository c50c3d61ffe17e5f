"""A clock for tests stands still until it is told to move."""

from __future__ import annotations

import datetime

import pytest

from complaint_rules.errors import StateError
from complaint_rules.testing import FrozenClock


def test_it_stands_still() -> None:
    """Asked twice, it shows the same."""
    clock = FrozenClock("2026-11-24T10:00:00+01:00")
    assert clock.now == clock.now == datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)
    assert clock.seconds == int(clock.now.timestamp())


@pytest.mark.parametrize(
    ("by", "reached"),
    [
        ("30 m", "2026-10-25T02:00:00+02:00"),
        ("1 h", "2026-10-25T02:30:00+02:00"),
        ("2h", "2026-10-25T02:30:00+01:00"),
        ("1 d", "2026-10-26T01:30:00+01:00"),
        ("1 w", "2026-11-01T01:30:00+01:00"),
    ],
)
def test_it_moves_when_told(by: str, reached: str) -> None:
    """Hours elapse, also over the change of clocks; days reach the same local time."""
    clock = FrozenClock("2026-10-25T01:30:00+02:00", timezone="Europe/Budapest")
    clock.advance(by)
    assert clock.now.isoformat() == reached


@pytest.mark.parametrize("by", ["-1 h", "+1 h", "soon", "1", "1 y", "", "900000 w"])
def test_it_moves_forward_only_and_by_lengths_of_time(by: str) -> None:
    """What is no length of time, or leads back or beyond all years, is refused; it stays."""
    clock = FrozenClock(0)
    with pytest.raises(ValueError, match="cannot advance by"):
        clock.advance(by)
    assert clock.seconds == 0


def test_it_needs_an_instant_and_a_zone() -> None:
    """An instant without an offset and a zone nobody knows are refused."""
    with pytest.raises(StateError):
        FrozenClock("2026-11-24T10:00:00")
    with pytest.raises(ValueError, match="there is no zone `Mars`"):
        FrozenClock(0, timezone="Mars")
