"""The corridor walked end to end: text, composition, model, policy."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from complaint_rules.compiler import compile_ruleset
from complaint_rules.composition import Composed, Root, compose
from complaint_rules.document import Mapping
from complaint_rules.model.reading import read_model
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Report, Severity

_INCOMPLETE = ("missing-key", "empty-condition")
"""What may only say that a part of the text could not be read."""

_QUOTED = re.compile(r"`([^`]*)`")


@attrs.frozen(eq=False)
class Walked:
    """
    What became of a ruleset.

    Attributes:
        policy: The policy; `None` if the report has errors.
        report: All problems of all files.
    """

    policy: Policy | None
    report: Report


def walk(root: Root) -> Walked:
    """
    Read, check and compile the ruleset that begins at `root`; never raises for a bad one.

    Every stage goes on with what the stage before could read, so that one run tells as many
    faults as possible; what only follows from a fault told already is left out.
    """
    composed, problems, sources = compose(root)
    found = list(problems)
    policy = None
    if composed is not None:
        policy, more = _compiled(composed)
        found += [problem for problem in more if not _covers(problem, problems)]
    report = Report.of(found, sources)
    return Walked(policy if report.ok else None, report)


def _compiled(composed: Composed) -> tuple[Policy | None, list[Problem]]:
    reading = read_model(composed.node)
    problems = list(reading.problems)
    if not composed.whole:
        problems = [p for p in problems if p.code not in _INCOMPLETE]
    if reading.model is None or not isinstance(reading.node, Mapping):
        return None, problems
    lost = reading.left_out | composed.lost
    kept = attrs.evolve(composed, node=reading.node, lost=lost, read=reading.data)
    policy, more = compile_ruleset(reading.model, kept)
    if reading.problems or lost or not composed.whole:
        more = [p for p in more if not _follows(p, lost, whole=composed.whole)]
    return policy, problems + more


def _covers(problem: Problem, earlier: Iterable[Problem]) -> bool:
    """Return whether `problem` is about words in which an earlier stage found a fault."""
    span = problem.span
    if span is None:
        return False
    begin, end = (span.line, span.column), (span.end_line, span.end_column)
    return any(
        at.file == span.file
        and begin <= (at.line, at.column)
        and (at.end_line, at.end_column) <= end
        for at in (fault.span for fault in earlier)
        if at is not None
    )


def _follows(problem: Problem, lost: Iterable[str], *, whole: bool) -> bool:
    """Return whether a problem may only say that something ill formed could not be read."""
    if problem.severity is Severity.WARNING:
        return True
    if not problem.code.startswith(("unknown-", "missing-")):
        return False
    if not whole:
        return True
    named = _QUOTED.findall(f"{problem.message} {problem.label}")
    return any(word == name or word.startswith(f"{name}.") for word in named for name in lost)
