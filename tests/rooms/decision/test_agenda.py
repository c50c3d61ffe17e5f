"""What a set of fired rules asks for, kept ready: it shows nowhere, and serves no other policy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tests.rooms.decision.shop import NOON, decided, ids, rule, shop

from complaint_rules.decision.decide import decide
from complaint_rules.intake import read_state

FACTS = (
    "facts: {angry: {kind: yes_no, learn_by: listen}, wants: {kind: yes_no, learn_by: listen}}\n"
)


def test_a_learner_that_rules_ask_for_too_keeps_its_approver() -> None:
    """Who asks for it and who names the approver stand together, sorted, whoever came first."""
    policy = shop(
        FACTS
        + "actions: {listen: {owner: agent}, call: {owner: agent}}\n"
        + "rules:\n"
        + f"  - {rule('b', 'always', 'do: [listen]')}\n"
        + f"  - {rule('z', 'always', 'approver: {listen: lead}')}\n"
        + f"  - {rule('c', '{angry: yes}', 'do: [call]')}\n"
    )
    (listen,) = decided(policy).actions
    assert (listen.approver, listen.rules) == ("lead", ("b", "c", "z"))
    (listen,) = decided(policy, {"angry": False}).actions
    assert (listen.approver, listen.rules) == ("lead", ("b", "z"))


def test_a_learner_that_no_rule_asks_for_has_its_approver() -> None:
    """An action that only learns is told as one that rules ask for; twice it is the same."""
    policy = shop(
        FACTS
        + "actions: {listen: {owner: agent}, call: {owner: agent}}\n"
        + "rules:\n"
        + f"  - {rule('z', 'always', 'approver: {listen: lead}')}\n"
        + f"  - {rule('c', '{angry: yes}', 'do: [call]')}\n"
    )
    (listen,) = decided(policy).actions
    assert (listen.approver, listen.rules) == ("lead", ("c", "z"))
    assert decided(policy).actions == (listen,)


def test_an_action_named_as_a_remedy_has_no_approver_of_its_own() -> None:
    """Who approves a remedy approves its amount; the action beside it names nobody."""
    policy = shop(
        "actions: {refund: {owner: agent}}\n"
        "remedies: {refund: {when: always}}\n"
        "rules:\n"
        f"  - {rule('a', 'always', 'do: [refund], approver: {refund: manager}')}\n"
    )
    decision = decided(policy)
    assert decision.actions[0].approver is None
    assert decision.choices[0].approver == "manager"


def test_a_due_time_with_a_notice_is_told_of_every_action() -> None:
    """Two actions with the same due time share it, but each has its own notice."""
    after = "due: {from: received_at, due: 1 bh}, owner: agent"
    policy = shop(
        f"actions: {{a: {{{after}}}, b: {{{after}}}}}\nrules: [{rule('r', 'always', 'do: [a, b]')}]"
    )
    decision = decided(policy, {"received_at": "2026-11-24T11:00:00+01:00"})
    assert {each.due for each in decision.actions} == {decision.at}
    late = decided(
        policy, {"received_at": "2250-11-24T11:00:00+01:00"}, "2250-11-24T12:00:00+01:00"
    )
    assert [(each.code, each.about) for each in late.notices] == [("holidays-unknown", "office")]


def test_a_part_that_ends_before_its_target_opens_is_noticed_of_every_action() -> None:
    """Half of a target is over before the target opens: both actions are open, and noticed."""
    half = "{owner: agent, due: 1/2 of survey}"
    policy = shop(
        "targets: {survey: {from: received_at, met_by: 'done_at(seen)', opens: 3 h, due: 4 h}}\n"
        f"actions: {{seen: {{owner: agent}}, a: {half}, b: {half}}}\n"
        f"rules: [{rule('r', 'always', 'do: [a, b]')}]"
    )
    decision = decided(policy, {"received_at": "2026-11-24T11:00:00+01:00"})
    assert [(each.id, each.opens, each.due) for each in decision.actions] == [
        ("a", None, decision.at + 3_600),
        ("b", None, decision.at + 3_600),
    ]
    notices = [(each.code, each.about) for each in decision.notices]
    assert notices == [("opens-after-due", "a"), ("opens-after-due", "b")]
    done = {"done": [{"action": "a", "at": "2026-11-24T11:30:00+01:00"}]}
    left = decided(policy, {"received_at": "2026-11-24T11:00:00+01:00"} | done)
    assert [(each.code, each.about) for each in left.notices] == [("opens-after-due", "b")]


def test_an_explanation_that_returns_by_periods_explains_a_new_delay() -> None:
    """Done once in this round, it is asked for again where no period of its own stands."""
    policy = shop(
        "facts: {vip: {kind: yes_no}}\n"
        "targets:\n"
        "  update: {when: {vip: yes}, from: received_at, met_by: 'done_at(seen)', due: 4 h}\n"
        "actions: {seen: {owner: agent}, explain_delay: {owner: agent, repeat: {each: update}}}\n"
    )
    facts: dict[str, Any] = {
        "received_at": "2026-11-24T08:00:00+01:00",
        "vip": False,
        "promises": [{"what": "call", "due": "2026-11-24T13:00:00+01:00", "kept": False}],
        "done": [{"action": "explain_delay", "at": "2026-11-24T09:00:00+01:00"}],
    }
    assert ids(decided(policy, facts | {"done": []}).actions) == ["explain_delay"]
    assert ids(decided(policy, facts, "2026-11-24T12:30:00+01:00").actions) == []
    early = facts | {"done": [{"action": "explain_delay", "at": "2026-11-23T09:00:00+01:00"}]}
    received = early | {"received_at": "2026-11-22T09:00:00+01:00"}
    assert ids(decided(policy, received).actions) == ["explain_delay"]


def test_a_promise_without_an_action_that_explains_asks_for_none() -> None:
    """A ruleset that has no `explain_delay`, or has only forbidden it, lists no action."""
    slips: dict[str, Any] = {"promises": [{"what": "call", "due": "2026-11-24T13:00:00+01:00"}]}
    plain = shop("facts: {angry: {kind: yes_no}}")
    assert decided(plain, slips).actions == ()
    forbidding = shop(
        "actions: {explain_delay: {owner: agent}}\n"
        f"rules: [{rule('r', 'always', 'never: [explain_delay]')}]"
    )
    assert decided(forbidding, slips).actions == ()


def test_actions_outside_their_dates_are_absent_from_what_is_kept() -> None:
    """The same rules fire on both days; the action is there on one of them."""
    policy = shop(
        "actions: {call: {owner: agent, valid: {from: 2026-01-01}}}\n"
        f"rules: [{rule('r', 'always', 'do: [call]')}]"
    )
    for _ in range(2):
        assert ids(decided(policy, {"event_date": "2025-12-31"}).actions) == []
        assert ids(decided(policy, {"event_date": "2026-01-01"}).actions) == ["call"]


def test_what_is_learned_by_which_action_is_kept_in_a_bounded_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Past the bound all is forgotten, and nothing changes."""
    monkeypatch.setattr("complaint_rules.decision.gathering.awaited._MOST_KEPT", 1)
    policy = shop(
        "facts: {a: {kind: yes_no, learn_by: ask_a}, b: {kind: yes_no, learn_by: ask_b}}\n"
        "actions: {ask_a: {owner: agent}, ask_b: {owner: agent}, call: {owner: agent}}\n"
        "rules:\n"
        f"  - {rule('r', '{a: yes}', 'do: [call]')}\n"
        f"  - {rule('s', '{b: yes}', 'do: [call]')}\n"
    )
    for _ in range(2):
        assert ids(decided(policy).actions) == ["ask_a", "ask_b"]
        assert ids(decided(policy, {"a": False}).actions) == ["ask_b"]


