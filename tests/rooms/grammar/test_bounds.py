"""Bounds: nothing in a text can make the parser work without end."""

from __future__ import annotations

import pytest

from complaint_rules.grammar import LIMITS, Fault, TestList, parse_due, parse_expression, parse_test


def code_of(result: object) -> str:
    assert isinstance(result, Fault)
    return result.code


def test_text_too_long() -> None:
    """A text past the bound is refused unread, what is too much of it underlined."""
    fault = parse_expression("a" * (LIMITS.text + 5))
    assert isinstance(fault, Fault)
    assert (fault.code, fault.start, fault.end) == ("text-too-long", LIMITS.text, LIMITS.text + 5)
    assert not isinstance(parse_expression("a" * LIMITS.text), Fault)


@pytest.mark.parametrize(
    ("before", "after"), [("(", ")"), ("-", ""), ("f(", ")"), ("1 + (", ")"), ("a - ", "")]
)
def test_too_deep(before: str, after: str) -> None:
    """Nested parentheses, signs, calls and long sums are all bounded in depth."""
    assert code_of(parse_expression(before * 300 + "x" + after * 300)) == "expression-too-deep"


def test_as_deep_as_may_be() -> None:
    """A tree of just the bound's depth is read; one step deeper is refused."""
    most = LIMITS.depth - 1
    assert not isinstance(parse_expression("(" * most + "x" + ")" * most), Fault)
    assert code_of(parse_expression("(" * (most + 1) + "x" + ")" * (most + 1))) == (
        "expression-too-deep"
    )
    assert not isinstance(parse_test("> " + "-" * most + "x", words=False), Fault)


@pytest.mark.parametrize("form", ["{}", "not({})", "f({})"])
def test_too_many_members(form: str) -> None:
    """Lists and calls are bounded, and the first member too many is underlined."""
    most = form.format(",".join(["1"] * LIMITS.members))
    assert not isinstance(parse_test(most, words=False), Fault)
    text = form.format(",".join(["1"] * (LIMITS.members + 1)))
    fault = parse_test(text, words=False)
    assert isinstance(fault, Fault)
    assert (fault.code, text[fault.start : fault.end]) == ("too-many-members", "1")


def test_many_words() -> None:
    """Lists of words have the same bound."""
    assert isinstance(parse_test(",".join("a" * 500), words=True), TestList)
    assert code_of(parse_test(",".join("a" * 501), words=True)) == "too-many-members"


@pytest.mark.parametrize("form", ["{}", "{} EUR", "{}%", "{} h", "0.{}"])
def test_number_too_long(form: str) -> None:
    """A number of more digits than the bound is refused in every literal."""
    text = form.format("9" * (LIMITS.digits + 1))
    assert code_of(parse_test(text, words=False)) == "number-too-long"


def test_long_numbers_are_exact() -> None:
    """A number of just the bound's digits is kept digit for digit."""
    digits = "1234567890" * (LIMITS.digits // 10)
    node = parse_expression(digits)
    assert str(getattr(node, "value", "")) == digits


def test_long_fraction() -> None:
    """The bound on digits holds in due times too."""
    assert code_of(parse_due(f"1/{'9' * 101} of x")) == "number-too-long"
