"""Conditions that time alone may turn: which of them cannot turn now, told at a glance."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rooms.decision.hand import given_state, house

from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.plan import plan_of
from complaint_rules.decision.situation import look
from complaint_rules.decision.watched import watched
from complaint_rules.policy import Policy

NOW = 1_795_424_400
"""2026-11-23 10:00 in Budapest."""

POLICY = house(
    """
    facts:
      kind_of: {kind: choice, values: [a, b]}
      age: {kind: duration, derive: 'now - received_at'}
      slipping: {kind: count, derive: {count: promises, where: {due: '<= now'}}}
      calls: {kind: records, fields: {made_at: {kind: instant}}}
      recent: {kind: count, derive: {count: calls, where: {made_at: '> now - 1 h'}}}
    rules:
      - {id: listed, text: x, source: [x], when: {slipping: '>= 1'}, then: {escalate: [lead]}}
      - {id: both, text: x, source: [x], when: {any: [{slipping: '>= 1'}, {recent: '>= 1'}]},
         then: {escalate: [lead]}}
      - {id: running, text: x, source: [x], when: {age: '> 1 h', kind_of: a},
         then: {escalate: [lead]}}
      - {id: read, text: x, source: [x], when: {received_at: '< now - 2 h', kind_of: b},
         then: {escalate: [lead]}}
    """
)


def _may_turn(of: Policy, facts: dict[str, Any]) -> list[bool]:
    """Return of each condition, in the order of the rules, whether it may turn."""
    seen = look(of, given_state(of, facts), NOW).situation
    order = [of.conditions[rule.when] for rule in of.rules]
    found = {id(each.condition): each.may_turn(Scope(seen)) for each in watched(plan_of(of))}
    return [found[id(condition)] for condition in order]


@pytest.mark.parametrize(
    ("facts", "turning"),
    [
        ({}, [False, False, True, True]),
        ({"kind_of": "a"}, [False, False, True, False]),
        ({"kind_of": "b"}, [False, False, False, True]),
        ({"promises": [{"due": "2026-11-25 10:00"}]}, [True, True, True, True]),
        ({"calls": [{"made_at": "2026-11-23 09:30"}]}, [False, True, True, True]),
        ({"calls": [], "promises": []}, [False, False, True, True]),
    ],
)
def test_what_may_turn(facts: dict[str, Any], turning: list[bool]) -> None:
    """Without records nothing turns by them; a test that is false and stays so holds the rest."""
    assert _may_turn(POLICY, facts) == turning
