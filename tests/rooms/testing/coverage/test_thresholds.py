"""How near a value must lie to a threshold: one step of its kind."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from complaint_rules.conditions.tree import (
    Among,
    Compare,
    Constant,
    Contains,
    Counts,
    FactValue,
    Within,
)
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.money import Money
from complaint_rules.testing.coverage.thresholds import beside, near, thresholds
from complaint_rules.testing.nearby import nothing_known

if TYPE_CHECKING:
    from conftest import Bench

LEVEL = Fact("severity", Kind.LEVEL, ("s3", "s2", "s1"))
DAY = datetime.date(2026, 11, 24)


def ends(check: Any, fact: Fact) -> list[str]:
    """Return the ends of the thresholds of a check."""
    return [each.end for each in thresholds(check, fact)]


def test_what_is_ordered_has_thresholds() -> None:
    """A range has an end for each bound; a comparison one; equality none."""
    count = Fact("n", Kind.COUNT)
    assert ends(Within(low=1, high=5), count) == ["from", "to"]
    assert ends(Within(low=1), count) == ["from"]
    assert ends(Within(high=1), count) == ["to"]
    bound = Constant(5, Kind.COUNT)
    assert [ends(Compare(op, bound), count) for op in ("<", "<=", ">", ">=", "=", "!=")] == [
        ["to"],
        ["to"],
        ["from"],
        ["from"],
        [],
        [],
    ]
    assert ends(Among(frozenset({1})), count) == []
    assert ends(Contains("any", frozenset({"x"})), count) == []
    (counted,) = thresholds(Counts(Within(low=2)), count)
    assert counted.counted


CASES = [
    (Kind.COUNT, 5, [4, 5, 6], [3, 7]),
    (Kind.NUMBER, Decimal("0.5"), [Decimal("0.4"), Decimal("0.6")], [Decimal("0.3")]),
    (Kind.NUMBER, 5, [Decimal(4), 6], [Decimal("6.5")]),
    (
        Kind.MONEY,
        Money(Decimal(10), "EUR"),
        [Money(Decimal("9.99"), "EUR")],
        [Money(Decimal(9), "EUR")],
    ),
    (Kind.MONEY, Money(Decimal(10), "JPY"), [Money(Decimal(9), "JPY")], [Money(Decimal(8), "JPY")]),
    (Kind.INSTANT, 6000, [5940, 6060], [5939]),
    (Kind.DURATION, 6000, [5940, 6060], [5939]),
    (Kind.DATE, DAY, [datetime.date(2026, 11, 23)], [datetime.date(2026, 11, 26)]),
    (Kind.LEVEL, "s2", ["s3", "s1"], []),
    (Kind.LEVEL, "s3", ["s2"], ["s1"]),
]


@pytest.mark.parametrize(("kind", "bound", "close", "far"), CASES)
def test_a_step_is_of_the_kind(
    bench: Bench, kind: Kind, bound: Any, close: list[Any], far: list[Any]
) -> None:
    """A value one step from a bound is near it, one further off is not."""
    fact = LEVEL if kind is Kind.LEVEL else Fact("x", kind)
    situation = nothing_known(bench.policy, 0)
    (threshold,) = thresholds(Compare(">=", Constant(bound, kind)), fact)
    assert all(near(threshold, each, fact, situation) for each in [bound, *close])
    assert not any(near(threshold, each, fact, situation) for each in far)


@pytest.mark.parametrize(("kind", "bound", "close", "far"), CASES)
def test_values_beside_a_bound_are_near_it(
    bench: Bench, kind: Kind, bound: Any, close: list[Any], far: list[Any]
) -> None:
    """The values given for a threshold are at it and a step beside it, on both sides."""
    fact = LEVEL if kind is Kind.LEVEL else Fact("x", kind)
    situation = nothing_known(bench.policy, 0)
    (threshold,) = thresholds(Compare(">=", Constant(bound, kind)), fact)
    found = beside(threshold, fact, situation)
    assert bound in found
    assert all(near(threshold, each, fact, situation) for each in found)
    assert not set(found) & set(far)


def test_a_bound_nobody_knows_is_near_nothing(bench: Bench) -> None:
    """Where the bound is unknown, or no number, no value is near it and none beside it."""
    fact, situation = Fact("x", Kind.COUNT), nothing_known(bench.policy, 0)
    (unknown,) = thresholds(Compare(">=", FactValue("contacts", Kind.COUNT)), fact)
    assert not near(unknown, 5, fact, situation)
    assert beside(unknown, fact, situation) == ()
    (odd,) = thresholds(Compare(">=", Constant(Fraction(1, 3), Kind.NUMBER)), fact)
    assert beside(odd, fact, situation) == ()
    (words,) = thresholds(Compare(">=", Constant("s2", Kind.LEVEL)), fact)
    assert not near(words, 5, fact, situation)


def test_what_has_not_happened_is_near_nothing(bench: Bench) -> None:
    """An instant that is not yet lies at no threshold."""
    fact, situation = Fact("x", Kind.INSTANT), nothing_known(bench.policy, 0)
    (threshold,) = thresholds(Compare(">=", Constant(60, Kind.INSTANT)), fact)
    assert not near(threshold, NOT_YET, fact, situation)


def test_members_of_sets_are_counted(bench: Bench) -> None:
    """Of a count of members the size of the set is compared; no values stand beside it."""
    fact, situation = Fact("x", Kind.SET, ("a", "b", "c", "d")), nothing_known(bench.policy, 0)
    (threshold,) = thresholds(Counts(Within(low=2)), fact)
    sizes = [near(threshold, frozenset("abcd"[:size]), fact, situation) for size in range(5)]
    assert sizes == [False, True, True, True, False]
    assert beside(threshold, fact, situation) == ()
