"""Why not, and the smallest change: every one that is found is decided, with all its parts."""

# ruff: noqa: E501 (each case on one line)

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pytest
from tests.rooms.explanation.hall import AT, NOON, hall, told, turned

from complaint_rules.decision import decide
from complaint_rules.errors import StateError
from complaint_rules.explanation import UNKNOWN, apply, as_data, as_text, why_not
from complaint_rules.facts import NOT_YET
from complaint_rules.state import Done

RECEIVED = {"received_at": "2026-11-24T10:00:00+01:00"}
EUR_200 = {"amount": "200", "currency": "EUR"}
DONE = "2026-11-24T11:00:00+01:00"
THANKED = {**RECEIVED, "order_value": EUR_200}


def _did(*actions: str, at: str = DONE) -> list[dict[str, str]]:
    return [{"action": action, "at": at} for action in actions]


@pytest.mark.parametrize(
    ("item", "facts", "names"),
    [
        ("thank", {}, {"order_value"}),
        ("thank", {"order_value": EUR_200, "customer_types": ["angry"]}, {"customer_types"}),
        ("thank", {"order_value": EUR_200, "mood": "-1"}, {"mood"}),
        ("thank", {"order_value": EUR_200, "done": _did("thank")}, {"done"}),
        ("thank", {"flags": ["c"], "done": _did("thank", "call")}, {"done", "flags", "order_value"}),
        ("ask", {"channel": "email", "done": _did("ask", "ask", "thank")}, {"done"}),
        ("ask", {"channel": "web", "done": _did("ask")}, {"channel"}),
        ("repair", {"severity": "unknown"}, {"severity"}),
        ("coupon", {"accepted": ["token"]}, {"visits"}),
        ("update", {**RECEIVED, "answered_at": DONE}, {"answered_at"}),
        ("update", {"done": _did("update")}, {"received_at"}),
        ("investigate", {"fault": "us", "order_value": EUR_200}, {"fault"}),
        ("look_up", {"order_value": {"amount": "1", "currency": "EUR"}}, {"order_value"}),
        ("sorry", RECEIVED, {"received_at"}),
        ("call", {"live": True}, {"severity", "order_value"}),
        ("call", {"severity": "high", "order_value": {"amount": "5", "currency": "EUR"}}, {"order_value"}),
        ("interpret", {}, {"tongue", "spoken"}),
        ("interpret", {"tongue": "hu", "spoken": "hu"}, {"tongue"}),
        ("reply", RECEIVED, {"answered_at", "flags", "live"}),
        ("old", RECEIVED, {"event_date"}),
        ("reopen", RECEIVED, {"visited", "answered_at"}),
        ("explain_delay", RECEIVED, {"promises"}),
        ("refund", RECEIVED, {"fault", "order_value", "amount_paid"}),
        ("refund", {"fault": "us", "order_value": EUR_200, "amount_paid": EUR_200, "live": True}, {"live"}),
        (
            "refund",
            {"fault": "us", "order_value": EUR_200, "amount_paid": EUR_200, "voluntary_given": {"amount": "900", "currency": "EUR"}},
            {"voluntary_given"},
        ),
        (
            "refund",
            {"fault": "us", "order_value": EUR_200, "amount_paid": EUR_200, "customer_types": ["taker", "vip"]},
            {"customer_types"},
        ),
        ("gift", RECEIVED, {"flags", "answered_at", "order_value", "amount_paid"}),
        ("law_money", RECEIVED, {"harm.proven"}),
        ("law_money", {"harm": {"proven": True, "cost": {"amount": "0", "currency": "EUR"}}}, {"harm.cost"}),
        ("coupon", RECEIVED, {"visits", "accepted"}),
        ("water", {"visits": 2}, {"demand.kinds"}),
        ("scaled", RECEIVED, {"channel", "severity", "amount_paid"}),
        ("entitlement", RECEIVED, {"entitlement.amount"}),
        ("second", RECEIVED, {"visits"}),
        ("ruled", RECEIVED, {"live"}),
        ("manner:soft", RECEIVED, {"customer_types"}),
        ("plain", RECEIVED, {"fault", "visits"}),
        ("vip", RECEIVED, {"customer_types"}),
        ("silent", RECEIVED, {"customer_types", "kind"}),
        ("escalation:lead", RECEIVED, {"customer_types"}),
        ("prohibition:thank", RECEIVED, {"customer_types"}),
    ],
)  # fmt: skip
def test_a_smallest_change_is_found(item: str, facts: dict[str, Any], names: set[str]) -> None:
    """The change names these facts; `turned` decides it and every proper part of it."""
    found = turned(item, facts)
    assert found.outcome == "found"
    assert set(found.change) == names
    assert as_text(found.explanation).startswith("Why not: ")


