"""Whole decisions: instants, engines, repeats, promises, order, and what never shows."""

from __future__ import annotations

import datetime
import gc
import json
import pickle
import random
import weakref
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rooms.decision.shop import NOON, decided, ids, rule, shop

from complaint_rules.decision.answer.as_json import decision_schema, dumps, from_json
from complaint_rules.decision.answer.instants import whole_seconds
from complaint_rules.decision.decide import decide, engine_of
from complaint_rules.engines import build
from complaint_rules.errors import EngineError, StateError
from complaint_rules.intake import read_state

POLICY = shop(
    f"""
facts:
  fault: {{kind: choice, values: [company, customer], learn_by: investigate}}
  resolved_at: {{kind: instant, default: not_yet}}
  last_update_at: {{kind: instant, default: not_yet}}
customer_types: {{angry: {{}}, premium: {{}}, abusive: {{confirm: human}}}}
stages: [{{id: closed, when: {{resolved_at: happened}}}}, {{id: received, when: always}}]
sides: [{{id: waiting, when: {{pending_on: customer}}}}]
actions:
  acknowledge: {{owner: agent, due: first}}
  investigate: {{owner: agent, due: 1/2 of first, after: [acknowledge]}}
  send_update: {{owner: agent, repeat: {{each: update}}}}
  ask_review: {{owner: agent, repeat: {{ever: 2}}}}
  explain_delay: {{owner: agent}}
  reopen: {{owner: agent}}
  make_excuses: {{conduct: yes}}
targets:
  first: {{from: received_at, met_by: done_at(acknowledge), due: 4 h}}
  update:
    when: {{resolved_at: not_yet}}
    from: latest(received_at, last_update_at)
    met_by: last_update_at
    due: 24 h
remedies:
  gift: {{when: {{fault: company}}, amount: 20% * amount_paid, group: goodwill}}
sequences:
  - {{id: calm_first, when: {{customer_types: angry}}, steps: [send_update, acknowledge]}}
  - {{id: plain, when: always, steps: [acknowledge, ask_review, send_update]}}
rules:
  - {rule("r1", "always", "do: [acknowledge, send_update, ask_review], never: [make_excuses]")}
  - {rule("r2", "{customer_types: abusive}", "never: [ask_review]")}
"""
)
RECEIVED = {"received_at": "2026-11-24T11:00:00+01:00"}


def hours_ago(hours: float) -> int:
    """Return an instant so long before noon."""
    return whole_seconds(NOON) - int(hours * 3600)


def did(*actions: tuple[str, float]) -> dict[str, Any]:
    """Return a state in which actions were done so many hours before noon."""
    done = [{"action": action, "at": iso(hours)} for action, hours in actions]
    return {**RECEIVED, "done": done}


def iso(hours: float) -> str:
    """Return an instant so many hours before noon, as text."""
    moment = datetime.datetime.fromtimestamp(hours_ago(hours), datetime.UTC)
    return moment.isoformat()


# ------------------------------------------------------------------- instants


@pytest.mark.parametrize(
    "at",
    [
        1795518000,
        "2026-11-24T12:00:00+01:00",
        "2026-11-24T11:00:00Z",
        "2026-11-24 11:00:00.999+00:00",
        datetime.datetime(2026, 11, 24, 11, 0, 0, 999_999, tzinfo=datetime.UTC),
    ],
)
def test_an_instant_may_be_given_in_three_ways(at: Any) -> None:
    """Seconds, RFC 3339 text or an aware datetime; fractions are cut off (semantics 13)."""
    assert whole_seconds(at) == 1795518000


def test_fractions_before_1970_are_cut_to_the_second_begun() -> None:
    """Cut, not rounded, on both sides of 1970."""
    assert whole_seconds("1969-12-31T23:59:58.5+00:00") == -2


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-11-24T12:00:00", "naive-time"),
        (datetime.datetime(2026, 11, 24), "naive-time"),  # noqa: DTZ001  # meant
        ("2026-11-24", "bad-instant"),
        ("2026-W48-2T12:00:00+01:00", "bad-instant"),
        ("2026-11-24T25:00:00+01:00", "bad-instant"),
        ("noon", "bad-instant"),
        (True, "bad-instant"),
        (1.5, "bad-instant"),
        (None, "bad-instant"),
        (10**12, "instant-out-of-range"),
    ],
)
def test_an_instant_that_is_none_is_a_state_error(at: Any, code: str) -> None:
    """Never a traceback: the report names `at` and the cure."""
    with pytest.raises(StateError) as caught:
        decide(POLICY, read_state(POLICY, {}), at=at)
    (problem,) = caught.value.report.problems
    assert (problem.code, problem.place) == (code, "at")
    assert problem.help


