"""Every code with a bad text, the words underlined, and the good text that mends it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from complaint_rules.grammar import (
    Fault,
    parse_due,
    parse_duration,
    parse_expression,
    parse_test,
)

value = partial(parse_test, words=False)
word = partial(parse_test, words=True)
Reader = Callable[[str], object]

MENDED: list[tuple[Reader, str, str, str, str]] = [
    # reader, code, bad text, underlined, the mended text that the help shows
    (value, "currency-first", "EUR 5", "EUR 5", "5 EUR"),
    (value, "currency-first", ">= EUR 5.50", "EUR 5.50", ">= 5.50 EUR"),
    (value, "decimal-comma", "2,5 EUR", "2,5", "2.5 EUR"),
    (value, "decimal-comma", "[1,5 EUR..3 EUR]", "1,5", "[1.5 EUR..3 EUR]"),
    (value, "decimal-comma", "1.000,50 EUR", "1.000,50", "1000.50 EUR"),
    (value, "decimal-comma", "2,5%", "2,5", "2.5%"),
    (value, "decimal-comma", "2,5 hours", "2,5", "2.5 hours"),
    (value, "decimal-comma", "2,5 €", "2,5", "2.5 €"),
    (value, "decimal-comma", "7, 2,5 h", "2,5", "7, 2.5 h"),
    (value, "decimal-comma", "min(2,5 EUR)", "2,5", "min(2.5 EUR)"),
    (parse_expression, "decimal-comma", "2,5 * x", "2,5", "2.5 * x"),
    (parse_duration, "decimal-comma", "2,5 h", "2,5", "2.5 h"),
    (value, "thousands-separator", "1,000 EUR", "1,000", "1000 EUR"),
    (value, "thousands-separator", "1,000", "1,000", "1000"),
    (value, "thousands-separator", ">= 1,250.50 EUR", "1,250.50", ">= 1250.50 EUR"),
    (value, "thousands-separator", "1,000,000 EUR", "1,000,000", "1000000 EUR"),
    (value, "thousands-separator", "1 000 EUR", "1 000", "1000 EUR"),
    (value, "thousands-separator", "1'000.5", "1'000.5", "1000.5"),
    (value, "thousands-separator", "1.000.000 EUR", "1.000.000", "1000000 EUR"),
    (value, "currency-sign", "5 €", "€", "5 EUR"),
    (value, "currency-sign", ">= €5", "€", ">= 5 EUR"),
    (value, "unit-word", "5 hours", "hours", "5 h"),
    (value, "unit-word", "3days", "days", "3 d"),
    (value, "unit-word", ">= 2 business days", "business days", ">= 2 bd"),
    (value, "unit-word", "2 calendar days", "calendar days", "2 d"),
    (value, "unit-word", "2 working weeks", "working weeks", "2 w"),
    (value, "unit-word", "3 BD", "BD", "3 bd"),
    (value, "unit-word", "2 years", "years", "24 mo"),
    (parse_duration, "unit-word", "90 minutes", "minutes", "90 m"),
    (parse_due, "unit-word", "4 workdays", "workdays", "4 bd"),
    (value, "compound-duration", "4 h 30 m", "4 h 30 m", "270 m"),
    (parse_duration, "compound-duration", "1 w 2 d", "1 w 2 d", "9 d"),
    (parse_duration, "closing-word", "3 bd EOD", "EOD", "3 bd end of day"),
    (
        value,
        "closing-word",
        "3 bd by end of business",
        "by end of business",
        "3 bd close of business",
    ),
    (value, "unknown-unit", "100 eur", "eur", "100 EUR"),
    (value, "unknown-unit", "100 Forint", "Forint", "100 HUF"),
    (value, "operator-slip", "=> 5", "=>", ">= 5"),
    (value, "operator-slip", "=<5", "=<", "<=5"),
    (value, "operator-slip", "≥ 5", "≥", ">= 5"),
    (value, "operator-slip", "≤ 5", "≤", "<= 5"),
    (value, "operator-slip", "≠ 5", "≠", "!= 5"),
    (value, "operator-slip", "== 5", "==", "= 5"),
    (value, "operator-slip", "<> 5", "<>", "!= 5"),
    (value, "operator-slip", "> = 5", "> =", ">= 5"),
    (value, "operator-slip", "1, ＞＝ 5", "＞＝", "1, >= 5"),
    (word, "operator-slip", "=> s2", "=>", ">= s2"),
    (value, "bare-interval", "1..5", "1..5", "[1..5]"),
    (value, "bare-interval", "9, a + 1..5", "a + 1..5", "9, [a + 1..5]"),
    (value, "bare-interval", "not(1..5)", "1..5", "not([1..5])"),
    (word, "bare-interval", "s1..s3", "s1..s3", "[s1..s3]"),
    (value, "bad-interval", "[1-5]", "[1-5]", "[1..5]"),
    (value, "bad-interval", "[1,5]", "[1,5]", "[1..5]"),
    (value, "bad-interval", "[1 to 5]", "[1 to 5]", "[1 .. 5]"),
    (value, "bad-interval", "[1...5]", "...", "[1..5]"),
    (value, "bad-interval", "[1…5]", "…", "[1..5]"),
    (value, "foreign-digits", "۱۲۳", "۱۲۳", "123"),
    (value, "foreign-digits", '>= ١٢٫٥ EUR, "۱"', "١٢", '>= 12.5 EUR, "۱"'),
    (value, "foreign-digits", "５", "５", "5"),
    (word, "foreign-digits", "سطح۱", "سطح۱", "سطح1"),
    (value, "odd-quote", "“a b”", "“a b”", '"a b"'),
    (word, "odd-quote", "'a \"b\"'", "'a \"b\"'", r'"a \"b\""'),
    (value, "odd-sign", "2 × 3", "×", "2 * 3"),
    (value, "odd-sign", "−5", "−", "-5"),
    (word, "odd-sign", "–", "–", "-"),
    (value, "odd-sign", "（1..5]", "（", "(1..5]"),
    (value, "list-separator", "1; 2", ";", "1, 2"),
    (word, "list-separator", "a، b", "،", "a, b"),
    (value, "bad-number", ".5", ".5", "0.5"),
    (value, "bad-number", "5.", "5.", "5"),
    (word, "several-words", "a, premium plus", "premium plus", 'a, "premium plus"'),
    (word, "unquoted-word", "c#", "c#", '"c#"'),
    (word, "unquoted-word", "a, it's", "it's", 'a, "it\'s"'),
    (word, "unquoted-word", "-a", "-a", '"-a"'),
    (word, "unquoted-word", "in, c#", "c#", 'in, "c#"'),
]

TOLD: list[tuple[Reader, str, str, str, str]] = [
    # reader, code, bad text, underlined, a part of the help
    (value, "empty-test", " ", " ", "`>= 5`"),
    (word, "empty-test", "", "", "`s1, s2`"),
    (value, "empty-test", "\u200b", "\u200b", "`>= 5`"),
    (parse_expression, "empty-expression", "", "", "amount_paid"),
    (parse_duration, "empty-duration", "\n", "\n", "`45 m`"),
    (parse_due, "empty-due", "", "", "`now`"),
    (value, "currency-sign", "€", "€", "three capitals"),
    (value, "currency-sign", "5 ₿", "₿", "three capitals"),
    (value, "unit-word", "5 seconds", "seconds", "smallest unit"),
    (value, "unknown-unit", "5 parsecs", "parsecs", "`bm bh bd`"),
    (value, "unknown-unit", "5 M", "M", "`bm bh bd`"),
    (value, "unknown-unit", "4 h 30 parsecs", "parsecs", "`bm bh bd`"),
    (value, "unknown-unit", "12345 years", "years", "`bm bh bd`"),
    (parse_duration, "missing-unit", "5", "5", "`5 h`"),
    (parse_due, "missing-unit", "5", "5", "`5 bd`"),
    (value, "compound-duration", "1 d 2 h", "1 d 2 h", "one unit"),
    (value, "compound-duration", "1234567890 h 2 m", "1234567890 h 2 m", "one unit"),
    (value, "close-without-day", "4 h end of day", "end of day", "`bd`"),
    (parse_duration, "close-without-day", "4 bh close of business", "close of business", "`bd`"),
    (value, "no-such-word", "5 and 6", "and", "`all`"),
    (value, "no-such-word", "or", "or", "`any`"),
    (value, "no-such-word", "between 1", "between", "[1..5]"),
    (value, "no-such-word", "not 5", "not", "`not(…)`"),
    (value, "no-such-word", "a && b", "&&", "`all`"),
    (value, "no-such-word", "a || b", "||", "`any`"),
    (value, "no-such-word", "¬a", "¬", "`not(…)`"),
    (word, "no-such-word", "a or b", "or", "`any`"),
    (word, "no-such-word", "not s1", "not", "`not(…)`"),
    (parse_expression, "no-such-word", "if a then b else c", "if", "`first`"),
    (parse_expression, "no-such-word", "and(1)", "and", "`all`"),
    (value, "misplaced-not", "5, not(3)", "not", "the whole test"),
    (value, "misplaced-not", "not(not(3))", "not", "the whole test"),
    (word, "misplaced-not", "a, not(b)", "not", "the whole test"),
    (parse_expression, "misplaced-not", "1 + not(", "not", "the whole test"),
    (value, "misplaced-dash", "-, 5", "-", "alone"),
    (word, "misplaced-dash", "a, -", "-", "alone"),
    (value, "misplaced-comparison", "5 < x", "<", "begin with"),
    (value, "misplaced-comparison", "1, 5 < x", "<", "begin with"),
    (parse_expression, "misplaced-comparison", "a > b", ">", "derived yes_no"),
    (value, "several-comparisons", "> 5 and < 10", "<", "[5..10)"),
    (word, "several-comparisons", "a, >= s2 < s4", "<", "[5..10)"),
    (value, "bad-interval", "[1, 2, 3]", "[1, 2, 3]", "no brackets"),
    (word, "bad-interval", "[a, b c, d]", "[a, b c, d]", "no brackets"),
    (value, "bad-interval", "[5..]", "..", "both ends"),
    (value, "bad-interval", "[..5]", "..", "both ends"),
    (value, "bad-date", "2026-13-01", "2026-13-01", "`2026-11-30`"),
    (value, "bad-date", "05-01-2026", "05-01-2026", "year-month-day"),
    (value, "bad-date", "30/11/2026", "30/11/2026", "year-month-day"),
    (value, "bad-date", "1.5.2026", "1.5.2026", "year-month-day"),
    (value, "bad-date", "2026-1-5", "2026-1-5", "year-month-day"),
    (value, "bad-date", "1405/08/30", "1405/08/30", "year-month-day"),
    (value, "bad-date", "2026-02-30T09:00Z", "2026-02-30T09:00Z", "`2026-11-30`"),
    (value, "bad-date", "2026-02-03T09:00+01:99", "2026-02-03T09:00+01:99", "`2026-11-30`"),
    (value, "bad-date", "2026-11-30 09:00", "2026-11-30 09", "+01:00"),
    (value, "instant-without-offset", "2026-11-30T09:00", "2026-11-30T09:00", "T09:00Z`"),
    (value, "bad-number", "1e5", "1e5", "one decimal point"),
    (value, "bad-number", "0x1F", "0x1F", "one decimal point"),
    (value, "bad-number", "1.2.3", "1.2.3", "one decimal point"),
    (value, "bad-escape", r'"a\n"', r"\n", r"`\\`"),
    (value, "unclosed-quote", '5, "abc', '"abc', "close the quote"),
    (word, "odd-quote", "a, 'b", "'", "straight double quotes"),
    (value, "several-words", "foo bar", "foo bar", "`order_value`"),
    (parse_expression, "several-words", "1 + a b", "a b", "`order_value`"),
    (parse_due, "bad-fraction", "5/4 of x", "5/4", "`1/4`"),
    (parse_due, "bad-fraction", "1/0 of x", "1/0", "`1/4`"),
    (parse_due, "bad-fraction", "0/4 of x", "0/4", "`1/4`"),
    (parse_due, "bad-fraction", "0.5/1 of x", "0.5/1", "`1/4`"),
]

GENERAL: list[tuple[Reader, str, str, str, str]] = [
    # reader, code, bad text, underlined, the message
    (
        value,
        "bad-test",
        "[1..5",
        "",
        "the test ends where a sign of arithmetic, `)` or `]` may stand",
    ),
    (value, "bad-test", "min(", "", "the test ends where a value or `)` may stand"),
    (
        value,
        "bad-test",
        "5 ‰",
        "‰",
        "found `‰` where a unit, a sign of arithmetic, `,` or the end may stand",
    ),
    (
        value,
        "bad-test",
        "not(1",
        "",
        "the test ends where `)` may stand",
    ),
    (value, "bad-test", "=", "", "the test ends where a value may stand"),
    (value, "bad-test", "2 ** 3", "*", "found `*` where a value may stand"),
    (
        value,
        "bad-test",
        "5, `",
        "`",
        "found `'` where a comparison, an interval or a value may stand",
    ),
    (
        word,
        "bad-test",
        ", a",
        ",",
        "found `,` where `not(…)`, a comparison, an interval or a word may stand",
    ),
    (word, "bad-test", "(a)", ")", "found `)` where `..` may stand"),
    (word, "bad-test", "fact(5)", "5", "found `5` where a fact's name may stand"),
    (
        parse_expression,
        "bad-expression",
        "a)",
        ")",
        "found `)` where a sign of arithmetic or the end may stand",
    ),
    (parse_duration, "bad-duration", "-3 h", "-", "found `-` where a number may stand"),
    (parse_duration, "bad-duration", "4 h soon", "soon", "found `soon` where the end may stand"),
    (parse_due, "bad-due", "1/4", "", "the due time ends where `of` may stand"),
    (parse_due, "bad-due", "1/4 first", "first", "found `first` where `of` may stand"),
    (parse_due, "bad-due", "1/4 of", "", "the due time ends where the name of a target may stand"),
    (parse_due, "bad-due", "25% of x", "%", "found `%` where a unit or `/` may stand"),
    (
        parse_due,
        "bad-due",
        "+",
        "+",
        "found `+` where a number, the name of a target or `now` may stand",
    ),
]


def fault_of(read: Reader, text: str) -> Fault:
    fault = read(text)
    assert isinstance(fault, Fault), f"{text!r} was read"
    return fault


@pytest.mark.parametrize(("read", "code", "bad", "underlined", "mended"), MENDED)
def test_mended(read: Reader, code: str, bad: str, underlined: str, mended: str) -> None:
    """A foreseen slip has its own code, underlines the guilty words and shows the cure."""
    fault = fault_of(read, bad)
    assert fault.code == code
    assert bad[fault.start : fault.end] == underlined
    assert f"`{mended}`" in fault.help


@pytest.mark.parametrize(("read", "code", "bad", "underlined", "told"), TOLD)
def test_told(read: Reader, code: str, bad: str, underlined: str, told: str) -> None:
    """A fault with no single cure says what to write instead."""
    fault = fault_of(read, bad)
    assert fault.code == code
    assert bad[fault.start : fault.end] == underlined
    assert told in fault.help


@pytest.mark.parametrize(("read", "code", "bad", "underlined", "message"), GENERAL)
def test_general(read: Reader, code: str, bad: str, underlined: str, message: str) -> None:
    """Any other fault says what was found and what may stand there, in plain words."""
    fault = fault_of(read, bad)
    assert (fault.code, fault.message) == (code, message)
    assert bad[fault.start : fault.end] == underlined


@pytest.mark.parametrize(("read", "code", "bad", "underlined", "mended"), MENDED)
def test_the_cure_cures(read: Reader, code: str, bad: str, underlined: str, mended: str) -> None:
    """What the help shows is free of the fault it cures."""
    again = read(mended)
    assert not isinstance(again, Fault) or again.code != code


def test_messages_are_one_plain_line() -> None:
    """Messages are one line, lower case, without a full stop; a help is never empty."""
    for read, _, bad, _, _ in (*MENDED, *TOLD, *GENERAL):
        fault = fault_of(read, bad)
        assert "\n" not in fault.message + fault.help
        assert not fault.message.endswith(".")
        assert fault.message[0] == fault.message[0].lower()
        assert fault.help
