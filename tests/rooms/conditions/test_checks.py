"""What each check says of one value (semantics 2, 6, 8, 13, 27)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from tests.rooms.conditions import material

from complaint_rules.calendar import date_end
from complaint_rules.conditions import check_value
from complaint_rules.conditions.tree import (
    Among,
    Check,
    Compare,
    Contains,
    Counts,
    FactValue,
    HasHappened,
    IsKnown,
    Now,
    Within,
)
from complaint_rules.facts import NOT_YET, Fact, Kind, Value
from complaint_rules.money import Money

EUR, GBP, NONE = Money(Decimal(5), "EUR"), Money(Decimal(5), "GBP"), Money(Decimal(0), "HUF")
DAY = datetime.date(2026, 9, 21)
LONG = Decimal((0, (1,) * 10_001, 0))


def said(name: str, check: Check, value: Value | None, **known: Any) -> bool | None:
    """Return what a check says of a value of a fact of the material."""
    return check_value(check, value, material.FACTS[name], material.situation(known))


def test_among_holds_exactly() -> None:
    """One of several values; negated, none of them."""
    check = Among(frozenset({Decimal("0.3"), Decimal(2)}))
    assert said("score", check, Decimal("0.1") + Decimal("0.2")) is True
    assert said("score", check, Decimal("0.30000000000000000001")) is False
    assert said("score", Among(check.values, negated=True), Decimal(2)) is False
    assert said("channel", Among(frozenset({"phone"}), negated=True), "chat") is True


def test_each_of_several_amounts_and_dates_is_compared() -> None:
    """What is neither word nor number is compared with each constant."""
    amounts = frozenset({EUR, Money(7, "EUR"), Money(9, "EUR")})
    for amount, held in ((5, True), (7, True), (9, True), (8, False)):
        assert said("order_value", Among(amounts), Money(amount, "EUR")) is held
        assert said("order_value", Among(amounts, negated=True), Money(amount, "EUR")) is not held


@given(material.decimals, material.st.frozensets(material.decimals | material.st.integers(-5, 5)))
def test_numbers_are_among_others_by_value(number: Decimal, others: frozenset[Any]) -> None:
    """A whole number and a decimal of its value are one, in whatever digits."""
    held = any(number == other for other in others)
    for each in (number, number.quantize(Decimal("0.000"))):
        assert said("score", Among(others), each) is held
        assert said("score", Among(others, negated=True), each) is not held


def test_what_has_not_happened_passes_no_comparison() -> None:
    """`not_yet` is known, and false in every comparison either way."""
    for check in (
        Among(frozenset({1})),
        Among(frozenset({1}), negated=True),
        Within(low=1),
        Within(),
        Compare("!=", Now()),
        Compare("<", FactValue("score", Kind.NUMBER)),
    ):
        assert said("resolved_at", check, NOT_YET) is False
    assert said("resolved_at", Compare("!=", material.constant(NOT_YET)), 5) is False
    assert said("resolved_at", HasHappened(True), NOT_YET) is False
    assert said("resolved_at", HasHappened(False), NOT_YET) is True
    assert said("resolved_at", HasHappened(True), 0) is True
    assert said("resolved_at", IsKnown(True), NOT_YET) is True


@pytest.mark.parametrize(
    ("check", "inside"),
    [
        (Within(1, True, 3, True), [1, 2, 3]),
        (Within(1, False, 3, False), [2]),
        (Within(1, True, 3, False), [1, 2]),
        (Within(low=2), [2, 3, 4]),
        (Within(high=2, high_closed=False), [0, 1]),
        (Within(), [0, 1, 2, 3, 4]),
    ],
)
def test_an_interval_holds_what_lies_in_it(check: Within, inside: list[int]) -> None:
    """Closed ends belong to an interval, open ones do not, absent ones do not bind."""
    assert [n for n in range(5) if said("contacts", check, n)] == inside


def test_levels_go_by_rank() -> None:
    """A level is compared by its place, never by its letters."""
    assert said("severity", Within(low="s2"), "s1") is True
    assert said("severity", Within(low="s2"), "s3") is False
    assert said("severity", Compare(">=", material.fact("severity")), "s3", severity="s2") is False
    assert said("severity", Within(low="s2"), "s9") is False
    assert said("severity", Compare("=", material.fact("severity")), "s3", severity="s3") is True
    assert said("language", Within(low="a"), "b") is False


def test_sets_hold_all_any_or_none() -> None:
    """A set holds all, any or none of some values; the empty set is known."""
    some = frozenset({"angry", "calm"})
    assert said("types", Contains("all", some), some | {"premium"}) is True
    assert said("types", Contains("all", some), frozenset({"angry"})) is False
    assert said("types", Contains("any", some), frozenset({"angry"})) is True
    assert said("types", Contains("any", some), frozenset()) is False
    assert said("types", Contains("none", some), frozenset()) is True
    assert said("types", Counts(Within(low=2)), some) is True
    assert said("types", Counts(Among(frozenset({0}))), frozenset()) is True
    assert said("types", Counts(Compare("<", material.fact("contacts"))), some) is None
    assert said("types", Compare("=", material.fact("channel")), some, channel="calm") is True
    assert said("types", Compare("!=", material.fact("types")), some, types=some) is False


def test_set_checks_on_what_is_no_set_are_unknown() -> None:
    """A check that cannot be read of a value says nothing, and raises nothing."""
    assert said("channel", Contains("any", frozenset({"calm"})), "calm") is None
    assert said("channel", Counts(Within(low=2)), "calm") is None
    assert said("score", Within(low=True), Decimal(1)) is None
    assert said("promises", Among(frozenset({1})), ()) is None


def test_amounts_of_two_currencies_do_not_compare() -> None:
    """Beside another currency a test is unknown, with a notice; 0 is 0 in any."""
    notices: list[str] = []
    facts, bare = material.FACTS["order_value"], material.situation()
    assert check_value(Within(low=EUR), GBP, facts, bare, notices) is None
    assert notices == ["currency-mismatch"]
    assert said("order_value", Within(low=NONE, low_closed=False), GBP) is True
    assert said("order_value", Within(low=EUR), NONE) is False
    assert said("order_value", Among(frozenset({EUR, GBP})), GBP) is True
    assert said("order_value", Among(frozenset({EUR})), GBP) is None
    assert said("order_value", Within(EUR, True, NONE, True), GBP) is False
    assert said("order_value", Within(NONE, True, EUR, True), GBP) is None


def test_a_date_beside_an_instant_is_the_end_of_its_day() -> None:
    """A date compared with an instant is read as its last second."""
    end = date_end(material.OFFICE, DAY)
    check = Compare("<=", material.constant(DAY, Kind.DATE))
    assert said("resolved_at", check, end) is True
    assert said("resolved_at", check, end + 1) is False
    assert said("event_date", Compare(">", Now()), DAY) is True
    assert said("event_date", Within(low=DAY), DAY) is True


def test_computed_bounds() -> None:
    """A bound is computed from facts; unknown with them."""
    check = Compare(">", material.fact("other_score"))
    assert said("score", check, Decimal(3), other_score=Decimal(2)) is True
    assert said("score", check, Decimal(3)) is None
    assert said("score", check, None, other_score=Decimal(2)) is None
    assert said("language", Compare("!=", material.fact("channel")), "hu", channel="chat") is True


def test_numbers_of_any_length_compare_exactly() -> None:
    """A number is compared digit by digit, however many it has; computed bounds are bounded."""
    assert said("score", Within(low=LONG), Decimal(1)) is False
    assert said("score", Within(low=LONG), LONG) is True
    assert said("score", Among(frozenset({LONG})), LONG) is True
    assert said("score", Compare(">", material.constant(1)), LONG) is True
    assert said("score", Compare(">", material.constant(LONG)), Decimal(1)) is None
    assert said("order_value", Within(high=EUR), Money(LONG, "EUR")) is False


def test_a_field_is_checked_like_a_fact() -> None:
    """The order of a level's values comes with the fact given."""
    field = Fact("grade", Kind.LEVEL, ("low", "high"))
    assert check_value(Within(low="high"), "high", field, material.situation()) is True


@given(material.tests, material.situations)
def test_checks_never_raise(test: material.t.Test, situation: material.Situation) -> None:
    """Every check of every kind answers true, false or unknown; only unknown for no value."""
    fact = material.FACTS[test.fact]
    value = situation.values.get(test.fact)
    found = check_value(test.check, value, fact, situation)
    assert found in (True, False, None)
    if value is None and not isinstance(test.check, IsKnown):
        assert found is None
