"""
Many complaints in, decisions out: a stream, in constant memory, in the order of the rows.

A row that cannot be read, mapped or decided is reported with its number and reason, and the run
goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs

from complaint_rules.batch.progress import Progress
from complaint_rules.batch.rows import Row, rows
from complaint_rules.batch.sinks import open_sink
from complaint_rules.batch.summary import Summary
from complaint_rules.decision import decide, to_json
from complaint_rules.errors import StateError
from complaint_rules.intake import read_state
from complaint_rules.mapping import RowMapping, facts_of_row
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem

__all__ = ["Outcome", "Progress", "Summary", "decide_rows", "run"]


@attrs.frozen
class Outcome:
    """
    What became of one row: a decision as JSON data, or the problems that rejected it.

    Attributes:
        number: The row's number, from 1.
        decision: The decision; `None` where the row was rejected.
        problems: Why it was rejected.
    """

    number: int
    decision: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()


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

    Arguments:
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
        return Outcome(row.number, None, row.problems)
    problems: list[Problem] = []
    if mapping is None:
        facts = {key: value for key, value in row.cells.items() if value != ""}
        instant = at
    else:
        facts, mapped_at, problems = facts_of_row(mapping, row.cells)
        instant = at if mapping.at is None else mapped_at
    if instant is None and not problems:
        cure = "give `--at`, or `at:` in the mapping"
        problems = [Problem("missing-at", "there is no instant to decide at", help=cure)]
    if problems or instant is None:
        return Outcome(row.number, None, tuple(problems))
    try:
        decision = decide(policy, read_state(policy, facts), at=instant, engine=engine)
    except StateError as error:
        return Outcome(row.number, None, error.report.problems)
    return Outcome(row.number, to_json(decision))


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

    Arguments:
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
        RulesetError: A file cannot be read or written at all.
        MissingExtraError: Parquet without the package for it.
    """
    progress = Progress()
    summary = Summary()
    separator, encoding = (mapping.separator, mapping.encoding) if mapping else (None, None)
    stream = rows(source, progress, separator, encoding)
    sink = open_sink(out)
    try:
        for row in stream:
            if row.number == 1 and row.cells is not None and mapping is not None:
                summary.ignored = _not_read(mapping, row.cells)
            outcome = _decide_row(policy, row, mapping, at, engine)
            if outcome.decision is None:
                summary.rejected[outcome.problems[0].code] += 1
            else:
                summary.count(outcome.decision)
                sink.write(outcome.number, outcome.decision)
            if on_row is not None:
                on_row(outcome, progress)
    finally:
        sink.close()
    return summary


def _not_read(mapping: RowMapping, cells: Any) -> tuple[str, ...]:
    return tuple(name for name in cells if name not in {*mapping.columns(), *mapping.ignored})
