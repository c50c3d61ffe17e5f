"""Places of problems as the reader of a command line knows them: with the path he gave."""

from __future__ import annotations

from pathlib import Path

import attrs

from complaint_rules.loading import packaged
from complaint_rules.problem import Report


def placed(report: Report, path: str) -> Report:
    """
    Return a report whose files are named as seen from here.

    A report names files as seen from the ruleset's folder, and those of a parent by the parent's
    name before it; a folder beside the ruleset's may be such a parent.

    Args:
        report: The report of one ruleset.
        path: What was asked for: a packaged name, or a path.
    """
    named = {name: seen(name, path) for name in _files(report)}
    problems = [
        problem
        if problem.span is None
        else attrs.evolve(problem, span=attrs.evolve(problem.span, file=named[problem.span.file]))
        for problem in report.problems
    ]
    return Report.of(problems, {named[name]: text for name, text in report.sources.items()})


def _files(report: Report) -> list[str]:
    spans = (problem.span for problem in report.problems if problem.span is not None)
    return list(dict.fromkeys([*report.sources, *(span.file for span in spans)]))


def seen(name: str, path: str) -> str:
    """Return a file of a ruleset as the reader of a command line knows it."""
    if path in packaged():
        return f"{path}/{name}"
    given = Path(path)
    folder = given if given.is_dir() else given.parent
    for base in (folder, folder.parent):
        if (base / name).is_file():
            return (base / name).as_posix()
    return name
