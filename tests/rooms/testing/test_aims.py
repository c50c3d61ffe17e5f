"""Values at which tests turn, values near them, and facts that bring conditions about."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from complaint_rules import Policy, loads
from complaint_rules.calendar import Duration, Unit
from complaint_rules.conditions.tree import (
    All,
    Among,
    AtLeast,
    Constant,
    Contains,
    Expression,
    FactValue,
    HasHappened,
    IsKnown,
    Not,
    Truth,
    Within,
)
from complaint_rules.conditions.tree import Any as Any_
from complaint_rules.conditions.tree import Test as Leaf
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.money import Money
from complaint_rules.testing.aims import Aim
from complaint_rules.testing.nearby import Values, number, plain
from complaint_rules.testing.turns import constants, lengths, turns

AT = 1_795_518_000
POLICY = loads(
    """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
approvals: [lead]
settings:
  most: {title: Most, kind: count, value: 7, source: [house]}
  pause: {title: Pause, kind: duration, value: 36 h, source: [house]}
  fee: {title: Fee, kind: money, value: {EUR: 12, USD: 13}, source: [house]}
facts:
  contacts: {kind: count}
  score: {kind: number}
  price: {kind: money}
  severity: {kind: level, values: [s3, s2, s1]}
  channel: {kind: choice, values: [email, phone]}
  wishes: {kind: set, values: [speed, money, calm]}
  note: {kind: text}
  seen_at: {kind: instant, default: not_yet}
  due: {kind: instant}
  bought_on: {kind: date}
  waited: {kind: duration}
  worked: {kind: business_duration}
  calls: {kind: records, fields: {minutes: {kind: count}}}
  review: {kind: record, fields: {stars: {kind: count}}}
  busy: {kind: yes_no, derive: {when: {contacts: ">= 5"}}}
  same: {kind: count, derive: contacts}
  called_at: {kind: instant, derive: done_at(call)}
  later: {kind: instant, derive: "add(seen_at, 2 w)"}
  size: {kind: count, derive: {first: [{when: {channel: phone}, is: contacts}], else: "3"}}
  long_calls: {kind: count, derive: {count: calls, where: {minutes: ">= 30"}}}
  share: {kind: number, derive: {table: {hit: F, out: [n], else: {n: "1"},
                                         rows: [{severity: s1, n: "2"}]}}}
customer_types: {calm: {}, rude: {confirm: human, expires: 3 mo, recognise: {contacts: ">= 9"}}}
stages: [{id: open, when: {seen_at: not_yet}}, {id: seen, when: always}]
sides: [{id: hasty, when: {wishes: speed}}]
actions:
  thank: {title: Thank, owner: agent, due: now}
  call: {title: Call, owner: lead, due: {from: received_at, due: 5 h}}
  excuse: {title: Excuses, conduct: yes}
targets:
  answer:
    title: Answer
    from: received_at
    met_by: seen_at
    table: {hit: F, out: [due], rows: [{severity: s1, due: 30 m}, {severity: "-", due: 2 h}]}
  follow: {title: Follow, from: received_at, met_by: seen_at, due: 1 d, opens: 3 bh}
groups: {gifts: {title: Gifts, opens: {seen_at: happened}}}
remedies:
  voucher: {title: Voucher, when: {channel: email}, group: gifts, amount: price, cap: price,
            approval: [{by: lead}]}
  card:
    title: Card
    when: {contacts: "> 1"}
    amount: {table: {hit: F, out: [paid], else: {paid: 1 EUR}, rows: [{severity: s1, paid: 9 EUR}]}}
    approval: [{by: lead}]
rules:
  - id: one
    text: One
    source: [house]
    when: {contacts: "<= most", score: "[0.5..0.9]", price: "> 30 EUR", bought_on: "< 2026-01-31",
           all: [{wishes: {any: [speed]}}, {wishes: {count: ">= 2"}}], waited: ">= pause",
           worked: "> 30 bm", note: [hello, bye], review.stars: "<= 2", later: "<= now",
           same: "> contacts",
           channel: known, amount_paid: "> fee"}
    then: {do: [thank]}
