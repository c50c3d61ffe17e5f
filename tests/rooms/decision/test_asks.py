"""What is asked: given facts behind every unknown item, most decisive first (semantics 26)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rooms.decision.hand import policy as policy_of
from tests.rooms.decision.hand import situation
from tests.rooms.decision.shop import decided, ids, rule, shop

from complaint_rules.decision.answer.shape import Ask, Decision
from complaint_rules.decision.gathering.asks import Tracer
from complaint_rules.decision.gathering.prepared import prepare
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.facts import Kind


def asked(decision: Decision) -> dict[str, tuple[str, ...]]:
    """Return what each ask blocks, in the order of the asks."""
    return {ask.fact: ask.blocks for ask in decision.asks}


def test_the_fact_that_blocks_most_comes_first_then_by_name() -> None:
    """Order by number of items blocked, then by the fact's name."""
    policy = shop(
        f"""
facts: {{a: {{kind: yes_no}}, b: {{kind: yes_no}}, z: {{kind: yes_no}}}}
actions: {{act: {{owner: agent}}}}
remedies: {{gift: {{when: {{z: yes}}}}}}
rules:
  - {rule("r1", "{z: yes, b: yes}", "do: [act]")}
  - {rule("r2", "{a: yes}", "do: [act]")}
"""
    )
    decision = decided(policy)
    assert list(asked(decision).items()) == [
        ("z", ("gift", "r1")),
        ("a", ("r2",)),
        ("b", ("r1",)),
    ]
    assert asked(decided(policy, {"z": True, "b": False})) == {"a": ("r2",)}


def test_learning_actions_are_next_with_the_waiting_items_as_rules() -> None:
    """`learn_by` of all asks, each once, joined with rules that ask for it anyway."""
    policy = shop(
        f"""
facts:
  fault: {{kind: yes_no, learn_by: investigate}}
  cause: {{kind: yes_no, learn_by: investigate}}
  review: {{kind: record, fields: {{negative: {{kind: yes_no, learn_by: read_review}}}}}}
actions: {{investigate: {{owner: quality}}, read_review: {{owner: agent}}, act: {{owner: agent}}}}
remedies: {{gift: {{when: {{fault: yes}}}}}}
rules:
  - {rule("r1", "{cause: yes}", "do: [act]")}
  - {rule("r2", "always", "do: [investigate]")}
  - {rule("r3", "{review.negative: yes}", "do: [act]")}
"""
    )
    decision = decided(policy)
    assert {each.id: (each.owner, each.rules) for each in decision.actions} == {
        "investigate": ("quality", ("gift", "r1", "r2")),
        "read_review": ("agent", ("r3",)),
    }
    assert decision.reasons["gift"].truth == "unknown"
    again = decided(
        policy, {"done": [{"action": "investigate", "at": "2026-11-24T11:00:00+01:00"}]}
    )
    assert ids(again.actions) == ["read_review"]
    assert {ask.fact: ask.learn_by for ask in again.asks}["fault"] == "investigate"


DERIVED = """
facts:
  given: {kind: number}
  rate: {kind: number}
  flag: {kind: yes_no}
  other: {kind: yes_no}
  deep: {kind: number, derive: given * rate}
  deeper: {kind: number, derive: deep + 1}
  truth: {kind: yes_no, derive: {when: {flag: yes, other: yes}}}
  first:
    kind: number
    derive: {first: [{when: {flag: yes}, is: given}, {when: {other: yes}, is: rate}], else: deep}
  slips: {kind: count, derive: {count: promises, where: {kept: no}}}
  found:
    kind: number
    derive:
      table:
        hit: F
        out: [found]
        rows: [{flag: yes, found: given, row: one}, {flag: "-", found: rate, row: two}]
        else: {found: 0}
actions: {act: {owner: agent}}
"""


@pytest.mark.parametrize(
    ("test", "facts", "wanted"),
    [
        ("{deeper: '> 1'}", {}, ["given", "rate"]),
        ("{deeper: '> 1'}", {"rate": 2}, ["given"]),
        ("{truth: yes}", {"flag": True}, ["other"]),
        ("{truth: yes}", {"flag": False}, []),
        ("{first: '> 1'}", {}, ["flag", "given", "other", "rate"]),
        ("{first: '> 1'}", {"flag": True}, ["given"]),
        ("{first: '> 1'}", {"flag": False, "other": True}, ["rate"]),
        ("{slips: '> 1'}", {"promises": "unknown"}, ["promises"]),
        ("{found: '> 1'}", {}, ["flag"]),
        ("{found: '> 1'}", {"flag": True}, ["given"]),
        ("{found: '> 1'}", {"flag": False}, ["rate"]),
        ("{given: '> deeper'}", {"given": 1}, ["rate"]),
        ("{round_start: happened}", {}, ["received_at"]),
        ("{was_silent: yes}", {"customer_types": "unknown"}, ["customer_types"]),
        ("{customer_types: calm}", {"customer_types": "unknown"}, ["customer_types"]),
        ("{done: act}", {"done": "unknown"}, ["done"]),
    ],
)
def test_derived_facts_are_followed_to_the_given_ones(
    test: str, facts: dict[str, Any], wanted: list[str]
) -> None:
    """Only given facts are asked, and only those that the unknown parts wait for."""
    policy = shop(DERIVED + f"rules: [{rule('r', test, 'do: [act]')}]")
    assert sorted(asked(decided(policy, facts))) == wanted


