"""Rounds: where the present one begins, and what was done in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.decision.seeing.rounds import Round, done_in, round_of
from complaint_rules.facts import NOT_YET
from complaint_rules.state import Done


def test_reopened_at_comes_first() -> None:
    """`reopened_at` starts the round, whatever else happened (semantics 15)."""
    found = round_of({"reopened_at": 50, "received_at": 10}, [Done("reopen", 70)])
    assert found == Round(50, reopened=True)


def test_else_the_latest_reopen_action() -> None:
    """Without `reopened_at` the latest `reopen` that was done starts it."""
    done = [Done("reopen", 30), Done("reopen", 40), Done("thank", 60)]
    assert round_of({"reopened_at": NOT_YET, "received_at": 10}, done) == Round(40, reopened=True)


def test_else_the_receipt() -> None:
    """Never reopened, the round is the first and began with the receipt."""
    assert round_of({"reopened_at": NOT_YET, "received_at": 10}, []) == Round(10)


def test_nothing_known_is_unknown() -> None:
    """Without any of them, or with a receipt still to come, its start is unknown."""
    assert round_of({}, []) == Round(None)
    assert round_of({"received_at": NOT_YET}, []) == Round(None)


def test_done_before_the_round_is_not_done_in_it() -> None:
    """Only what was done at the start or after it was done in this round."""
    done = [Done("thank", 9), Done("reopen", 10), Done("apologise", 11)]
    assert done_in(Round(10, reopened=True), done) == {"reopen", "apologise"}


def test_done_stays_done_where_the_round_is_unknown() -> None:
    """With an unknown start everything that was done counts as done."""
    assert done_in(Round(None), [Done("thank", 9)]) == {"thank"}


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "reopen"]), st.integers(0, 99))), st.integers()
)
def test_order_of_done_does_not_matter(done: list[tuple[str, int]], received: int) -> None:
    """The round and what was done in it do not depend on the order of the list."""
    listed = [Done(*each) for each in done]
    turned = listed[::-1]
    values = {"received_at": received}
    assert round_of(values, listed) == round_of(values, turned)
    present = round_of(values, listed)
    assert done_in(present, listed) == done_in(present, turned)