"""
)


def test_turns_are_what_tests_compare_with() -> None:
    """Constants and settings in tests of a fact are its turning points; computed bounds are not."""
    found = {name: set(values) for name, values in turns(POLICY).items()}
    assert found["contacts"] == {1, 5, 7, 9}
    assert found["score"] == {Decimal("0.5"), Decimal("0.9")}
    assert found["price"] == {Money(Decimal(30), "EUR")}
    assert found["wishes"] == {"speed", 2}
    assert found["note"] == {"hello", "bye"}
    assert found["waited"] == {36 * 3600}
    assert found["calls.minutes"] == {30}
    assert found["severity"] == {"s1"}
    assert found["same"] == set()
    assert found["amount_paid"] == {Money(Decimal(12), "EUR"), Money(Decimal(13), "USD")}
    assert turns(POLICY) is turns(POLICY)


def test_lengths_are_all_a_policy_knows() -> None:
    """Durations of settings, targets, rows, types, actions and formulas are known, in seconds."""
    hour, day = 3600, 86_400
    wanted = {1800, 2 * hour, 3 * hour, 5 * hour, day, 36 * hour, 14 * day, 90 * day}
    assert wanted <= set(lengths(POLICY))
    assert list(lengths(POLICY)) == sorted(lengths(POLICY))
    assert lengths(POLICY) is lengths(POLICY)


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("contacts", {6, 7, 8, 0}),
        ("score", {Decimal("0.4"), Decimal("0.5"), Decimal("1.0")}),
        ("price", {Money(Decimal("29.99"), "EUR"), Money(Decimal("30.01"), "EUR")}),
        ("severity", {"s1", "s2", "s3"}),
        ("busy", {True, False}),
        ("wishes", {frozenset(), frozenset({"speed"}), frozenset({"speed", "money", "calm"})}),
        ("note", {"hello", "bye"}),
        ("seen_at", {NOT_YET, AT, AT - 1, AT - 86_400}),
        ("bought_on", {datetime.date(2026, 1, 31)}),
        ("waited", {36 * 3600}),
    ],
)
def test_values_lie_near_the_turns(name: str, within: set[Any]) -> None:
    """Values worth trying hold the turning points, and what lies a step beside them."""
    values = Values(POLICY, AT)
    found = values.near(name, POLICY.facts[name])
    assert within <= set(found)
    assert values.near(name, POLICY.facts[name]) is found


def test_what_may_lie_ahead_may() -> None:
    """An instant that is due may lie ahead; what has happened may not; records have no values."""
    values = Values(POLICY, AT)
    ahead = values.near("due", POLICY.facts["due"])
    assert any(type(each) is int and each > AT for each in ahead)
    past = values.near("seen_at", POLICY.facts["seen_at"])
    assert not any(type(each) is int and each > AT for each in past)
    assert values.near("calls", POLICY.facts["calls"]) == ()


def test_values_that_pass_a_check() -> None:
    """Of the values those that pass, or fail, can be asked for; all where nobody can say."""
    values, fact = Values(POLICY, AT), POLICY.facts["contacts"]
    assert set(values.passing("contacts", fact, Within(low=9), holds=True)) >= {9, 10}
    assert 9 not in values.passing("contacts", fact, Within(low=9), holds=False)
    rules = POLICY.conditions[POLICY.rules[0].when]
    same = next(t for t in rules.items if isinstance(t, Leaf) and t.fact == "same")  # type: ignore[union-attr]
    every = values.near("same", POLICY.facts["same"])
    assert values.passing("same", POLICY.facts["same"], same.check, holds=True) == every


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (True, Kind.YES_NO, True),
        ("x", Kind.TEXT, "x"),
        (frozenset({"b", "a"}), Kind.SET, ["a", "b"]),
        (Money(Decimal("1.50"), "EUR"), Kind.MONEY, {"amount": "1.50", "currency": "EUR"}),
        (datetime.date(2026, 1, 31), Kind.DATE, "2026-01-31"),
        (NOT_YET, Kind.INSTANT, "not_yet"),
        (0, Kind.INSTANT, "1970-01-01T00:00:00+00:00"),
        (90, Kind.DURATION, "90 s"),
        (120, Kind.BUSINESS_DURATION, "2 bm"),
        (Decimal("1E+2"), Kind.NUMBER, "100"),
        (5, Kind.COUNT, 5),
    ],
)
def test_values_as_a_host_gives_them(value: Any, kind: Kind, told: Any) -> None:
    """Every value has a plain form that the door reads."""
    assert plain(value, kind) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Money(Decimal(5), "EUR"), Decimal(5)),
        (Fraction(1, 2), Decimal("0.5")),
        (3, Decimal(3)),
        (True, None),
        ("x", None),
    ],
)
def test_numbers_of_values(value: Any, told: Decimal | None) -> None:
    """Numbers, amounts and lengths are numbers; the rest are not."""
    assert number(value) == told


def aimed(policy: Policy, node: Any, *, holds: bool = True, last: bool = False) -> dict[str, Any]:
    """Return the facts gathered for a condition, the first or last choice taken."""
    aim = Aim(Values(policy, AT), lambda items: items[-1 if last else 0])
    aim.at(node, holds=holds)
    return aim.gathered()


def of(fact: str, check: Any) -> Leaf:
    """Return a test."""
    return Leaf(fact, check)


@pytest.mark.parametrize(
    ("fact", "check", "holds", "wanted"),
    [
        ("channel", Among(frozenset({"phone"})), True, {"channel": "phone"}),
        ("channel", Among(frozenset({"phone"})), False, {"channel": "email"}),
        ("channel", IsKnown(known=True), False, {"channel": "unknown"}),
        ("busy", Among(frozenset({True})), True, {"contacts": 5}),
        ("same", Within(low=9), True, {"contacts": 9}),
        ("stage", Among(frozenset({"open"})), True, {"seen_at": "not_yet"}),
        ("review.stars", Within(high=2), True, {"review": {"stars": 0}}),
        ("nothing", Within(high=2), True, {}),
        ("share", Within(high=2), True, {}),
    ],
)
def test_an_aim_gathers_facts(fact: str, check: Any, holds: bool, wanted: dict[str, Any]) -> None:
    """Facts are gathered that make a test pass or fail, through derived facts and stages."""
    assert aimed(POLICY, of(fact, check), holds=holds) == wanted


def test_an_aim_at_sides_and_cases() -> None:
    """Side states and the cases of a fact are aimed at by their conditions; a picked case too."""
    side = of("side", Among(frozenset({"hasty"})))
    assert "speed" in aimed(POLICY, side).get("wishes", ["speed"])
    size = of("size", Within(low=9))
    assert aimed(POLICY, size) == {"channel": "phone", "contacts": 9}
    assert aimed(POLICY, size, last=True) == {"channel": "email"}


def test_an_aim_at_what_was_done() -> None:
    """Actions are gathered with the present instant: by their time, or by name."""
    happened = aimed(POLICY, of("called_at", HasHappened(happened=True)))
    assert [each["action"] for each in happened["done"]] == ["call"]
    assert aimed(POLICY, of("called_at", HasHappened(happened=False))) == {}


def test_a_whole_rule_is_aimed_at() -> None:
    """A condition of many tests is gathered for as a whole, and for its denial in one place."""
    node = POLICY.conditions[POLICY.rules[0].when]
    assert {"contacts", "score", "price", "wishes"} <= aimed(POLICY, node).keys()
    assert len(aimed(POLICY, node, holds=False)) == 1


def test_remedies_are_aimed_at() -> None:
    """A remedy's condition, its group and the facts behind its amount are gathered."""
    for name, wanted in (("voucher", {"channel", "seen_at", "price"}), ("card", {"contacts"})):
        aim = Aim(Values(POLICY, AT), lambda items: items[0])
        aim.remedy(POLICY.remedies[name])
        assert wanted | {"amount_paid"} <= aim.gathered().keys()


