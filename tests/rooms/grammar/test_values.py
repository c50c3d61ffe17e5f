"""Unary tests whose operands are expressions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from complaint_rules.grammar import (
    Binary,
    Call,
    Compare,
    Dash,
    DateLiteral,
    DurationLiteral,
    Equal,
    FactReference,
    InstantLiteral,
    Interval,
    KnownTest,
    MoneyLiteral,
    Name,
    Negate,
    NotTest,
    NumberLiteral,
    PercentLiteral,
    TestList,
    TextLiteral,
    YesNoLiteral,
    parse_test,
    unparse,
)


def number(text: str) -> NumberLiteral:
    return NumberLiteral(Decimal(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", number("5")),
        ("2.50", number("2.50")),
        ("007", number("7")),
        ("20%", PercentLiteral(Decimal(20))),
        ("20 %", PercentLiteral(Decimal(20))),
        ("100 EUR", MoneyLiteral(Decimal(100), "EUR")),
        ("100EUR", MoneyLiteral(Decimal(100), "EUR")),
        ("4 h", DurationLiteral(Decimal(4), "h")),
        ("4h", DurationLiteral(Decimal(4), "h")),
        ("3 bd end of day", DurationLiteral(Decimal(3), "bd", "day")),
        ("1 mo close of business", DurationLiteral(Decimal(1), "mo", "business")),
        ("2026-11-30", DateLiteral("2026-11-30")),
        ("2026-11-30T09:00Z", InstantLiteral("2026-11-30T09:00Z")),
        ("2026-11-30T09:00:30.5+01:00", InstantLiteral("2026-11-30T09:00:30.5+01:00")),
        ('"a b"', TextLiteral("a b")),
        (r'"say \"x\\y\""', TextLiteral('say "x\\y"')),
        ("yes", YesNoLiteral(True)),
        ("true", YesNoLiteral(True)),
        ("no", YesNoLiteral(False)),
        ("false", YesNoLiteral(False)),
        ("order_value", Name("order_value")),
        ("review.delete_requests", Name("review.delete_requests")),
        ("ارزش", Name("ارزش")),
        ("yes_please", Name("yes_please")),
        ("h", Name("h")),
        ("EUR", Name("EUR")),
        ("fact(fact)", FactReference("fact")),
        ("fact ( review.asked )", FactReference("review.asked")),
        ("now - 3 d", Binary("-", Name("now"), DurationLiteral(Decimal(3), "d"))),
        ("1-5", Binary("-", number("1"), number("5"))),
        ("-5", Negate(number("5"))),
        ("(5)", number("5")),
        ("min(a, 2 EUR)", Call("min", (Name("a"), MoneyLiteral(Decimal(2), "EUR")))),
    ],
)
def test_bare_values(text: str, value: object) -> None:
    """A bare value is a test for equality, whatever kind of value it is."""
    assert parse_test(text, words=False) == Equal(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "=", "!="])
def test_comparisons(op: str) -> None:
    """All six comparisons take a bound, which may be arithmetic."""
    bound = Binary("*", number("2"), Name("entitlement.amount"))
    assert parse_test(f"{op}2 * entitlement.amount", words=False) == Compare(op, bound)


@pytest.mark.parametrize(
    ("text", "low_closed", "high_closed"),
    [
        ("[1..5]", True, True),
        ("[1..5)", True, False),
        ("[1..5[", True, False),
        ("(1..5]", False, True),
        ("]1..5]", False, True),
        ("(1..5)", False, False),
        ("]1..5[", False, False),
        ("( 1 .. 5 [", False, False),
        ("]1..5)", False, False),
    ],
)
def test_intervals(text: str, low_closed: bool, high_closed: bool) -> None:
    """Every S-FEEL spelling of an interval is read, mixed ones too."""
    expected = Interval(number("1"), low_closed, number("5"), high_closed)
    assert parse_test(text, words=False) == expected


def test_interval_of_sums() -> None:
    """The ends of an interval may be arithmetic with parentheses of their own."""
    node = parse_test("((a)..b + (1))", words=False)
    assert node == Interval(Name("a"), False, Binary("+", Name("b"), number("1")), False)


@pytest.mark.parametrize("word", ["known", "unknown", "happened", "not_yet"])
def test_words_of_knowledge(word: str) -> None:
    """The four words about knowledge are tests, alone and inside lists and not()."""
    assert parse_test(word, words=False) == KnownTest(word)
    assert parse_test(f"not({word})", words=False) == NotTest((KnownTest(word),))
    listed = parse_test(f"5, {word}", words=False)
    assert listed == TestList((Equal(number("5")), KnownTest(word)))


def test_words_of_knowledge_as_bounds() -> None:
    """As an operand a word about knowledge is a name, for the compiler to judge."""
    assert parse_test("> unknown", words=False) == Compare(">", Name("unknown"))


def test_dash() -> None:
    """A lone dash is the test that everything passes."""
    assert parse_test(" - ", words=False) == Dash()


def test_lists() -> None:
    """Commas part the members of a list, with or without blanks."""
    assert parse_test("1,2", words=False) == parse_test("1, 2", words=False)
    node = parse_test("1, >= 5, [2..3]", words=False)
    assert isinstance(node, TestList)
    assert node.tests[1] == Compare(">=", number("5"))
    assert len(node.tests) == 3


@pytest.mark.parametrize("text", ["1, 2, 3", "1,2", "1,200", "1, 2 EUR", "2 EUR,5 EUR", "1, 000"])
def test_honest_lists(text: str) -> None:
    """A list is no decimal comma where a blank or the units say so."""
    assert isinstance(parse_test(text, words=False), TestList)


def test_not() -> None:
    """not(…) holds the tests that it excludes; a blank may stand before its parenthesis."""
    expected = NotTest((Equal(number("1")), Compare("<", number("0"))))
    assert parse_test("not(1, < 0)", words=False) == expected
    assert parse_test("not (1, < 0)", words=False) == expected


def test_offsets() -> None:
    """Nodes know where they stand, parentheses and brackets included."""
    text = '  [(a + 1)*2..f("é") ], fact(x)'
    node = parse_test(text, words=False)
    assert isinstance(node, TestList)
    interval, reference = node.tests
    assert isinstance(interval, Interval)
    assert isinstance(reference, Equal)
    assert text[node.start : node.end] == text.strip()
    assert text[interval.start : interval.end] == '[(a + 1)*2..f("é") ]'
    assert text[interval.low.start : interval.low.end] == "(a + 1)*2"
    assert text[interval.high.start : interval.high.end] == 'f("é")'
    assert text[reference.value.start : reference.value.end] == "fact(x)"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("]1..5[", "(1..5)"),
        ("1,2 ,3", "1, 2, 3"),
        (">=5EUR", ">= 5 EUR"),
        ("not( - 5)", "not(-5)"),
        ("true", "yes"),
        ("3 bd end  of\tday", "3 bd end of day"),
        ("fact ( x )", "fact(x)"),
        ("\u00a0100\u202fEUR", "100 EUR"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    """Unparse writes every test in one way."""
    node = parse_test(text, words=False)
    assert unparse(node) == canonical  # type: ignore[arg-type]
