"""A run: rows in, decisions and a summary out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from complaint_rules.batch.chunks import Chunk, in_chunks, of_batches
from complaint_rules.batch.columns import Columns
from complaint_rules.batch.crew import decided, jobs_of
from complaint_rules.batch.deciding import Work
from complaint_rules.batch.faults import fault
from complaint_rules.batch.outcome import Outcome
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.record import Record, recorded
from complaint_rules.batch.row import Row
from complaint_rules.batch.rows import is_parquet, packed_rows, rows
from complaint_rules.batch.sinks import flat, opened
from complaint_rules.batch.summary import Summary
from complaint_rules.mapping import RowMapping
from complaint_rules.policy import Policy

OnRow = Callable[[Outcome, Progress], None]


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
    work = Work(policy, mapping, at, engine)
    for row in source:
        yield work.outcome(row)


def run(
    policy: Policy,
    source: Path,
    out: Path,
    mapping: RowMapping | None = None,
    *,
    at: int | None = None,
    engine: str = "index",
    jobs: int = 1,
    on_row: OnRow | None = None,
) -> Summary:
    """
    Decide every row of a file and write the decisions to another.

    The result is the same, byte for byte, whatever the number of processes.

    Args:
        policy: The policy.
        source: CSV, JSON Lines or Parquet, by its ending.
        out: JSON Lines, CSV or Parquet, by its ending.
        mapping: How columns become facts; `None`: columns are facts by name.
        at: The instant to decide at, in whole seconds, where the mapping names no column.
        engine: Name of the engine.
        jobs: How many processes decide, beside this one where there are more than one; 0 for one
            a core.
        on_row: Called after each row, in their order, in this process: for progress, and for
            reporting rejected rows.

    Returns:
        The counts of the run.

    Raises:
        RulesetError: A file cannot be read or written at all, or lacks a column that the mapping
            reads; `jobs` is no number of processes, or a process ended.
        EngineError: There is no such engine, or it failed.
        MissingExtraError: Parquet without the package for it.
    """
    if source.exists() and out.exists() and source.samefile(out):
        told = f"`{out.name}` is the file the rows come from"
        raise fault("same-file", told, "write the decisions to another file", str(out))
    jobs, summary = jobs_of(jobs), Summary()
    columns = Columns(mapping, summary)
    stream = _Stream(Work(policy, mapping, at, engine, flat=flat(out)), source, columns, summary)
    with opened(out) as sink:
        for outcome, record in stream.alone() if jobs == 1 else stream.shared(jobs):
            if record is not None:
                sink.write(record)
            if on_row is not None:
                on_row(outcome, stream.progress)
    summary.unseen = columns.unseen()
    return summary


@attrs.frozen(eq=False)
class _Stream:
    """What becomes of each row of a file, with the record that is written of it."""

    work: Work
    source: Path
    columns: Columns
    summary: Summary
    progress: Progress = attrs.field(init=False, factory=Progress)

    def alone(self) -> Iterator[tuple[Outcome, Record | None]]:
        """Yield it row by row, decided here."""
        for row in self._rows(self.progress):
            outcome = self.work.outcome(row)
            self.summary.take(outcome)
            decision = outcome.decision
            if decision is None:
                yield outcome, None
            else:
                yield outcome, recorded(outcome.number, decision, flat=self.work.flat)

    def shared(self, jobs: int) -> Iterator[tuple[Outcome, Record | None]]:
        """Yield it row by row, decided in chunks by other processes."""
        read = Progress()
        for chunk, done in decided(self.work, self._chunks(read), jobs):
            self.progress.total = read.total
            self.summary.add(done.summary)
            records = iter(done.records)
            for outcome, far in zip(done.outcomes, chunk.reads, strict=False):
                self.progress.rows, self.progress.read = outcome.number, far
                yield outcome, next(records) if outcome.decided else None
            if done.error is not None:
                raise done.error

    def _chunks(self, read: Progress) -> Iterator[Chunk]:
        if is_parquet(self.source):
            return of_batches(packed_rows(self.source, read, self.columns.of_file))
        return in_chunks(self._rows(read), read)

    def _rows(self, read: Progress) -> Iterator[Row]:
        mapping = self.work.mapping
        separator, encoding = (mapping.separator, mapping.encoding) if mapping else (None, None)
        for row in rows(self.source, read, separator, encoding, self.columns.of_file):
            self.columns.of_row(row.cells)
            yield row
