"""Obstacles the search once saw too late, or not at all: each found by asking of made-up states."""

# ruff: noqa: E501 (each case on one line)

from __future__ import annotations

from typing import Any

from tests.properties.turning import honest
from tests.rooms.explanation.hall import AT, HALL, turned

from complaint_rules.explanation import WhyNot, why_not
from complaint_rules.explanation.change import UNKNOWN
from complaint_rules.explanation.search.want import Fix, fewest
from complaint_rules.intake import read_state
from complaint_rules.loading import loads

_HEAD = HALL.partition("\nrules:")[0]
PAID = {"amount_paid": {"amount": "100", "currency": "EUR"}}


def _asked(item: str, rules: str, facts: dict[str, Any], declared: str = _HEAD) -> WhyNot:
    """Return the answer under other rules; a change that is found is proved."""
    policy = loads(f"{declared}\nrules:\n{rules}")
    state = read_state(policy, facts)
    found = why_not(policy, state, item, at=AT)
    assert found.outcome == "found"
    assert not honest(policy, state, found.change, found.kind, found.item, AT)
    return found


def test_a_cap_of_nothing_is_seen_at_once() -> None:
    """A rule that caps at nothing is in the way before anything else is known of the remedy."""
    found = turned(
        "refund",
        {
            "live": True,
            "visits": 6,
            "flags": ["a", "b", "c"],
            "mood": "unknown",
            "customer_types": "unknown",
            "fault": "them",
            "harm": {"proven": True},
            "order_value": {"amount": "107999", "currency": "EUR"},
            "amount_paid": {"amount": "0", "currency": "EUR"},
            "demand": {"kinds": ["gift", "water", "juice"]},
        },
    )
    assert set(found.change) == {"fault", "customer_types", "live", "amount_paid", "demand.kinds"}
    assert found.tries < 60


def test_a_statutory_amount_need_not_be_known() -> None:
    """What is owed by statute takes nothing from the room: nobody need know how much it is."""
    found = turned(
        "refund",
        {
            "fault": "us",
            "order_value": {"amount": "9", "currency": "EUR"},
            "harm": {"proven": True},
        },
    )
    assert set(found.change) == {"amount_paid"}


def test_types_that_are_unknown_are_made_known() -> None:
    """Where the host does not know the types, to say that there are none will do."""
    found = turned(
        "refund",
        {
            "fault": "us",
            "customer_types": "unknown",
            "order_value": {"amount": "9", "currency": "EUR"},
            **PAID,
        },
    )
    assert set(found.change) == {"customer_types"}


def test_a_confirmed_type_that_signals_hold_up_is_ended() -> None:
    """A type that is given, confirmed and recognised by more signals than needed comes to an end."""
    found = turned(
        "refund",
        {
            "fault": "us",
            "order_value": {"amount": "9", "currency": "EUR"},
            **PAID,
            "customer_types": ["taker"],
            "visits": 5,
            "flags": ["b"],
            "type_basis": {"taker": {"confirmed_by": "lead"}},
        },
    )
    assert set(found.change) == {"type_basis.taker.expires_at", "demand.kinds"}


def test_a_fact_of_many_values_does_not_crowd_out_the_rest() -> None:
    """A prohibition with a fact that another rule needs is overcome by a later fact of it."""
    rules = """\
  - {id: r, text: x, source: [x], when: {tongue: hu, spoken: hu}, then: {do: [thank]}}
  - {id: s, text: x, source: [x], when: {all: [{tongue: '!= other'}, {spoken: '!= other'}, {visits: '< 9'}, {live: no}]}, then: {never: [thank]}}
"""
    found = _asked("thank", rules, {"tongue": "hu", "visits": 2, "spoken": "en"})
    assert set(found.change) in ({"spoken", "visits"}, {"spoken", "live"})


def test_other_facts_come_before_other_values_and_before_the_unknown() -> None:
    """Of many ways to fulfil a wish the kept ones name as many facts as they can."""
    fixes: list[Fix] = [{"a": UNKNOWN}, *({"a": number} for number in range(30)), {"b": 1}]
    assert fewest(fixes, most=3) == [{"a": 0}, {"b": 1}, {"a": 1}]


def test_a_dated_prohibition_is_overcome_by_another_date() -> None:
    """What forbids always, but only from a date on, does not forbid the day before."""
    rules = """\
  - {id: r, text: x, source: [x], when: always, then: {do: [thank]}}
  - {id: s, text: x, source: [x], valid: {from: 2026-01-01, to: 2026-12-31}, when: always, then: {never: [thank]}}
"""
    found = _asked("thank", rules, {})
    assert str(found.change["event_date"]) in ("2025-12-31", "2027-01-01")


def test_a_dated_rule_that_withholds_or_caps_is_overcome_by_another_date() -> None:
    """The same for rules that withhold a remedy, or leave nothing of it."""
    for then in ("withhold: [refund]", "cap: {total: 0 EUR}"):
        rules = f"  - {{id: s, text: x, source: [x], valid: {{from: 2026-01-01}}, when: always, then: {{{then}}}}}\n"
        facts = {"fault": "us", "order_value": {"amount": "9", "currency": "EUR"}, **PAID}
        assert set(_asked("refund", rules, facts).change) == {"event_date"}


def test_a_cap_that_is_not_yet_known_is_made_known() -> None:
    """A cap reckoned from what has not happened leaves nothing until it has."""
    capped = _HEAD.replace("cap: order_value", "cap: '2 EUR * whole(now - answered_at, 1 h)'")
    assert capped != _HEAD
    rules = "  - {id: s, text: x, source: [x], when: {live: yes}, then: {do: [thank]}}\n"
    facts = {"fault": "us", "order_value": {"amount": "9", "currency": "EUR"}, **PAID}
    assert set(_asked("refund", rules, facts, capped).change) == {"answered_at"}


def test_a_delay_that_was_explained_is_explained_again_for_another_promise() -> None:
    """What was done in the round comes again by being undone, or by a promise that slips now."""
    done = [{"action": "explain_delay", "at": "2026-11-24T11:30:00+01:00"}]
    found = turned("explain_delay", {"received_at": "2026-11-23T09:00:00+01:00", "done": done})
    assert set(found.change) == {"promises"}
    late = [{"due": "2026-11-24T12:00:00+01:00"}]
    again = turned(
        "explain_delay",
        {"received_at": "2026-11-23T09:00:00+01:00", "done": done, "promises": late},
    )
    assert set(again.change) in ({"promises"}, {"done"})


def test_a_row_of_a_target_that_has_not_begun_waits_once_it_has() -> None:
    """An action that learns a fact comes where a target's row waits for it: the target begins."""
    row = "ruled: {from: answered_at, met_by: 'done_at(reply)', table: {hit: 'C<', out: [due], rows: [{row: one, fault: us, due: 4 h}]}}"
    started = _HEAD.replace("ruled: {from: received_at, met_by: answered_at, when: always}", row)
    assert row in started
    rest = started.replace("when: {fault: us}", "when: {live: yes}")
    rules = "  - {id: s, text: x, source: [x], when: {live: yes}, then: {do: [thank]}}\n"
    found = _asked("investigate", rules, {"fault": "us"}, rest)
    assert set(found.change) == {"answered_at", "fault"}
