"""Rows and decisions as Arrow batches, by the optional package pyarrow."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs

from complaint_rules.batch.faults import fault
from complaint_rules.batch.outcome import Outcome
from complaint_rules.batch.record import COLUMNS, Record, as_json
from complaint_rules.batch.row import Row
from complaint_rules.errors import MissingExtraError, RulesetError
from complaint_rules.problem import Problem

CHUNK_ROWS: Final = 64
"""Rows that are made Python values, and go from process to process, at a time."""
PROBLEMS: Final = "problems"
"""Column that tells why a row was rejected."""
_PARQUET: Final = "bad-parquet"
_TABLE: Final = "bad-table"
_CURE: Final = "convert the column to text, or to a kind its fact takes"


def pyarrow() -> Any:
    """
    Return the optional package, loaded only when it is needed.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        return importlib.import_module("pyarrow")
    except ImportError:
        raise MissingExtraError("parquet", "reading or writing Parquet or Arrow") from None


@attrs.frozen(eq=False)
class Batch:
    """
    Rows as an Arrow batch that can go to another process.

    Attributes:
        first: Number of its first row.
        data: The batch in Arrow's IPC form, its schema included.
    """

    first: int
    data: bytes


def packed(batch: Any) -> bytes:
    """Return a record batch in Arrow's IPC form."""
    arrow = pyarrow()
    out = arrow.BufferOutputStream()
    with arrow.ipc.new_stream(out, batch.schema) as writer:
        writer.write_batch(batch)
    data: bytes = out.getvalue().to_pybytes()
    return data


def unpacked(data: bytes) -> Any:
    """Return the record batch that was packed."""
    return pyarrow().ipc.open_stream(data).read_next_batch()


def sliced(batch: Any) -> Iterator[Any]:
    """Yield a record batch in slices of at most `CHUNK_ROWS`."""
    for start in range(0, batch.num_rows, CHUNK_ROWS):
        yield batch.slice(start, CHUNK_ROWS)


def rows_of_batch(batch: Batch) -> Iterator[Row]:
    """Yield the rows of a batch; those with values that Python has none for say so."""
    return plain_rows(unpacked(batch.data), batch.first)


def plain_rows(batch: Any, first: int) -> Iterator[Row]:
    """
    Yield the rows of a record batch as Python values.

    Times are cut to microseconds, which Python's have. A row that holds a value which Python has
    none for, such as a year past 9999, is a row that could not be read.

    Args:
        batch: The record batch.
        first: Number of its first row.
    """
    arrow = pyarrow()
    unfit = (arrow.ArrowException, ValueError, OverflowError)
    columns = list(zip(batch.schema.names, batch.columns, strict=True))
    try:
        cells = [(name, _plain(arrow, column)) for name, column in columns]
    except unfit:
        for place in range(batch.num_rows):
            number = first + place
            one = {name: column.slice(place, 1) for name, column in columns}
            yield _row(arrow, unfit, number, one)
        return
    for place in range(batch.num_rows):
        yield Row(first + place, {name: values[place] for name, values in cells})


def _row(
    arrow: Any, unfit: tuple[type[Exception], ...], number: int, columns: dict[str, Any]
) -> Row:
    """Return a row given as columns of one value each."""
    cells: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, column in columns.items():
        try:
            (cells[name],) = _plain(arrow, column)
        except unfit as error:
            told = f"`{name}` holds a value that cannot be read: {_reason(error)}"
            problems.append(Problem(_TABLE, told, place=name, help=_CURE))
    return Row(number, None, tuple(problems)) if problems else Row(number, cells)


def _plain(arrow: Any, column: Any) -> list[Any]:
    """Return a column as Python values."""
    if arrow.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(arrow.timestamp("us", column.type.tz), safe=False)
    plain: list[Any] = column.to_pylist()
    return plain


def unreadable_rows(after: int, name: str, error: Exception) -> RulesetError:
    """Return the error for rows that Arrow cannot read, after so many that it could."""
    if name:
        told = f"after row {after} `{name}` is not Parquet: {_reason(error)}"
        return fault(_PARQUET, told, "write the file anew", name)
    told = f"after row {after} the table cannot be read: {_reason(error)}"
    return fault(_TABLE, told, _CURE)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200].lower()


def names_of(schema: Any) -> tuple[str, ...]:
    """
    Return the names of a schema's columns.

    Raises:
        RulesetError: Two columns have one name (`bad-header`).
    """
    names = tuple(schema.names)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise fault("bad-header", f"the column `{twice[0]}` stands twice", "rename one of them")
    return names


def schema_of(columns: dict[str, str]) -> Any:
    """Return the schema of records of text and whole numbers."""
    arrow = pyarrow()
    kinds = {"text": arrow.string(), "count": arrow.int64()}
    return arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])


def written_schema() -> Any:
    """Return the schema of decided tables: the flat record, and why a row was rejected."""
    return schema_of({**COLUMNS, PROBLEMS: "text"})


def written_batch(records: Sequence[Record], outcomes: Sequence[Outcome]) -> bytes:
    """Return a chunk as a packed batch: a row for each outcome, empty where it was rejected."""
    cells = {record.number: record.cells for record in records}
    listed = [
        cells.get(each.number) or {"row": each.number, PROBLEMS: as_json(_told(each))}
        for each in outcomes
    ]
    return packed(pyarrow().RecordBatch.from_pylist(listed, schema=written_schema()))


def _told(outcome: Outcome) -> list[dict[str, str]]:
    return [
        {"code": p.code, "message": p.message, "place": p.place, "help": p.help}
        for p in outcome.problems
    ]
