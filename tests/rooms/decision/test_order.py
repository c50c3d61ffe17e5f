"""Order of actions: sequence, `after`, urgency, id; the same whatever comes first."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.decision.gathering.order import Orders, ordered


def test_sequence_orders_consecutive_present_steps() -> None:
    """Steps follow one another; absent steps drop out without breaking the chain."""
    dues = {"thank": None, "plan": 5, "apologise": None}
    assert ordered(dues, ("thank", "missing", "apologise", "plan"), {}) == (
        "thank",
        "apologise",
        "plan",
    )


def test_urgency_of_a_waiting_step_pulls_its_predecessors() -> None:
    """An action without a due time comes first if an urgent one waits for it."""
    dues = {"log": None, "ask": None, "call": 100, "mail": 50}
    assert ordered(dues, (), {"mail": ["ask"]}) == ("ask", "mail", "call", "log")


def test_urgency_travels_through_a_chain() -> None:
    """Urgency is handed back over several steps, the earlier one winning."""
    dues = {"a": 90, "b": None, "c": 10, "d": 20}
    assert ordered(dues, (), {"c": ["b"], "b": ["a"]}) == ("a", "b", "c", "d")


def test_no_due_time_comes_last_and_ids_break_ties() -> None:
    """Null is last; equal due times are ordered by id."""
    dues = {"zeta": 7, "beta": 7, "alpha": None, "gamma": None}
    assert ordered(dues, (), {}) == ("beta", "zeta", "alpha", "gamma")


def test_position_in_the_sequence_comes_before_the_id() -> None:
    """Of two free actions of one urgency a step goes before what is in no sequence."""
    assert ordered({"a": None, "z": None}, ("z",), {}) == ("z", "a")


def test_after_absent_action_binds_nothing() -> None:
    """`after` orders present actions; it never requires one."""
    assert ordered({"a": None}, (), {"a": ["b", "a"]}) == ("a",)


def test_contradicting_constraints_still_give_every_action_once() -> None:
    """A ring of constraints is broken at its least action instead of hanging."""
    assert ordered({"a": 3, "b": 2, "c": 1}, ("a", "b"), {"a": ["b"], "c": ["c"]}) == (
        "c",
        "a",
        "b",
    )


def test_a_long_ring_is_broken_once() -> None:
    """After a ring is broken the constraints that remain still hold."""
    after = {"a": ["c"], "b": ["a"], "c": ["b"], "d": ["c"]}
    assert ordered(dict.fromkeys("abcd"), (), after) == ("a", "b", "c", "d")


_NAMES = [f"act_{n}" for n in range(7)]


@given(
    dues=st.dictionaries(st.sampled_from(_NAMES), st.none() | st.integers(0, 3)),
    steps=st.permutations(_NAMES),
    links=st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] < p[1])),
    data=st.data(),
)
def test_order_keeps_every_constraint_and_ignores_insertion(
    dues: dict[str, int | None],
    steps: list[str],
    links: set[tuple[int, int]],
    data: st.DataObject,
) -> None:
    """Constraints without a ring all hold, and the order of the input does not show."""
    after: dict[str, list[str]] = {}
    for first, second in sorted(links):
        after.setdefault(steps[second], []).append(steps[first])
    order = ordered(dues, steps, after)
    place = {name: n for n, name in enumerate(order)}
    assert sorted(order) == sorted(dues)
    present = [step for step in steps if step in dues]
    assert all(place[a] < place[b] for a, b in itertools.pairwise(present))
    for name, earlier in after.items():
        assert all(place[e] < place[name] for e in earlier if e in place and name in place)
    shuffled = data.draw(st.permutations(sorted(dues)))
    assert ordered({name: dues[name] for name in shuffled}, steps, after) == order


def test_orders_are_kept_by_which_due_time_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found is found again for other instants of the same order, and for no others."""
    monkeypatch.setattr("complaint_rules.decision.gathering.order._MOST_KEPT", 2)
    orders, after = Orders({"c": ["b"]}), {"c": ["b"]}
    cases: list[tuple[dict[str, int | None], tuple[str, ...]]] = [
        ({"a": 10, "b": 20, "c": None}, ()),
        ({"a": 1_000, "b": 2_000, "c": None}, ()),
        ({"a": 20, "b": 10, "c": None}, ()),
        ({"a": 20, "b": 20, "c": None}, ()),
        ({"a": 20, "b": 20, "c": None}, ("b", "a")),
        ({"a": 20, "b": None, "c": 10}, ("b", "a")),
        ({"c": 10, "b": None}, ("b", "a")),
        ({}, ("b", "a")),
    ]
    for dues, steps in cases * 2:
        assert orders.of(dues, steps) == ordered(dues, steps, after)
