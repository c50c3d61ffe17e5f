"""A ruleset with all the cases it must answer: its own, and those of the rulesets it extends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from complaint_rules.composition import Root
from complaint_rules.errors import RulesetError
from complaint_rules.loading import load
from complaint_rules.loading.sources import root_of
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Report
from complaint_rules.testing.cases import Case
from complaint_rules.testing.inheriting import inherited, misnamed
from complaint_rules.testing.naming import unknown_names
from complaint_rules.testing.settling import Settler
from complaint_rules.testing.shelves import Shelf, ancestors, header, shelf, shelf_of, shown_before
from complaint_rules.testing.situations import scenes_of


@attrs.frozen(eq=False)
class Suite:
    """
    A ruleset under test.

    Attributes:
        name: The ruleset as it was named.
        policy: The policy; `None` if the ruleset has faults.
        cases: What it must answer: its own cases, then those of the rulesets it extends. The
            cases of a file with faults are not among them.
        ruleset: The faults of the ruleset.
        report: The faults of the scenario files.
    """

    name: str
    policy: Policy | None
    cases: tuple[Case, ...] = ()
    ruleset: Report = attrs.field(factory=Report)
    report: Report = attrs.field(factory=Report)


def read_suite(
    origin: str | Path,
    *,
    only: Iterable[str] | None = None,
    strays: Sequence[Path] = (),
) -> Suite:
    """
    Read a ruleset and the scenarios it must answer.

    Args:
        origin: The ruleset: a packaged name or a path, as for `load`.
        only: Names of scenario files inside the ruleset's folder (``scenarios/x.yaml``): then only
            their cases are given, and none of a parent's. `None`: all cases.
        strays: Scenario files elsewhere that name this ruleset: then only their cases are given.

    Returns:
        The suite; what is wrong stands in its reports, nothing is raised.
    """
    name = str(origin)
    found = root_of(origin)
    if isinstance(found, Problem):
        return Suite(name, None, ruleset=_lost(found, strays))
    before = _shown(origin, found)
    own = shelf_of(found, before, header(found)[0])
    try:
        policy = load(origin)
    except RulesetError as error:
        return Suite(name, None, ruleset=error.report, report=_report([own], own.problems))
    if strays:
        names = frozenset(path.as_posix() for path in strays)
        return _suite(name, policy, _strays(strays), [own], names, stray=True)
    if only is not None:
        wanted = frozenset(f"{before}{each}" for each in only)
        return _suite(name, policy, own, _parents(found), wanted)
    return _suite(name, policy, own, _parents(found))


def _strays(paths: Iterable[Path]) -> Shelf:
    listed = ((path.as_posix(), path.read_bytes(), path.stem) for path in paths)
    return shelf("", listed, own=False)


def _lost(problem: Problem, strays: Iterable[Path]) -> Report:
    """Return that there is no such ruleset, at each place where a scenario file names it."""
    held = _strays(strays)
    named = [file.ruleset.span for file in held.files if file.ruleset is not None]
    told = [attrs.evolve(problem, span=span) for span in named]
    return _report([held], told or [problem])


def _shown(origin: str | Path, root: Root) -> str:
    if isinstance(origin, Path):
        folder = origin if origin.is_dir() else origin.parent
        return "" if folder == Path() else f"{folder.as_posix()}/"
    return f"{origin}/" if root.identity else ""


def _parents(root: Root) -> list[Shelf]:
    return [shelf_of(parent, shown_before(parent), name) for name, parent in ancestors(root)]


def _suite(
    name: str,
    policy: Policy,
    own: Shelf,
    others: list[Shelf],
    wanted: frozenset[str] | None = None,
    *,
    stray: bool = False,
) -> Suite:
    """
    Return a suite of the files on a shelf.

    Args:
        name: The ruleset as it was named.
        policy: Its policy.
        own: The files.
        others: Files whose scenarios theirs may be like: those of the rulesets it extends, whose
            cases it must answer, too; for a stray, those of the ruleset.
        wanted: Names of files, if only they are asked for.
        stray: The files stand elsewhere and inherit nothing.
    """
    settler = Settler({"": own.files, **{shelf.id: shelf.files for shelf in others}})
    settled = list(settler.cases())
    cases = [case for case in settled if not case.ruleset]
    theirs = [case for case in settled if case.ruleset]
    parents = [] if stray else others
    held = [] if stray else list(inherited(theirs, [own, *parents]))
    problems = [
        *own.problems,
        *settler.problems,
        *(each for case in cases for each in scenes_of(policy, case)[1]),
        *(each for case in cases for each in unknown_names(policy, case)),
        *misnamed(own, [parent.id for parent in parents], theirs),
        *(each for case in held if case.instead for each in unknown_names(policy, case.instead)),
    ]
    if wanted is None:
        problems += [each for parent in parents for each in parent.problems]
    faulty = {problem.span.file for problem in problems if problem.span is not None}
    kept = tuple(case for case in (*cases, *held) if _is_kept(case, wanted, faulty))
    if wanted is not None:
        problems = [p for p in problems if p.span is None or p.span.file in wanted]
    return Suite(name, policy, kept, report=_report([own, *others], problems))


def _is_kept(case: Case, wanted: frozenset[str] | None, faulty: set[str]) -> bool:
    """Return whether a case is asked for and can be played."""
    said = case.file if case.deviates is None else case.deviates.file
    if case.file in faulty or said in faulty:
        return False
    if wanted is None:
        return True
    return said in wanted and (not case.ruleset or case.deviates is not None)


def _report(shelves: list[Shelf], problems: Iterable[Problem]) -> Report:
    sources = {each.name: each for shelf in shelves for each in shelf.sources}
    return Report.of(problems, sources)