def test_a_state_of_another_ruleset_is_refused() -> None:
    """A state belongs to the policy it was validated for."""
    other = shop("facts: {x: {kind: yes_no}}")
    with pytest.raises(StateError) as caught:
        decide(POLICY, read_state(other, {}), at=NOON)
    assert [each.code for each in caught.value.report.problems] == ["foreign-state"]


# -------------------------------------------------------------------- engines


def test_an_engine_is_built_once_by_name_or_given() -> None:
    """The same engine answers each time; a given one answers alike; no other is known."""
    assert engine_of(POLICY, "index") is engine_of(POLICY, "index")
    state = read_state(POLICY, RECEIVED)
    given_ = decide(POLICY, state, at=NOON, engine=build(POLICY))
    assert given_ == decide(POLICY, state, at=NOON)
    with pytest.raises(EngineError):
        decide(POLICY, state, at=NOON, engine="rete")


@pytest.mark.parametrize("engine", [None, 3, [], object()])
def test_what_is_no_engine_is_told_so(engine: Any) -> None:
    """It is an error of engines, with the names there are, not an attribute that is missing."""
    state = read_state(POLICY, RECEIVED)
    with pytest.raises(EngineError, match=r"neither the name of an engine .* `index`, `durable`"):
        decide(POLICY, state, at=NOON, engine=engine)


def test_a_pickled_policy_decides_the_same() -> None:
    """Policies cross processes; what is prepared for them is made anew."""
    copy = pickle.loads(pickle.dumps(POLICY))
    assert decided(copy, RECEIVED) == decided(POLICY, RECEIVED)


# -------------------------------------------------------------------- repeats


def test_a_done_action_is_absent_for_the_round() -> None:
    """Once a round by default; reopening brings it back (semantics 15)."""
    assert "acknowledge" in ids(decided(POLICY, RECEIVED).actions)
    done = did(("acknowledge", 0.5))
    assert "acknowledge" not in ids(decided(POLICY, done).actions)
    assert "acknowledge" in ids(decided(POLICY, {**done, "reopened_at": iso(0.25)}).actions)
    again = did(("acknowledge", 0.5), ("reopen", 0.25))
    assert "acknowledge" in ids(decided(POLICY, again).actions)


def test_without_a_round_done_stays_done_and_receipt_is_asked() -> None:
    """Neither reopened nor received: nothing done returns (semantics 15)."""
    state = did(("acknowledge", 1000))
    del state["received_at"]
    decision = decided(POLICY, state)
    assert "acknowledge" not in ids(decision.actions)
    assert "received_at" in [ask.fact for ask in decision.asks]


def test_an_unknown_done_is_asked_and_nothing_counts_as_done() -> None:
    """`done: unknown` takes no action away."""
    decision = decided(POLICY, {**RECEIVED, "done": "unknown"})
    assert "acknowledge" in ids(decision.actions)
    assert "done" in [ask.fact for ask in decision.asks]


def test_an_action_of_each_period_returns_with_the_period() -> None:
    """`repeat: {each: update}` is due with the target while that is not met (semantics 15)."""
    (update,) = [each for each in decided(POLICY, RECEIVED).actions if each.id == "send_update"]
    assert (update.due, update.target) == (hours_ago(1) + 86400, "update")
    state = {**did(("send_update", 0.5)), "last_update_at": iso(0.5)}
    (update,) = [each for each in decided(POLICY, state).actions if each.id == "send_update"]
    assert update.due == hours_ago(0.5) + 86400


def test_an_action_of_each_period_is_done_once_where_there_is_no_period() -> None:
    """Where the target does not stand, the action counts as done for the round."""
    resolved = {"resolved_at": iso(0.1)}
    assert "send_update" in ids(decided(POLICY, {**RECEIVED, **resolved}).actions)
    done = {**did(("send_update", 0.5)), **resolved}
    assert "send_update" not in ids(decided(POLICY, done).actions)


