"""Unary tests whose operands are words (semantics 8)."""

from __future__ import annotations

import pytest

from complaint_rules.grammar import (
    Compare,
    Dash,
    Equal,
    FactReference,
    Fault,
    Interval,
    KnownTest,
    NotTest,
    TestList,
    TextLiteral,
    Word,
    parse_test,
    unparse,
)


@pytest.mark.parametrize(
    "word",
    [
        "s1",
        "review_own",
        "24-7",
        "a.b-c",
        "a--b",
        "_x",
        "2026-11-30",
        "5",
        "yes",
        "fact",
        "not",
        "in",
        "happened",
        "not_yet",
        "known-issue",
        "unknown.x",
        "étage",
        "شکایت",
        "panasz_ügy",
    ],
)
def test_bare_words_are_values(word: str) -> None:
    """A bare word of any script is a value, whatever it means elsewhere."""
    assert parse_test(word, words=True) == Equal(Word(word))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-", Dash()),
        ("known", KnownTest("known")),
        ("s1, unknown", TestList((Equal(Word("s1")), KnownTest("unknown")))),
        (">= s2", Compare(">=", Word("s2"))),
        ("!= fact(handler.language)", Compare("!=", FactReference("handler.language"))),
        ("[s1..s3)", Interval(Word("s1"), True, Word("s3"), False)),
        ("]s1..s3]", Interval(Word("s1"), False, Word("s3"), True)),
        ("(s1..fact(x))", Interval(Word("s1"), False, FactReference("x"), False)),
        ("not(s1, s2)", NotTest((Equal(Word("s1")), Equal(Word("s2"))))),
        ('"two words"', Equal(TextLiteral("two words"))),
        ('"known"', Equal(TextLiteral("known"))),
    ],
)
def test_forms(text: str, expected: object) -> None:
    """Lists, comparisons, intervals, not() and quoted texts stand as in value tests."""
    assert parse_test(text, words=True) == expected
    assert parse_test(unparse(expected), words=True) == expected  # type: ignore[arg-type]


def test_no_arithmetic() -> None:
    """Between words a sign of arithmetic has no meaning."""
    fault = parse_test("s1 + s2", words=True)
    assert isinstance(fault, Fault)
    assert fault.code == "several-words"
