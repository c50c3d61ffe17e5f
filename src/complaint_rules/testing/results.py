"""What a run came to: each case with its outcome, counted; as data and as JUnit XML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from xml.etree import ElementTree as Xml

import attrs

from complaint_rules.decision.answer.codec import instant_text
from complaint_rules.problem import Report
from complaint_rules.report import as_data as report_data
from complaint_rules.testing.playing import Outcome, Played, Status
from complaint_rules.testing.told import place

_SIGN: Final = "\N{REPLACEMENT CHARACTER}"
_NO_XML: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@attrs.frozen(eq=False)
class Result:
    """
    One case that was played.

    Attributes:
        ruleset: The ruleset as it was named.
        outcome: What became of it.
        seconds: How long that took.
        text: The outcome in words; empty where all is well.
        strict: A case that nobody has reviewed is not well.
    """

    ruleset: str
    outcome: Outcome
    seconds: float = 0.0
    text: str = ""
    strict: bool = False

    @property
    def ok(self) -> bool:
        """Whether it is well."""
        return self.outcome.ok and not (self.strict and self.outcome.case.unreviewed)

    @property
    def node(self) -> str:
        """Its name for pytest and for a reader: the file that must answer it, then its name."""
        return "::".join(place(self.ruleset, self.outcome.case))

    @property
    def told(self) -> str:
        """What became of it, in one word or a few."""
        if self.ok or not self.outcome.ok:
            return self.outcome.status.value
        return "unreviewed"


@attrs.frozen(eq=False)
class Run:
    """
    A whole run.

    Attributes:
        results: The cases that were played, in their order.
        reports: What is wrong with rulesets and scenario files.
        left_out: How many cases were not asked for, or not reached.
    """

    results: Sequence[Result] = ()
    reports: Sequence[Report] = ()
    left_out: int = 0

    @property
    def failed(self) -> tuple[Result, ...]:
        """The cases that are not well."""
        return tuple(result for result in self.results if not result.ok)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.failed and all(report.ok for report in self.reports)

    def counts(self) -> Mapping[str, int]:
        """Return how many cases came to what; what none came to is left out."""
        found = Counter(result.outcome.status for result in self.results)
        counted = {status.value: found[status] for status in Status if found[status]}
        unreviewed = sum(result.outcome.case.unreviewed for result in self.results)
        extra = {"unreviewed": unreviewed, "left out": self.left_out}
        return {**counted, **{name: number for name, number in extra.items() if number}}


def as_data(run: Run) -> dict[str, Any]:
    """
    Return a run as plain data, ready for JSON.

    `cases` holds one mapping for each case; `problems` the reports, one after another; `counts`
    how many cases came to what; `ok` whether nothing is wrong.
    """
    return {
        "ok": run.ok,
        "counts": {"played": len(run.results), **run.counts()},
        "cases": [_case(result) for result in run.results],
        "problems": [each for report in run.reports for each in report_data(report)["problems"]],
    }


def _case(result: Result) -> dict[str, Any]:
    case = result.outcome.case
    return {
        "name": case.name,
        "node": result.node,
        "ruleset": result.ruleset,
        "file": case.file,
        "line": case.span.line,
        "story": case.story,
        "tags": list(case.tags),
        "shows": list(case.shows),
        "status": result.outcome.status.name.lower(),
        "ok": result.ok,
        "unreviewed": case.unreviewed,
        "expected_failure": case.expected_failure or None,
        "because": case.because or None,
        "seconds": round(result.seconds, 6),
        "differences": [] if result.outcome.ok else list(_differences(result.outcome)),
        "problems": report_data(Report.of(result.outcome.problems))["problems"],
        "text": result.text,
    }


def _differences(outcome: Outcome) -> Iterable[dict[str, Any]]:
    for step, played in enumerate(outcome.played):
        yield from _of_moment(step, played)


def _of_moment(step: int, played: Played) -> Iterable[dict[str, Any]]:
    decision = played.decision
    for each in played.differences:
        yield {
            "step": step,
            "at": instant_text(decision.at, decision.timezone),
            "path": each.check.path,
            "expected": each.expected,
            "got": each.got,
            "line": each.check.span.line,
            "column": each.check.span.column,
        }


# ------------------------------------------------------------------------- JUnit


def as_junit(run: Run) -> str:
    """
    Return a run as JUnit XML: a suite for each file of a ruleset, a case for each case.

    A failure expected is told as skipped, with its reason; a file with faults as an error.
    """
    root = Xml.Element("testsuites", name="complaint-rules")
    by_file: dict[tuple[str, str], list[Result]] = {}
    for result in run.results:
        by_file.setdefault((result.ruleset, result.outcome.case.file), []).append(result)
    for (ruleset, file), results in by_file.items():
        root.append(_suite(ruleset, file, results))
    for report in run.reports:
        root.append(_broken(report))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(ruleset: str, file: str, results: list[Result]) -> Xml.Element:
    expected = sum(result.outcome.status is Status.EXPECTED for result in results)
    suite = Xml.Element(
        "testsuite",
        name=_plain(f"{ruleset}: {file}"),
        tests=str(len(results)),
        failures=str(sum(not result.ok for result in results)),
        errors="0",
        skipped=str(expected),
        time=f"{sum(result.seconds for result in results):.6f}",
    )
    for result in results:
        case = result.outcome.case
        owner, name = place(ruleset, case)
        made = Xml.SubElement(
            suite,
            "testcase",
            classname=_plain(owner),
            name=_plain(name),
            file=_plain(case.file),
            line=str(case.span.line),
            time=f"{result.seconds:.6f}",
        )
        if not result.ok:
            Xml.SubElement(made, "failure", message=_plain(result.told)).text = _plain(result.text)
        elif result.outcome.status is Status.EXPECTED:
            Xml.SubElement(made, "skipped", message=_plain(case.expected_failure))
    return suite


def _broken(report: Report) -> Xml.Element:
    number = str(len(report.errors))
    suite = Xml.Element(
        "testsuite", name="problems", tests=number, failures="0", errors=number, skipped="0"
    )
    for problem in report.errors:
        place = str(problem.span) if problem.span else "problem"
        made = Xml.SubElement(suite, "testcase", classname="problems", name=_plain(place))
        told = f"[{problem.code}] {problem.message}"
        Xml.SubElement(made, "error", message=_plain(told)).text = _plain(problem.help)
    return suite


def _plain(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NO_XML.sub(_SIGN, text)
