"""
The pytest plugin: scenario files are collected, each case an item.

A file is a scenario file if it stands in the folder `scenarios` beside a `ruleset.yaml`, or if it
has the keys `format`, `ruleset` and `scenarios` (or `deviations`); all other YAML is left alone. A
`ruleset.yaml` that extends others and has such a folder collects the scenarios it inherits. Nothing
of `complaint_rules` is imported before the first of these files is met.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from complaint_rules.problem import Problem
    from complaint_rules.testing import Case, Suite

_MAIN = "ruleset.yaml"
_FOLDER = "scenarios"
_ENDINGS = (".yaml", ".yml")
_HEAD = 65_536
_FORMAT = frozenset({b"format"})
_EXTENDS = frozenset({b"extends"})
_RULESET = frozenset({b"ruleset"})
_CONTENT = frozenset({b"scenarios", b"deviations"})
_BLOCK = re.compile(rb"^(\w+):", re.MULTILINE)
_FLOW = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|[#%][^\n]*\n|---)*(?=\{)")
"""What may stand before a file that is one flow mapping: blanks, comments, a document's marks."""
_PIECE = re.compile(
    rb"""
    (?: "((?:[^"\\]|\\.)*)(?:"|\Z) | '((?:[^']|'')*)(?:'|\Z)
      | ( (?:[^\s,\[\]{}:\#"'] | :(?![\s,\[\]{}]))
          (?:[^\n,\[\]{}:\#] | :(?![\s,\[\]{}]) | (?<=\S)\#)* ) )
    (\s*:)?
    | \#[^\n]* | ([\[{]) | ([\]}])
    """,
    re.VERBOSE | re.DOTALL,
)
"""A piece of a flow mapping: a word in either quotes or in none, and its colon; a bracket."""
_SUITES = pytest.StashKey[dict[str, "Suite"]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options: to refuse scenarios nobody has reviewed, to approve decisions."""
    group = parser.getgroup("complaint-rules")
    group.addoption(
        "--strict-scenarios",
        action="store_true",
        help="complaint rules: scenarios marked `unreviewed` fail",
    )
    group.addoption(
        "--accept",
        action="store_true",
        help="complaint rules: `approve` writes its files instead of comparing",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker of scenarios nobody has reviewed; let `approve` know of `--accept`."""
    config.addinivalue_line("markers", "unreviewed: a scenario that nobody has reviewed yet")
    config.stash[_SUITES] = {}
    if config.getoption("accept"):
        os.environ["COMPLAINT_RULES_ACCEPT"] = "1"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return the collector of a scenario file; of any other file nothing."""
    if file_path.suffix not in _ENDINGS:
        return None
    if file_path.name == _MAIN:
        wanted = (file_path.parent / _FOLDER).is_dir() and _has(file_path, _FORMAT, _EXTENDS)
        return Inherited.from_parent(parent, path=file_path) if wanted else None
    home = _home(file_path)
    if _has(file_path, _FORMAT, _RULESET, _CONTENT):
        return Scenarios.from_parent(parent, path=file_path, home=None)
    if home is not None:
        return Scenarios.from_parent(parent, path=file_path, home=home)
    return None


def _home(path: Path) -> Path | None:
    """Return the folder of the ruleset whose `scenarios` a file stands in, if it stands in any."""
    for folder in path.parents:
        if folder.name == _FOLDER and _has(folder.parent / _MAIN, _FORMAT):
            return folder.parent
    return None


def _has(path: Path, *wanted: frozenset[bytes]) -> bool:
    """Return whether a file is there and has a key of each of these sets."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    begun = _FLOW.match(head)
    found = set(_BLOCK.findall(head) if begun is None else _flow_keys(head, begun.end()))
    return all(found & each for each in wanted)


def _flow_keys(head: bytes, begin: int) -> Iterator[bytes]:
    """Yield the keys of the flow mapping that begins there, not those of what it holds."""
    depth = 0
    for piece in _PIECE.finditer(head, begin):
        double, single, plain, colon, opened, closed = piece.groups()
        depth += (opened is not None) - (closed is not None)
        if depth == 1 and colon is not None:
            yield next(word for word in (double, single, plain) if word is not None).strip()


class _Collector(pytest.File):
    """What collects the cases of one file."""

    def suite(self, folder: Path) -> Suite:
        """Return the ruleset in a folder with its cases; it is read once in a session."""
        from complaint_rules.testing import read_suite

        known = self.config.stash[_SUITES]
        name = self.shown(folder)
        if name not in known:
            known[name] = read_suite(Path(name))
        return known[name]

    def shown(self, path: Path) -> str:
        """Return a path as a reader of the run knows it."""
        here = self.config.invocation_params.dir
        return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)

    def items(self, suite: Suite, cases: Iterable[Case]) -> Iterator[ScenarioItem]:
        """Yield an item for each case."""
        from complaint_rules.testing.told import place

        for case in cases:
            _, name = place(suite.name, case)
            yield ScenarioItem.from_parent(self, name=name, case=case, suite=suite)

    def refuse(self, suite: Suite, problems: Iterable[Problem]) -> None:
        """Raise what is wrong with a ruleset or a file, if anything is."""
        from complaint_rules.problem import Report
        from complaint_rules.report import as_text

        sources = {**suite.ruleset.sources, **suite.report.sources}
        report = Report.of((*suite.ruleset.errors, *problems), sources)
        if not report.ok:
            raise self.CollectError(as_text(report))


