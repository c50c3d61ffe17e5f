"""Pauses, and what a clock that stands still says; see also the tests of targets."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rooms.decision.hand import OFFICE, at, length, situation

from complaint_rules.decision.clocks import span
from complaint_rules.decision.pausing import Met, Pausing, closed_pauses, open_pause, status_of

MONDAY = at("2026-11-23 09:00")
H = 3600


def test_open_pause_is_the_earliest() -> None:
    """A clock stands still from the first pause without an end, or from when others are awaited."""
    assert open_pause([{"from": 5, "to": 6}, {}], None) is None
    assert open_pause([{"from": 5}, {"from": 3}], None) == 3
    assert open_pause([{"from": 5}], 2) == 2
    assert open_pause([], 2) == 2


def test_closed_pauses_need_both_ends() -> None:
    """Only pauses with both ends known are over."""
    assert closed_pauses([{"from": 5, "to": 6}, {"from": 7}, {"to": 3}]) == ((5, 6),)


@pytest.mark.parametrize(
    ("facts", "since", "unknown"),
    [
        ({}, None, {"pauses", "pending_on"}),
        ({"pending_on": "customer"}, MONDAY + H, {"pauses", "pending_since"}),
        ({"pending_on": "customer", "pending_since": MONDAY}, MONDAY, {"pauses"}),
        ({"pending_on": "company", "pauses": ()}, None, set()),
        ({"pauses": ({"from": MONDAY + 5},)}, MONDAY + 5, {"pending_on"}),
    ],
)
def test_since_when_clocks_stand_still(
    facts: dict[str, Any], since: int | None, unknown: set[str]
) -> None:
    """Clocks stand still in an open pause, or while the customer is waited for."""
    assert Pausing.of(situation(facts, MONDAY + H)) == Pausing((), since, frozenset(unknown))


@pytest.mark.parametrize(
    ("since", "met_at", "held"),
    [
        (None, None, None),
        (MONDAY - H, None, MONDAY),
        (MONDAY + H, None, MONDAY + H),
        (MONDAY + 4 * H, None, MONDAY + 4 * H),
        (MONDAY + 4 * H + 1, None, None),
        (MONDAY + H, MONDAY + H, None),
        (MONDAY + H, MONDAY + H + 1, MONDAY + H),
    ],
)
def test_what_holds_a_clock(since: int | None, met_at: int | None, held: int | None) -> None:
    """A pause holds a clock from its start on, unless it was met or breached before."""
    time = span(OFFICE, MONDAY, length("4 h"))
    assert time is not None
    assert Pausing((), since).held(time, Met(met_at)) == held


@pytest.mark.parametrize(
    ("met", "held", "after", "status"),
    [
        (Met(MONDAY + 4 * H), None, 9 * H, "met"),
        (Met(MONDAY + 4 * H + 1), None, 9 * H, "met_late"),
        (Met(MONDAY + 5 * H), MONDAY, 9 * H, "met"),
        (Met(None, known=False), MONDAY, H, "unknown"),
        (Met(None), MONDAY, 9 * H, "paused"),
        (Met(None), None, -1, "not_started"),
        (Met(None), None, 3 * H - 1, "due"),
        (Met(None), None, 3 * H, "at_risk"),
        (Met(None), None, 4 * H, "at_risk"),
        (Met(None), None, 4 * H + 1, "overdue"),
    ],
)
def test_statuses(met: Met, held: int | None, after: int, status: str) -> None:
    """A target is met, unknown, paused, not started, overdue, at risk or due, in this order."""
    time = span(OFFICE, MONDAY, length("4 h"))
    assert time is not None
    assert status_of(time, MONDAY + 3 * H, met, held, MONDAY + after) == status
