"""A report as text: the house style, and carets under the right words in any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.problem import Problem, Report, Severity
from complaint_rules.report import as_text
from complaint_rules.source import Source, Span

TEXTS = st.text(
    alphabet=st.characters(exclude_categories=()) | st.sampled_from("\t\n\r中\u0301\u200cه")
)


def printed(text: str, span: Span, label: str = "here") -> str:
    """Print one problem at `span` of a file with `text`."""
    problem = Problem("some-code", "a message", span, label)
    return as_text(Report.of([problem], {span.file: Source(span.file, text)}))


def drawing(text: str, column: int, end_column: int, line: int = 1) -> tuple[str, str]:
    """Return the guilty line and the carets below it, without gutter."""
    rows = printed(text, Span("f", line, column, line, end_column)).splitlines()
    return rows[3].partition("| ")[2], rows[4].partition("| ")[2]


def test_the_house_style() -> None:
    """An error is printed with code, place, line, carets, label, help and counts."""
    text = "\n" * 6 + '      order_valeu: ">= 100 EUR"\n'
    problem = Problem(
        "unknown-fact",
        "rule `late-parcel` tests unknown fact `order_valeu`",
        Span("rules/late.yaml", 7, 7, 7, 18),
        "not declared under `facts`",
        "did you mean `order_value`?",
    )
    sources = {"rules/late.yaml": Source("rules/late.yaml", text)}
    assert as_text(Report.of([problem], sources)).splitlines() == [
        "error[unknown-fact]: rule `late-parcel` tests unknown fact `order_valeu`",
        " --> rules/late.yaml:7:7",
        "  |",
        '7 |       order_valeu: ">= 100 EUR"',
        "  |       ^^^^^^^^^^^ not declared under `facts`",
        "  = help: did you mean `order_value`?",
        "",
        "1 error",
    ]


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    """Bars stand below one another for line numbers of any length."""
    text = "\n" * 122 + "abc\n"
    assert printed(text, Span("f", 123, 2, 123, 3)).splitlines() == [
        "error[some-code]: a message",
        "   --> f:123:2",
        "    |",
        "123 | abc",
        "    |  ^ here",
        "",
        "1 error",
    ]


def test_a_place_in_a_state() -> None:
    """A fault of a state names the path, and its label becomes a note."""
    problem = Problem("naive-time", "no zone", label="no offset", place="promises[2].due")
    assert as_text(Report.of([problem])).splitlines() == [
        "error[naive-time]: no zone",
        " --> state: promises[2].due",
        "  = note: no offset",
        "",
        "1 error",
    ]


def test_a_file_that_could_not_be_read() -> None:
    """Without its text a problem still names file, line, column, label and help."""
    problem = Problem("bad-encoding", "m", Span("f", 12, 3, 12, 4), "here", "save it as UTF-8")
    assert as_text(Report.of([problem])).splitlines() == [
        "error[bad-encoding]: m",
        "  --> f:12:3",
        "   = note: here",
        "   = help: save it as UTF-8",
        "",
        "1 error",
    ]


def test_a_problem_with_neither_place_nor_words() -> None:
    """A bare problem is one line."""
    assert as_text(Report.of([Problem("a", "b")])) == "error[a]: b\n\n1 error"


def test_counts() -> None:
    """The last line counts errors and warnings, in the plural where it is one."""
    two = [Problem("a", "b"), Problem("a", "c")]
    warning = Problem("a", "d", severity=Severity.WARNING)
    assert as_text(Report.of([*two, warning])).endswith("\n\n2 errors, 1 warning")
    assert as_text(Report.of([warning])).startswith("warning[a]: d")
    assert as_text(Report.of([])) == "no problems"


@pytest.mark.parametrize(
    ("line", "column", "end_column", "expected"),
    [
        ("a: bad", 4, 7, ("a: bad", "   ^^^ here")),
        ("中文: bad", 5, 8, ("中文: bad", "      ^^^ here")),  # wide characters take two columns
        ("中文: bad", 1, 3, ("中文: bad", "^^^^ here")),
        ("e\u0301: bad", 5, 8, ("e\u0301: bad", "   ^^^ here")),  # combining ones take none
        ("به\u200cزود: bad", 9, 12, ("به\u200cزود: bad", "       ^^^ here")),
        ("\tz\tbad", 4, 7, ("    z   bad", "        ^^^ here")),
        ("\tz", 1, 2, ("    z", "^^^^ here")),
        ("a", 2, 3, ("a", " ^ here")),  # past the end of the line
        ("a", 9, 12, ("a", " ^ here")),
        ("abc", 3, 1, ("abc", "  ^ here")),  # ends before it begins
        ("abc", 0, 0, ("abc", "^ here")),
    ],
)
def test_carets_line_up(line: str, column: int, end_column: int, expected: tuple[str, str]) -> None:
    """Carets stand under the guilty words, whatever the width of what precedes them."""
    assert drawing(line, column, end_column) == expected


def test_control_characters_are_shown_and_not_obeyed() -> None:
    """Escapes, direction overrides and invisible characters appear as something visible."""
    shown, carets = drawing("\x1b[1m\x7f\u202e\u200b\ufeffbad", 9, 12)
    assert shown == "␛[1m<U+007F><U+202E><U+200B><U+FEFF>bad"
    assert carets == " " * (len(shown) - 3) + "^^^ here"


def test_author_words_cannot_break_the_layout() -> None:
    """Line ends and escapes in messages, labels, helps, places and names are shown."""
    problem = Problem("a", "x\ny\x1b", None, "l\r", "h\u2028", place="p\n")
    text = as_text(Report.of([problem]))
    assert "x␊y␛" in text
    assert "l␍" in text
    assert "h<U+2028>" in text
    assert "p␊" in text


def test_arabic_signs_that_show_are_kept() -> None:
    """Format characters that have a shape of their own, like the Arabic number sign, stay."""
    assert drawing("\u0600: bad", 4, 7)[0] == "\u0600: bad"


def test_a_long_line_is_windowed() -> None:
    """A very long line is cut around the guilty words, and the carets still fit."""
    shown, carets = drawing("k" * 300 + "bad" + "z" * 300, 301, 304)
    assert shown.startswith("…k")
    assert shown.endswith("z…")
    assert len(shown) <= 161
    at = carets.index("^")
    assert shown[at : at + 3] == "bad"


def test_a_long_line_at_its_beginning() -> None:
    """Guilty words near the beginning are shown with the beginning."""
    shown, carets = drawing("bad" + "z" * 300, 1, 4)
    assert shown == "bad" + "z" * 157 + "…"
    assert carets == "^^^ here"


def test_underlining_stops_at_the_window() -> None:
    """Words longer than the window are underlined to its end."""
    assert drawing("b" * 400, 1, 401)[1] == "^" * 160 + " here"


def test_a_span_of_several_lines_underlines_the_first() -> None:
    """Of several lines the first is underlined to its end."""
    rows = printed("a: [1,\n  2]\n", Span("f", 1, 4, 2, 5)).splitlines()
    assert rows[3:5] == ["1 | a: [1,", "  |    ^^^ here"]


def test_a_span_past_the_last_line() -> None:
    """A place past the end shows an empty line with one caret."""
    rows = printed("a: [1\n", Span("f", 2, 1, 2, 2)).splitlines()
    assert rows[3:5] == ["2 |", "  | ^ here"]


def test_colours_are_only_paint() -> None:
    """With colours taken off, the text is the same; without asking there are none."""
    report = Report.of(
        [
            Problem("a", "m", Span("f", 1, 2, 1, 3), "l", "h"),
            Problem("b", "n", label="l", place="x", severity=Severity.WARNING),
        ],
        {"f": Source("f", "abc")},
    )
    coloured = as_text(report, color=True)
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == as_text(report)


@given(TEXTS, st.lists(st.integers(-3, 400), min_size=4, max_size=4), TEXTS, st.booleans())
def test_every_problem_prints(text: str, places: list[int], words: str, known: bool) -> None:
    """Any text, any span and any words print, with nothing a terminal would obey."""
    problem = Problem("a", words, Span("f", *places), words, words, Severity.WARNING, words)
    report = Report.of([problem], {"f": Source("f", text)} if known else None)
    shown = as_text(report)
    assert shown.endswith("1 warning")
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", shown
    )
    assert all(len(line) <= 190 + 10 * len(words) for line in shown.splitlines())
