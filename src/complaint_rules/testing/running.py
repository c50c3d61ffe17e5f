"""A run over rulesets: every case asked for, played and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import attrs

from complaint_rules.problem import Report
from complaint_rules.source import Span
from complaint_rules.testing.cases import Case
from complaint_rules.testing.finding import Asked, asked_by
from complaint_rules.testing.picking import Pick
from complaint_rules.testing.playing import play
from complaint_rules.testing.results import Result, Run
from complaint_rules.testing.suites import Suite
from complaint_rules.testing.told import told

_EXPLAINED: Final = 30


@attrs.frozen
class Progress:
    """
    How far a run has come.

    Attributes:
        played: Cases played.
        total: Cases known so far: those of the rulesets read.
    """

    played: int
    total: int


def _no_clock() -> float:
    return 0.0


def _unseen(_result: Result, _progress: Progress) -> None:
    return None


def run(
    *paths: str | Path,
    wanted: Pick | None = None,
    strict: bool = False,
    fail_fast: bool = False,
    explained: bool = True,
    clock: Callable[[], float] = _no_clock,
    on_result: Callable[[Result, Progress], None] = _unseen,
) -> Run:
    """
    Play the scenarios of rulesets.

    Args:
        paths: Packaged names; folders of rulesets, or of several; scenario files.
        wanted: Which cases to play; `pick` makes it of words. `None`: all.
        strict: Cases that nobody has reviewed are not well.
        fail_fast: Stop at the first case that is not well.
        explained: Say of a failure also the why or why-not; of the first thirty only, since a
            why-not is a search.
        clock: Tells the time in seconds, if how long a case takes is to be known.
        on_result: Called after each case, for progress.

    Returns:
        Every case with its outcome, and what is wrong with rulesets and scenario files: nothing
        is raised for it.
    """
    asked, problems = asked_by([str(path) for path in paths])
    reports = [Report.of(problems)] if problems else []
    results: list[Result] = []
    total = left_out = failed = 0
    for each in asked:
        suite = each.read()
        reports += reports_of(each, suite)
        cases = [case for case in suite.cases if wanted is None or wanted(case)]
        total += len(cases)
        left_out += len(suite.cases) - len(cases)
        for case in cases:
            if fail_fast and results and not results[-1].ok:
                break
            begun = clock()
            full = explained and failed < _EXPLAINED
            result = _played(suite, case, strict=strict, explained=full)
            failed += not result.ok
            results.append(attrs.evolve(result, seconds=clock() - begun))
            on_result(results[-1], Progress(len(results), total))
    return Run(results, reports, left_out + total - len(results))


def _played(suite: Suite, case: Case, *, strict: bool, explained: bool) -> Result:
    assert suite.policy is not None, "a ruleset with faults has no cases"  # noqa: S101
    outcome = play(suite.policy, case)
    text = "" if outcome.ok else told(suite.policy, outcome, explained=explained)
    if outcome.ok and strict and case.unreviewed:
        text = f"{case.span}: nobody has reviewed it; look at it, and take `unreviewed` out"
    return Result(suite.name, outcome, 0.0, text, strict)


def reports_of(asked: Asked, suite: Suite) -> list[Report]:
    """Return what is wrong with a ruleset and its scenario files, its files named by its path."""
    found = []
    if not suite.ruleset.ok:
        found.append(_named(suite.ruleset, Path(asked.origin)))
    if suite.report.problems:
        found.append(suite.report)
    return found


def _named(report: Report, origin: Path) -> Report:
    """Return a ruleset's report with its files named as seen from where the run began."""
    here = origin if origin.is_dir() else origin.parent
    names = [p.span.file for p in report.problems if p.span is not None]
    seen = {name: _seen(here, name) for name in (*names, *report.sources)}
    problems = [
        p if p.span is None else attrs.evolve(p, span=_moved(p.span, seen[p.span.file]))
        for p in report.problems
    ]
    return Report.of(problems, {seen[name]: text for name, text in report.sources.items()})


def _moved(span: Span, file: str) -> Span:
    return attrs.evolve(span, file=file)


def _seen(folder: Path, name: str) -> str:
    places: Iterable[Path] = (folder / name, folder.parent / name)
    return next((path.as_posix() for path in places if path.is_file()), name)