def test_a_fact_is_said_once() -> None:
    """What was gathered of a fact stays; a fact nobody can bring about is left alone."""
    aim = Aim(Values(POLICY, AT), lambda items: items[0])
    aim.at(of("channel", Among(frozenset({"phone"}))), holds=True)
    aim.at(of("channel", Among(frozenset({"email"}))), holds=True)
    aim.at(of("severity", Among(frozenset({"s9"}))), holds=True)
    assert aim.gathered() == {"channel": "phone"}
    assert Fact("x", Kind.COUNT).name == "x"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Constant(Duration(2, Unit.H), Kind.DURATION), [7200]),
        (Constant(5, Kind.COUNT), [5]),
        (FactValue("contacts", Kind.COUNT), []),
    ],
)
def test_what_a_bound_is_worth(value: Expression, told: list[Any]) -> None:
    """A constant is its value, a length in seconds; what is worked out from facts has none."""
    assert list(constants(POLICY, value)) == told


def first(items: Sequence[Any]) -> Any:
    """Pick the first."""
    return items[0]


def test_some_of_several_conditions_are_aimed_at() -> None:
    """Of `at least two` the first two are brought about; to make it fail, none is."""
    one, two, three = (
        Leaf("channel", Among(frozenset({"phone"}))),
        Leaf("note", Among(frozenset({"bye"}))),
        Leaf("contacts", Within(low=9)),
    )
    aim = Aim(Values(POLICY, AT), first)
    aim.at(AtLeast(2, (one, two, three)), holds=True)
    assert aim.facts == {"channel": "phone", "note": "bye"}
    aim = Aim(Values(POLICY, AT), first)
    aim.at(AtLeast(2, (one, two, three)), holds=False)
    assert aim.facts["channel"] == "email"
    assert set(aim.facts) == {"channel", "note", "contacts"}


