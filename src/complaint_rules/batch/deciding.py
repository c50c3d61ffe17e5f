"""One row decided, alone or among others of its chunk."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import attrs

from complaint_rules.batch.arrow import Batch, rows_of_batch, written_batch
from complaint_rules.batch.outcome import Outcome
from complaint_rules.batch.record import Record, recorded
from complaint_rules.batch.row import Row
from complaint_rules.batch.summary import Summary
from complaint_rules.decision import decide, to_json
from complaint_rules.errors import StateError
from complaint_rules.intake import read_state
from complaint_rules.mapping import RowMapping, facts_of_row, filled
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem


def facts_and_instant(
    row: Row, mapping: RowMapping | None, at: int | None
) -> tuple[dict[str, Any], int | None, list[Problem]]:
    """
    Return the facts of a row, the instant to decide it at, and what is wrong with it.

    Args:
        row: The row.
        mapping: How columns become facts; `None`: columns are facts by name.
        at: The instant to decide at, in whole seconds, where the mapping names no column.
    """
    if row.cells is None:
        return {}, None, list(row.problems)
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
    return facts, instant, problems


@attrs.frozen(eq=False)
class Done:
    """
    What became of the rows of a chunk, in their order; made to go from process to process.

    Attributes:
        outcomes: What became of each row, decisions as text.
        records: What a sink writes of those decided.
        summary: Their counts.
        batch: The rows as an Arrow batch in IPC form; empty where that is not asked for.
        error: What ended the work before the chunk's end.
    """

    outcomes: tuple[Outcome, ...]
    records: tuple[Record, ...]
    summary: Summary
    batch: bytes = b""
    error: Exception | None = None


@attrs.frozen(eq=False)
class Work:
    """
    How rows are decided: the same in every process.

    Attributes:
        policy: The policy.
        mapping: How columns become facts; `None`: columns are facts by name.
        at: The instant to decide at, in whole seconds, where the mapping names no column.
        engine: Name of the engine.
        flat: Records hold the flat cells of a decision, too.
        arrow: Chunks come back as Arrow batches, with no records.
    """

    policy: Policy
    mapping: RowMapping | None = None
    at: int | None = None
    engine: str = "index"
    flat: bool = True
    arrow: bool = False

    def outcome(self, row: Row) -> Outcome:
        """Return what becomes of one row."""
        facts, instant, problems = facts_and_instant(row, self.mapping, self.at)
        if problems or instant is None:
            return Outcome(row.number, None, tuple(problems), row.line)
        try:
            state = read_state(self.policy, facts)
            decision = decide(self.policy, state, at=instant, engine=self.engine)
        except StateError as error:
            return Outcome(row.number, None, error.report.problems, row.line)
        return Outcome(row.number, to_json(decision), (), row.line)

    def chunk(self, cargo: tuple[Row, ...] | Batch) -> Done:
        """Return what becomes of the rows of a chunk; an error does not lose those before it."""
        outcomes: list[Outcome] = []
        records: list[Record] = []
        summary = Summary()
        failed: Exception | None = None
        try:
            for row in _rows(cargo):
                outcome = self.outcome(row)
                decision = outcome.decision
                summary.take(outcome)
                if decision is not None:
                    record = recorded(outcome.number, decision, flat=self.flat)
                    records.append(record)
                    outcome = Outcome(row.number, record.text, (), row.line)
                outcomes.append(outcome)
        except Exception as error:  # noqa: BLE001 - whoever gave the chunk raises it, in its turn
            failed = portable(error)
        if self.arrow:
            written = written_batch(records, outcomes)
            return Done(tuple(outcomes), (), summary, written, failed)
        return Done(tuple(outcomes), tuple(records), summary, error=failed)


def _rows(cargo: tuple[Row, ...] | Batch) -> Iterator[Row]:
    return rows_of_batch(cargo) if isinstance(cargo, Batch) else iter(cargo)


def portable(error: Exception) -> Exception:
    """Return an error as it can go to another process; one that cannot is told by its words."""
    try:
        copied = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own error, a line before
    except Exception:  # noqa: BLE001 - errors may refuse in any way they like
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error if type(copied) is type(error) else RuntimeError(str(error))
