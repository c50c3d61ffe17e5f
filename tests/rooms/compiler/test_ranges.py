"""What checks on one fact have to do with each other, compared with trying every value."""

from __future__ import annotations

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.compiler.ranges import covers, disjoint, inside, is_empty, is_whole
from complaint_rules.conditions.tree import Among, Check, Contains, HasHappened, IsKnown, Within
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.money import Money

LEVEL = Fact("severity", Kind.LEVEL, ("s4", "s3", "s2", "s1"))
SET = Fact("tags", Kind.SET, ("a", "b", "c"))
COUNT = Fact("contacts", Kind.COUNT)
INSTANT = Fact("sent_at", Kind.INSTANT)

words = st.sampled_from(LEVEL.values)
some = st.frozensets(words, min_size=1)
level_checks: st.SearchStrategy[Check] = st.one_of(
    st.builds(Among, some, st.booleans()),
    st.builds(Within, st.none() | words, st.booleans(), st.none() | words, st.booleans()),
    st.builds(IsKnown, st.booleans()),
)
tags = st.frozensets(st.sampled_from(SET.values), min_size=1)
set_checks: st.SearchStrategy[Check] = st.one_of(
    st.builds(Contains, st.sampled_from(["all", "any", "none"]), tags),
    st.builds(IsKnown, st.booleans()),
)
moments = st.integers(0, 4)
instant_checks: st.SearchStrategy[Check] = st.one_of(
    st.builds(Among, st.frozensets(moments, min_size=1), st.booleans()),
    st.builds(Within, st.none() | moments, st.booleans(), st.none() | moments, st.booleans()),
    st.builds(HasHappened, st.booleans()),
    st.builds(IsKnown, st.booleans()),
)
ALL_SETS = [frozenset(), *map(frozenset, ("a", "b", "c", "ab", "ac", "bc", "abc"))]


def passes(check: Check, value: object, fact: Fact) -> bool:
    """Return whether a value passes, by the plainest reading."""
    match check:
        case IsKnown(known):
            return (value is not None) == known
        case _ if value is None:
            return False
        case HasHappened(happened):
            return (value is not NOT_YET) == happened
        case _ if value is NOT_YET:
            return False
        case Among(values, negated):
            return (value in values) != negated
        case Contains(how, values):
            assert isinstance(value, frozenset)
            return {"all": values <= value, "any": bool(values & value)}.get(
                how, not values & value
            )
        case Within():
            return _within(check, value, fact)
    raise AssertionError(check)


def _within(check: Within, value: object, fact: Fact) -> bool:
    def rank(each: object) -> float:
        if isinstance(each, str):
            return fact.ranks[each]
        assert isinstance(each, int | float)
        return each

    here = rank(value)
    if check.low is not None:
        low = rank(check.low)
        if here < low or (here == low and not check.low_closed):
            return False
    if check.high is not None:
        high = rank(check.high)
        if here > high or (here == high and not check.high_closed):
            return False
    return True


def agree(one: Check, other: Check, fact: Fact, values: list[object]) -> None:
    """Assert that what is called certain is so for every value, the unknown one too."""
    if disjoint(one, other, fact):
        assert not any(passes(one, v, fact) and passes(other, v, fact) for v in values)
    if covers(one, other, fact):
        assert all(passes(one, v, fact) for v in values if passes(other, v, fact))
    assert disjoint(one, other, fact) == disjoint(other, one, fact)


@given(level_checks, level_checks)
def test_levels(one: Check, other: Check) -> None:
    """What is called certain of checks on a level is so."""
    agree(one, other, LEVEL, [*LEVEL.values, None])


@given(set_checks, set_checks)
def test_sets(one: Check, other: Check) -> None:
    """What is called certain of checks on a set is so."""
    agree(one, other, SET, [*ALL_SETS, None])


@given(instant_checks, instant_checks)
def test_instants(one: Check, other: Check) -> None:
    """What is called certain of checks on an instant is so, `not_yet` included."""
    agree(one, other, INSTANT, [n / 2 for n in range(-2, 12)] + [NOT_YET, None])


@given(level_checks)
def test_a_check_covers_itself(check: Check) -> None:
    """Every check covers itself, unless it is an interval that nothing passes."""
    nothing = not any(passes(check, value, LEVEL) for value in (*LEVEL.values, None))
    assert covers(check, check, LEVEL) or nothing


@given(level_checks)
def test_whole_checks_pass_every_value(check: Check) -> None:
    """A check that is called whole passes every value of the fact."""
    if is_whole(check, LEVEL):
        assert all(passes(check, value, LEVEL) for value in LEVEL.values)


def test_whole_checks() -> None:
    """From the lowest value on, up to the highest, all values, and from 0 on a count."""
    assert is_whole(Within(low="s4"), LEVEL)
    assert is_whole(Within(high="s1"), LEVEL)
    assert is_whole(Among(frozenset(LEVEL.values)), LEVEL)
    assert is_whole(Within(low=0), COUNT)
    assert not is_whole(Within(low=0), Fact("weight", Kind.NUMBER))
    assert not is_whole(Within(low=0, low_closed=False), COUNT)
    assert not is_whole(Within(low=0, high=5), COUNT)
    assert not is_whole(IsKnown(known=True), LEVEL)


def test_found_relations() -> None:
    """The relations that tables need are found, not only never wrong."""
    assert disjoint(Within(high=5, high_closed=False), Within(low=5), COUNT)
    assert disjoint(Among(frozenset({1, 2})), Within(low=3), COUNT)
    assert disjoint(Contains("none", frozenset("ab")), Contains("any", frozenset("a")), SET)
    assert disjoint(Contains("none", frozenset("a")), Contains("all", frozenset("ab")), SET)
    assert disjoint(IsKnown(known=False), Among(frozenset({1})), COUNT)
    assert disjoint(HasHappened(happened=False), Within(low=3), INSTANT)
    assert covers(Within(low=3), Within(low=5, high=9), COUNT)
    assert covers(Within(low=3), Among(frozenset({3, 4})), COUNT)
    assert covers(IsKnown(known=True), Within(low=3), COUNT)
    assert covers(HasHappened(happened=True), Within(low=3), INSTANT)
    assert covers(Contains("any", frozenset("ab")), Contains("all", frozenset("bc")), SET)
    assert covers(Among(frozenset({9}), negated=True), Within(high=8), COUNT)
    assert not covers(Within(low=3), Contains("any", frozenset("a")), COUNT)
    assert not covers(Contains("any", frozenset("a")), IsKnown(known=True), SET)


def test_amounts_compare_within_one_currency() -> None:
    """Amounts of two currencies have no order, so nothing is certain of them."""
    eur, huf = Money(Decimal(5), "EUR"), Money(Decimal(3), "HUF")
    fact = Fact("value", Kind.MONEY)
    assert is_empty(Within(low=eur, high=Money(Decimal(3), "EUR")), fact)
    assert not is_empty(Within(low=eur, high=huf), fact)
    assert inside(huf, Within(low=eur), fact) is None
    assert not disjoint(Within(low=eur), Within(high=huf), fact)
    assert not covers(Within(low=huf), Within(low=eur), fact)


def test_dates_and_words() -> None:
    """Dates are ordered by day; a word that is no level has no place."""
    day = datetime.date(2026, 3, 1)
    fact = Fact("on", Kind.DATE)
    assert is_empty(Within(low=day, high=datetime.date(2026, 2, 1)), fact)
    assert inside("post", Within(low="s1"), LEVEL) is None
    assert inside(frozenset("a"), Within(low=1), COUNT) is None
