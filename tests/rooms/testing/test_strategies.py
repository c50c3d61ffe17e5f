"""Drawn states: valid by construction, at the boundaries of the policy, and shrinking to little."""

from __future__ import annotations

import datetime
import itertools
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import complaint_rules
from complaint_rules import (
    MissingExtraError,
    Policy,
    StateError,
    decide,
    load,
    loads,
    read_state,
)
from complaint_rules.testing import changes, states, strategies

AT = 1_795_518_000
CORE = load("core")
SMALL = loads(
    """\
format: 1
id: shop
edition: "1"
title: A shop
currency: JPY
calendar: office
calendars: {office: {timezone: Asia/Tokyo, hours: {mon-fri: ["09:00-17:00"]}}}
settings: {most: {title: Most, kind: count, value: 7, source: [house]}}
facts:
  contacts: {kind: count}
  visits: {kind: count}
  price: {kind: money}
  severity: {kind: level, values: [s3, s2, s1]}
  seen_at: {kind: instant, default: not_yet}
  bought_on: {kind: date}
  worked: {kind: business_duration}
  calls: {kind: records, fields: {minutes: {kind: count}, about: {kind: text}}}
  review: {kind: record, fields: {stars: {kind: count}}}
rules:
  - {id: often, text: Often, source: [house], when: {contacts: ">= 5", visits: "<= most"},
     then: {never: [excuse]}}
  - {id: stars, text: Stars, source: [house], when: {review.stars: "<= 2", price: "> 300 JPY"},
     then: {never: [excuse]}}
actions: {excuse: {title: Excuses, conduct: yes}}
"""
)
BARE = loads(
    """\
format: 1
id: bare
edition: "1"
title: Nothing
currency: EUR
calendar: office
calendars: {office: {timezone: UTC, hours: {mon-fri: ["09:00-17:00"]}}}
"""
)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
SEEK = settings(max_examples=3_000, deadline=None, phases=(Phase.generate, Phase.shrink))
MEET = settings(SEEK, phases=(Phase.generate,))


@pytest.mark.parametrize("policy", [CORE, SMALL, BARE], ids=["core", "small", "bare"])
def test_every_state_is_valid(policy: Policy) -> None:
    """Every drawn state is taken at the door, and can be decided at the instant."""

    @FEW
    @given(states(policy, at=AT))
    def check(state: dict[str, Any]) -> None:
        decide(policy, read_state(policy, state), at=AT)

    check()


@pytest.mark.parametrize("policy", [CORE, SMALL], ids=["core", "small"])
def test_lives_go_forward(policy: Policy) -> None:
    """The moments of a life follow each other in time, and each can be decided."""

    @FEW
    @given(changes(policy, at=AT, most=3))
    def check(moments: list[strategies.Moment]) -> None:
        assert 1 <= len(moments) <= 3
        assert moments[0].at == AT
        for before, after in itertools.pairwise(moments):
            assert after.at >= before.at
            assert len(after.state.get("done", ())) >= len(before.state.get("done", ()))
        for moment in moments:
            decide(policy, moment.state, at=moment.at)

    check()


@pytest.mark.parametrize(
    ("fact", "values"),
    [
        ("contacts", {4, 5, 6, "unknown"}),
        ("visits", {6, 7, 8}),
        ("severity", {"s1", "s2", "s3"}),
    ],
)
def test_values_at_the_boundaries_occur(fact: str, values: set[Any]) -> None:
    """Values at a threshold and just beside it are drawn, also of settings; unknown, too."""
    for value in sorted(values, key=str):
        found = find(states(SMALL, at=AT), lambda s, v=value: s.get(fact) == v, settings=MEET)
        assert found[fact] == value


def test_failing_states_shrink_to_few_facts() -> None:
    """A failing example keeps only what it takes to fail."""
    small = find(states(SMALL, at=AT), lambda state: state.get("contacts") == 5, settings=SEEK)
    assert len(small) <= 3


def test_rules_are_met() -> None:
    """States are drawn towards conditions, so that rules of several tests are met."""

    def met(state: dict[str, Any]) -> bool:
        return bool(decide(SMALL, state, at=AT).prohibitions)

    assert met(find(states(SMALL, at=AT), met, settings=MEET))


def test_facts_can_be_fixed() -> None:
    """A fixed fact is in every state; what is fixed to nothing is in none."""

    @FEW
    @given(states(SMALL, at=AT, fixed={"contacts": 3, "price": None}))
    def check(state: dict[str, Any]) -> None:
        assert state["contacts"] == 3
        assert "price" not in state

    check()


def test_records_and_bases_are_drawn() -> None:
    """Lists of records, records, done actions and what is said of types all occur."""
    for name in ("calls", "review"):
        assert find(states(SMALL, at=AT), lambda s, n=name: bool(s.get(n)), settings=MEET)[name]
    for name in ("pauses", "promises", "done", "type_basis"):
        assert find(states(CORE, at=AT), lambda s, n=name: bool(s.get(n)), settings=MEET)[name]


def test_the_instant_is_written_as_for_decide() -> None:
    """Text, an aware datetime and seconds are one instant; what is none is refused at once."""
    aware = datetime.datetime.fromtimestamp(AT, datetime.UTC)
    for at in (aware, aware.isoformat()):
        life = find(changes(SMALL, at=at, most=1), bool, settings=MEET)
        assert life[0].at == AT
        state = find(states(SMALL, at=at), lambda each: "received_at" in each, settings=MEET)
        assert decide(SMALL, state, at=at).at == AT
    with pytest.raises(StateError):
        states(SMALL, at="noon")


def test_a_policy_without_anything_has_states() -> None:
    """A policy without rules, actions and types gives states of the reserved facts."""
    found = find(states(BARE, at=AT), lambda state: "kind" in state, settings=SEEK)
    assert "done" not in found
    assert "type_basis" not in found


def test_strategies_are_hypothesis_strategies() -> None:
    """They are plain strategies: they can be combined like any other."""
    both = st.tuples(states(SMALL, at=AT), changes(SMALL, at=AT))
    assert isinstance(both, st.SearchStrategy)


def test_the_package_does_not_need_hypothesis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without hypothesis the front door still opens; what needs it tells which extra to install."""
    assert complaint_rules.__version__
    monkeypatch.delitem(sys.modules, "complaint_rules.testing.strategies")
    monkeypatch.delattr("complaint_rules.testing.strategies", raising=False)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    for strategy in (states, changes):
        with pytest.raises(MissingExtraError, match=r"complaint-rules\[testing\]"):
            strategy(SMALL, at=AT)
