"""Problem and Report: faults as values, sorted, each once."""

from __future__ import annotations

from complaint_rules.problem import Problem, Report, Severity
from complaint_rules.source import Source, Span

FIRST = Problem("a-code", "m", Span("a.yaml", 1, 1, 1, 2))
LATER = Problem("a-code", "m", Span("a.yaml", 2, 1, 2, 2))
PLACED = Problem("a-code", "m", place="promises[0].due")
WARNING = Problem("a-code", "w", severity=Severity.WARNING)


def test_a_report_is_sorted_and_holds_each_problem_once() -> None:
    """Problems stand in the order of their places, and a repeated one is dropped."""
    report = Report.of([LATER, PLACED, FIRST, LATER])
    assert report.problems == (PLACED, FIRST, LATER)


def test_warnings_leave_a_report_ok() -> None:
    """Only errors refuse a ruleset."""
    assert Report.of([WARNING]).ok
    report = Report.of([WARNING, FIRST])
    assert not report.ok
    assert report.errors == (FIRST,)


def test_a_report_keeps_the_texts() -> None:
    """The sources are at hand by file name, and none is the same as an empty mapping."""
    source = Source("a.yaml", "x")
    assert Report.of([], {"a.yaml": source}).sources["a.yaml"] is source
    assert Report.of([]).sources == {}


def test_a_problem_is_told_on_one_line() -> None:
    """Line ends inside an author's word are shown as signs, in message, label and help."""
    problem = Problem("bad-date", "`202\n-01` is not a date", label="a\rb", help="c\u2028d")
    assert problem.message == "`202\u240a-01` is not a date"
    assert (problem.label, problem.help) == ("a\u240db", "c<U+2028>d")