def test_a_change_can_be_applied() -> None:
    """`apply` makes the state of a change and leaves the other as it is."""
    state = told({**RECEIVED, "order_value": "unknown", "done": _did("thank")})
    found = why_not(hall(), state, "thank", at=NOON)
    changed = apply(state, found.change)
    assert "thank" in [each.id for each in decide(hall(), changed, at=NOON).actions]
    assert state.unknown == {"order_value"}
    assert changed.unknown == frozenset()
    assert [each.action for each in state.done] == ["thank"]


def test_apply_knows_every_sort_of_change() -> None:
    """Values, the unknown, what was done and the end of a type can all be changed."""
    changed = apply(
        told({"visits": 3, "done": _did("thank")}),
        {
            "visits": UNKNOWN,
            "done": (Done("ask", AT), Done("call", AT - 5)),
            "type_basis.vip.expires_at": AT,
            "answered_at": NOT_YET,
        },
    )
    assert changed.unknown == {"visits"}
    assert "visits" not in changed.values
    assert [each.action for each in changed.done] == ["call", "ask"]
    assert changed.types["vip"].expires_at == AT
    assert apply(changed, {"done": UNKNOWN}).done == ()
    assert repr(UNKNOWN) == "UNKNOWN"


def test_what_is_given_needs_no_change() -> None:
    """An item that the decision gives is said to be given."""
    found = turned("thank", THANKED)
    assert found.given
    assert not found.found
    assert found.change == {}
    assert as_text(found.explanation) == (
        "Why not: Thank the customer\nThe decision gives it already"
    )


def test_conduct_can_only_be_forbidden() -> None:
    """Of conduct no rule can ask; that is said, and nothing is searched."""
    found = turned("action:lie")
    assert (found.outcome, found.tries) == ("conduct", 0)
    assert "a rule can only forbid it" in as_text(found.explanation)
    assert turned("lie", {"fault": "them"}).outcome == "conduct"


def test_what_no_rule_brings_is_said() -> None:
    """Where nothing in the ruleset brings an item, that is said, and it is a proof."""
    found = turned("never_asked")
    assert found.outcome == "nothing"
    assert as_text(found.explanation).endswith("No rule of this ruleset brings it about")
    assert turned("prohibition:ask").outcome == "nothing"


def test_what_is_not_found_is_not_called_impossible() -> None:
    """A search that finds nothing says how far it went."""
    found = turned("call", {"channel": "web", "order_value": EUR_200, "severity": "mid"})
    assert found.found
    state = told(RECEIVED)
    blind = attrs.evolve(state, fingerprint=state.fingerprint)
    assert why_not(hall(), blind, "thank", at=AT).found


def test_failing_tests_are_told_in_words() -> None:
    """Each rule that could bring the item tells what it lacks; then what stands in the way."""
    text = as_text(
        turned("thank", {"customer_types": ["angry"], "done": _did("thank")}).explanation
    )
    assert (
        "What could bring it about\n"
        "- Everybody is thanked (thanks) – does not apply, it would need:\n"
        "  - order value is at least 100 EUR, but it is unknown\n"
        "\n"
        "What stands in the way\n"
        "- forbidden by: Not while angry (no-thanks)\n"
        "- it was done already: Tuesday 2026-11-24 11:00\n"
        "\n"
        "The decision would give it with this change:\n"
        "- customer types: nothing (now: Angry)\n"
        "- what was done: nothing (now: Thank the customer at Tuesday 2026-11-24 11:00)\n"
        "- order value: 100.00 EUR (now: unknown)"
    ) in text


def test_rules_of_other_dates_are_told() -> None:
    """A rule outside its validity tells the date; one that holds says so."""
    text = as_text(turned("old", RECEIVED).explanation)
    assert "Old (old-rule) – does not apply on 2026-11-24" in text
    text = as_text(turned("thank", {**THANKED, "customer_types": ["angry"]}).explanation)
    assert "Everybody is thanked (thanks) – applies" in text


