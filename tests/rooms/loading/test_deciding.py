"""`decide` at the front door: facts are validated on the way in."""

from __future__ import annotations

import pytest

from complaint_rules.errors import StateError
from complaint_rules.intake import read_state
from complaint_rules.loading import loads
from complaint_rules.loading.deciding import decide

POLICY = loads(
    """
format: 1
id: shop
edition: "1"
title: Shop
currency: EUR
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: "09:00-17:00"}}
facts:
  fault: {kind: choice, values: [company, customer]}
actions:
  apologise: {owner: agent}
rules:
  - id: admit
    text: Admit the fault
    source: house
    when: {fault: company}
    then: {do: [apologise]}
"""
)
FACTS = {"received_at": "2026-11-20T15:30:00+01:00", "fault": "company"}
AT = "2026-11-20T16:00:00+01:00"


def test_a_mapping_and_a_validated_state_give_the_same() -> None:
    """A mapping is validated on the way, a state is taken as it is."""
    decision = decide(POLICY, FACTS, at=AT)
    assert [action.id for action in decision.actions] == ["apologise"]
    assert decide(POLICY, read_state(POLICY, FACTS), at=AT) == decision


def test_bad_facts_are_refused() -> None:
    """Facts that do not fit are told, none is swallowed."""
    with pytest.raises(StateError, match="unknown-value"):
        decide(POLICY, FACTS | {"fault": "nobody"}, at=AT)
