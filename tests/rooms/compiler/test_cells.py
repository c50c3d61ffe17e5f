"""Cells of every kind as conditions (semantics 2, 5, 6, 8, 10)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    Arithmetic,
    Check,
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
from complaint_rules.conditions.tree import Test as Leaf
from complaint_rules.facts import Kind
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem

BODY = """
facts:
  flag: {kind: yes_no}
  contacts: {kind: count}
  weight: {kind: number}
  value: {kind: money}
  paid: {kind: money}
  waited: {kind: duration}
  worked: {kind: business_duration}
  sent_at: {kind: instant, default: not_yet}
  seen_at: {kind: instant, default: not_yet}
  on: {kind: date}
  language: {kind: text}
  other_language: {kind: text}
  channel: {kind: choice, values: [phone, email, letter]}
  old_channel: {kind: choice, values: [phone, email, letter]}
  severity: {kind: level, values: [s3, s2, s1]}
  other_severity: {kind: level, like: severity}
  tags: {kind: set, values: [a, b, c]}
  review: {kind: record, fields: {stars: {kind: count}}}
  calls: {kind: records, fields: {at: {kind: instant}}}
settings:
  few: {value: 3, default_of_ours: yes}
  much: {value: 50 EUR, default_of_ours: yes}
  long: {value: 2 h, default_of_ours: yes}
  dated:
    default_of_ours: yes
    value: [{valid: {from: 2026-01-01}, value: 6}, {valid: {to: 2025-12-31}, value: 5}]
stages:
  - id: only
    when: CONDITION
"""


def when(compiled: Callable[[str], Policy], condition: str) -> Condition:
    """Return a condition compiled."""
    return compiled(BODY.replace("CONDITION", condition)).stages[0].when


def test_values_become_checks(compiled: Callable[[str], Policy]) -> None:
    """A literal of each kind becomes a set of values or a range of the fact's own values."""
    eur = [Money(Decimal(n), "EUR") for n in (0, 100, 500)]
    cases: dict[str, Check] = {
        "flag: yes": Among(frozenset({True})),
        "flag: true": Among(frozenset({True})),
        'flag: "!= no"': Among(frozenset({False}), negated=True),
        "contacts: 3": Among(frozenset({3})),
        'contacts: ">= 3"': Within(low=3),
        'contacts: "< 3"': Within(high=3, high_closed=False),
        'contacts: "[1..5)"': Within(1, True, 5, False),
        'contacts: "]1..5]"': Within(1, False, 5, True),
        'contacts: "1, 2, 3"': Among(frozenset({1, 2, 3})),
        "contacts: [1, 2]": Among(frozenset({1, 2})),
        'contacts: "not(1, 2)"': Among(frozenset({1, 2}), negated=True),
        'contacts: "not(> 3)"': Within(high=3),
        'contacts: "> few"': Within(low=3, low_closed=False),
        'contacts: "> 2 * few + 1"': Within(low=7, low_closed=False),
        'contacts: "> -(2 - 4)"': Within(low=2, low_closed=False),
        "weight: 2.5": Among(frozenset({Decimal("2.5")})),
        'weight: "> 20%"': Within(low=Decimal("0.2"), low_closed=False),
        'weight: "> 1 / 3"': Within(low=Fraction(1, 3), low_closed=False),
        'value: "[100 EUR..500 EUR)"': Within(eur[1], True, eur[2], False),
        'value: "> 0"': Within(low=eur[0], low_closed=False),
        'value: "> much * 2"': Within(low=eur[1], low_closed=False),
        'waited: "> 90 m"': Within(low=5400, low_closed=False),
        'waited: "> 2 d"': Within(low=172_800, low_closed=False),
        'waited: "> long"': Within(low=7200, low_closed=False),
        'worked: "<= 1.5 bh"': Within(high=5400),
        'sent_at: ">= 1970-01-02T01:00:00+01:00"': Within(low=86_400),
        "sent_at: happened": HasHappened(happened=True),
        "sent_at: not_yet": HasHappened(happened=False),
        'sent_at: "not(not_yet)"': HasHappened(happened=True),
        "on: 2026-03-01": Among(frozenset({datetime.date(2026, 3, 1)})),
        "language: fa": Among(frozenset({"fa"})),
        "language: '\"two words\"'": Among(frozenset({"two words"})),
        "channel: phone": Among(frozenset({"phone"})),
        "channel: known": IsKnown(known=True),
        'channel: "not(unknown)"': IsKnown(known=True),
        'severity: ">= s2"': Within(low="s2"),
        'severity: "[s3..s2]"': Within("s3", True, "s2", True),
        "tags: a": Contains("any", frozenset("a")),
        "tags: [a, b]": Contains("any", frozenset("ab")),
        'tags: "not(a, b)"': Contains("none", frozenset("ab")),
        'tags: "!= a"': Contains("none", frozenset("a")),
        "tags: {all: [a, b]}": Contains("all", frozenset("ab")),
        "tags: {none: a}": Contains("none", frozenset("a")),
        'tags: {count: ">= 2"}': Counts(Within(low=2)),
        "review.stars: 1": Among(frozenset({1})),
    }
    for text, check in cases.items():
        found = when(compiled, f"{{{text}}}")
        assert isinstance(found, Leaf), text
        assert (text.partition(":")[0], check) == (found.fact, found.check), text
        assert found.text
        assert found.span is not None


