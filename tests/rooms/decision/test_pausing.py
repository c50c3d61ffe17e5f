"""Pauses, and what a clock that stands still says; see also the tests of targets."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rooms.decision.hand import OFFICE, at, length, situation

from complaint_rules.decision.timing.clocks import span
from complaint_rules.decision.timing.pausing import (
    NEVER,
    Pausing,
    closed_pauses,
    open_pause,
    progress,
)

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
    assert Pausing((), since).held(time, met_at) == held


@pytest.mark.parametrize(
    ("met_at", "held", "after", "status", "turn"),
    [
        (MONDAY + 4 * H, None, 9 * H, "met", NEVER),
        (MONDAY + 4 * H + 1, None, 9 * H, "met_late", NEVER),
        (MONDAY + 5 * H, MONDAY, 9 * H, "met", NEVER),
        (None, MONDAY, H, "paused", MONDAY + 4 * H + 1),
        (None, MONDAY, -1, "paused", MONDAY),
        (None, MONDAY, 9 * H, "paused", NEVER),
        (None, None, -1, "not_started", MONDAY),
        (None, None, 3 * H - 1, "due", MONDAY + 3 * H),
        (None, None, 3 * H, "at_risk", MONDAY + 4 * H + 1),
        (None, None, 4 * H, "at_risk", MONDAY + 4 * H + 1),
        (None, None, 4 * H + 1, "overdue", NEVER),
    ],
)
def test_statuses(met_at: int | None, held: int | None, after: int, status: str, turn: int) -> None:
    """A target is met, paused, not started, overdue, at risk or due, until time turns it."""
    time = span(OFFICE, MONDAY, length("4 h"))
    assert time is not None
    assert time.warn_at == MONDAY + 3 * H
    assert progress(time, met_at, held, MONDAY + after) == (status, turn)


@pytest.mark.parametrize(
    ("held", "after", "turn"),
    [(None, H, 3 * H), (None, 3 * H, 4 * H + 1), (MONDAY, H, 4 * H + 1), (None, -1, 0)],
)
def test_where_it_is_not_known_if_it_was_met(held: int | None, after: int, turn: int) -> None:
    """A target whose meeting is unknown is unknown itself, and its clock still runs."""
    time = span(OFFICE, MONDAY, length("4 h"))
    assert time is not None
    found = progress(time, None, held, MONDAY + after, known=False)
    assert found == ("unknown", MONDAY + turn)
