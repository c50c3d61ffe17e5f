"""Expressions, durations and due times."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from complaint_rules.grammar import (
    Binary,
    Call,
    DueFraction,
    DueName,
    DueNow,
    DurationLiteral,
    MoneyLiteral,
    Name,
    Negate,
    PercentLiteral,
    TextLiteral,
    parse_due,
    parse_duration,
    parse_expression,
    unparse,
)

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "tree", "canonical"),
    [
        ("a-b-c", Binary("-", Binary("-", A, B), C), "a - b - c"),
        ("a-(b-c)", Binary("-", A, Binary("-", B, C)), "a - (b - c)"),
        ("a/b*c", Binary("*", Binary("/", A, B), C), "a / b * c"),
        ("a/(b*c)", Binary("/", A, Binary("*", B, C)), "a / (b * c)"),
        ("a+b*c", Binary("+", A, Binary("*", B, C)), "a + b * c"),
        ("(a+b)*c", Binary("*", Binary("+", A, B), C), "(a + b) * c"),
        ("-a*b", Binary("*", Negate(A), B), "-a * b"),
        ("-(a*b)", Negate(Binary("*", A, B)), "-(a * b)"),
        ("--a", Negate(Negate(A)), "-(-a)"),
        ("a - -b", Binary("-", A, Negate(B)), "a - (-b)"),
        ("((a))", A, "a"),
        ("f()", Call("f", ()), "f()"),
        ("f (a,b)", Call("f", (A, B)), "f(a, b)"),
        ('done_at("x-y")', Call("done_at", (TextLiteral("x-y"),)), 'done_at("x-y")'),
    ],
)
def test_arithmetic(text: str, tree: object, canonical: str) -> None:
    """Signs bind as usual and to the left; unparse keeps only the parentheses that matter."""
    assert parse_expression(text) == tree
    assert unparse(tree) == canonical  # type: ignore[arg-type]
    assert parse_expression(canonical) == tree


def test_an_amount() -> None:
    """The formula of a typical remedy is read as written."""
    tree = parse_expression("min(max(20% * amount_paid, 5 EUR), 100 EUR)")
    share = Binary("*", PercentLiteral(Decimal(20)), Name("amount_paid"))
    floor = Call("max", (share, MoneyLiteral(Decimal(5), "EUR")))
    assert tree == Call("min", (floor, MoneyLiteral(Decimal(100), "EUR")))


@pytest.mark.parametrize("word", ["not_yet", "unknown", "known", "happened", "now", "m", "of"])
def test_names(word: str) -> None:
    """Words with a meaning in tests and due times are names in expressions."""
    assert parse_expression(word) == Name(word)


@pytest.mark.parametrize("unit", ["m", "h", "d", "w", "mo", "bm", "bh", "bd"])
def test_units(unit: str) -> None:
    """All eight units are read, with and without a blank."""
    assert parse_duration(f"1.5 {unit}") == DurationLiteral(Decimal("1.5"), unit)
    assert parse_duration(f"1.5{unit}") == DurationLiteral(Decimal("1.5"), unit)


@pytest.mark.parametrize("unit", ["d", "w", "mo", "bd"])
@pytest.mark.parametrize(
    ("words", "close"), [("end of day", "day"), ("close of business", "business")]
)
def test_closings(unit: str, words: str, close: str) -> None:
    """Units that count days may say when the last day ends."""
    node = parse_duration(f"3 {unit} {words}")
    assert node == DurationLiteral(Decimal(3), unit, close)
    assert unparse(node) == f"3 {unit} {words}"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("now", DueNow()),
        ("first_response", DueName("first_response")),
        ("first-response", DueName("first-response")),
        ("nowhere", DueName("nowhere")),
        ("1/4 of first_response", DueFraction(Fraction(1, 4), "first_response")),
        ("2/8 of nowhere", DueFraction(Fraction(1, 4), "nowhere")),
        ("1/1 of x", DueFraction(Fraction(1), "x")),
        ("2 bd end of day", DurationLiteral(Decimal(2), "bd", "day")),
    ],
)
def test_due_times(text: str, tree: object) -> None:
    """A due time is now, a target, a part of a target, or a duration (semantics 18)."""
    assert parse_due(text) == tree
    assert parse_due(unparse(tree)) == tree  # type: ignore[arg-type]
