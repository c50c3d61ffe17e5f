"""Plain texts, which are read without the parser: they mean what the parser says they mean."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules.grammar import Node, parse_expression, parser
from complaint_rules.grammar.modes import Mode
from complaint_rules.grammar.plain import read_plain

_SNIPPETS = (
    *("a", "a.b", "known", "not_yet", "not", "fact", "yes", "no", "and", "now", "of", "_", "s1"),
    *("1", "20", "2.5", "007", "1/4", "2026-11-30", "2026-02-30", "5-1-2026", "T09:00Z", "1..5"),
    *("h", "bd", "mo", "EUR", "EURO", "end of day", "close of business", "end", "day", "3 bd"),
    *("%", "(", ")", "[", "]", "..", ".", ",", "+", "-", "*", "/", "<", ">=", "!=", "=", "f("),
    *('"t"', '"a, b"', '"', "\\", "x-y", "2h", "é", "not(", "fact(a)", "\t"),
)
_BLANKS = ("", "", " ", " ", "  ")
soups = st.lists(st.tuples(st.sampled_from(_SNIPPETS), st.sampled_from(_BLANKS)), max_size=9).map(
    lambda parts: "".join(word + blank for word, blank in parts)
)


@st.composite
def sums(draw: st.DrawFn) -> str:
    """Return a sum that is well formed, or nearly so."""
    leaf = st.sampled_from(
        [
            *("a", "b.c", "5", "2.50", "20%", "5 EUR", "4 h", "3 bd end of day", "yes"),
            *("2026-11-30", '"x"', "fact(a)", "f()", "now", "not_yet", "1 d close of business"),
        ]
    )
    form = ["({})", "-{}", "f({})", "{} + {}", "{}*{}", "{} - {}", "max({}, {})", "{}/ {}"]
    text = draw(leaf)
    for shape in draw(st.lists(st.sampled_from(form), max_size=6)):
        text = shape.format(text, draw(leaf))
    return text


@st.composite
def lists_of_tests(draw: st.DrawFn) -> str:
    """Return a test of sums that is well formed, or nearly so."""
    member = st.sampled_from(["{}", "> {}", "!= {}", "[{}..{}]", "({} .. {})", "]{}..{}[", "known"])
    members = [
        draw(member).format(draw(sums()), draw(sums())) for _ in range(draw(st.integers(1, 3)))
    ]
    return draw(st.sampled_from(["{}", "not({})", "not ( {} )"])).format(", ".join(members))


def agree(text: str, mode: Mode) -> None:
    """Assert that the parser reads a plain text the same, offsets and all."""
    plain = read_plain(text, mode)
    if plain is not None:
        assert repr(plain) == repr(parser.parse(text, mode))


@given(soups, st.sampled_from(Mode))
@settings(max_examples=2500, deadline=None)
def test_any_soup_that_is_plain_is_what_the_parser_reads(text: str, mode: Mode) -> None:
    """What is read by hand has the parser's own tree, every offset the same."""
    agree(text, mode)


@given(st.one_of(sums(), lists_of_tests()), st.sampled_from([Mode.VALUE, Mode.EXPRESSION]))
@settings(max_examples=800, deadline=None)
def test_sums_and_tests_are_what_the_parser_reads(text: str, mode: Mode) -> None:
    """Nested sums, calls, intervals and lists read by hand have the parser's own tree."""
    agree(text, mode)


PLAIN = [
    (Mode.VALUE, "-"),
    (Mode.VALUE, " known "),
    (Mode.VALUE, ">= date_of(now)"),
    (Mode.VALUE, "<= now - pause * 2"),
    (Mode.VALUE, "[1..5), (2 EUR..20%], > (a + b)"),
    (Mode.VALUE, "not(1, happened)"),
    (Mode.VALUE, "2016-06-30"),
    (Mode.VALUE, "yes"),
    (Mode.WORDS, "s1, s2-a, 3x"),
    (Mode.WORDS, '[s1..s3], "two words", unknown'),
    (Mode.WORDS, "not(!= fact(a.b))"),
    (Mode.EXPRESSION, "min(20% * amount_paid, 5 EUR, f(), -0.5)"),
    (Mode.EXPRESSION, "add(a, 2 bd end of day) - (b / 3)"),
    (Mode.EXPRESSION, 'f("x", fact(b))'),
    (Mode.DURATION, "3 mo close of business"),
    (Mode.DURATION, "45m"),
    (Mode.DUE, "now"),
    (Mode.DUE, "first-response"),
    (Mode.DUE, "1/4 of first_response"),
    (Mode.DUE, "4 bh"),
]


@pytest.mark.parametrize(("mode", "text"), PLAIN)
def test_what_rulesets_are_made_of_is_plain(mode: Mode, text: str) -> None:
    """Tests, sums, durations and due times of the common shapes need no parser."""
    assert isinstance(read_plain(text, mode), Node)
    agree(text, mode)


LEFT = [
    (Mode.VALUE, ""),
    (Mode.VALUE, "1,000"),
    (Mode.VALUE, "known.."),
    (Mode.VALUE, "[yes..no]"),
    (Mode.VALUE, "(1) + 2"),
    (Mode.VALUE, "[1.5)"),
    (Mode.VALUE, "[1..5"),
    (Mode.VALUE, "1 2"),
    (Mode.VALUE, ">= é"),
    (Mode.VALUE, "a and b"),
    (Mode.VALUE, "not"),
    (Mode.VALUE, '"a\\"b"'),
    (Mode.WORDS, "known-"),
    (Mode.WORDS, "> ("),
    (Mode.WORDS, "fact(3x)"),
    (Mode.WORDS, "fact(,)"),
    (Mode.EXPRESSION, "2026-02-30"),
    (Mode.EXPRESSION, "05-01-2026"),
    (Mode.EXPRESSION, "1.2.3"),
    (Mode.EXPRESSION, "5 euro"),
    (Mode.EXPRESSION, "f(a"),
    (Mode.EXPRESSION, "a)"),
    (Mode.EXPRESSION, ")"),
    (Mode.EXPRESSION, "9" * 41),
    (Mode.EXPRESSION, "a" * 201),
    (Mode.EXPRESSION, "-" * 31 + "a"),
    (Mode.DURATION, "h"),
    (Mode.DURATION, "3"),
    (Mode.DURATION, "3 days"),
    (Mode.DURATION, "3 h end of day"),
    (Mode.DURATION, "3 d end of business"),
    (Mode.DUE, "5/4 of x"),
    (Mode.DUE, "0/4 of x"),
]


@pytest.mark.parametrize(("mode", "text"), LEFT)
def test_what_is_unusual_is_left_to_the_parser(mode: Mode, text: str) -> None:
    """Faults, escapes, dates that are none and texts near a bound are not read by hand."""
    assert read_plain(text, mode) is None


def test_the_parser_is_not_even_imported_for_plain_texts() -> None:
    """A process that reads only plain texts never pays for the parser."""
    code = (
        "import sys\n"
        "from complaint_rules.grammar import parse_test\n"
        "parse_test('>= 5', words=False); print('lark' in sys.modules)\n"
        "parse_test('5 and 6', words=False); print('lark' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "True"]


def test_equal_texts_share_a_tree() -> None:
    """A text that stands in many places is read once."""
    assert parse_expression("a * share_of_it") is parse_expression("a * share_of_it")
