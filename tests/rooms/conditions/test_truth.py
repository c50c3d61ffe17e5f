"""Three-valued truth of conditions (semantics 9, 10) and of records (semantics 4)."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.conditions import material

from complaint_rules.conditions import record_truth, tree, truth, unknown_facts
from complaint_rules.conditions.tree import All, Among, Any, AtLeast, Compare, IsKnown, Not, Truth
from complaint_rules.facts import NOT_YET, Kind, NotYet

UNSURE = material.test_of("channel", Among(frozenset({"phone"})))
LEAVES = {True: Truth(True), False: Truth(False), None: UNSURE}
BARE = material.situation()
leaves = st.sampled_from((True, False, None))


def test_a_truth_is_what_it_says() -> None:
    """`always` is true and never unknown."""
    assert truth(Truth(True), BARE) is True
    assert truth(Truth(False), BARE) is False


def test_a_test_on_a_missing_fact_is_unknown() -> None:
    """A missing fact makes a test unknown, not false."""
    assert truth(UNSURE, BARE) is None
    assert truth(Not(UNSURE), BARE) is None


@pytest.mark.parametrize("known", [True, False])
def test_known_is_never_unknown(known: bool) -> None:
    """`known` and `unknown` are true or false whatever the fact."""
    test = material.test_of("channel", IsKnown(known))
    assert truth(test, BARE) is not known
    assert truth(test, material.situation({"channel": "chat"})) is known


def _number(value: bool | None) -> float:
    return 0.5 if value is None else float(value)


@given(st.lists(leaves, max_size=6), st.integers(0, 7))
def test_groups_follow_strong_kleene(values: list[bool | None], n: int) -> None:
    """All is the least, any the greatest, at_least the n-th greatest of 0, 1/2 and 1."""
    items = tuple(LEAVES[value] for value in values)
    numbers = sorted((_number(value) for value in values), reverse=True)
    nth = 1.0 if n == 0 else (numbers[n - 1] if n <= len(numbers) else 0.0)
    assert _number(truth(All(items), BARE)) == min(numbers, default=1.0)
    assert _number(truth(Any(items), BARE)) == max(numbers, default=0.0)
    assert _number(truth(AtLeast(n, items), BARE)) == nth
    assert _number(truth(Not(AtLeast(n, items)), BARE)) == 1 - nth


@given(material.conditions, material.situations)
def test_knowing_more_never_turns_an_answer(
    condition: tree.Condition, situation: material.Situation
) -> None:
    """What is true or false with facts missing stays so unless a test asks for the missing."""
    if "IsKnown" in repr(condition):
        return
    bare = material.situation()
    found = truth(condition, bare)
    assert found is None or truth(condition, situation) is found


def test_a_record_is_tested_by_its_fields() -> None:
    """A record passes if its own fields do, whatever facts have the same names."""
    kept = tree.Test("kept", Among(frozenset({False})))
    due = tree.Test("due", Compare("<=", tree.Now()))
    where = All((kept, due))
    facts = material.situation({"kept": True})
    assert record_truth(where, {"kept": False, "due": material.NOW}, facts)
    assert not record_truth(where, {"kept": False, "due": material.NOW + 1}, facts)
    assert not record_truth(where, {"kept": True, "due": material.NOW}, facts)


def test_a_missing_field_fails_its_test() -> None:
    """A record whose tested field is missing does not pass, nor does it pass the opposite."""
    kept = tree.Test("kept", Among(frozenset({False})))
    assert not record_truth(kept, {}, BARE)
    assert not record_truth(Not(kept), {}, BARE)
    assert record_truth(tree.Test("kept", IsKnown(False)), {}, BARE)


def test_a_where_may_compare_fields_with_fields_and_facts() -> None:
    """Bounds in a `where` name fields, facts and settings."""
    late = tree.Test("expected", Compare(">", tree.FieldValue("due", Kind.INSTANT)))
    assert record_truth(late, {"expected": 5, "due": 4}, BARE)
    assert not record_truth(late, {"expected": 5}, BARE)
    limit = tree.Test("due", Compare("<", tree.FactValue("resolved_at", Kind.INSTANT)))
    assert record_truth(limit, {"due": 4}, material.situation({"resolved_at": 9}))


def test_a_notice_tells_why_a_bound_is_unknown() -> None:
    """A bound that divides by zero makes the test unknown, with one notice."""
    zero = tree.Arithmetic("/", material.constant(1), material.constant(0), Kind.NUMBER)
    test = material.test_of("score", Compare(">", zero))
    notices: list[str] = []
    both = All((test, Not(test)))
    assert truth(both, material.situation({"score": material.TWO}), notices) is None
    assert notices == ["division-by-zero"]


def test_what_a_tree_keeps_is_no_part_of_it() -> None:
    """A tree that was read equals one that was not; copies leave behind how it is read."""
    read, unread = All((UNSURE, Not(UNSURE))), All((UNSURE, Not(UNSURE)))
    assert truth(read, BARE) is None
    assert unknown_facts(read, BARE) == {"channel"}
    assert read == unread
    assert hash(read) == hash(unread)
    assert repr(read) == repr(unread)
    for copied in (copy.copy(read), copy.deepcopy(read), pickle.loads(pickle.dumps(read))):
        assert copied == read
        assert not hasattr(copied, "reader")
        assert not hasattr(copied, "blamer")


def test_a_changed_tree_is_read_anew() -> None:
    """What a tree keeps never answers for a tree made of it."""
    call = material.test_of("channel", Among(frozenset({"phone"})))
    seen = material.situation({"channel": "phone"})
    assert truth(call, seen) is True
    assert truth(attrs.evolve(call, check=Among(frozenset({"phone"}), negated=True)), seen) is False


@pytest.mark.parametrize("negated", [False, True])
@pytest.mark.parametrize("value", [True, False, None, NOT_YET])
def test_yes_and_no_are_looked_up(value: bool | NotYet | None, negated: bool) -> None:
    """A test of yes or no is unknown without a value, and false of what has not happened."""
    known = {} if value is None else {"channel": value}
    test = material.test_of("channel", Among(frozenset({True}), negated=negated))
    expected = {True: not negated, False: negated, None: None, NOT_YET: False}
    assert truth(test, material.situation(known)) is expected[value]
