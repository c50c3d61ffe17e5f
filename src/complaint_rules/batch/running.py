"""A run: rows in, decisions and a summary out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from complaint_rules.batch.faults import fault
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.row import Row
from complaint_rules.batch.rows import rows
from complaint_rules.batch.sinks import opened
from complaint_rules.batch.summary import Summary
from complaint_rules.decision import decide, to_json
from complaint_rules.errors import RulesetError, StateError
from complaint_rules.intake import read_state
from complaint_rules.mapping import RowMapping, facts_of_row, filled
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem

_MOST_NAMES: Final = 1000


@attrs.frozen
class Outcome:
    """
    What became of one row: a decision as JSON data, or the problems that rejected it.

    Attributes:
        number: The row's number, from 1.
        decision: The decision; `None` where the row was rejected.
        problems: Why it was rejected.
        line: The line of the file the row begins on; `None` where files have no lines.
    """

    number: int
    decision: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()
    line: int | None = None


def decide_rows(
    policy: Policy,
    source: Iterator[Row],
    mapping: RowMapping | None = None,
    *,
    at: int | None = None,
    engine: str = "index",
) -> Iterator[Outcome]:
    """
    Decide each row, one at a time.

    Args:
        policy: The policy.
        source: Rows, from `complaint_rules.batch.rows`.
        mapping: How columns become facts; `None`: columns are facts by name.
        at: The instant to decide at, in whole seconds, where the mapping names no column.
        engine: Name of the engine.
    """
    for row in source:
        yield _decide_row(policy, row, mapping, at, engine)


def _decide_row(
    policy: Policy, row: Row, mapping: RowMapping | None, at: int | None, engine: str
) -> Outcome:
    if row.cells is None:
        return Outcome(row.number, None, row.problems, row.line)
    problems: list[Problem] = []
    if mapping is None:
        facts = {name: filled(value) for name, value in row.cells.items()}
        instant = at
    else:
        facts, mapped_at, problems = facts_of_row(mapping, row.cells)
        instant = at if mapping.at is None else mapped_at
    if instant is None and not problems:
        cure = "give `--at`, or `at:` in the mapping"
        problems = [Problem("missing-at", "there is no instant to decide at", help=cure)]
    if problems or instant is None:
        return Outcome(row.number, None, tuple(problems), row.line)
    try:
        decision = decide(policy, read_state(policy, facts), at=instant, engine=engine)
    except StateError as error:
        return Outcome(row.number, None, error.report.problems, row.line)
    return Outcome(row.number, to_json(decision), (), row.line)


def run(
    policy: Policy,
    source: Path,
    out: Path,
    mapping: RowMapping | None = None,
    *,
    at: int | None = None,
    engine: str = "index",
    on_row: Callable[[Outcome, Progress], None] | None = None,
) -> Summary:
    """
    Decide every row of a file and write the decisions to another.

    Args:
        policy: The policy.
        source: CSV, JSON Lines or Parquet, by its ending.
        out: JSON Lines, CSV or Parquet, by its ending.
        mapping: How columns become facts; `None`: columns are facts by name.
        at: The instant to decide at, in whole seconds, where the mapping names no column.
        engine: Name of the engine.
        on_row: Called after each row: for progress, and for reporting rejected rows.

    Returns:
        The counts of the run.

    Raises:
        RulesetError: A file cannot be read or written at all, or lacks a column that the mapping
            reads.
        EngineError: There is no such engine, or it failed.
        MissingExtraError: Parquet without the package for it.
    """
    if source.exists() and out.exists() and source.samefile(out):
        told = f"`{out.name}` is the file the rows come from"
        raise fault("same-file", told, "write the decisions to another file", str(out))
    progress, summary = Progress(), Summary()
    columns = _Columns(mapping, summary)
    separator, encoding = (mapping.separator, mapping.encoding) if mapping else (None, None)
    stream = rows(source, progress, separator, encoding, columns.of_file)
    with opened(out) as sink:
        for row in stream:
            columns.of_row(row.cells)
            outcome = _decide_row(policy, row, mapping, at, engine)
            if outcome.decision is None:
                summary.rejected[outcome.problems[0].code] += 1
            else:
                summary.count(outcome.decision)
                sink.write(outcome.number, outcome.decision)
            if on_row is not None:
                on_row(outcome, progress)
    summary.unseen = columns.unseen()
    return summary


class _Columns:
    """Which columns the mapping reads, and which of them and of the others the file has."""

    def __init__(self, mapping: RowMapping | None, summary: Summary) -> None:
        self._mapping = mapping
        self._unread = summary.unread
        read = () if mapping is None else mapping.columns()
        self._missing = dict.fromkeys(read)
        self._known = {*read, *(name.partition(".")[0] for name in read)}
        if mapping is not None:
            self._known |= mapping.ignored

    def of_file(self, columns: tuple[str, ...]) -> None:
        """Look at a file's header: a column that is not there is a slip in the mapping."""
        if self._mapping is None:
            return
        report = self._mapping.missing_from(columns)
        if not report.ok:
            raise RulesetError(report)
        self._missing.clear()
        self.of_row(dict.fromkeys(columns))

    def of_row(self, cells: Mapping[str, Any] | None) -> None:
        """Look at one row's columns: those of a file without header may differ."""
        if self._mapping is None or cells is None:
            return
        for name in cells:
            if name not in self._known and len(self._unread) < _MOST_NAMES:
                self._known.add(name)
                self._unread[name] = None
        if self._missing:
            for name in [name for name in self._missing if _has(cells, name)]:
                del self._missing[name]

    def unseen(self) -> tuple[str, ...]:
        """Return the columns the mapping reads and no row held."""
        return tuple(self._missing)


def _has(cells: Mapping[str, Any], name: str) -> bool:
    return name in cells or name.partition(".")[0] in cells
