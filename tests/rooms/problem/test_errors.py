"""The error tree: what each error carries."""

from __future__ import annotations

import pickle

import pytest

from complaint_rules.errors import (
    ComplaintRulesError,
    EngineError,
    MissingExtraError,
    RulesetError,
    StateError,
)
from complaint_rules.problem import Problem, Report, Severity
from complaint_rules.source import Span

REPORT = Report.of(
    [
        Problem("one", "first", Span("a.yaml", 3, 7, 3, 9), help="mend it"),
        Problem("two", "second", place="promises[0].due"),
        Problem("three", "third"),
        Problem("four", "only a warning", severity=Severity.WARNING),
    ]
)


@pytest.mark.parametrize("kind", [RulesetError, StateError])
def test_a_reported_error_tells_its_errors(kind: type[RulesetError | StateError]) -> None:
    """The message has a line for each error, with place and help, and none for warnings."""
    error = kind(REPORT)
    assert str(error).splitlines() == [
        "-: [three] third",
        "promises[0].due: [two] second",
        "a.yaml:3:7: [one] first (mend it)",
    ]
    assert isinstance(error, ComplaintRulesError)
    assert isinstance(error, ValueError)


def test_a_reported_error_pickles() -> None:
    """An error crosses a process boundary with its report."""
    copy = pickle.loads(pickle.dumps(RulesetError(REPORT)))
    assert isinstance(copy, RulesetError)
    assert copy.report.problems == REPORT.problems


def test_an_engine_error_names_the_engine() -> None:
    """A caller can tell which engine failed."""
    assert EngineError("gone", engine="durable").engine == "durable"


def test_a_missing_extra_says_what_to_install() -> None:
    """The message is the command that cures it."""
    error = MissingExtraError("parquet", "reading Parquet")
    assert error.extra == "parquet"
    assert "pip install 'complaint-rules[parquet]'" in str(error)
    assert isinstance(error, ImportError)
