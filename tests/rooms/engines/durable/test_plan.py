"""What the native code is told: small rulesets of whitelisted comparisons, every limit kept."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any as Anything

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.conditions import material

from complaint_rules import loads
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Compare,
    Condition,
    Contains,
    Counts,
    IsKnown,
    Not,
    Truth,
    Within,
)
from complaint_rules.engines.durable import plan as plans
from complaint_rules.engines.durable.atoms import OPERATORS
from complaint_rules.engines.durable.engine import Durable
from complaint_rules.engines.durable.numbers import (
    MILLION,
    MOST,
    InexpressibleError,
    bound,
    counted,
)
from complaint_rules.engines.durable.plan import Plan
from complaint_rules.engines.durable.readings import LONGEST, OTHER
from complaint_rules.errors import EngineError
from complaint_rules.facts import NOT_YET
from complaint_rules.money import Money

test_of, situation = material.test_of, material.situation


def plan_of(*conditions: Condition) -> Plan:
    """Return the plan of conditions over the usual facts."""
    return Plan.of(conditions, material.FACTS)


NUMBERS = (
    st.integers()
    | st.fractions()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.decimals(-5, 5, places=7)
)


@given(NUMBERS, NUMBERS)
def test_counted_values_keep_their_order(
    one: int | Decimal | Fraction, other: int | Decimal | Fraction
) -> None:
    """A greater value is never counted less, whatever its size; nothing reaches the edge."""
    low, high = sorted((one, other), key=Fraction)
    assert counted(low, MILLION) <= counted(high, MILLION)
    assert abs(counted(high, MILLION)) < MOST


@given(st.decimals(-1000, 1000, places=6), NUMBERS)
def test_a_bound_is_told_from_every_other_value(
    of: Decimal, value: int | Decimal | Fraction
) -> None:
    """A value is counted less than, as much as, or more than a bound just where it is."""
    left, right = counted(value, MILLION), bound(of, MILLION)
    assert ((left > right) - (left < right)) == (
        (Fraction(value) > Fraction(of)) - (Fraction(value) < Fraction(of))
    )


@pytest.mark.parametrize(
    ("value", "wanted"), [(Decimal("1E+9000"), MOST - 1), (Decimal("-1E+9000"), 1 - MOST),
                          (Decimal("1E-9000"), 1), (Decimal("-1E-9000"), -1), (Decimal(0), 0)]
)  # fmt: skip
def test_huge_and_tiny_decimals_are_never_written_out(value: Decimal, wanted: int) -> None:
    """They are cut to the edge, or fall just beside nought, at once."""
    assert counted(value, MILLION) == wanted


@pytest.mark.parametrize("value", [Decimal("0.0000001"), Fraction(1, 3), 10**12, -(10**12)])
def test_a_bound_that_would_be_rounded_is_refused(value: Anything) -> None:
    """What the native code cannot hold exactly is no bound."""
    with pytest.raises(InexpressibleError, match="too many digits"):
        bound(value, MILLION)


def test_only_whitelisted_operators_are_written() -> None:
    """Every comparison of every kind of check uses one of six operators."""
    found = plan_of(
        test_of("severity", Within(low="s3")),
        test_of("score", Within(Decimal(1), False, Decimal(2), False)),
        test_of("channel", Among(frozenset({"phone", "chat"}), negated=True)),
        Not(test_of("types", Contains("all", frozenset({"calm", "angry"})))),
    )
    written = {op for shard in found.shards for atoms in shard.values() for _, op, _ in atoms}
    assert written == {"=", "!=", "<", "<=", ">", ">="} == set(OPERATORS)


def test_rulesets_stay_small() -> None:
    """At most 60 conjunctions and 150 fields stand in one ruleset, and both networks apart."""
    many = [test_of("score", Among(frozenset({Decimal(n)}))) for n in range(400)]
    found = plan_of(*many)
    assert all(len(shard) <= plans.MOST_CONJUNCTIONS for shard in found.shards)
    assert sum(map(len, found.shards)) == len(found.owners) == 800


def test_a_ruleset_never_has_too_many_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the next conjunction would bring too many fields a new ruleset begins."""
    monkeypatch.setattr(plans, "MOST_FIELDS", 3)
    found = plan_of(
        *(test_of("types", Contains("any", frozenset({each}))) for each in material.MEMBERS),
        test_of("public", IsKnown(True)),
    )
    for shard in found.shards:
        assert len({field for atoms in shard.values() for field, _, _ in atoms}) <= 3


