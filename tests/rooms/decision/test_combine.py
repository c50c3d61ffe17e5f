"""Combining rules: union, prohibitions, law, manner, approvers, escalations (semantics 9, 22)."""

from __future__ import annotations

import datetime
import random
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.decision.shop import decided, ids, rule, shop

from complaint_rules.decision.gathering.combine import Combined, combine, set_bits
from complaint_rules.policy import Do, Manner, Rule

ACTIONS = """
facts:
  angry: {kind: yes_no, learn_by: listen}
  fault: {kind: choice, values: [company, customer], learn_by: investigate}
actions:
  listen: {owner: agent}
  investigate: {owner: agent}
  call: {owner: lead, due: {from: received_at, due: 4 h}}
  make_excuses: {conduct: yes}
manner:
  calmly: {phase: listening, guidance: {do: Speak calmly}}
  briefly: {guidance: {do: Be brief}}
"""


def test_actions_of_all_true_rules_are_united() -> None:
    """An action asked for by two rules stands once, naming both, at the earliest due time."""
    policy = shop(
        ACTIONS
        + f"""
rules:
  - {rule("b", "always", "do: [{action: call, due: {from: received_at, due: 1 h}}]")}
  - {rule("a", "always", "do: [call]")}
"""
    )
    decision = decided(policy, {"received_at": "2026-11-24T11:30:00+01:00"})
    (call,) = decision.actions
    assert (call.rules, call.owner, call.due) == (("a", "b"), "lead", decision.at + 1800)


def test_a_prohibition_beats_an_action_and_names_whose() -> None:
    """`never` takes the action out and lists the rules it overrode, with their reasons."""
    policy = shop(
        ACTIONS
        + f"""
rules:
  - {rule("wants", "always", "do: [call]")}
  - {rule("forbids", "{angry: yes}", "never: [call, make_excuses]")}
"""
    )
    decision = decided(policy, {"angry": True})
    call, excuses = decision.prohibitions
    assert (call.basis, call.overrode, call.rules) == ("true", ("wants",), ("forbids",))
    assert (excuses.id, excuses.overrode) == ("make_excuses", ())
    assert ids(decision.actions) == []
    assert set(decision.reasons) == {"wants", "forbids"}


def test_an_unknown_prohibition_binds_and_is_asked() -> None:
    """What may be forbidden is not done; the unknown fact is asked (semantics 9)."""
    policy = shop(
        ACTIONS
        + f"""
rules:
  - {rule("wants", "always", "do: [call]")}
  - {rule("forbids", "{angry: yes}", "never: [call]")}
"""
    )
    decision = decided(policy)
    (call,) = decision.prohibitions
    assert (call.basis, call.rules) == ("unknown", ("forbids",))
    assert ids(decision.actions) == ["listen"]
    assert [(ask.fact, ask.learn_by, ask.blocks) for ask in decision.asks] == [
        ("angry", "listen", ("forbids",))
    ]
    assert decision.reasons["forbids"].truth == "unknown"


def test_an_unknown_prohibition_never_removes_what_would_settle_it() -> None:
    """The action that learns the fact waited for stays, and is not listed as forbidden."""
    policy = shop(ACTIONS + f"rules: [{rule('r', '{angry: yes}', 'never: [listen, call]')}]")
    decision = decided(policy)
    assert ids(decision.prohibitions) == ["call"]
    assert ids(decision.actions) == ["listen"]
    assert ids(decided(policy, {"angry": True}).prohibitions) == ["call", "listen"]


def test_a_true_prohibition_keeps_the_learning_action_out() -> None:
    """Where it is true, `never` beats the action that an ask wants, too."""
    policy = shop(
        ACTIONS
        + f"""
rules:
  - {rule("forbids", "always", "never: [listen]")}
  - {rule("waits", "{angry: yes}", "do: [call]")}
"""
    )
    decision = decided(policy)
    assert ids(decision.actions) == []
    assert decision.asks[0].learn_by == "listen"


def test_law_keeps_its_action_against_a_prohibition() -> None:
    """`never` does not beat a law rule; the other rules' part of the action is overridden."""
    policy = shop(
        ACTIONS
        + f"""
rules:
  - {rule("law", "always", "do: [call]", "law: yes")}
  - {rule("wish", "always", "do: [{action: call, due: now}]")}
  - {rule("forbids", "always", "never: [call]")}
"""
    )
    decision = decided(policy, {"received_at": "2026-11-24T11:00:00+01:00"})
    (call,) = decision.actions
    assert call.rules == ("law",)
    assert call.due == decision.at + 3 * 3600
    assert decision.prohibitions[0].overrode == ("wish",)


