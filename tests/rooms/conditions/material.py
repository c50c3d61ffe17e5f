"""Facts of every kind, situations and random conditions: what tests of conditions are made of."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any as Anything

from hypothesis import strategies as st

from complaint_rules.calendar import BusinessCalendar, Duration, Unit
from complaint_rules.conditions import tree as t
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.money import Money
from complaint_rules.state import Done, Situation

DAY = 86_400
HOUR = 3_600
NOW = 1_790_000_000
"""2026-09-21T14:13:20Z, a Monday: 16:13:20 in Budapest, where the office is open."""
OFFICE = BusinessCalendar("office", "Europe/Budapest", (((540, 1020),),) * 5 + ((), ()))
LEVELS = ("s4", "s3", "s2", "s1")
CHOICES = ("phone", "email", "chat")
MEMBERS = ("angry", "calm", "premium", "frequent")

FACTS = {
    fact.name: fact
    for fact in (
        Fact("public", Kind.YES_NO),
        Fact("contacts", Kind.COUNT),
        Fact("score", Kind.NUMBER),
        Fact("order_value", Kind.MONEY),
        Fact("hours_open", Kind.DURATION),
        Fact("staffed", Kind.BUSINESS_DURATION),
        Fact("resolved_at", Kind.INSTANT),
        Fact("event_date", Kind.DATE),
        Fact("language", Kind.TEXT),
        Fact("channel", Kind.CHOICE, CHOICES),
        Fact("severity", Kind.LEVEL, LEVELS),
        Fact("types", Kind.SET, MEMBERS),
        Fact("other_score", Kind.NUMBER),
        Fact("promises", Kind.RECORDS),
    )
}


def situation(
    values: Mapping[str, Anything] | None = None,
    *,
    now: int = NOW,
    settings: Mapping[str, Anything] | None = None,
    done: tuple[Done, ...] = (),
    round_start: int | None = None,
) -> Situation:
    """Return a situation of these values."""
    return Situation(
        values=dict(values or {}),
        now=now,
        calendar=OFFICE,
        event_date=datetime.date(2026, 9, 21),
        settings=settings or {},
        done=done,
        round_start=round_start,
        currency="EUR",
    )


def test_of(fact: str, check: t.Check) -> t.Test:
    """Return a test of a fact of `FACTS`, ordered if it is a level."""
    values = FACTS[fact].values if FACTS[fact].kind is Kind.LEVEL else ()
    return t.Test(fact, check, values=values)


test_of.__test__ = False  # type: ignore[attr-defined]


def constant(value: object, kind: Kind = Kind.NUMBER) -> t.Constant:
    """Return a constant."""
    return t.Constant(value, kind)


def span(amount: int, unit: str) -> t.Constant:
    """Return a duration constant."""
    kind = Kind.BUSINESS_DURATION if unit in ("bm", "bh") else Kind.DURATION
    return t.Constant(Duration(amount, Unit(unit)), kind)


def fact(name: str) -> t.FactValue:
    """Return the value of a fact of `FACTS`."""
    return t.FactValue(name, FACTS[name].kind)


def call(name: str, *arguments: t.Expression, kind: Kind, values: tuple[str, ...] = ()) -> t.Call:
    """Return a call."""
    return t.Call(name, arguments, kind, values)


# ------------------------------------------------------------------ strategies

decimals = st.decimals(-5, 5, places=1)
amounts = st.builds(
    Money, st.decimals(0, 4, places=1), st.sampled_from(("EUR", "EUR", "EUR", "GBP"))
)
instants = st.integers(NOW - 5, NOW + 5)
dates = st.dates(datetime.date(2026, 9, 19), datetime.date(2026, 9, 23))
members = st.frozensets(st.sampled_from(MEMBERS))
VALUES: dict[Kind, st.SearchStrategy[Anything]] = {
    Kind.YES_NO: st.booleans(),
    Kind.COUNT: st.integers(0, 6),
    Kind.NUMBER: decimals | st.sampled_from((Fraction(1, 3), Fraction(-2, 7))),
    Kind.MONEY: amounts,
    Kind.DURATION: st.integers(-3, 8) | st.just(NOT_YET),
    Kind.BUSINESS_DURATION: st.integers(0, 8),
    Kind.INSTANT: instants | st.just(NOT_YET),
    Kind.DATE: dates,
    Kind.TEXT: st.sampled_from(("en", "fa", "hu", "")),
    Kind.CHOICE: st.sampled_from(CHOICES),
    Kind.LEVEL: st.sampled_from(LEVELS),
    Kind.SET: members,
}
_BOUNDS = {
    **VALUES,
    Kind.COUNT: st.integers(0, 6) | st.decimals(0, 6, places=1),
    Kind.DURATION: st.integers(-3, 8),
    Kind.INSTANT: instants,
}
_ORDERED = frozenset(
    {
        Kind.COUNT,
        Kind.NUMBER,
        Kind.MONEY,
        Kind.DURATION,
        Kind.BUSINESS_DURATION,
        Kind.INSTANT,
        Kind.DATE,
        Kind.LEVEL,
    }
)
_OPS = ("=", "!=", "<", "<=", ">", ">=")
TESTED = tuple(f for f in FACTS.values() if f.kind is not Kind.RECORDS)


def ranges(bounds: st.SearchStrategy[Anything]) -> st.SearchStrategy[t.Within]:
    """Return intervals, open, closed or half."""
    return st.builds(t.Within, st.none() | bounds, st.booleans(), st.none() | bounds, st.booleans())


def checks(of: Fact) -> st.SearchStrategy[t.Check]:
    """Return checks of every form on a fact."""
    bounds = _BOUNDS[of.kind]
    known = st.builds(t.IsKnown, st.booleans())
    if of.kind is Kind.SET:
        counts = ranges(st.integers(0, 4)) | st.builds(t.Among, st.frozensets(st.integers(0, 4)))
        return (
            st.builds(t.Contains, st.sampled_from(("all", "any", "none")), members)
            | st.builds(t.Counts, counts)
            | known
        )
    forms = [known, st.builds(t.Among, st.frozensets(bounds, max_size=3), st.booleans())]
    if of.kind in _ORDERED:
        forms.append(ranges(bounds))
        forms.append(
            st.builds(t.Compare, st.sampled_from(_OPS), bounds.map(lambda v: constant(v, of.kind)))
        )
    if of.kind is Kind.NUMBER:
        forms.append(st.builds(t.Compare, st.sampled_from(_OPS), st.just(fact("other_score"))))
    if of.kind is Kind.INSTANT:
        forms.append(st.builds(t.HasHappened, st.booleans()))
        forms.append(st.builds(t.Compare, st.sampled_from(_OPS), st.just(t.Now())))
    return st.one_of(forms)


tests = st.sampled_from(TESTED).flatmap(lambda of: checks(of).map(lambda c: test_of(of.name, c)))


def groups(items: st.SearchStrategy[t.Condition]) -> st.SearchStrategy[t.Condition]:
    """Return groups of some conditions."""
    several = st.lists(items, max_size=4).map(tuple)
    return (
        st.builds(t.All, several)
        | st.builds(t.Any, several)
        | st.builds(t.Not, items)
        | st.builds(t.AtLeast, st.integers(0, 4), several)
    )


conditions = st.recursive(tests | st.builds(t.Truth, st.booleans()), groups, max_leaves=9)
situations = st.fixed_dictionaries({}, optional={of.name: VALUES[of.kind] for of in TESTED}).map(
    situation
)

numbers = st.recursive(
    st.one_of(
        st.decimals(-100, 100, places=2).map(constant),
        st.integers(-9, 9).map(constant),
        st.just(fact("score")),
        st.just(t.SettingValue("rate", Kind.NUMBER)),
        st.just(t.FieldValue("weight", Kind.NUMBER)),
        st.just(fact("contacts")),
    ),
    lambda inner: st.one_of(
        st.builds(t.Arithmetic, st.sampled_from("+-*/"), inner, inner, st.just(Kind.NUMBER)),
        st.builds(t.Negation, inner, st.just(Kind.NUMBER)),
        st.builds(
            lambda name, parts: t.Call(name, tuple(parts), Kind.NUMBER),
            st.sampled_from(("min", "max")),
            st.lists(inner, min_size=1, max_size=3),
        ),
    ),
    max_leaves=8,
)
TWO = Decimal(2)