def test_equal_conjunctions_are_sent_once() -> None:
    """Conditions that share a clause share its conjunction: none stands in a network twice."""
    phone = test_of("channel", Among(frozenset({"phone"})))
    public = test_of("public", Among(frozenset({True})))
    found = plan_of(phone, Any((phone, public)), Not(phone))
    sent = [tuple(map(tuple, atoms)) for shard in found.shards for atoms in shard.values()]
    assert (("f0", "=", "phone"),) in sent
    assert found.answer([0]) == (0b011, 0b000)


def test_constant_conditions_are_never_sent() -> None:
    """What is always true, or never, is answered without the native code."""
    found = plan_of(Truth(), Truth(False), Not(Truth()))
    assert found.shards == ()
    assert found.answer([]) == (0b001, 0b110)


def test_many_alternatives_are_hidden() -> None:
    """Past 64 conjunctions in a clause its widest test is computed first."""
    wide = [
        test_of("score", Among(frozenset(Decimal(n) for n in range(5)))),
        test_of("contacts", Among(frozenset(range(5)))),
        test_of("language", Among(frozenset("abcdef"))),
    ]
    found = plan_of(All(tuple(wide)))
    assert len(found.owners) < 5 * 5 * 6
    assert any("Hidden" in type(reading).__name__ for _, reading in found.fields)


def test_what_has_no_native_form_is_hidden() -> None:
    """Comparisons of facts, empty sets of values, open ranges and strange levels are computed."""
    found = plan_of(
        test_of("score", Compare(">", material.fact("other_score"))),
        test_of("channel", Among(frozenset())),
        test_of("types", Contains("any", frozenset())),
        test_of("types", Counts(Within())),
        test_of("types", Counts(Among(frozenset()))),
        test_of("types", Counts(Compare("=", material.fact("contacts")))),
        test_of("score", Within()),
        test_of("severity", Within()),
        test_of("severity", Within(low="s9")),
        test_of("language", Within(low="a")),
    )
    assert {type(reading).__name__ for _, reading in found.fields} == {"Hidden"}


@pytest.mark.parametrize(
    "check", [Among(frozenset({"x" * (LONGEST + 1)})), Among(frozenset({f"{OTHER}x"}))]
)
def test_odd_texts_in_a_ruleset_are_refused(check: Among) -> None:
    """A text too long for the native code, or one that stands for another, cannot be expressed."""
    with pytest.raises(EngineError, match="cannot express condition 0: a text"):
        plan_of(test_of("language", check))


def test_a_wide_clause_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A conjunction of very many comparisons is not sent."""
    monkeypatch.setattr(plans, "MOST_ATOMS", 2)
    with pytest.raises(EngineError, match="more than 2 comparisons"):
        plan_of(All(tuple(test_of("score", Within(low=Decimal(n))) for n in range(3))))


def test_too_many_rulesets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy that would need too much memory is refused before anything is built."""
    monkeypatch.setattr(plans, "MOST_SHARDS", 1)
    with pytest.raises(EngineError, match="so many rules at once"):
        plan_of(test_of("public", IsKnown(True)))


def test_values_of_another_kind_never_leave() -> None:
    """A value that is not of its fact's kind is refused before the native code sees it."""
    found = plan_of(
        test_of("score", Within(low=Decimal(1))), test_of("language", Among(frozenset({"en"})))
    )
    for values in ({"score": "9"}, {"score": True}, {"language": 5}):
        with pytest.raises(EngineError, match="is not of its kind"):
            found.message(situation(values))


