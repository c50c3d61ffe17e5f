"""The one switch of the review ladder: an owner turns every request off without touching a rule."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules import decide, load, loads

AT = "2026-11-24T12:00:00+01:00"
OWNER = """\
format: 1
id: quiet
edition: "2026-11"
title: A house that asks nobody to change a review
currency: EUR
calendar: office
extends: [core]
settings:
  review_requests: {value: no, kind: yes_no}
"""
SATISFIED: dict[str, Any] = {
    "received_at": "2026-11-23T09:30:00+01:00",
    "channel": "email",
    "first_response_at": "2026-11-23T10:00:00+01:00",
    "solution_sent_at": "2026-11-24T10:00:00+01:00",
    "solution_check": "verified",
    "resolved_at": "2026-11-24T11:00:00+01:00",
    "satisfied": True,
}
LADDER = {"request_review_update", "request_resolution_statement"}


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"review": {"exists": True, "negative": True}}, "request_review_update"),
        (
            {
                "review": {
                    "exists": True,
                    "negative": True,
                    "delete_requests": 1,
                    "outcome": "declined",
                }
            },
            "request_resolution_statement",
        ),
        (
            {
                "kind": "mistaken_identity",
                "explanation_understood": True,
                "review": {"exists": True, "negative": True},
            },
            "request_review_update",
        ),
    ],
)
def test_the_switch_turns_every_review_request_off(facts: dict[str, Any], asked: str) -> None:
    """What core asks of a satisfied customer, a house with the switch off never asks."""
    state = SATISFIED | facts
    core = {each.id for each in decide(load("core"), state, at=AT).actions}
    quiet = {each.id for each in decide(loads(OWNER), state, at=AT).actions}
    assert core & LADDER == {asked}
    assert quiet & LADDER == set()
    assert core - LADDER == quiet