def test_what_a_rule_waits_for_is_kept_in_a_bounded_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that waits now for these facts, now for those, asks for the right ones each time."""
    monkeypatch.setattr("complaint_rules.decision.gathering.waits._MOST_KEPT", 1)
    when = "{a: yes, b: '> 3', any: [{c: '< 3'}, {b: '> 9'}]}"
    policy = shop(
        "facts: {a: {kind: yes_no}, b: {kind: number}, c: {kind: number}}\n"
        "actions: {call: {owner: agent}}\n"
        f"rules: [{rule('r', when, 'do: [call]')}]"
    )
    for _ in range(2):
        assert [ask.fact for ask in decided(policy).asks] == ["a", "b", "c"]
        assert [ask.fact for ask in decided(policy, {"a": True, "b": "5"}).asks] == ["c"]
        assert [ask.fact for ask in decided(policy, {"b": "10"}).asks] == ["a"]
        assert decided(policy, {"b": "2"}).asks == ()


def test_what_doubtful_rules_forbid_is_kept_in_a_bounded_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An unknown rule forbids an action, but not where that learns what the rule waits for."""
    monkeypatch.setattr("complaint_rules.decision.gathering.agenda._MOST_COURSES", 1)
    policy = shop(
        "facts: {a: {kind: yes_no, learn_by: ask}, b: {kind: yes_no}}\n"
        "actions: {ask: {owner: agent}}\n"
        "rules:\n"
        f"  - {rule('n', '{a: yes, b: yes}', 'never: [ask]')}\n"
        f"  - {rule('r', 'always', 'do: [ask]')}\n"
    )
    for _ in range(2):
        learning = decided(policy)
        assert (ids(learning.actions), learning.prohibitions) == (["ask"], ())
        (forbidden,) = decided(policy, {"a": True}).prohibitions
        assert (forbidden.basis, forbidden.overrode, forbidden.rules) == ("unknown", ("r",), ("n",))
        assert decided(policy, {"a": True}).actions == ()


