"""Fields of listed records that are unknown (semantics 1, 4, 5)."""

from __future__ import annotations

from complaint_rules import decide, load

CORE = load("core")
AT = "2026-11-21T10:00:00+01:00"
PROMISE = {"what": "call", "due": "2026-11-21T12:00:00+01:00"}


def delays(promise: dict[str, str]) -> list[str]:
    facts = {"received_at": "2026-11-20T09:00:00+01:00", "channel": "email", "promises": [promise]}
    return [each.id for each in decide(CORE, facts, at=AT).actions if each.id == "explain_delay"]


def test_a_missing_field_takes_its_default() -> None:
    """A promise nobody says was kept was not, so its delay is explained."""
    assert delays(PROMISE) == ["explain_delay"]


def test_a_field_given_as_unknown_takes_no_default() -> None:
    """A promise of which it is unknown whether it was kept is not one that was broken."""
    assert delays({**PROMISE, "kept": "unknown"}) == []
