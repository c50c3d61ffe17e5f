"""Calls read in one pass give what the general way does."""

from __future__ import annotations

import datetime
from typing import Any as Anything

from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.conditions.material import NOW, call, constant, situation

from complaint_rules.conditions import FUNCTIONS
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.shortened import shortened
from complaint_rules.conditions.tree import FactValue
from complaint_rules.facts import NOT_YET, Kind
from complaint_rules.state import Done

NAMES = ("received_at", "resolved_at", "reopened_at")
MONDAY = datetime.date(2026, 9, 21)


def general(function: str, *names: str, kind: Kind = Kind.INSTANT) -> Anything:
    """Return what gives the value of a call of facts the long way, and the call."""
    expression = call(function, *(FactValue(name, kind) for name in names), kind=kind)

    def computed(scope: Scope) -> Anything:
        values = tuple(scope.values.get(name) for name in names)
        if None in values:
            return None
        return FUNCTIONS[function].compute(values, expression, scope)

    return computed, expression


@given(
    function=st.sampled_from(["latest", "earliest"]),
    values=st.dictionaries(
        st.sampled_from(NAMES),
        st.one_of(st.integers(NOW - 2, NOW + 2), st.just(NOT_YET), st.just(MONDAY)),
    ),
)
def test_the_latest_and_earliest_of_facts(function: str, values: dict[str, Anything]) -> None:
    """Instants, what has not happened, what is unknown and days read as instants."""
    computed, expression = general(function, *NAMES)
    scope = Scope(situation(values))
    assert shortened(expression, computed)(scope) == computed(scope)


def test_other_calls_stay_as_they_are() -> None:
    """Of days, and of what is no fact, the general way tells."""
    for function, kind in (("latest", Kind.DATE), ("days_between", Kind.COUNT)):
        computed, expression = general(function, *NAMES[:2], kind=kind)
        assert shortened(expression, computed) is computed
    mixed = call("latest", FactValue("received_at", Kind.INSTANT), constant(3), kind=Kind.INSTANT)
    assert shortened(mixed, len) is len  # type: ignore[arg-type]


def test_what_was_never_done() -> None:
    """Where nothing was done the answer is known at once, but where it is unknown what was."""
    expression = call("done_at", constant("reopen", Kind.TEXT), kind=Kind.INSTANT)
    read = shortened(expression, lambda _: "asked")
    assert read(Scope(situation({"done": frozenset()}))) is NOT_YET
    assert read(Scope(situation())) == "asked"
    done = situation({"done": frozenset({"reopen"})}, done=(Done("reopen", NOW),))
    assert read(Scope(done)) == "asked"