def test_the_opposite_and_the_unknown_are_aimed_at() -> None:
    """What must not hold is made to fail; what must be unknown is told to be."""
    aim = Aim(Values(POLICY, AT), first)
    aim.at(Not(Leaf("channel", Among(frozenset({"email"})))), holds=True)
    aim.at(Leaf("note", IsKnown(known=False)), holds=True)
    aim.at(Leaf("done", Contains("any", frozenset({"call"}))), holds=True)
    gathered = aim.gathered()
    assert gathered["channel"] == "phone"
    assert gathered["note"] == "unknown"
    assert [each["action"] for each in gathered["done"]] == ["call"]


def test_either_of_two_is_aimed_at() -> None:
    """Of `any` one is brought about, of `all` each."""
    parts = (Leaf("channel", Among(frozenset({"phone"}))), Leaf("note", Among(frozenset({"bye"}))))
    aim = Aim(Values(POLICY, AT), first)
    aim.at(Any_(parts), holds=True)
    assert aim.facts == {"channel": "phone"}
    aim.at(All(parts), holds=True)
    assert aim.facts == {"channel": "phone", "note": "bye"}


def test_what_cannot_be_brought_about_is_left() -> None:
    """A stage there is not, and a derived fact that no value fits, give no facts."""
    aim = Aim(Values(POLICY, AT), first)
    aim.at(Leaf("stage", Among(frozenset({"nowhere"}))), holds=True)
    aim.at(Leaf("busy", IsKnown(known=False)), holds=True)
    aim.at(Truth(), holds=True)
    assert aim.gathered() == {}