def test_why_remedies_are_not_reckoned_is_kept_in_a_bounded_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Which remedies wait, and for what, is told anew for every set of them."""
    monkeypatch.setattr("complaint_rules.decision.remedies.screening._MOST_KEPT", 1)
    policy = shop(
        "facts: {a: {kind: yes_no}, b: {kind: yes_no}}\n"
        "remedies: {one: {when: {a: yes}}, two: {when: {b: yes}}}\n"
    )
    for _ in range(2):
        assert [each.remedy for each in decided(policy).withheld] == ["one", "two"]
        assert ids(decided(policy, {"a": True, "b": False}).choices) == ["one"]
        some = decided(policy, {"b": True})
        assert ids(some.choices) == ["two"]
        assert [(each.remedy, each.waiting_for) for each in some.withheld] == [("one", ("a",))]


def test_what_is_kept_serves_no_other_policy_and_may_be_shared_between_threads() -> None:
    """Policies of the same shape, decided in turn by several threads, answer as if alone."""
    policies = [
        shop(
            FACTS
            + f"actions: {{listen: {{owner: agent}}, {name}: {{owner: {name}, due: now}}}}\n"
            + f"rules: [{rule('r', '{angry: yes}', f'do: [{name}]')}]\n"
        )
        for name in ("call", "mail", "fax")
    ]
    cases = [
        (policy, read_state(policy, facts))
        for policy in policies
        for facts in ({}, {"angry": True}, {"angry": False}, {"wants": True})
    ]
    alone = [decide(policy, state, at=NOON) for policy, state in cases]
    with ThreadPoolExecutor(4) as threads:
        rounds = threads.map(lambda case: decide(case[0], case[1], at=NOON), cases * 25)
        assert list(rounds) == alone * 25
    owners = {each.owner for decision in alone for each in decision.actions}
    assert owners == {"agent", "call", "mail", "fax"}
