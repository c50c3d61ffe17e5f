"""Happenings beside the instant decided at."""

from __future__ import annotations

import pytest
from tests.rooms.decision.hand import NONE_YET, at, policy, state

from complaint_rules.calendar import FIRST, LAST
from complaint_rules.decision.seeing.forms import form_of
from complaint_rules.decision.seeing.moments import GRACE, happened
from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.errors import StateError
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.state import Done

NOW = at("2026-11-23 10:00")
CALLS = Fact("calls", Kind.RECORDS, fields={"at": Fact("at", Kind.INSTANT)})
POLICY = policy(
    kinds={"answered_at": Kind.INSTANT, "starts_at": Kind.INSTANT, "amount": Kind.COUNT},
    facts={"calls": CALLS},
    defaults={"answered_at": NONE_YET, "calls.at": NONE_YET},
)
PLAN = plan_of(POLICY)


def test_the_past_is_left_alone() -> None:
    """What happened by the instant stands as given."""
    given = state({"answered_at": NOW, "received_at": NOW - 5, "amount": 7})
    found = happened(PLAN, form_of(PLAN, given), given, NOW)
    assert found.values == given.values
    assert found.moved == ()


def test_a_little_ahead_is_now() -> None:
    """A happening of the next five minutes is read as the instant (semantics 13)."""
    given = state(
        {
            "answered_at": NOW + GRACE,
            "received_at": NOW + 1,
            "reopened_at": NOT_YET,
            "pauses": ({"from": NOW - 9, "to": NOW + 9}, {"from": NOW + 2}),
            "calls": ({"at": NOW + 3, "length": NOW + 9},),
        },
        done=(("thank", NOW - 1), ("apologise", NOW + 4)),
    )
    found = happened(PLAN, form_of(PLAN, given), given, NOW)
    assert found.values["answered_at"] == NOW
    assert found.values["received_at"] == NOW
    assert found.values["reopened_at"] is NOT_YET
    assert found.values["pauses"] == ({"from": NOW - 9, "to": NOW}, {"from": NOW})
    assert found.values["calls"] == ({"at": NOW, "length": NOW + 9},)
    assert found.done == (Done("thank", NOW - 1), Done("apologise", NOW))
    assert found.moved == (NOW + 1, NOW + 2, NOW + 3, NOW + 4, NOW + 9, NOW + GRACE)


def test_later_happenings_are_faults() -> None:
    """Every happening further ahead is told, with its place and a cure."""
    given = state(
        {"answered_at": NOW + 301, "pauses": ({"from": NOW + 400, "to": NOW + 999},)},
        done=(("thank", NOW + 301),),
    )
    with pytest.raises(StateError) as raised:
        happened(PLAN, form_of(PLAN, given), given, NOW)
    problems = raised.value.report.problems
    assert [problem.place for problem in problems] == [
        "answered_at",
        "done[0].at",
        "pauses[0].from",
        "pauses[0].to",
    ]
    assert {problem.code for problem in problems} == {"future-happening"}
    assert all(problem.help for problem in problems)


def test_what_is_no_happening_may_lie_ahead() -> None:
    """Promises and instants without `not_yet` as their default may lie in the future."""
    given = state({"starts_at": NOW + 9999, "promises": ({"due": NOW + 9999},)})
    assert happened(PLAN, form_of(PLAN, given), given, NOW).values == given.values


@pytest.mark.parametrize("moment", [FIRST - 1, LAST + 1])
def test_instants_of_other_centuries_are_faults(moment: int) -> None:
    """Nothing is decided outside the years 1900 to 2400."""
    with pytest.raises(StateError) as raised:
        happened(PLAN, form_of(PLAN, state()), state(), moment)
    (problem,) = raised.value.report.problems
    assert (problem.code, problem.place) == ("instant-out-of-range", "at")


@pytest.mark.parametrize("moment", [FIRST, LAST])
def test_the_ends_of_time_are_in_it(moment: int) -> None:
    """The first and the last instant can be decided at."""
    assert happened(PLAN, form_of(PLAN, state()), state(), moment).values == {}