def test_computed_bounds_stay_comparisons(compiled: Callable[[str], Policy]) -> None:
    """A bound that names a fact or a dated setting is compared where a state is decided."""
    paid = FactValue("paid", Kind.MONEY)
    two = Constant(Decimal(2), Kind.NUMBER)
    cases: dict[str, Check] = {
        'value: "> 2 * paid"': Compare(">", Arithmetic("*", two, paid, Kind.MONEY)),
        "value: paid": Compare("=", paid),
        'contacts: "> dated"': Compare(">", SettingValue("dated", Kind.NUMBER)),
        'contacts: "not(> dated)"': Compare("<=", SettingValue("dated", Kind.NUMBER)),
        'language: "!= fact(other_language)"': Compare(
            "!=", FactValue("other_language", Kind.TEXT)
        ),
        'channel: "fact(old_channel)"': Compare("=", FactValue("old_channel", Kind.CHOICE)),
        'severity: "> fact(other_severity)"': Compare(">", FactValue("other_severity", Kind.LEVEL)),
        'tags: "fact(language)"': Compare("=", FactValue("language", Kind.TEXT)),
        "sent_at: '< 2026-01-01'": Compare("<", Constant(datetime.date(2026, 1, 1), Kind.DATE)),
    }
    for text, check in cases.items():
        found = when(compiled, f"{{{text}}}")
        assert isinstance(found, Leaf), text
        assert found.check == check, text
    sum_of_times = when(compiled, "{waited: '> 1 d + 2 h'}")
    assert isinstance(sum_of_times, Leaf)
    assert isinstance(sum_of_times.check, Compare)


def test_several_members_are_alternatives(compiled: Callable[[str], Policy]) -> None:
    """Values are gathered; what cannot be is an alternative beside them."""
    found = when(compiled, "{channel: [phone, unknown, email]}")
    assert found == Any(
        (
            Leaf("channel", IsKnown(known=False)),
            Leaf("channel", Among(frozenset({"phone", "email"}))),
        )
    )
    ranges = when(compiled, "{contacts: '1, > 5, [3..4]'}")
    assert isinstance(ranges, Any)
    assert len(ranges.items) == 3
    assert when(compiled, "{tags: [a, unknown, b]}") == Any(
        (Leaf("tags", IsKnown(known=False)), Leaf("tags", Contains("any", frozenset("ab"))))
    )


def test_not_of_ranges_turns_each_round(compiled: Callable[[str], Policy]) -> None:
    """`not(…)` of a range is below or above it, so that what has not happened passes neither."""
    found = when(compiled, "{contacts: 'not([2..4], 7)'}")
    below, above = Within(high=2, high_closed=False), Within(low=4, low_closed=False)
    assert found == All(
        (
            Any((Leaf("contacts", below), Leaf("contacts", above))),
            Leaf("contacts", Among(frozenset({7}), negated=True)),
        )
    )
    computed = when(compiled, "{value: 'not([paid..100 EUR])'}")
    assert isinstance(computed, Any)
    assert [type(part.check) for part in computed.items if isinstance(part, Leaf)] == [
        Compare,
        Within,
    ]


def test_an_interval_with_a_computed_end_is_two_tests(compiled: Callable[[str], Policy]) -> None:
    """Both ends must hold where one of them is computed."""
    found = when(compiled, "{value: '[paid..100 EUR)'}")
    assert isinstance(found, All)
    assert [part.check for part in found.items if isinstance(part, Leaf)] == [
        Compare(">=", FactValue("paid", Kind.MONEY)),
        Within(high=Money(Decimal(100), "EUR"), high_closed=False),
    ]


def test_a_dash_says_nothing(compiled: Callable[[str], Policy]) -> None:
    """`-` passes everything, and beside other tests it is left out."""
    assert when(compiled, '{channel: "-"}') == Truth()
    assert when(compiled, '{channel: ["-", phone]}') == Truth()
    assert when(compiled, '{channel: "-", flag: yes}') == Leaf("flag", Among(frozenset({True})))