class Scenarios(_Collector):
    """A scenario file: an item for each of its cases."""

    def __init__(self, *, home: Path | None, **others: Any) -> None:
        super().__init__(**others)
        self._home = home

    def collect(self) -> Iterator[ScenarioItem]:
        """Yield the items; a file with faults is an error that tells all of them."""
        suite, file = self._read()
        self.refuse(suite, [p for p in suite.report.problems if _stands_in(p, file)])
        cases = [case for case in suite.cases if case.file == file and not case.ruleset]
        yield from self.items(suite, cases)

    def _read(self) -> tuple[Suite, str]:
        if self._home is not None:
            return self.suite(self._home), self.shown(self.path)
        from complaint_rules.problem import Report
        from complaint_rules.report import as_text
        from complaint_rules.testing.finding import asked_by

        file = self.shown(self.path)
        asked, problems = asked_by([file])
        if problems:
            raise self.CollectError(as_text(Report.of(problems)))
        return asked[0].read(), file


class Inherited(_Collector):
    """A ruleset that extends others: an item for each case of theirs that it must answer, too."""

    def collect(self) -> Iterator[ScenarioItem]:
        """Yield the items."""
        suite = self.suite(self.path.parent)
        own = self.shown(self.path.parent / _FOLDER)
        problems = suite.report.problems
        self.refuse(suite, [p for p in problems if p.span is None or _outside(p, own)])
        yield from self.items(suite, (case for case in suite.cases if case.ruleset))


def _stands_in(problem: Problem, file: str) -> bool:
    return problem.span is not None and problem.span.file == file


def _outside(problem: Problem, folder: str) -> bool:
    return problem.span is not None and not problem.span.file.startswith(f"{folder}/")


class ScenarioFailure(Exception):  # noqa: N818 - it is what a reader sees, not an error of code
    """A case is not as it should be; the message tells how."""


class ScenarioItem(pytest.Item):
    """One case."""

    def __init__(self, *, case: Case, suite: Suite, **others: Any) -> None:
        super().__init__(**others)
        self._case, self._suite = case, suite
        self.extra_keyword_matches.update(case.tags)
        self.user_properties.append(("story", case.story))
        if case.unreviewed:
            self.add_marker("unreviewed")

    def runtest(self) -> None:
        """Play the case."""
        from complaint_rules.testing import Status, play, told

        case, policy = self._case, self._suite.policy
        outcome = play(policy, case)
        if not outcome.ok:
            raise ScenarioFailure(told(policy, outcome))
        if outcome.status is Status.EXPECTED:
            pytest.xfail(case.expected_failure)
        if case.unreviewed and self.config.getoption("strict_scenarios"):
            raise ScenarioFailure("nobody has reviewed it: look at it, and take `unreviewed` out")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what differs, without Python's way to it."""
        if isinstance(excinfo.value, ScenarioFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Return where the case is written, and its name."""
        return self.path, self._case.span.line - 1, self.name