def test_what_keeps_a_remedy_back_is_told() -> None:
    """Withholding rules, a closed group, the room and what is unknown are told."""
    taker = {"customer_types": ["taker"], "visits": 2, "flags": ["a"]}
    text = as_text(turned("gift", taker).explanation)
    assert "withheld by: Takers get nothing more (holds-back)" in text
    assert "its group does not open yet, it would need:\n  - answered_at has happened" in text
    text = as_text(turned("water", {"visits": 1}).explanation)
    assert "better fitting ones are shown" in text
    text = as_text(turned("refund", {"fault": "us"}).explanation)
    assert "something is not known yet; waits for: order value" in text
    text = as_text(turned("repair", RECEIVED).explanation)
    assert "What stands in the way" not in text


def test_other_kinds_tell_where_they_come_from() -> None:
    """Mute rules, learners, promises, recognised types and owed lines are told."""
    muted = {"customer_types": ["taker", "angry"]}
    assert "muted by: Takers get nothing more" in as_text(turned("manner:soft", muted).explanation)
    known = {"fault": "us", "order_value": EUR_200}
    assert "it is done to learn: fault" in as_text(turned("investigate", known).explanation)
    text = as_text(turned("explain_delay").explanation)
    assert "a promise that is about to be missed asks for it" in text
    assert "promises: (due = Tuesday 2026-11-24 12:00, kept = no) (now: 0 entries)" in text
    assert "Angry\n  - one of these:\n    - mood is at most -0.5" in as_text(
        turned("angry").explanation
    )
    assert "The customer is entitled to it" in as_text(turned("entitlement").explanation)
    assert "Answer – does not apply" in as_text(turned("answer", {"kind": "none"}).explanation)


def test_an_expired_type_is_prolonged() -> None:
    """A given type that has ended comes back by a later end, told in words."""
    facts = {
        "customer_types": ["vip"],
        "type_basis": {"vip": {"expires_at": "2026-11-01T00:00:00+01:00"}},
    }
    found = turned("vip", facts)
    assert list(found.change) == ["type_basis.vip.expires_at"]
    assert "end of vip: Thursday 2026-12-24 12:00" in as_text(found.explanation)
    data = as_data(found.explanation)["data"]
    assert data["change"] == {"type_basis.vip.expires_at": "2026-12-24T12:00:00+01:00"}


def test_a_change_is_data_a_host_could_give() -> None:
    """As data the change is in the form that intake reads, and intake reads it."""
    found = turned("gift", RECEIVED)
    change = as_data(found.explanation)["data"]["change"]
    assert change["flags"] == ["a"]
    assert change["answered_at"] == NOON
    state = told({**RECEIVED, **change})
    assert "gift" in [each.remedy for each in decide(hall(), state, at=NOON).goodwill]
    found = turned("investigate", {"fault": "us", "order_value": EUR_200})
    assert as_data(found.explanation)["data"]["change"] == {"fault": "unknown"}
    assert "fault: unknown (now: us)" in as_text(found.explanation)
    done = as_data(turned("ask", {"channel": "email", "done": _did("ask", "ask")}).explanation)
    assert done["data"]["change"] == {"done": _did("ask")}


def test_it_speaks_four_languages() -> None:
    """The words of an answer are in the language asked for; the change is the same."""
    state = told(RECEIVED)
    found = {
        language: why_not(hall(), state, "gift", at=NOON, language=language)
        for language in ("en", "fa", "hu", "ar")
    }
    assert len({as_text(each.explanation) for each in found.values()}) == 4
    assert len({repr(each.change) for each in found.values()}) == 1


def test_faults_are_those_of_decide() -> None:
    """A bad instant, language or item is a StateError, as everywhere."""
    with pytest.raises(StateError, match="bad-instant"):
        why_not(hall(), told(), "thank", at="yesterday")
    with pytest.raises(StateError, match="unknown-language"):
        why_not(hall(), told(), "thank", at=NOON, language="xx")
    with pytest.raises(StateError, match="unknown-item"):
        why_not(hall(), told(), "thnk", at=NOON)
    late = told({"answered_at": "2026-11-30T10:00:00+01:00"})
    with pytest.raises(StateError, match="future-happening"):
        why_not(hall(), late, "thank", at=datetime.datetime.fromisoformat(NOON))