def test_groups(compiled: Callable[[str], Policy]) -> None:
    """Sister keys all hold; groups nest; double negation goes away."""
    flag = Leaf("flag", Among(frozenset({True})))
    phone = Leaf("channel", Among(frozenset({"phone"})))
    assert when(compiled, "{flag: yes, channel: phone}") == All((flag, phone))
    assert when(compiled, "{flag: yes, all: [{channel: phone}, {flag: yes}]}") == All((flag, phone))
    assert when(compiled, "{any: [{flag: yes}, {channel: phone}]}") == Any((flag, phone))
    assert when(compiled, "{any: [{flag: yes}]}") == flag
    assert when(compiled, "{none: [{flag: yes}, {channel: phone}]}") == Not(Any((flag, phone)))
    assert when(compiled, "{not: {flag: yes}}") == Not(flag)
    assert when(compiled, "{not: {not: {flag: yes}}}") == flag
    assert when(compiled, '{not: {flag: "-"}}') == Truth(value=False)
    assert when(compiled, "always") == Truth()


def test_set_keys_hold_together(compiled: Callable[[str], Policy]) -> None:
    """A count given as an interval with a computed end is two counts."""
    found = when(compiled, "{tags: {count: '[contacts..3]'}}")
    assert isinstance(found, All)
    assert all(isinstance(part.check, Counts) for part in found.items if isinstance(part, Leaf))
    assert when(compiled, '{tags: {count: "-"}}') == Truth()


FAULTS = {
    '{flag: "> yes"}': "wrong-kind",
    "{flag: 5}": "wrong-kind",
    '{channel: "> phone"}': "wrong-kind",
    '{tags: "[a..b]"}': "wrong-kind",
    "{contacts: 5 EUR}": "wrong-kind",
    "{value: 5}": "wrong-kind",
    "{waited: 3 bh}": "wrong-kind",
    "{worked: 3 h}": "wrong-kind",
    '{waited: "> 1 mo"}': "bad-duration",
    '{worked: "> 2 bd"}': "bad-duration",
    '{waited: "> 0.0001 m"}': "bad-duration",
    '{sent_at: "> not_yet"}': "wrong-kind",
    "{flag: happened}": "wrong-kind",
    "{review: known}": "wrong-kind",
    "{calls: known}": "wrong-kind",
    "{contacts: {all: [1]}}": "wrong-kind",
    "{tags: {all: [a, d]}}": "unknown-value",
    "{tags: {count: 'known'}}": "wrong-kind",
    "{tags: {count: '1, > 2'}}": "wrong-kind",
    "{channel: post}": "unknown-value",
    '{channel: "fact(chanel)"}': "unknown-name",
    '{severity: "> fact(channel)"}': "wrong-kind",
    '{severity: "[s1..s2]"}': "impossible-interval",
    '{contacts: "(3..3)"}': "impossible-interval",
    '{value: "[5 EUR..3 EUR]"}': "impossible-interval",
    "{few: 3}": "unknown-fact",
    "{review.star: 3}": "unknown-field",
    "{revew.stars: 3}": "unknown-fact",
    '{value: "> calls"}': "wrong-kind",
    '{channel: "fact(review)"}': "wrong-kind",
    '{contacts: "> contatcs"}': "unknown-name",
    '{sent_at: "< 1700-01-01T00:00:00+00:00"}': "bad-instant",
    '{contacts: "> -channel"}': "wrong-kind",
    '{contacts: "> contacts + channel"}': "wrong-kind",
    '{contacts: "> nothing + nowhere"}': "unknown-name unknown-name",
    '{contacts: "> -nothing"}': "unknown-name",
    '{contacts: "> max(nothing, 1)"}': "unknown-name",
    '{contacts: "[nothing..3]"}': "unknown-name",
    '{contacts: ">"}': "bad-test",
    "{at_least: {n: 2, of: [{flag: yes}]}}": "impossible-count",
}


@pytest.mark.parametrize(("condition", "code"), FAULTS.items())
def test_faults(problems: Callable[[str], list[Problem]], condition: str, code: str) -> None:
    """Each slip is told once, with a cure, at the words at fault."""
    found = problems(BODY.replace("CONDITION", condition))
    assert [problem.code for problem in found] == code.split()
    assert all(problem.help and problem.span for problem in found)
    assert all(problem.message.startswith("stage `only`") for problem in found)


def test_spans_are_those_of_the_words(problems: Callable[[str], list[Problem]]) -> None:
    """A fault inside a test underlines the guilty word only."""
    text = BODY.replace("CONDITION", '{contacts: "> 2 * contatcs"}')
    (problem,) = problems(text)
    assert problem.span is not None
    line = text.splitlines()[problem.span.line - 6]
    assert line[problem.span.column - 1 : problem.span.end_column - 1] == "contatcs"
    assert problem.help == "did you mean `contacts`?"
