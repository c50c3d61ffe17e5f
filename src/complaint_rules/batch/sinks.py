"""Decisions out: JSON Lines whole, CSV and Parquet as one flat record a row."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Protocol

import attrs

from complaint_rules.batch.faults import fault, unwritable
from complaint_rules.batch.parquet import ParquetSink
from complaint_rules.batch.record import COLUMNS, Record


class Sink(Protocol):
    """Where decisions go."""

    def write(self, record: Record) -> None:
        """Take the record of a decision, with its cells where `flat` says so."""

    def close(self) -> None:
        """Write what is held, and the file's end."""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Sink]:
    """
    Open the sink for `path`; the format is read from its ending.

    What is written stands beside it as ``….part`` until all is done, so that a run which breaks
    off neither leaves half a file nor harms the one that was there.

    Raises:
        RulesetError: Another ending than ``.jsonl``, ``.ndjson``, ``.csv`` or ``.parquet``
            (`unknown-format`), or the file cannot be written (`unwritable-file`).
        MissingExtraError: Parquet without the package that writes it.
    """
    made = _SINKS.get(path.suffix.lower())
    if made is None:
        cure = "use `.jsonl`, `.csv` or `.parquet`"
        raise fault("unknown-format", f"`{path.name}` has no known ending", cure)
    part = path.with_name(f"{path.name}.part")
    sink: Sink | None = None
    try:
        with _writing(path):
            sink = made(part)
        yield _Guarded(sink, path)
        with _writing(path):
            sink.close()
            part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            if sink is not None:
                sink.close()
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Tell what the system refuses as a fault of `path`."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from None


@attrs.frozen
class _Guarded:
    """A sink whose refusals are told as faults of its file."""

    sink: Sink
    path: Path

    def write(self, record: Record) -> None:
        with _writing(self.path):
            self.sink.write(record)

    def close(self) -> None:
        with _writing(self.path):
            self.sink.close()


class _Lines:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, record: Record) -> None:
        self._file.write(f'{{"row":{record.number},"decision":{record.text}}}\n')

    def close(self) -> None:
        self._file.close()


class _Csv:
    def __init__(self, path: Path) -> None:
        # With its mark, Excel reads the file as UTF-8.
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.DictWriter(self._file, list(COLUMNS))
        self._writer.writeheader()

    def write(self, record: Record) -> None:
        self._writer.writerow(record.cells)

    def close(self) -> None:
        self._file.close()


class _Parquet:
    def __init__(self, path: Path) -> None:
        self._sink = ParquetSink(path, COLUMNS)

    def write(self, record: Record) -> None:
        self._sink.write(record.cells)

    def close(self) -> None:
        self._sink.close()


_SINKS: Final[dict[str, Callable[[Path], Sink]]] = {
    ".jsonl": _Lines,
    ".ndjson": _Lines,
    ".csv": _Csv,
    ".parquet": _Parquet,
}


def flat(path: Path) -> bool:
    """Return whether the sink for `path` writes flat records."""
    return _SINKS.get(path.suffix.lower()) is not _Lines
