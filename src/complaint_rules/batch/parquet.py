"""Parquet in and out, by the optional package pyarrow."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from complaint_rules.batch.faults import fault, unreadable
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.row import OnColumns, Row
from complaint_rules.errors import MissingExtraError

BATCH_ROWS: Final = 1024
"""Rows held at a time."""


def _pyarrow() -> tuple[Any, Any]:
    """Return the optional package: loaded only when a Parquet file is at hand."""
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise MissingExtraError("parquet", "reading or writing Parquet") from None


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
    arrow, parquet = _pyarrow()
    try:
        raw = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from None
    with raw:
        try:
            file = parquet.ParquetFile(raw)
            progress.total = file.metadata.num_rows
            on_columns(tuple(file.schema_arrow.names))
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                for cells in _plain(arrow, batch):
                    progress.read = progress.rows = progress.rows + 1
                    yield Row(progress.rows, cells)
        except (arrow.ArrowException, OSError) as error:
            told = f"after row {progress.rows} `{path.name}` is not Parquet: {_one_line(error)}"
            raise fault("bad-parquet", told, "write the file anew", str(path)) from None


def _plain(arrow: Any, batch: Any) -> list[dict[str, Any]]:
    """Return a batch as Python values; times are cut to microseconds, which Python's have."""
    columns = [
        column.cast(arrow.timestamp("us", column.type.tz), safe=False)
        if arrow.types.is_timestamp(column.type) and column.type.unit == "ns"
        else column
        for column in batch.columns
    ]
    table = arrow.RecordBatch.from_arrays(columns, names=batch.schema.names)
    listed: list[dict[str, Any]] = table.to_pylist()
    return listed


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200].lower()


class ParquetSink:
    """Writes records of text and whole numbers to a Parquet file, a batch at a time."""

    def __init__(self, path: Path, columns: dict[str, str]) -> None:
        self._arrow, parquet = _pyarrow()
        kinds = {"text": self._arrow.string(), "count": self._arrow.int64()}
        self._schema = self._arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
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
