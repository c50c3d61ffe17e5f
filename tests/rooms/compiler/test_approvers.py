"""Approvers that rules name: of remedies, groups, all of them, and actions (semantics 22)."""

from __future__ import annotations

import pytest

from complaint_rules import RulesetError, decide, loads

TEXT = """
format: 1
id: approvers
edition: "1"
title: Approvers
currency: EUR
actions: {{restrict: {{title: Restrict the contact, owner: agent}}}}
rules:
  - id: hard
    text: A restriction needs a manager
    source: house
    when: always
    then: {{do: [restrict], approver: {{{name}: manager}}}}
"""
FACTS = {"received_at": "2026-11-20T09:00:00+01:00"}


def test_an_action_may_need_an_approver() -> None:
    """The role a rule names for an action stands in the decision."""
    decision = decide(loads(TEXT.format(name="restrict")), FACTS, at="2026-11-20T10:00:00+01:00")
    assert [(each.id, each.approver) for each in decision.actions] == [("restrict", "manager")]


def test_what_is_neither_remedy_nor_action_is_told() -> None:
    """A name that nothing has is a problem."""
    with pytest.raises(RulesetError, match="unknown-remedy"):
        loads(TEXT.format(name="restrain"))
