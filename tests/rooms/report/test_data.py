"""A report as plain data and as SARIF."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.problem import Problem, Report, Severity
from complaint_rules.report import as_data, as_sarif
from complaint_rules.source import Source, Span

ERROR = Problem(
    "unknown-fact", "unknown fact `b`", Span("r/a b.yaml", 1, 4, 1, 5), "not declared", "try `c`"
)
WARNING = Problem("naive-time", "no zone", place="at", severity=Severity.WARNING)
REPORT = Report.of([ERROR, WARNING], {"r/a b.yaml": Source("r/a b.yaml", "a: b\n")})
ANYTHING = st.text(alphabet=st.characters(exclude_categories=()))


def only_run(report: Report) -> dict[str, Any]:
    """Return the one run of a SARIF log."""
    log = as_sarif(report)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_data_of_a_problem_in_a_text() -> None:
    """A problem with a span tells its place and the words underlined there."""
    assert as_data(REPORT)["problems"][1] == {
        "code": "unknown-fact",
        "severity": "error",
        "message": "unknown fact `b`",
        "file": "r/a b.yaml",
        "line": 1,
        "column": 4,
        "end_line": 1,
        "end_column": 5,
        "underlined": "b",
        "label": "not declared",
        "help": "try `c`",
        "place": "",
    }


def test_data_of_a_problem_in_a_state() -> None:
    """A problem without span has a place in the state and nulls for the rest."""
    data = as_data(REPORT)
    problem = data["problems"][0]
    assert (problem["place"], problem["file"], problem["end_column"]) == ("at", None, None)
    assert problem["underlined"] == ""
    assert (data["errors"], data["warnings"]) == (1, 1)


def test_data_without_the_text_has_no_underlined_words() -> None:
    """Words are only told where the file is known."""
    assert as_data(Report.of([ERROR]))["problems"][0]["underlined"] == ""


def test_sarif_names_the_tool_and_its_rules() -> None:
    """The driver lists every code met, once, sorted, and results point into that list."""
    run = only_run(Report.of([*REPORT.problems, Problem("naive-time", "again")]))
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "complaint-rules"
    assert driver["rules"] == [{"id": "naive-time"}, {"id": "unknown-fact"}]
    pointed = [driver["rules"][r["ruleIndex"]]["id"] for r in run["results"]]
    assert pointed == [r["ruleId"] for r in run["results"]]


def test_sarif_of_a_problem_in_a_text() -> None:
    """A result has level, message and a region in a percent-encoded file."""
    result = only_run(REPORT)["results"][1]
    assert result["level"] == "error"
    assert result["message"] == {"text": "unknown fact `b`; not declared; help: try `c`"}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "r/a%20b.yaml"},
                "region": {
                    "startLine": 1,
                    "startColumn": 4,
                    "endLine": 1,
                    "endColumn": 5,
                    "snippet": {"text": "b"},
                },
            }
        }
    ]


def test_sarif_of_a_problem_in_a_state() -> None:
    """A place in a state is a logical location; a problem with neither has none."""
    result = only_run(REPORT)["results"][0]
    assert result["level"] == "warning"
    assert result["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "at"}]}]
    assert "locations" not in only_run(Report.of([Problem("a", "b")]))["results"][0]


def test_sarif_of_no_problems() -> None:
    """An empty report is a run without results, so that a tool sees a clean bill."""
    run = only_run(Report.of([]))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []


@given(ANYTHING, st.lists(st.integers(-3, 40), min_size=4, max_size=4), ANYTHING, st.booleans())
def test_every_problem_becomes_json(text: str, places: list[int], words: str, known: bool) -> None:
    """Any problem turns into JSON that any encoder can write, with an orderly region."""
    problem = Problem(words, words, Span(words, *places), words, words, place=words)
    report = Report.of([problem], {words: Source(words, text)} if known else None)
    for data in (as_data(report), as_sarif(report)):
        written = json.dumps(data, ensure_ascii=False).encode("utf-8")
        assert json.loads(written) == data
    region = only_run(report)["results"][0]["locations"][0]["physicalLocation"]["region"]
    start = (region["startLine"], region["startColumn"])
    assert (1, 1) <= start <= (region["endLine"], region["endColumn"])
