"""Tables decided from Python: Arrow in, from whatever library, and Arrow out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from complaint_rules.batch.arrow import (
    Batch,
    names_of,
    packed,
    pyarrow,
    sliced,
    unpacked,
    unreadable_rows,
    written_schema,
)
from complaint_rules.batch.chunks import of_batches
from complaint_rules.batch.columns import Columns
from complaint_rules.batch.crew import decided, jobs_of
from complaint_rules.batch.deciding import Work
from complaint_rules.batch.faults import fault
from complaint_rules.batch.summary import Summary
from complaint_rules.decision import whole_seconds
from complaint_rules.mapping import RowMapping
from complaint_rules.policy import Policy


def decide_table(
    policy: Policy,
    table: Any,
    mapping: RowMapping | None = None,
    *,
    at: Any = None,
    jobs: int = 1,
    engine: str = "index",
) -> Any:
    """
    Decide every row of a table; the rows of the answer stand in the same order, one for one.

    Columns are those of the Parquet files that `run` writes, and ``problems``: why the row was
    rejected, as JSON, in which case all others but ``row`` are empty. Rows are decided as the
    answer is read, so neither it nor the table need ever be in memory as a whole.

    Args:
        policy: The policy.
        table: A pyarrow ``Table``, ``RecordBatch`` or ``RecordBatchReader``, a polars or pandas
            ``DataFrame``, or anything else that gives itself as a stream of Arrow.
        mapping: How columns become facts; `None`: columns are facts by name.
        at: The instant to decide at, where the mapping names no column: an aware datetime,
            RFC 3339 text, or whole seconds since 1970-01-01T00:00:00Z.
        jobs: How many processes decide; 0 for one a core.
        engine: Name of the engine.

    Returns:
        A ``pyarrow.RecordBatchReader``. Reading it raises `RulesetError` where the table cannot
        be read on or a process ended, and `EngineError` where there is no such engine.

    Raises:
        RulesetError: `table` is no table, two of its columns have one name, it lacks a column
            that the mapping reads, or `jobs` is no number of processes.
        StateError: `at` is no instant.
        MissingExtraError: The package pyarrow is not installed.
    """
    arrow = pyarrow()
    reader = _reader(arrow, table)
    instant = None if at is None else whole_seconds(at)
    Columns(mapping, Summary()).of_file(names_of(reader.schema))
    work = Work(policy, mapping, instant, engine, arrow=True)
    answers = _answers(work, reader, jobs_of(jobs))
    return arrow.RecordBatchReader.from_batches(written_schema(), answers)


def _reader(arrow: Any, table: Any) -> Any:
    if isinstance(table, arrow.RecordBatch):
        table = arrow.Table.from_batches([table])
    if not hasattr(table, "__arrow_c_stream__"):
        cure = "give a table of pyarrow, polars or pandas; a lazy one is collected first"
        raise fault("bad-table", "what is to be decided is no table", cure)
    try:
        return arrow.RecordBatchReader.from_stream(table)
    except arrow.ArrowException as error:  # a column alone, or of a kind that pyarrow has not
        raise unreadable_rows(0, "", error) from None


def _answers(work: Work, reader: Any, jobs: int) -> Iterator[Any]:
    for _, done in decided(work, of_batches(_batches(reader)), jobs):
        yield unpacked(done.batch)
        if done.error is not None:
            raise done.error


def _batches(reader: Any) -> Iterator[tuple[Batch, int]]:
    first = 1
    try:
        for batch in reader:
            for each in sliced(batch):
                yield Batch(first, packed(each)), each.num_rows
                first += each.num_rows
    except pyarrow().ArrowException as error:
        raise unreadable_rows(first - 1, "", error) from None