def test_what_is_sent_of_a_situation() -> None:
    """Numbers are doubled millionths, times doubled seconds, words words; unknown is nothing."""
    found = plan_of(
        Not(test_of("severity", Within(low="s3"))),
        test_of("severity", Within(low="s3")),
        test_of("order_value", Within(low=Money(Decimal(5), "EUR"))),
        test_of("order_value", Within(low=Money(Decimal(0), "EUR"))),
        test_of("event_date", Among(frozenset({datetime.date(2026, 9, 21)}))),
        test_of("resolved_at", Within(low=5)),
        test_of("language", Among(frozenset({"en"}))),
        test_of("public", Among(frozenset({True}))),
        test_of("types", Counts(Within(low=2))),
    )
    names = dict(found.fields)

    def sent(**values: Anything) -> set[tuple[str, Anything]]:
        message = found.message(situation(values))
        return {(type(names[name]).__name__, value) for name, value in message.items()}

    assert sent() == set()
    assert ("Rank", 4) in sent(severity="s2")
    assert ("Rank", 1 - MOST - 1) in sent(severity=NOT_YET)
    assert sent(order_value=Money(Decimal("1.5"), "GBP")) == {("Size", 3_000_000)}
    assert sent(order_value=Money(Decimal(0), "GBP")) == {("Size", 0)}
    assert ("Size", 14) in sent(resolved_at=7)
    assert ("Size", 2 * datetime.date(2026, 9, 21).toordinal()) in sent(
        event_date=datetime.date(2026, 9, 21)
    )
    assert ("Word", OTHER) in sent(language="y" * (LONGEST + 1))
    assert ("Word", 1) in sent(public=True)
    assert sent(types=frozenset({"calm", "angry"})) == {("Members", 4_000_000)}
    assert sent(types=NOT_YET) == set()


RULESET = """format: 1
id: tiny
edition: "1"
title: Tiny
currency: EUR
facts:
  ratio: {kind: number}
  yes: {kind: yes_no}
actions: {act: {owner: agent}}
"""


BY_TABLE = (
    "targets: {soon: {from: received_at, met_by: done_at(act), table: {hit: 'C<', out: [due], "
    "rows: [{row: odd, ratio: '> 0.0000001', due: 1 h}]}}}"
)
AMOUNTS = (
    "remedies: {gift: {approval: [{by: agent}], amount: {table: {hit: F, out: [amount], "
    "rows: [{row: odd, ratio: '> 0.0000001', amount: 1 EUR}], else: {amount: 2 EUR}}}}}"
)


@pytest.mark.parametrize(
    ("section", "named"),
    [
        ("rules: [{id: fine, text: x, source: x, when: BAD, then: {do: act}}]", "the rule `fine`"),
        ("targets: {soon: {from: received_at, met_by: done_at(act), due: 1 h, when: BAD}}",
         "the target `soon`"),
        ("remedies: {gift: {when: BAD, approval: [{by: agent}]}}", "the remedy `gift`"),
        ("groups: {extra: {opens: BAD}}", "the group `extra`"),
        ("sequences: [{id: usual, when: BAD, steps: [act]}]", "the sequence `usual`"),
        (BY_TABLE, "the row `soon#odd`"),
        (AMOUNTS, "the row `gift#odd`"),
    ],
)  # fmt: skip
def test_what_cannot_be_expressed_is_named(section: str, named: str) -> None:
    """The refusal names the rule, or whatever has the condition, and tells why."""
    policy = loads(
        RULESET.replace("  yes:", "  sure:") + section.replace("BAD", "{ratio: '> 0.0000001'}")
    )
    with pytest.raises(EngineError) as told:
        Durable.of(policy)
    assert str(told.value) == (
        f"the engine `durable` cannot express {named}: `1E-7` has too many digits"
    )
    assert told.value.engine == "durable"


def test_a_condition_of_no_item_is_told_by_number() -> None:
    """A condition that nothing names is told by its number."""
    policy = loads(RULESET.replace("  yes:", "  sure:"))
    odd = attrs.evolve(policy, conditions=(test_of("score", Within(low=Fraction(1, 3))),),
                       facts={**policy.facts, **material.FACTS})  # fmt: skip
    with pytest.raises(EngineError, match="cannot express condition 0"):
        Durable.of(odd)


def test_at_least_is_expanded() -> None:
    """`at_least` becomes conjunctions of its items, and its negation likewise."""
    parts = tuple(test_of("types", Contains("any", frozenset({each}))) for each in "abc")
    found = plan_of(AtLeast(2, parts))
    assert [len(atoms) for shard in found.shards for atoms in shard.values()] == [2] * 6