def test_a_met_period_has_its_action_done() -> None:
    """Once the target of the period is met the action is not asked for again."""
    policy = shop(
        f"""
actions: {{ping: {{owner: agent, repeat: {{each: beat}}}}}}
targets: {{beat: {{from: received_at, met_by: done_at(ping), due: 1 h}}}}
rules: [{rule("r", "always", "do: [ping]")}]
"""
    )
    assert ids(decided(policy, RECEIVED).actions) == ["ping"]
    assert ids(decided(policy, did(("ping", 0.5))).actions) == []


def test_an_action_of_so_many_times_counts_all_rounds() -> None:
    """`repeat: {ever: 2}`: twice, whatever was reopened in between."""
    assert "ask_review" in ids(decided(POLICY, did(("ask_review", 0.5))).actions)
    twice = did(("ask_review", 0.5), ("ask_review", 0.1))
    assert "ask_review" not in ids(decided(POLICY, twice).actions)
    assert "ask_review" not in ids(decided(POLICY, {**twice, "reopened_at": iso(0)}).actions)


# -------------------------------------------------------------------- promises


def explanation(policy: Any, *promises: dict[str, Any]) -> Any:
    """Return the `explain_delay` that promises ask for, or nothing."""
    decision = decided(policy, {**RECEIVED, "promises": list(promises)})
    return next((each for each in decision.actions if each.id == "explain_delay"), None)


def test_a_promise_about_to_be_missed_is_explained() -> None:
    """From the warning on, or if expected later than due; due with the promise (19)."""
    soon = explanation(POLICY, {"what": "call", "due": iso(-3)})
    assert (soon.due, soon.status, soon.rules) == (hours_ago(-3), "at_risk", ("promise",))
    missed = explanation(POLICY, {"what": "call", "due": iso(1)}, {"what": "x", "due": iso(-5)})
    assert (missed.due, missed.status) == (hours_ago(1), "overdue")
    late = explanation(POLICY, {"what": "call", "due": iso(-90), "expected": iso(-91)})
    assert (late.due, late.status) == (hours_ago(-90), "due")
    assert explanation(POLICY, {"what": "call", "due": iso(-90)}) is None
    assert explanation(POLICY, {"what": "call", "due": iso(1), "kept": True}) is None


def test_an_explanation_joins_rules_and_the_earlier_due_time() -> None:
    """Rules that ask for it, too, stand beside the promise; a prohibition takes it out."""
    text = """
facts: {{quiet: {{kind: yes_no, default: no}}}}
actions: {{explain_delay: {{owner: agent, due: {{from: received_at, due: {due}}}}}}}
rules:
  - {one}
  - {two}
"""
    one = rule("r", "always", "do: [explain_delay]")
    two = rule("n", "{quiet: yes}", "never: [explain_delay]")
    promise = {"what": "call", "due": iso(-3)}
    early = explanation(shop(text.format(due="2 h", one=one, two=two)), promise)
    assert (early.due, early.rules) == (hours_ago(-1), ("promise", "r"))
    later = explanation(shop(text.format(due="9 h", one=one, two=two)), promise)
    assert later.due == hours_ago(-3)
    quiet = shop(text.format(due="9 h", one=one, two=two))
    decision = decided(quiet, {**RECEIVED, "promises": [promise], "quiet": True})
    assert decision.actions == ()


# --------------------------------------------------------------- order, content


def test_the_first_true_sequence_orders_the_actions() -> None:
    """An angry customer's sequence goes before the plain one (semantics 25)."""
    plain = decided(POLICY, {**RECEIVED, "fault": "company"})
    assert ids(plain.actions) == ["acknowledge", "ask_review", "send_update"]
    angry = decided(POLICY, {**RECEIVED, "fault": "company", "customer_types": ["angry"]})
    assert ids(angry.actions) == ["send_update", "acknowledge", "ask_review"]


def test_a_sequence_outside_its_validity_is_passed_over() -> None:
    """`valid` holds for sequences, too."""
    policy = shop(
        f"""
actions: {{a: {{owner: agent}}, b: {{owner: agent}}}}
sequences: [{{id: old, when: always, steps: [b, a], valid: {{to: 2000-01-01}}}}]
rules: [{rule("r", "always", "do: [a, b]")}]
"""
    )
    assert ids(decided(policy).actions) == ["a", "b"]
    assert ids(decided(policy, {"event_date": "1999-01-01"}).actions) == ["b", "a"]


