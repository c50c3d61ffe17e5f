"""Conditions that time alone may turn: which of them cannot turn now, told at a glance."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rooms.decision.hand import given_state, house

from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.decision.seeing.situation import look
from complaint_rules.decision.seeing.watched import watch
from complaint_rules.policy import Policy

NOW = 1_795_424_400
"""2026-11-23 10:00 in Budapest."""
RECEIVED = "2026-11-23 08:30"

POLICY = house(
    """
    facts:
      kind_of: {kind: choice, values: [a, b]}
      age: {kind: duration, derive: 'now - received_at'}
      slipping: {kind: count, derive: {count: promises, where: {due: '<= now'}}}
      called_at: {kind: instant, default: not_yet}
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
      - {id: bound, text: x, source: [x],
         when: {slipping: '< whole(now - received_at, 1 d)'}, then: {escalate: [lead]}}
      - {id: happened, text: x, source: [x], when: {called_at: '> now - 2 h'},
         then: {escalate: [lead]}}
    """
)


def _may_turn(of: Policy, facts: dict[str, Any]) -> list[bool]:
    """Return of each condition, in the order of the rules, whether it may turn."""
    seen = look(of, given_state(of, facts), NOW).situation
    order = [of.conditions[rule.when] for rule in of.rules]
    turning = {id(condition) for condition in watch(plan_of(of)).turning(seen)}
    return [id(condition) in turning for condition in order]


@pytest.mark.parametrize(
    ("facts", "turning"),
    [
        ({}, [False, False, True, False, True, False]),
        ({"kind_of": "a"}, [False, False, True, False, True, False]),
        ({"kind_of": "b"}, [False, False, False, False, True, False]),
        ({"promises": [{"due": RECEIVED}]}, [True, True, True, False, True, False]),
        ({"calls": [{"made_at": RECEIVED}]}, [False, True, True, False, True, False]),
        ({"calls": [], "promises": []}, [False, False, True, False, True, False]),
        ({"promises": "unknown"}, [False, False, True, False, True, False]),
        ({"received_at": RECEIVED}, [False, False, True, True, True, False]),
        ({"received_at": RECEIVED, "kind_of": "a"}, [False, False, True, False, True, False]),
        ({"received_at": RECEIVED, "kind_of": "b"}, [False, False, False, True, True, False]),
        ({"called_at": RECEIVED}, [False, False, True, False, True, True]),
        ({"called_at": "unknown"}, [False, False, True, False, True, False]),
    ],
)
def test_what_may_turn(facts: dict[str, Any], turning: list[bool]) -> None:
    """
    Nothing turns by what has not happened or is not known.

    A test that is false and stays so holds the rest.
    """
    assert _may_turn(POLICY, facts) == turning


def test_each_condition_is_told_once() -> None:
    """A condition with several clues is looked at once, whichever of them are there."""
    facts = {"promises": [{"due": RECEIVED}], "calls": [{"made_at": RECEIVED}]}
    seen = look(POLICY, given_state(POLICY, facts), NOW).situation
    turning = watch(plan_of(POLICY)).turning(seen)
    assert len(turning) == len({id(condition) for condition in turning}) == 4


def test_values_that_are_shown() -> None:
    """Amounts that move with time count where they were reckoned, each expression once."""
    of = house(
        """
        remedies:
          refund: {owed: yes, amount: '2 EUR * whole(now - received_at, 6 h)'}
          thanks: {owed: yes, amount: '2 EUR * whole(now - received_at, 6 h)'}
          gift: {owed: yes, amount: 3 EUR}
        """
    )
    found = watch(plan_of(of))
    assert len(found.values(None)) == len(found.values({"thanks"})) == 1
    assert found.values({"gift"}) == ()
    assert watch(plan_of(POLICY)).values(None) == ()