def test_manner_is_united_less_what_is_muted() -> None:
    """`mute` takes manner out again and touches nothing else."""
    policy = shop(
        ACTIONS
        + f"""
rules:
  - {rule("m1", "always", "manner: [calmly, briefly], do: [call]")}
  - {rule("m2", "always", "manner: [calmly]")}
  - {rule("m3", "{angry: yes}", "mute: [briefly]")}
"""
    )
    spoken = [(each.id, each.phase, each.rules) for each in decided(policy).manner]
    assert spoken == [("briefly", "both", ("m1",)), ("calmly", "listening", ("m1", "m2"))]
    muted = decided(policy, {"angry": True})
    assert ids(muted.manner) == ["calmly"]
    assert ids(muted.actions) == ["call"]


def test_escalations_are_united_by_role() -> None:
    """Each role stands once with all its rules, sorted."""
    policy = shop(
        ACTIONS
        + f"""
rules:
  - {rule("e2", "always", "escalate: [manager, lead]")}
  - {rule("e1", "always", "escalate: [lead]")}
"""
    )
    told = [(each.to, each.rules) for each in decided(policy).escalations]
    assert told == [("lead", ("e1", "e2")), ("manager", ("e2",))]


def test_rules_and_items_outside_their_validity_are_absent() -> None:
    """`valid` is read by the event date, for rules, actions and manner (semantics 21)."""
    policy = shop(
        f"""
actions:
  call: {{owner: agent}}
  fax: {{owner: agent, valid: {{to: 1999-12-31}}}}
manner:
  calmly: {{guidance: {{do: Speak calmly}}, valid: {{from: 2020-01-01}}}}
rules:
  - {rule("old", "always", "do: [call]", "valid: {to: 2019-12-31}")}
  - {rule("ever", "always", "do: [fax], manner: [calmly]")}
  - {rule("last", "always", "escalate: [lead]", "valid: {from: 2020-01-01, to: 9999-12-31}")}
"""
    )
    now = decided(policy)
    assert (ids(now.actions), ids(now.manner)) == ([], ["calmly"])
    then = decided(policy, {"event_date": "2019-12-31"})
    assert (ids(then.actions), ids(then.manner)) == (["call"], [])
    assert ids(decided(policy, {"event_date": "1999-01-01"}).actions) == ["call", "fax"]


def test_combinations_are_kept_in_a_bounded_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same match is combined once; past the bound all are forgotten, and nothing changes."""
    monkeypatch.setattr("complaint_rules.decision.gathering.agenda._MOST_KEPT", 1)
    policy = shop(ACTIONS + f"rules: [{rule('r', '{angry: yes}', 'do: [call]')}]")
    states: tuple[dict[str, Any], ...] = ({}, {"angry": True}, {"angry": False}, {})
    first, *others, last = (ids(decided(policy, state).actions) for state in states)
    assert (first, others, last) == (["listen"], [["call"], []], ["listen"])


def test_set_bits_are_walked_highest_first() -> None:
    """Only the set bits are visited."""
    assert list(set_bits(0b10010)) == [4, 1]
    assert list(set_bits(0)) == []


_NAMES = st.sampled_from(["a", "b", "c"])
_RULES = st.lists(
    st.builds(
        Rule,
        id=st.uuids().map(str),
        when=st.just(0),
        do=st.lists(_NAMES.map(Do), max_size=2).map(tuple),
        never=st.lists(_NAMES, max_size=2).map(tuple),
        manner=st.lists(_NAMES, max_size=2).map(tuple),
        mute=st.lists(_NAMES, max_size=1).map(tuple),
        withhold=st.lists(_NAMES, max_size=1).map(tuple),
        escalate=st.lists(_NAMES, max_size=1).map(tuple),
        law=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda rule: rule.id,
)
_MANNER = {name: Manner(id=name) for name in "abc"}


@given(true=_RULES, unknown=_RULES, seed=st.integers(0, 99))
def test_the_order_of_rules_never_shows(true: list[Rule], unknown: list[Rule], seed: int) -> None:
    """Shuffled rules combine to the same, in every part."""
    day = datetime.date(2026, 1, 1)
    first = combine(tuple(true), tuple(unknown), _MANNER, day)
    shuffle = random.Random(seed).shuffle
    shuffle(true)
    shuffle(unknown)
    second = combine(tuple(true), tuple(unknown), _MANNER, day)
    for field in attrs.fields(Combined):
        assert getattr(first, field.name) == getattr(second, field.name)
