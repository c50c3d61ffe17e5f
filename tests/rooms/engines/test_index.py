"""The index engine says what the plain reading of each condition says (semantics 35, 36)."""

from __future__ import annotations

import copy
import datetime
import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from typing import Any as Anything

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.conditions import material

from complaint_rules.conditions import tree, truth
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Compare,
    Condition,
    Contains,
    Counts,
    HasHappened,
    IsKnown,
    Not,
    Truth,
    Within,
)
from complaint_rules.engines import NAMES, Index, Match, Owners, build
from complaint_rules.engines.masks import Kept
from complaint_rules.engines.rows import Found
from complaint_rules.errors import EngineError
from complaint_rules.facts import NOT_YET, Kind
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.state import Situation

test_of, situation = material.test_of, material.situation
lists = st.lists(material.conditions, max_size=6)


def agree(conditions: list[Condition], *situations: Situation) -> Index:
    """Check that the index reads conditions as `truth` does; return it."""
    index = Index.of(conditions, material.FACTS)
    for each in situations:
        match = index.match(each)
        expected = [truth(condition, each) for condition in conditions]
        assert [match.truth(number) for number in range(len(conditions))] == expected
        assert not match.true & match.unknown
        assert (match.true | match.unknown) >> len(conditions) == 0
    return index


@given(lists, st.lists(material.situations, min_size=1, max_size=5))
def test_the_index_agrees_with_the_plain_reading(
    conditions: list[Condition], situations: list[Situation]
) -> None:
    """Any list of conditions over facts of all kinds, known, unknown and not yet."""
    agree(conditions, *situations, *situations)


@given(material.tests, st.lists(material.situations, min_size=1, max_size=20))
def test_single_tests_agree(test: tree.Test, situations: list[Situation]) -> None:
    """One test alone, and negated, on many values."""
    agree([test, Not(test), Any((test, Not(test))), All((test, Not(test)))], *situations)


@given(material.conditions, material.situations)
def test_large_conditions_agree(condition: Condition, seen: Situation) -> None:
    """Products of many clauses stay exact where subtrees become hidden."""
    parts = tuple(Any((condition, test_of("contacts", Within(low=n)))) for n in range(8))
    agree([All(parts), Not(Any(tuple(Not(p) for p in parts))), AtLeast(4, parts)], seen)


def _numbers(*values: Anything) -> list[Situation]:
    return [situation({"score": value}) for value in values]


def test_exact_numbers_fall_beside_their_bounds() -> None:
    """0.1 + 0.2 is 0.3, a third lies between its decimals, and no tolerance blurs them."""
    bounds = [Decimal("0.3"), Fraction(1, 3), Decimal("0.33"), Decimal(-1)]
    conditions: list[Condition] = [
        test_of("score", check)
        for bound in bounds
        for check in (
            Within(low=bound),
            Within(high=bound, high_closed=False),
            Among(frozenset({bound})),
        )
    ]
    near = [bound + step for bound in map(Fraction, bounds) for step in (-1, 0, 1)]
    tiny = [Decimal("0.3") + Decimal("1E-20"), Decimal("0.30"), Decimal("0.1") + Decimal("0.2")]
    agree(conditions, *_numbers(*near, *tiny, NOT_YET), situation())


def test_whole_numbers_may_have_broken_bounds() -> None:
    """A count compared with 2.5 changes between 2 and 3."""
    conditions: list[Condition] = [
        test_of("contacts", Within(low=Decimal("2.5"))),
        test_of("contacts", Among(frozenset({Decimal("2.5"), 2, Decimal(4)}))),
        test_of("contacts", IsKnown(True)),
    ]
    agree(conditions, *(situation({"contacts": n}) for n in range(6)), situation())


def test_dates_reach_to_the_ends_of_the_calendar() -> None:
    """The first and the last date there is are bounds like others."""
    ends = [datetime.date.min, datetime.date(2026, 2, 28), datetime.date.max]
    conditions: list[Condition] = [
        test_of("event_date", check)
        for day in ends
        for check in (Within(low=day), Within(low=day, low_closed=False), Among(frozenset({day})))
    ]
    days = [*ends, datetime.date(2026, 3, 1), datetime.date(2026, 2, 27)]
    agree(conditions, *(situation({"event_date": day}) for day in days))
    agree([test_of("event_date", IsKnown(False))], situation({"event_date": ends[0]}), situation())