def test_a_decision_says_where_it_comes_from() -> None:
    """Stamp, instant, zone, stage, side, id and what was assumed."""
    decision = decided(POLICY, {**RECEIVED, "complaint_id": "c-7", "pending_on": "customer"})
    assert (decision.ruleset.id, decision.ruleset.fingerprint) == ("shop", POLICY.fingerprint)
    assert (decision.stage, decision.side, decision.complaint_id) == (
        "received",
        ("waiting",),
        "c-7",
    )
    assert (decision.at, decision.timezone) == (hours_ago(0), "Europe/Budapest")
    assert "resolved_at" in decision.assumed
    assert "fault" not in decision.assumed


def test_knowing_almost_nothing_refuses_nothing_and_pays_nothing() -> None:
    """With no facts there are asks, no refusal, and no money."""
    decision = decided(POLICY, {})
    assert decision.asks
    assert (decision.choices, decision.goodwill, decision.owed) == ((), (), ())
    assert {each.reason for each in decision.withheld} == {"waiting"}


def test_an_action_is_approved_by_nobody_unless_rules_say_so() -> None:
    """`approver` of an action stays empty."""
    assert {each.approver for each in decided(POLICY, RECEIVED).actions} == {None}


# ------------------------------------------------------------------ properties

_STATES = st.fixed_dictionaries(
    {},
    optional={
        "received_at": st.integers(0, 100).map(iso),
        "fault": st.sampled_from(["company", "customer", "unknown"]),
        "customer_types": st.permutations(["angry", "premium", "abusive"]).flatmap(
            lambda names: st.integers(0, 3).map(lambda count: names[:count])
        ),
        "amount_paid": st.integers(0, 10**6).map(lambda n: {"amount": n, "currency": "EUR"}),
        "pending_on": st.sampled_from(["company", "customer"]),
        "done": st.lists(
            st.builds(
                lambda action, hours: {"action": action, "at": iso(hours)},
                st.sampled_from(["acknowledge", "investigate", "send_update", "ask_review"]),
                st.integers(0, 100),
            ),
            max_size=4,
        ),
        "promises": st.lists(
            st.builds(
                lambda hours, kept: {"what": "x", "due": iso(hours), "kept": kept},
                st.integers(-50, 50),
                st.booleans(),
            ),
            max_size=2,
        ),
    },
)


@settings(max_examples=150, deadline=None)
@given(facts=_STATES, seed=st.integers(0, 9))
def test_decide_is_total_repeatable_and_blind_to_order(facts: dict[str, Any], seed: int) -> None:
    """Any valid state gives one decision, by the schema, whatever the order of its parts."""
    import jsonschema

    first = decided(POLICY, facts)
    shuffled = list(facts.items())
    random.Random(seed).shuffle(shuffled)
    mixed = dict(shuffled)
    for name in ("customer_types", "done"):
        if name in mixed:
            mixed[name] = random.Random(seed).sample(mixed[name], len(mixed[name]))
    assert dumps(decided(POLICY, mixed)) == dumps(first)
    data = json.loads(dumps(first))
    jsonschema.Draft202012Validator(decision_schema()).validate(data)
    assert from_json(data) == first


@settings(max_examples=150, deadline=None)
@given(facts=_STATES)
def test_what_is_forbidden_or_done_is_never_next(facts: dict[str, Any]) -> None:
    """No action is both forbidden and next; none done in this round returns but repeated ones."""
    decision = decided(POLICY, facts)
    actions = set(ids(decision.actions))
    assert not actions & set(ids(decision.prohibitions))
    received = facts.get("received_at")
    done = {
        each["action"]
        for each in facts.get("done", [])
        if received is None or whole_seconds(each["at"]) >= whole_seconds(received)
    }
    assert not actions & (done - {"send_update", "ask_review"})
    named = {name for line in (*decision.actions, *decision.withheld) for name in line.rules}
    assert named <= set(decision.reasons)


def test_a_policy_no_longer_used_is_forgotten() -> None:
    """Nothing prepared for a policy keeps it alive."""
    policy = shop("facts: {x: {kind: yes_no}}")
    decided(policy)
    gone = weakref.ref(policy)
    del policy
    gc.collect()
    assert gone() is None
