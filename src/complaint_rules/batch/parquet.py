"""Parquet in and out, by the optional package pyarrow."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from complaint_rules.batch.arrow import (
    Batch,
    names_of,
    packed,
    plain_rows,
    pyarrow,
    schema_of,
    sliced,
    unreadable_rows,
)
from complaint_rules.batch.faults import unreadable
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.row import OnColumns, Row

BATCH_ROWS: Final = 1024
"""Rows of a file held at a time."""


def parquet_rows(path: Path, progress: Progress, on_columns: OnColumns) -> Iterator[Row]:
    """
    Yield the rows of a Parquet file, a batch at a time.

    Args:
        path: The file.
        progress: Told how far the stream has come, in rows.
        on_columns: Told the file's columns.

    Raises:
        RulesetError: The file cannot be read, or is not Parquet (`bad-parquet`).
        MissingExtraError: The package that reads Parquet is not installed.
    """
    for first, batch in _slices(path, progress, on_columns):
        for row in plain_rows(batch, first):
            progress.read = progress.rows = row.number
            yield row


def parquet_batches(
    path: Path, progress: Progress, on_columns: OnColumns
) -> Iterator[tuple[Batch, int]]:
    """Yield a Parquet file as packed batches, each with how many rows it has."""
    for first, batch in _slices(path, progress, on_columns):
        yield Batch(first, packed(batch)), batch.num_rows


def _slices(path: Path, progress: Progress, on_columns: OnColumns) -> Iterator[tuple[int, Any]]:
    """Yield the number of its first row with each record batch of a file."""
    arrow, parquet = pyarrow(), importlib.import_module("pyarrow.parquet")
    try:
        raw = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from None
    first = 1
    with raw:
        try:
            file = parquet.ParquetFile(raw)
            progress.total = file.metadata.num_rows
            on_columns(names_of(file.schema_arrow))
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                for each in sliced(batch):
                    yield first, each
                    first += each.num_rows
        except (arrow.ArrowException, OSError) as error:
            raise unreadable_rows(first - 1, path.name, error) from None


class ParquetSink:
    """Writes records of text and whole numbers to a Parquet file, a batch at a time."""

    def __init__(self, path: Path, columns: dict[str, str]) -> None:
        self._arrow, parquet = pyarrow(), importlib.import_module("pyarrow.parquet")
        self._schema = schema_of(columns)
        self._writer = parquet.ParquetWriter(path, self._schema)
        self._held: list[dict[str, Any]] = []

    def write(self, record: dict[str, Any]) -> None:
        """Take one record."""
        self._held.append(record)
        if len(self._held) >= BATCH_ROWS:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(self._arrow.Table.from_pylist(self._held, schema=self._schema))
        self._held = []

    def close(self) -> None:
        """Write what is held, and the file's end."""
        if self._held:
            self._flush()
        self._writer.close()
