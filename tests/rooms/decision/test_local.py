"""Instants of a decision, shown in the complaint's zone."""

from __future__ import annotations

from complaint_rules import decide, load


def test_instants_are_shown_in_the_complaints_zone() -> None:
    """`local` gives the aware datetime of an instant, with the zone's own offset."""
    facts = {"received_at": "2026-11-20T14:30:00Z", "channel": "email", "calendar": "gulf_office"}
    decision = decide(load("core"), facts, at="2026-11-20T15:00:00Z")
    assert decision.local(decision.at).isoformat() == "2026-11-20T18:00:00+03:00"
