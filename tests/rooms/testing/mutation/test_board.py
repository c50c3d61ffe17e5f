"""Moments side by side: the same truth as one by one, and never a moment too few."""

from __future__ import annotations

from typing import Any

from complaint_rules.conditions import truth
from complaint_rules.conditions.tree import All, Among, AtLeast, Not, Truth
from complaint_rules.conditions.tree import Any as AnyOf
from complaint_rules.conditions.tree import Test as Asked
from complaint_rules.testing import read_suite
from complaint_rules.testing.mutation.board import Board, bits
from complaint_rules.testing.mutation.judging import Judge, decided, moments, told
from complaint_rules.testing.mutation.listing import mutants

ITEMS = """\
targets: {answer: {title: A, from: received_at, met_by: answered_at, due: 4 h}}
sequences: [{id: plain, when: {loud: yes}, steps: [write, thank]}]
customer_types: {calm: {}, angry: {recognise: {loud: yes}, expires: 3 d}}
stages: [{id: loud, when: {loud: yes}}, {id: calm, when: always}]
remedies: {gift: {title: G, when: {vip: yes}, amount: 10 EUR, approval: [{by: agent}]}}
rules:
  - {id: a, text: x, source: [house], when: {vip: yes, channel: email}, then: {do: [thank, write]}}
  - {id: b, text: x, source: [house], when: {contacts: ">= 2", loud: yes}, then: {do: [call]}}
  - {id: c, text: x, source: [house], when: {told_at: "< now - 2 h"}, then: {do: [write]}}
"""
BODIES = (
    "expect: {actions: none}",
    "state: {vip: yes}\nexpect: {actions: thank}",
    "state: {vip: unknown, loud: yes}\nexpect: {stage: loud}",
    "state: {vip: yes, channel: unknown, loud: unknown, contacts: 5}\nexpect: {asks: channel}",
    "state: {customer_types: [angry], type_basis: {angry: {since: -1 d}}}\nexpect: {types: angry}",
    "state: {told_at: -1 h}\nexpect: {review_at: 2026-11-24 10:00}\nexpected_failure: to see",
    "state: {told_at: -3 h}\nexpect: {actions: write}",
    "state: {vip: yes}\nunreviewed: yes\nexpect: {actions: thank}",
)


def board(folder: Any) -> Board:
    """Return the moments of a ruleset's cases."""
    suite = read_suite(folder)
    assert suite.policy is not None
    assert suite.report.ok
    return Board(suite.policy, moments(suite.policy, suite.cases))


def is_(fact: str, value: Any) -> Asked:
    """Return the test that a fact is some value."""
    return Asked(fact, Among(frozenset({value})))


def test_bits() -> None:
    """The numbers of set bits come in order."""
    assert list(bits(0b101001)) == [0, 3, 5]


def test_truth_at_every_moment(mill: Any) -> None:
    """A condition is as true at each moment as when it is read there alone."""
    found = board(mill(ITEMS, *BODIES))
    vip, loud, mail = is_("vip", True), is_("loud", True), is_("channel", "email")
    for node in (
        vip,
        Not(vip),
        All((vip, mail)),
        AnyOf((vip, loud, mail)),
        AtLeast(2, (vip, loud, mail)),
        All(()),
        AnyOf(()),
        Truth(),
        Truth(value=False),
    ):
        masks = found.truths(node)
        for number, seen in enumerate(found.seen):
            expected = truth(node, seen.situation)
            assert (masks.true >> number & 1) == (expected is True)
            assert (masks.unknown >> number & 1) == (expected is None)
        assert found.not_false(node) == masks.true | masks.unknown
        assert found.true(node) == masks.true


def test_unsound_cases_count_for_nothing(mill: Any) -> None:
    """Cases that nobody reviewed and those expected to fail are no moments."""
    assert len(board(mill(ITEMS, *BODIES)).seen) == len(BODIES) - 2


def test_no_moment_is_left_out(mill: Any) -> None:
    """Whatever a mutant decides otherwise is among the moments it touches."""
    found = board(mill(ITEMS, *BODIES))
    judge = Judge(found)
    for mutant in mutants(found.policy):
        touched = mutant.touched(found)
        changed = mutant.change(found.policy)
        for number, seen in enumerate(found.seen):
            decision = decided(changed, seen.state, seen.at, "index")
            differs = decision is None or _but_review(decision) != _but_review(seen.decision)
            assert touched >> number & 1 or not differs, (mutant.owner, mutant.told, number)
        assert judge.verdict(mutant).moment < len(found.seen)


def _but_review(decision: Any) -> Any:
    import attrs

    return attrs.evolve(told(decision), review_at=None)
