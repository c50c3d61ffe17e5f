"""Rows in: CSV, JSON Lines and Parquet as a stream, whatever their length."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import attrs

from complaint_rules.batch.parquet import parquet_rows
from complaint_rules.batch.progress import Progress
from complaint_rules.errors import RulesetError, StateError
from complaint_rules.intake import read_json
from complaint_rules.problem import Problem, Report

FORMATS: Final = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
_SEPARATORS: Final = ",;\t|"
csv.field_size_limit(16 * 1024 * 1024)


@attrs.frozen
class Row:
    """
    One row of the input.

    Attributes:
        number: Its number, from 1, the header not counted.
        cells: Its cells by column; `None` where the row could not be read.
        problems: Why it could not be read.
    """

    number: int
    cells: Mapping[str, Any] | None
    problems: tuple[Problem, ...] = ()


def fault(code: str, message: str, cure: str, place: str = "") -> RulesetError:
    """Return the error for an input or output that cannot be used at all."""
    return RulesetError(Report.of([Problem(code, message, place=place, help=cure)]))


def rows(
    path: Path, progress: Progress, separator: str | None = None, encoding: str | None = None
) -> Iterator[Row]:
    """
    Yield the rows of a file in constant memory; the format is read from its ending.

    Arguments:
        path: The file: ``.csv``, ``.tsv``, ``.jsonl``, ``.ndjson`` or ``.parquet``.
        progress: Told how far the stream has come.
        separator: The CSV separator; found out from the header where `None`.
        encoding: The text encoding; UTF-8 (or UTF-16 with its mark) where `None`.

    Raises:
        RulesetError: The file is missing, has another ending, or no header.
        MissingExtraError: Parquet without the package that reads it.
    """
    ending = path.suffix.lower()
    if not path.is_file():
        raise fault("missing-file", f"there is no file `{path.name}`", "check the path", str(path))
    if ending == ".parquet":
        for number, cells in enumerate(parquet_rows(path, progress), start=1):
            yield Row(number, cells)
        return
    if ending not in FORMATS:
        raise fault("unknown-format", f"`{path.name}` has no known ending", f"use {_listed()}")
    progress.total = path.stat().st_size
    with path.open("rb") as raw:
        read = _json_rows if ending in (".jsonl", ".ndjson") else _csv_rows
        yield from read(raw, progress, separator, encoding)


def _listed() -> str:
    return ", ".join(f"`{ending}`" for ending in FORMATS)


def _text(raw: BinaryIO, encoding: str | None) -> io.TextIOWrapper:
    mark = raw.read(4)
    raw.seek(0)
    if encoding is None:
        encoding = "utf-16" if mark[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return io.TextIOWrapper(raw, encoding, errors="strict", newline="")


def _csv_rows(
    raw: BinaryIO, progress: Progress, separator: str | None, encoding: str | None
) -> Iterator[Row]:
    text = _text(raw, encoding)
    number = 0
    try:
        separator = separator or _separator(text.readline())
        text.seek(0)
        reader = csv.reader(text, delimiter=separator, strict=True)
        header = [name.strip() for name in next(reader, [])]
        _check_header(header)
        for cells in reader:
            progress.read = raw.tell()
            if not any(cells):
                continue
            number += 1
            yield _row(number, header, cells)
    except csv.Error as error:
        told = f"row {number + 1} is not CSV: {error}"
        raise fault("bad-csv", told, "check the quotes in and before that row") from None
    except UnicodeDecodeError as error:
        cure = "give its `encoding` in the mapping, such as `cp1252`"
        told = f"near row {number + 1} bytes stand that are not {error.encoding}"
        raise fault("bad-encoding", told, cure) from None
    finally:
        text.detach()  # `rows` closes the file


def _separator(header: str) -> str:
    """Return the separator that stands most often in the header outside quotes."""
    bare = "".join(header.split('"')[::2])
    return max(_SEPARATORS, key=lambda mark: (bare.count(mark), -_SEPARATORS.index(mark)))


def _check_header(header: list[str]) -> None:
    if not any(header):
        raise fault("bad-header", "the file has no header", "name the columns in its first row")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise fault("bad-header", f"the column `{twice[0]}` stands twice", "rename one of them")


def _row(number: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        told = f"the row has {len(cells)} cells, the header {len(header)}"
        cure = "quote cells that hold the separator"
        return Row(number, None, (Problem("ragged-row", told, help=cure),))
    return Row(number, dict(zip(header, cells, strict=True)))


def _json_rows(
    raw: BinaryIO,
    progress: Progress,
    separator: str | None,  # noqa: ARG001 - one shape for both readers
    encoding: str | None,
) -> Iterator[Row]:
    number = 0
    for line in raw:
        progress.read = raw.tell()
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        number += 1
        try:
            cells = read_json(line.decode(encoding) if encoding else line)
        except StateError as error:
            yield Row(number, None, error.report.problems)
            continue
        except UnicodeDecodeError as error:
            told = f"bytes stand here that are not {error.encoding}"
            yield Row(number, None, (Problem("bad-encoding", told, help="save it as UTF-8"),))
            continue
        if isinstance(cells, dict):
            yield Row(number, cells)
        else:
            told = "the line is no JSON object"
            yield Row(number, None, (Problem("wrong-shape", told, help="write one object a line"),))
