"""Proofs that a change changes nothing: never wrong, and good enough to be of use."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules import loads
from complaint_rules.conditions import truth
from complaint_rules.conditions.tree import (
    All,
    Among,
    AtLeast,
    Compare,
    Condition,
    Constant,
    Contains,
    Counts,
    FactValue,
    HasHappened,
    IsKnown,
    Not,
    SettingValue,
    Truth,
    Within,
)
from complaint_rules.conditions.tree import Any as AnyOf
from complaint_rules.conditions.tree import Test as Asked
from complaint_rules.decision.gathering.asks import Tracer
from complaint_rules.decision.seeing.situation import look
from complaint_rules.facts import Kind
from complaint_rules.intake import read_state
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.testing.mutation.proofs import Prover
from complaint_rules.testing.strategies import states

AT = 1_795_518_000
POLICY: Policy = loads("""\
format: 1
id: yard
edition: "1"
title: A yard
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
settings: {limit: {kind: count, value: 3, source: [house], text: x}}
facts:
  severity: {kind: level, values: [s3, s2, s1], default: s3}
  channel: {kind: choice, values: [email, phone, post]}
  wishes: {kind: set, values: [money, words, flowers]}
  contacts: {kind: count}
  score: {kind: number}
  paid: {kind: money}
  name: {kind: text}
  seen_on: {kind: date}
  told_at: {kind: instant, default: not_yet}
  vip: {kind: yes_no}
  loud: {kind: yes_no}
  notes: {kind: records, fields: {kept: {kind: yes_no}, size: {kind: count}}}
  busy: {kind: yes_no, derive: {when: {contacts: ">= 2", vip: yes}}}
  calm: {kind: yes_no, derive: {when: {busy: no, loud: no}}}
  twice: {kind: count, derive: "contacts + contacts"}
customer_types: {calm: {}, angry: {recognise: {loud: yes}}}
stages:
  - {id: fresh, when: {told_at: not_yet, busy: yes}}
  - {id: heard, when: {any: [{loud: yes}, {severity: s1}]}}
  - {id: open, when: always}
sides:
  - {id: shut, when: {vip: no, channel: post}}