def test_amounts_of_another_currency_leave_a_test_unknown() -> None:
    """Known amounts may leave single tests unknown; 0 is 0 in every currency."""
    conditions: list[Condition] = [
        test_of("order_value", check)
        for bound in (Money(Decimal(5), "EUR"), Money(Decimal(0), "EUR"), Money(Decimal(3), "GBP"))
        for check in (Within(low=bound), Among(frozenset({bound})), Within(high=bound))
    ]
    conditions += [Not(each) for each in conditions]
    values = [Money(Decimal(n), code) for n in (-1, 0, 3, 5, 6) for code in ("EUR", "GBP", "HUF")]
    seen = [situation({"order_value": value}) for value in values]
    index = agree(conditions, *seen, situation(), situation({"order_value": NOT_YET}))
    assert index.match(situation({"order_value": Money(Decimal(9), "HUF")})).unknown


def test_a_level_that_has_not_happened_passes_nothing() -> None:
    """What is computed from what has not happened yet is `not_yet`, whatever its kind."""
    conditions: list[Condition] = [
        test_of(name, check)
        for name, value in (("severity", "s2"), ("contacts", 2), ("score", Decimal(1)))
        for check in (Within(low=value), Among(frozenset({value}), negated=True), IsKnown(True))
    ]
    values = dict.fromkeys(("severity", "contacts", "score"), NOT_YET)
    agree([*conditions, *(Not(c) for c in conditions)], situation(values))


def test_a_contradiction_is_unknown_until_its_facts_are_known() -> None:
    """A clause and its opposite stay: unknown, never false too soon."""
    phone = test_of("channel", Among(frozenset({"phone"})))
    hidden = test_of("resolved_at", Compare(">", material.fact("resolved_at")))
    both: list[Condition] = [
        All((phone, Not(phone))),
        All((hidden, Not(hidden))),
        Any((hidden, Not(hidden))),
        Not(hidden),
    ]
    agree(both, situation(), situation({"channel": "phone", "resolved_at": 5}))


def test_conditions_without_tests_are_constant() -> None:
    """Truths, empty groups and impossible counts need no fact."""
    phone = test_of("channel", Among(frozenset({"phone"})))
    constant: list[Condition] = [
        Truth(True),
        Truth(False),
        Not(Truth(False)),
        All(()),
        Any(()),
        AtLeast(0, (phone,)),
        AtLeast(2, (phone,)),
        Not(AtLeast(0, (phone,))),
        Not(AtLeast(2, (phone,))),
        All((phone, Truth(False))),
    ]
    index = agree(constant, situation())
    assert index.match(situation()).true == 0b0100101101
    assert Index.of([], {}).match(situation()) == (0, 0)


def test_wide_groups_stay_whole() -> None:
    """More alternatives than clauses allow are answered by reading, with the same answer."""
    among = tuple(test_of("contacts", Among(frozenset({n}))) for n in range(70))
    mixed = tuple(
        test_of("score", Within(low=Decimal(n))) if n % 2 else each for n, each in enumerate(among)
    )
    pairs = tuple(All((mixed[n], mixed[n + 1])) for n in range(60))
    wide: list[Condition] = [
        Any(mixed),
        Not(Any(mixed)),
        AtLeast(8, mixed[:16]),
        Not(AtLeast(8, mixed[:16])),
        Any((*pairs, All((Any(mixed[:5]), Any(mixed[5:7]))))),
        AtLeast(2, tuple(Any(mixed[n : n + 6]) for n in range(5))),
        Any(mixed[:6]),
        All((Any(mixed[:40]), Any(mixed[3:7]))),
    ]
    seen = [situation({"contacts": n, "score": Decimal(3)}) for n in (0, 5, 71)]
    index = agree(wide, *seen, situation(), situation({"contacts": 3}))
    assert index.hidden
    assert not agree([Any(among), Not(Any(among))], *seen, situation()).hidden


def test_tests_the_index_cannot_hold_are_read() -> None:
    """Unlike constants, undeclared facts and lists of records fall back to the plain reading."""
    odd: list[Condition] = [
        test_of("contacts", Within(low="2")),
        test_of("contacts", Among(frozenset({True}))),
        test_of("resolved_at", Within(low=datetime.date(2026, 9, 21))),
        test_of("resolved_at", Among(frozenset({NOT_YET}))),
        tree.Test("undeclared", Among(frozenset({"x"}))),
        test_of("promises", IsKnown(True)),
        test_of("types", Counts(Compare("<", material.fact("contacts")))),
        test_of("types", Counts(Within(low=True))),
    ]
    known = {
        "contacts": 1,
        "resolved_at": material.NOW,
        "promises": (),
        "undeclared": "x",
        "types": frozenset({"calm"}),
    }
    agree(odd, situation(), situation(known))


def test_two_tests_on_one_fact_are_one_demand() -> None:
    """Clauses that ask the same of a fact share its mask."""
    two = All((test_of("contacts", Within(low=2)), test_of("contacts", Within(high=4))))
    index = agree([two, two, Not(two)], *(situation({"contacts": n}) for n in range(6)))
    assert index.rows.names == ("contacts", "")