def test_a_table_without_an_output_known_asks_for_its_else() -> None:
    """Where no row holds, what `else` waits for is asked."""
    policy = shop(
        f"""
facts:
  flag: {{kind: yes_no}}
  rate: {{kind: number}}
  found:
    kind: number
    derive:
      table: {{hit: U, out: [found], rows: [{{flag: yes, found: 1}}], else: {{found: rate}}}}
actions: {{act: {{owner: agent}}}}
rules: [{rule("r", "{found: 1}", "do: [act]")}]
"""
    )
    assert asked(decided(policy, {"flag": False})) == {"rate": ("r",)}


def test_a_chain_of_derived_facts_is_followed_however_long() -> None:
    """Two thousand derived facts in a row are no danger to the stack."""
    links = "\n".join(f"  f{n}: {{kind: number, derive: f{n - 1} + 1}}" for n in range(1, 800))
    policy = shop(
        f"facts:\n  f0: {{kind: number}}\n{links}\n"
        f"actions: {{act: {{owner: agent}}}}\n"
        f"rules: [{rule('r', '{f799: 1}', 'do: [act]')}]"
    )
    assert asked(decided(policy)) == {"f0": ("r",)}


def test_stages_types_and_sequences_ask_and_read_as_false() -> None:
    """They block, but are no reasons: no `rules` names them (semantics 9)."""
    policy = shop(
        f"""
facts:
  sure: {{kind: yes_no, learn_by: look_up}}
customer_types: {{angry: {{recognise: {{sure: yes}}}}}}
stages: [{{id: early, when: {{sure: yes}}}}, {{id: late, when: always}}]
actions: {{look_up: {{owner: agent}}, act: {{owner: agent}}}}
sequences: [{{id: quick, when: {{sure: yes}}, steps: [act, look_up]}}]
rules: [{rule("r", "always", "do: [act]")}]
"""
    )
    decision = decided(policy)
    assert decision.stage == "late"
    assert asked(decision) == {"sure": ("angry", "early", "quick")}
    assert {each.id: each.rules for each in decision.actions} == {"act": ("r",), "look_up": ()}
    assert set(decision.reasons) == {"r"}


def test_an_unknown_due_time_is_asked_and_its_learner_told_why() -> None:
    """The action stands without a due time; what learns the start carries its rules."""
    policy = shop(
        f"""
facts: {{shipped_at: {{kind: instant, learn_by: track}}}}
actions:
  track: {{owner: agent, due: {{from: paid_at, due: 1 d}}}}
  act: {{owner: agent, due: {{from: shipped_at, due: 1 d}}}}
  read_books: {{owner: agent}}
rules: [{rule("r", "always", "do: [act]")}]
""".replace("facts: {", "facts: {paid_at: {kind: instant, learn_by: read_books}, ")
    )
    decision = decided(policy)
    assert {each.id: (each.due, each.status, each.rules) for each in decision.actions} == {
        "act": (None, "unknown", ("r",)),
        "track": (None, "unknown", ("r",)),
        "read_books": (None, "due", ("r",)),
    }
    assert asked(decision) == {"paid_at": ("track",), "shipped_at": ("act",)}


def test_nothing_unknown_nothing_asked() -> None:
    """A complete state asks nothing."""
    policy = shop(
        "facts: {a: {kind: yes_no}}\nactions: {act: {owner: x}}\nrules: ["
        + rule("r", "{a: yes}", "do: [act]")
        + "]"
    )
    assert decided(policy, {"a": False}).asks == ()


def test_few_sets_of_what_is_waited_for_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits is answered for so many sets of items once; then all are answered again."""
    monkeypatch.setattr("complaint_rules.decision.gathering.awaited._MOST_KEPT", 2)
    of = policy_of(kinds={"a": Kind.TEXT})
    prepared, tracer = prepare(of), Tracer(of, situation())
    for number in range(5):
        seeds = (AskSeed(f"r{number}", frozenset({"a"})),)
        first = prepared.awaited.of(of, seeds, tracer)
        assert first.asks == (Ask("a", None, (f"r{number}",)),)
        assert first.learners == ()
        assert prepared.awaited.of(of, seeds, tracer) is first
    again = prepared.awaited.of(of, (AskSeed("r0", frozenset({"a"})),), tracer)
    assert again.asks[0].blocks == ("r0",)


@pytest.mark.parametrize("most", [1, 64])
def test_what_waits_for_derived_facts_is_kept_by_the_given_ones_beneath(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """The same items wait for other given facts where others are missing beneath a derived one."""
    monkeypatch.setattr("complaint_rules.decision.gathering.awaited._MOST_TRACED", most)
    of = shop(
        "facts: {a: {kind: yes_no}, b: {kind: yes_no},"
        " both: {kind: yes_no, derive: {when: {all: [{a: yes}, {b: yes}]}}}}\n"
        "actions: {act: {owner: agent}}\n"
        f"rules: [{rule('r', '{both: yes}', 'do: [act]')}]"
    )
    for _ in range(2):
        assert asked(decided(of)) == {"a": ("r",), "b": ("r",)}
        assert asked(decided(of, {"a": True})) == {"b": ("r",)}
        assert asked(decided(of, {"b": True})) == {"a": ("r",)}