actions: {thank: {title: T, owner: agent, due: now, source: [house]}}
rules: [{id: thanks, text: x, source: [house], when: always, then: {do: [thank]}}]
""")
PROVER = Prover(POLICY)
LEVELS = ("s3", "s2", "s1")


def asks(fact: str, check: Any) -> Asked:
    """Return a test of a fact."""
    return Asked(fact, check, values=LEVELS if fact == "severity" else ())


def is_(fact: str, *values: Any) -> Asked:
    """Return the test that a fact is one of some values."""
    return asks(fact, Among(frozenset(values)))


LEAVES = (
    is_("vip", True),
    is_("vip", False),
    is_("loud", True),
    is_("busy", True),
    is_("busy", False),
    is_("calm", True),
    asks("busy", IsKnown(known=True)),
    asks("contacts", IsKnown(known=False)),
    asks("contacts", Within(2)),
    asks("contacts", Within(None, high=2, high_closed=False)),
    asks("contacts", Compare(">=", SettingValue("limit", Kind.COUNT))),
    asks("contacts", Compare("<", SettingValue("limit", Kind.COUNT))),
    asks("twice", Within(4)),
    asks("score", Within(Decimal("0.5"), high=Decimal(2))),
    asks("paid", Within(Money(5, "EUR"))),
    asks("paid", Among(frozenset({Money(0, "EUR")}))),
    asks("paid", Compare("<", Constant(Money(5, "EUR"), Kind.MONEY))),
    asks("name", Among(frozenset({"Anna"}))),
    asks("told_at", HasHappened(happened=True)),
    asks("told_at", HasHappened(happened=False)),
    asks("told_at", Compare(">=", FactValue("received_at", Kind.INSTANT))),
    asks("told_at", Compare("<", FactValue("received_at", Kind.INSTANT))),
    asks("severity", Within("s2")),
    is_("severity", "s1", "s2"),
    is_("severity", "s3"),
    is_("channel", "post"),
    asks("channel", Among(frozenset({"post"}), negated=True)),
    is_("stage", "open"),
    is_("stage", "fresh", "heard"),
    asks("side", Contains("any", frozenset({"shut"}))),
    asks("side", Contains("none", frozenset({"shut"}))),
    asks("side", Contains("all", frozenset({"shut"}))),
    asks("wishes", Contains("any", frozenset({"money", "words"}))),
    asks("wishes", Contains("all", frozenset({"money", "words"}))),
    asks("wishes", Contains("none", frozenset({"flowers"}))),
    asks("wishes", Counts(Within(2))),
    asks("wishes", Counts(Compare(">=", FactValue("contacts", Kind.COUNT)))),
    asks("wishes", IsKnown(known=True)),
    asks("notes", IsKnown(known=True)),
    Truth(),
    Truth(value=False),
)


def conditions() -> st.SearchStrategy[Condition]:
    """Draw conditions over a few tests, so that many of them come to the same."""

    def grown(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            several.map(All),
            several.map(AnyOf),
            inner.map(Not),
            several.map(lambda items: AtLeast(min(2, len(items)), items)),
        )

    return st.recursive(st.sampled_from(LEAVES), grown, max_leaves=4)


def seen(facts: Any) -> Any:
    """Return how a drawn state is seen."""
    return look(POLICY, read_state(POLICY, facts), AT).situation


def waits(condition: Condition, situation: Any) -> frozenset[str]:
    """Return the given facts that an unknown condition waits for."""
    from complaint_rules.conditions import unknown_facts

    return Tracer(POLICY, situation).given(unknown_facts(condition, situation))


@settings(max_examples=120, deadline=None)
@given(conditions(), conditions(), states(POLICY, at=AT))
def test_what_is_proved_the_same_is_the_same(left: Any, right: Any, facts: Any) -> None:
    """Conditions proved to be one agree in every state, and wait for the same facts."""
    situation = seen(facts)
    if PROVER.same(left, right):
        assert truth(left, situation) is truth(right, situation)
        assert waits(left, situation) == waits(right, situation)
    if PROVER.never(left, right):
        assert not (truth(left, situation) and truth(right, situation))


@settings(max_examples=60, deadline=None)
@given(conditions(), conditions(), conditions(), states(POLICY, at=AT))
def test_proofs_within_bounds(left: Any, right: Any, bar: Any, facts: Any) -> None:
    """Where something bars them they need not agree; where only truth counts, the rest may not."""
    situation = seen(facts)
    if PROVER.same(left, right, unless=(bar,)) and not truth(bar, situation):
        assert truth(left, situation) is truth(right, situation)
    if PROVER.same(left, right, surely_only=True):
        assert (truth(left, situation) is True) is (truth(right, situation) is True)


@settings(max_examples=40, deadline=None)
@given(conditions(), conditions())
def test_the_same_in_other_words(left: Any, right: Any) -> None:
    """What is only said otherwise is proved: turned round, said twice, denied twice."""
    assert PROVER.same(left, left)
    assert PROVER.same(All((left, right)), All((right, left)))
    assert PROVER.same(left, Not(Not(left)))
    assert PROVER.same(All((left, right)), Not(AnyOf((Not(left), Not(right)))))
    assert PROVER.same(left, right) is PROVER.same(right, left)


VIP, QUIET = is_("vip", True), is_("loud", False)
MANY = asks("contacts", Within(2))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (All((is_("busy", True),)), All((is_("busy", True), VIP))),
        (is_("busy", True), All((VIP, MANY))),
        (is_("calm", True), All((is_("calm", True), QUIET))),
        (is_("stage", "open"), All((is_("stage", "open"), Not(is_("stage", "heard"))))),
        (
            asks("contacts", Compare("<", SettingValue("limit", Kind.COUNT))),
            Not(asks("contacts", Compare(">=", SettingValue("limit", Kind.COUNT)))),
        ),
        (Truth(value=False), All((is_("severity", "s1"), is_("severity", "s2")))),
    ],
)
def test_one_fact_follows_from_another(left: Any, right: Any) -> None:
    """Facts worked out from others are looked through; a test that always holds may go."""
    proved = PROVER.same(left, right, surely_only=True)
    assert proved or left == Truth(value=False)


def test_what_cannot_be_together() -> None:
    """Conditions that exclude each other are known to, through stages and side states too."""
    assert PROVER.never(is_("stage", "fresh"), asks("told_at", HasHappened(happened=True)))
    assert PROVER.never(is_("stage", "open"), is_("loud", True))
    assert PROVER.never(asks("side", Contains("any", frozenset({"shut"}))), VIP)
    assert not PROVER.never(is_("stage", "open"), QUIET)


def test_what_is_waited_for_counts() -> None:
    """Conditions of one truth differ where another fact would be asked for."""
    assert not PROVER.same(VIP, All((VIP, AnyOf((VIP, MANY)))))
    assert PROVER.same(VIP, All((VIP, AnyOf((VIP, MANY)))), surely_only=True)
    other = asks("contacts", Compare("<", FactValue("twice", Kind.COUNT)))
    assert not PROVER.same(All((VIP, Not(VIP))), All((other, Not(other))))


def test_fields_of_records() -> None:
    """Inside a `where` the fields of the record are the facts, and only passing counts."""
    fields = POLICY.facts["notes"].fields
    kept, small = is_("kept", True), asks("size", Within(None, high=3))
    both = All((kept, small))
    assert PROVER.same(both, All((small, kept)), fields, surely_only=True)
    assert not PROVER.same(both, kept, fields, surely_only=True)


def test_it_is_given_up_in_time() -> None:
    """A search that takes too many steps proves nothing."""
    every = tuple(each for each in LEAVES if isinstance(each, Asked))
    assert not PROVER.same(
        AtLeast(9, every), AnyOf((AtLeast(9, every), All((AtLeast(10, every[::-1]), *every[:9]))))
    )


def test_dated_stages_count_as_free() -> None:
    """A stage that holds between dates is not looked through."""
    from complaint_rules.policy import Validity

    dated = tuple(attrs.evolve(each, valid=Validity()) for each in POLICY.stages)
    sides = tuple(attrs.evolve(each, valid=Validity()) for each in POLICY.sides)
    prover = Prover(attrs.evolve(POLICY, stages=dated, sides=sides))
    assert not prover.never(is_("stage", "open"), is_("loud", True))
    assert not prover.never(asks("side", Contains("any", frozenset({"shut"}))), VIP)
    assert prover.never(is_("stage", "open"), is_("stage", "fresh"))
