"""Which facts keep a condition unknown, and which tests stand in its way."""

from __future__ import annotations

from hypothesis import given
from tests.rooms.conditions import material
from tests.rooms.conditions.material import call, fact, situation, test_of

from complaint_rules.conditions import failing, tree, truth, unknown_facts, waiting_facts
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    Arithmetic,
    AtLeast,
    Compare,
    Constant,
    Counts,
    Not,
    Now,
    Truth,
    Within,
)
from complaint_rules.facts import Kind
from complaint_rules.money import Money
from complaint_rules.state import Done, Situation

PHONE = test_of("channel", Among(frozenset({"phone"})))
MANY = test_of("contacts", Within(low=3))
GOOD = test_of("score", Compare(">", fact("other_score")))


def test_only_unknown_leaves_of_unknown_conditions_are_told() -> None:
    """A condition that is true or false waits for nothing; an unknown one for what may turn it."""
    assert unknown_facts(All((PHONE, MANY)), situation()) == {"channel", "contacts"}
    assert unknown_facts(All((PHONE, MANY)), situation({"contacts": 2})) == frozenset()
    assert unknown_facts(All((PHONE, MANY)), situation({"contacts": 3})) == {"channel"}
    half = Any((All((PHONE, Truth(False))), MANY))
    assert unknown_facts(half, situation()) == {"contacts"}
    assert unknown_facts(Not(AtLeast(1, (PHONE, MANY))), situation({"contacts": 1})) == {"channel"}


def test_bounds_are_waited_for_too() -> None:
    """A test waits for its fact and for the facts of its bound."""
    assert unknown_facts(GOOD, situation()) == {"score", "other_score"}
    assert unknown_facts(GOOD, situation({"score": material.TWO})) == {"other_score"}


def test_expressions_wait_for_the_facts_they_read() -> None:
    """Unknown facts of an expression, and what was done, where nothing is known of it."""
    survey = call("done_at", Constant("send_survey", Kind.TEXT), kind=Kind.INSTANT)
    since = Arithmetic("-", fact("resolved_at"), survey, Kind.DURATION)
    assert unknown_facts(since, situation()) == {"resolved_at", "done"}
    assert unknown_facts(since, situation({"resolved_at": 5, "done": frozenset()})) == frozenset()
    done = situation({"resolved_at": 5}, done=(Done("send_survey", 4),))
    assert unknown_facts(since, done) == frozenset()
    assert unknown_facts(Now(), situation()) == frozenset()


def test_failing_tests_stand_in_the_way() -> None:
    """False and unknown tests, each once; below a `not` those that hold."""
    seen = situation({"contacts": 1, "channel": "phone"})
    assert failing(All((PHONE, MANY, GOOD, MANY)), seen) == (MANY, GOOD)
    assert failing(Any((MANY, GOOD)), seen) == (MANY, GOOD)
    assert failing(Not(PHONE), seen) == (PHONE,)
    assert failing(Not(Any((PHONE, MANY))), seen) == (PHONE,)
    assert failing(PHONE, seen) == ()
    assert failing(Truth(False), seen) == ()
    assert failing(AtLeast(2, (PHONE, MANY, GOOD)), seen) == (MANY, GOOD)


@given(material.conditions, material.situations)
def test_what_stands_in_the_way_does(condition: tree.Condition, seen: Situation) -> None:
    """A true condition has nothing in its way; facts waited for are unknown ones."""
    if truth(condition, seen) is True:
        assert failing(condition, seen) == ()
    waiting = unknown_facts(condition, seen)
    assert waiting.isdisjoint(seen.values)
    if truth(condition, seen) is not None:
        assert waiting == frozenset()


@given(material.conditions, material.situations)
def test_an_unknown_condition_is_told_alike_at_less_cost(
    condition: tree.Condition, seen: Situation
) -> None:
    """Where a condition is unknown, the quick look and the close one name the same facts."""
    if truth(condition, seen) is None:
        assert waiting_facts(condition, seen) == unknown_facts(condition, seen)
        assert waiting_facts(condition, seen) == unknown_facts(condition, seen)


def test_a_lone_missing_fact_is_the_cause_but_for_bounds_and_currencies() -> None:
    """A test of a known fact may be unknown too: where its bound is, or its currency differs."""
    dear = test_of("order_value", Within(low=Money(5, "EUR")))
    either = Any((All((PHONE, Truth(False))), dear, MANY))
    pounds = situation({"order_value": Money(9, "GBP"), "contacts": 1})
    assert waiting_facts(either, pounds) == unknown_facts(either, pounds) == frozenset()
    for check in (Compare(">", fact("other_score")), Among(frozenset({Money(5, "EUR")}))):
        each = Any((All((PHONE, Truth(False))), test_of("order_value", check)))
        known = situation({"order_value": Money(9, "GBP"), "other_score": Money(5, "EUR")})
        assert waiting_facts(each, known) == unknown_facts(each, known) == frozenset()
    several = test_of("types", Counts(Within(low=1)))
    assert waiting_facts(All((several, PHONE)), situation({"channel": "phone"})) == {"types"}
