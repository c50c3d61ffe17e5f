"""Parquet in and out, by the optional package pyarrow."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from complaint_rules.batch.progress import Progress
from complaint_rules.errors import MissingExtraError

BATCH_ROWS: Final = 1024
"""Rows held at a time."""


def _pyarrow() -> tuple[Any, Any]:
    """Return the optional package: loaded only when a Parquet file is at hand."""
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise MissingExtraError("parquet", "reading or writing Parquet") from None


def parquet_rows(path: Path, progress: Progress) -> Iterator[dict[str, Any]]:
    """
    Yield the rows of a Parquet file, a batch at a time.

    Raises:
        MissingExtraError: The package that reads Parquet is not installed.
    """
    _, parquet = _pyarrow()
    with parquet.ParquetFile(path) as file:
        progress.total = file.metadata.num_rows
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            for row in batch.to_pylist():
                progress.read += 1
                yield row


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
