"""Rows in: CSV, JSON Lines and Parquet as a stream, whatever their length."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from complaint_rules.batch.arrow import Batch
from complaint_rules.batch.csv_rows import csv_rows
from complaint_rules.batch.faults import fault, unreadable
from complaint_rules.batch.json_rows import json_rows
from complaint_rules.batch.parquet import parquet_batches, parquet_rows
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.row import OnColumns, Row

_CSV: Final = (".csv", ".tsv")
_LINES: Final = (".jsonl", ".ndjson")
_PARQUET: Final = (".parquet",)
FORMATS: Final = _CSV + _LINES + _PARQUET
"""The endings of files that are read."""


def rows(
    path: Path,
    progress: Progress,
    separator: str | None = None,
    encoding: str | None = None,
    on_columns: OnColumns | None = None,
) -> Iterator[Row]:
    """
    Yield the rows of a file in constant memory; the format is read from its ending.

    Args:
        path: The file: ``.csv``, ``.tsv``, ``.jsonl``, ``.ndjson`` or ``.parquet``.
        progress: Told how far the stream has come.
        separator: The CSV separator; found out from the header where `None`.
        encoding: The text encoding; UTF-8 (or UTF-16 with its mark) where `None`.
        on_columns: Told the columns of a CSV or Parquet file, before its first row.

    Raises:
        RulesetError: The file is missing, has another ending, no header, or is no such file.
        MissingExtraError: Parquet without the package that reads it.
    """
    ending = path.suffix.lower()
    told = on_columns or _nobody
    if ending not in FORMATS:
        listed = ", ".join(f"`{each}`" for each in FORMATS)
        raise fault("unknown-format", f"`{path.name}` has no known ending", f"use {listed}")
    _there(path)
    if ending in _PARQUET:
        yield from parquet_rows(path, progress, told)
        return
    try:
        raw = path.open("rb")
        progress.total = path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from None
    with raw:
        if ending in _CSV:
            yield from csv_rows(raw, progress, separator, encoding, told)
        else:
            yield from json_rows(raw, progress, encoding)


def is_parquet(path: Path) -> bool:
    """Return whether a file's ending says that it is Parquet."""
    return path.suffix.lower() in _PARQUET


def packed_rows(
    path: Path, progress: Progress, on_columns: OnColumns
) -> Iterator[tuple[Batch, int]]:
    """Yield a Parquet file as Arrow batches, each with how many rows it has; else as `rows`."""
    _there(path)
    yield from parquet_batches(path, progress, on_columns)


def _there(path: Path) -> None:
    if not path.exists():
        raise fault("missing-file", f"there is no file `{path.name}`", "check the path", str(path))


def _nobody(columns: tuple[str, ...]) -> None:
    """Nobody wants to know the columns."""
