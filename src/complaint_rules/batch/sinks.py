"""Decisions out: JSON Lines whole, CSV and Parquet as one flat record a row."""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import attrs

from complaint_rules.batch.faults import fault, unwritable
from complaint_rules.batch.parquet import ParquetSink

COLUMNS: Final = {
    "row": "count",
    "complaint_id": "text",
    "at": "text",
    "stage": "text",
    "types": "text",
    "actions": "text",
    "next_due": "text",
    "overdue": "text",
    "owed": "text",
    "choices": "text",
    "goodwill": "text",
    "withheld": "text",
    "prohibitions": "text",
    "asks": "text",
    "review_at": "text",
    "decision": "text",
}
"""Columns of a flat record; ``decision`` holds the whole decision as JSON."""


class Sink(Protocol):
    """Where decisions go."""

    def write(self, number: int, decision: Mapping[str, Any]) -> None:
        """Take the decision of row `number`, as JSON data."""

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

    def write(self, number: int, decision: Mapping[str, Any]) -> None:
        with _writing(self.path):
            self.sink.write(number, decision)

    def close(self) -> None:
        with _writing(self.path):
            self.sink.close()


def as_json(data: Any) -> str:
    """Return `data` as one line of JSON, the same bytes for equal data."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


class _Lines:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, number: int, decision: Mapping[str, Any]) -> None:
        self._file.write(as_json({"row": number, "decision": decision}) + "\n")

    def close(self) -> None:
        self._file.close()


class _Csv:
    def __init__(self, path: Path) -> None:
        # With its mark, Excel reads the file as UTF-8.
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.DictWriter(self._file, list(COLUMNS))
        self._writer.writeheader()

    def write(self, number: int, decision: Mapping[str, Any]) -> None:
        self._writer.writerow(flat(number, decision))

    def close(self) -> None:
        self._file.close()


class _Parquet:
    def __init__(self, path: Path) -> None:
        self._sink = ParquetSink(path, COLUMNS)

    def write(self, number: int, decision: Mapping[str, Any]) -> None:
        self._sink.write(flat(number, decision))

    def close(self) -> None:
        self._sink.close()


_SINKS: Final[dict[str, Callable[[Path], Sink]]] = {
    ".jsonl": _Lines,
    ".ndjson": _Lines,
    ".csv": _Csv,
    ".parquet": _Parquet,
}


def flat(number: int, decision: Mapping[str, Any]) -> dict[str, Any]:
    """Return one decision as a flat record: lists as ids with blanks between."""
    dues = [action["due"] for action in decision["actions"] if action["due"]]
    late = [target["id"] for target in decision["targets"] if target["status"] == "overdue"]
    return {
        "row": number,
        "complaint_id": decision["complaint_id"] or "",
        "at": decision["at"],
        "stage": decision["stage"],
        "types": _ids(decision["types"], "type"),
        "actions": _ids(decision["actions"], "id"),
        "next_due": min(dues, default=""),
        "overdue": " ".join(late),
        "owed": " ".join(map(_offer, decision["owed"])),
        "choices": " ".join(map(_offer, decision["choices"])),
        "goodwill": " ".join(map(_offer, decision["goodwill"])),
        "withheld": _ids(decision["withheld"], "remedy"),
        "prohibitions": _ids(decision["prohibitions"], "id"),
        "asks": _ids(decision["asks"], "fact"),
        "review_at": decision["review_at"] or "",
        "decision": as_json(decision),
    }


def _ids(items: list[Mapping[str, Any]], key: str) -> str:
    return " ".join(str(item[key]) for item in items)


def _offer(item: Mapping[str, Any]) -> str:
    amount, remedy = item["amount"], str(item["remedy"])
    return f"{remedy}={amount['amount']}{amount['currency']}" if amount else remedy