def test_facts_known_are_told_from_as_many_others() -> None:
    """Facts fetched all at once give what those give of which some are missing."""
    conditions = [test_of("contacts", Within(low=2)), test_of("public", Among((True,)))]
    index = agree(conditions, situation({"contacts": 3, "public": True}))
    assert index.match(situation({"contacts": 3, "public": True})) == Match(0b11, 0)
    assert index.match(situation({"contacts": 3, "kind": "praise"})) == Match(0b01, 0b10)
    assert index.match(situation({"contacts": 1})) == Match(0, 0b10)


def test_whole_numbers_told_apart_over_a_wide_range() -> None:
    """Where bounds lie far apart, the masks of numbers are found when they are met."""
    wide = [test_of("contacts", Within(low=2, high=9_000))]
    agree(wide, *(situation({"contacts": n}) for n in (0, 1, 2, 3, 8_999, 9_000, 9_001)))


def test_owners_of_conditions_are_named_whatever_their_number() -> None:
    """Each condition gives the ids of its owners, of which it has none, one or several."""
    owners = Owners.of([["a"], ["b", "c"], [], ["d"]])
    assert sorted(owners.named(0b1111)) == ["a", "b", "c", "d"]
    assert owners.named(0b1001) == ["d", "a"]
    assert owners.named(0b0100) == owners.named(0) == []


def test_what_is_remembered_has_a_bound() -> None:
    """Answers and masks of values are kept within bounds, and a copy begins with none."""
    kept: Kept[int] = Kept()
    for number in range(Kept.MOST + 5):
        kept.keep(number, number)
    assert len(kept) == 5
    assert copy.deepcopy(kept) == {}
    index = agree([test_of("contacts", Within(low=2))], situation())
    row = index.rows.masks[0]
    assert isinstance(row, Found)
    ready = len(row)
    seen = [situation({"contacts": n}) for n in range(10, Found.MOST + 15)]
    assert [index.match(each).true for each in seen] == [1] * len(seen)
    assert len(row) == ready + 5
    assert index.match(situation()).unknown == 1
    assert len(copy.deepcopy(row)) == ready
    row.clear()  # as another thread may
    assert index.match(situation()).unknown == 1


@given(lists, material.situations)
def test_an_index_survives_pickling(conditions: list[Condition], seen: Situation) -> None:
    """A pickled index gives the same answers."""
    index = Index.of(conditions, material.FACTS)
    assert pickle.loads(pickle.dumps(index)).match(seen) == index.match(seen)


def test_an_index_may_be_shared_by_threads() -> None:
    """Answers from many threads are those of one."""
    conditions: list[Condition] = [
        test_of("types", Contains("any", frozenset({name}))) for name in material.MEMBERS
    ]
    conditions.append(AtLeast(2, tuple(conditions)))
    index = Index.of(conditions, material.FACTS)
    seen = [
        situation({"types": frozenset(material.MEMBERS[: n % 5])} if n % 6 else {})
        for n in range(600)
    ]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(index.match, seen))
    assert found == [Index.of(conditions, material.FACTS).match(each) for each in seen]


def test_an_engine_is_built_by_name(policy: Policy) -> None:
    """`index` is the engine; another name is told with those there are."""
    engine = build(policy)
    assert engine.name == "index"
    assert NAMES == ("index", "durable")
    assert engine.match(situation({"resolved_at": 5})).truth(0) is True
    with pytest.raises(
        EngineError, match="there is no engine `rete`; known: `index`, `durable`"
    ) as told:
        build(policy, "rete")
    assert told.value.engine == "rete"


@pytest.fixture
def policy() -> Policy:
    """Return a policy of one condition."""
    empty: Anything = {}
    return Policy(
        id="tiny",
        edition="1",
        fingerprint="",
        title={},
        currency="EUR",
        decimals={},
        calendar="office",
        calendars={"office": material.OFFICE},
        approvals=(),
        facts=material.FACTS,
        conditions=(test_of("resolved_at", HasHappened(True)),),
        stages=(),
        sides=(),
        rules=(),
        sequences=(),
        **dict.fromkeys(
            (
                "defaults",
                "derivations",
                "settings",
                "types",
                "actions",
                "manner",
                "targets",
                "remedies",
                "groups",
            ),
            empty,
        ),
    )


def test_every_kind_is_spread_over_the_index() -> None:
    """Each kind that can be tested is indexed, none falls back to reading."""
    known = [test_of(of.name, IsKnown(True)) for of in material.TESTED]
    index = Index.of(known, material.FACTS)
    assert index.hidden == ()
    assert {of.kind for of in material.TESTED} == set(Kind) - {Kind.RECORD, Kind.RECORDS}
