"""What is read at first sight is what the door reads, which alone tells of faults."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import load, loads
from complaint_rules.errors import StateError
from complaint_rules.intake import quick, read_state
from complaint_rules.intake.door import door
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.testing.strategies import states

POLICY = loads("""
format: 1
id: quick
edition: "1"
title: Quick
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: "09:00-17:00"}}}
customer_types: {calm: {title: Calm}, angry: {title: Angry}}
actions: {thank: {title: Thank, owner: agent}}
facts:
  severity: {kind: level, values: [s2, s1]}
  flags: {kind: set, values: [a, b]}
  late: {kind: yes_no}
  times: {kind: count}
  loss: {kind: money}
  seen_at: {kind: instant}
  born: {kind: date}
  note: {kind: text}
  review: {kind: record, fields: {exists: {kind: yes_no}, count: {kind: count}}}
  calls: {kind: records, fields: {at: {kind: instant}, good: {kind: yes_no}}}
  too_late: {kind: yes_no, derive: {when: {late: yes}}}
""")
AT = "2026-11-20T15:30:00+01:00"


class Name(str):
    """A text of another type."""

    __slots__ = ()


@contextmanager
def door_only() -> Iterator[None]:
    """Read nothing at first sight while the block runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick.Readers, "read", lambda *_: None)
        yield


def told(policy: Policy, facts: Any) -> object:
    """Return all of the state that is read, or all that is wrong."""
    try:
        state = read_state(policy, facts)
    except StateError as error:
        return error.report.problems
    kinds = {name: type(value) for name, value in state.values.items()}
    return kinds, attrs.astuple(state, recurse=False)


def alike(facts: Any, policy: Policy = POLICY) -> bool:
    """Return whether the door has read, or refused, what is read now; check that they agree."""
    with door_only():
        expected = told(policy, facts)
    assert told(policy, facts) == expected
    read = door(policy).readers.read(facts)
    return read is not None


TAKEN: list[dict[str, Any]] = [
    {},
    {"severity": "s1", "flags": ["a"], "late": True, "times": 2, "seen_at": AT, "note": "x"},
    {"loss": "20 EUR", "born": "2026-11-20", "currency": "eur"},
    {"loss": {"amount": "20", "currency": "EUR"}, "amount_paid": 3},
    {"loss": Money(Decimal(2), "EUR"), "seen_at": datetime.datetime.fromisoformat(AT)},
    {"severity": None, "nonsense": None, "review": None, "review.exists": True},
    {"severity": "unknown", "nonsense": "unknown", "review": "unknown", "done": "unknown"},
    {"severity": Name("unknown"), "note": Name("x")},
    {"severity": Name("s1"), "review.exists": True, "review": None},
    {"review": {"exists": "unknown", "count": None}},
    {"review": {"exists": "yes", "count": 2}},
    {"review.exists": "unknown", "review.count": None},
    {"review.exists": "yes", "review.count": 2},
    {"done": [{"action": "thank", "at": AT}], "late": True},
    {"done": [{"action": "thank"}]},
    {"type_basis": {"angry": {"signals": ["x"], "since": AT}}, "customer_types": ["angry"]},
    {"calls": [{"at": AT, "good": "unknown"}, {"good": None}], "calm": None},
    {"pauses": [{"from": AT, "to": AT}], "promises": []},
    {"pauses": [{"from": AT, "to": "2026-11-19T15:30:00+01:00"}]},
    {"loss": "20 EUR", "amount_paid": "3 HUF"},
    {"calls": "x"},
    {"done": [{"action": "nap", "at": AT}]},
]


@pytest.mark.parametrize("facts", TAKEN, ids=str)
def test_what_is_taken_at_first_sight(facts: dict[str, Any]) -> None:
    """Plain facts are read as the door reads them, and lists go through it."""
    assert alike(facts)


LEFT: list[dict[Any, Any]] = [
    {"severity": "s9"},
    {"late": "perhaps", "times": -1},
    {"nonsense": 1},
    {"too_late": True},
    {1: True},
    {Name("late"): True},
    {"review": 1},
    {"review": {"exists": "perhaps"}},
    {"review": {"stars": 1}},
    {"review": {1: 1}},
    {"review": {Name("exists"): True}},
    {"review.stars": 1},
    {"review.stars": "unknown"},
    {"review": {"exists": True}, "review.exists": True},
    {"review": {"exists": True}, "review.count": 1},
    {"review": "unknown", "review.count": 1},
    {"late.x": True},
]


@pytest.mark.parametrize("facts", LEFT, ids=str)
def test_what_is_left_to_the_door(facts: dict[Any, Any]) -> None:
    """What is wrong, or said in two ways, is read by the door alone."""
    assert not alike(facts)


def test_other_mappings_are_read_alike() -> None:
    """A mapping that is no dictionary is read as one, and a record likewise."""

    class Facts(Mapping[str, Any]):
        def __init__(self, facts: dict[str, Any]) -> None:
            self.facts = facts

        def __getitem__(self, name: str) -> Any:
            return self.facts[name]

        def __iter__(self) -> Iterator[str]:
            return iter(self.facts)

        def __len__(self) -> int:
            return len(self.facts)

    assert alike(Facts({"late": True, "review": {"exists": True}}))
    assert not alike({"review": Facts({"exists": True})})


NAMES = [*POLICY.facts, "review", "calls", "done", "type_basis", "nonsense", "late.x", "unknown"]
VALUES = st.recursive(
    st.sampled_from(
        (
            *(None, "unknown", "s1", "a", True, "no", 3, -1, Decimal("2.5"), 0.5, "20 EUR"),
            *("3 HUF", AT, "2026-11-20", "not_yet", "thank", Name("s1")),
            datetime.date(2026, 11, 20),
        )
    ),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["exists", "count", "at", "good", "action", "angry", "from", "to"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
def test_odd_facts_are_read_alike(facts: dict[str, Any]) -> None:
    """Whatever is given, what is read or refused is what the door reads or refuses."""
    alike(facts)


CORE = load("core")


@given(states(CORE, at=1_795_000_000))
def test_states_are_read_alike(facts: dict[str, Any]) -> None:
    """States that a ruleset's facts may give are read as the door reads them."""
    alike(facts, CORE)
