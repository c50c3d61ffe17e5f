"""Rows of CSV: what Excel and others write, with a header."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from typing import BinaryIO, Final

from complaint_rules.batch.faults import fault
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.row import OnColumns, Row, no_row
from complaint_rules.batch.texts import LONGEST, is_sound, lines_of, text_of
from complaint_rules.problem import Problem

_SEPARATORS: Final = ",;\t|"
_HINT: Final = "sep="
"""What Excel writes before the header to tell the separator."""
_ENCODING: Final = "give its `encoding` in the mapping, such as `cp1252`, or save it as UTF-8"


def csv_rows(
    raw: BinaryIO,
    progress: Progress,
    separator: str | None,
    encoding: str | None,
    on_columns: OnColumns,
) -> Iterator[Row]:
    """
    Yield the rows of a CSV file; the first line that is not blank is the header.

    Args:
        raw: The file.
        progress: Told how far the stream has come.
        separator: What stands between cells; found out from the header where `None`.
        encoding: The text's encoding; UTF-8 (or UTF-16 with its mark) where `None`.
        on_columns: Told the header's columns.

    Raises:
        RulesetError: There is no header, or a column stands in it twice; or bytes stand in the
            file after which its encoding finds no way on.
    """
    text = text_of(raw, encoding)
    limit = csv.field_size_limit()
    csv.field_size_limit(max(limit, LONGEST))
    try:
        lines, passed, separator = _opened(_bounded(lines_of(text)), separator)
        reader = csv.reader(lines, delimiter=separator, strict=True)
        records = _records(reader, passed)
        header = _header(next(records, (1, [])))
        on_columns(tuple(name for name in header if name))
        for line, cells in records:
            if isinstance(cells, list) and not any(cells):
                continue
            progress.read = raw.tell()
            progress.rows += 1
            yield _row(progress.rows, line, header, cells)
    except UnicodeDecodeError as error:
        told = f"after row {progress.rows} bytes stand that are not {error.encoding}"
        raise fault("bad-encoding", told, _ENCODING) from None
    finally:
        csv.field_size_limit(limit)
        text.detach()  # whoever opened the file closes it


def _bounded(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines; one without end would be cut, and its cells with it."""
    for line in lines:
        if len(line) >= LONGEST:
            told = f"a line is longer than {LONGEST:,} characters"
            raise fault("bad-csv", told, "check the line ends: this is hardly a table")
        yield line


def _opened(lines: Iterator[str], separator: str | None) -> tuple[Iterator[str], int, str]:
    """Return the lines from the header on, how many stand before it, and the separator."""
    passed = 0
    first = next(lines, "")
    while first and not first.strip("\r\n \ufeff"):
        first, passed = next(lines, ""), passed + 1
    hint = first.rstrip("\r\n")
    if hint[:4].lower() == _HINT and len(hint) == len(_HINT) + 1:
        return lines, passed + 1, separator or hint[-1]
    return itertools.chain([first], lines), passed, separator or _separator(first)


def _separator(header: str) -> str:
    """Return the separator that stands most often in the header outside quotes."""
    bare = "".join(header.split('"')[::2])
    return max(_SEPARATORS, key=lambda mark: (bare.count(mark), -_SEPARATORS.index(mark)))


def _records(reader: Iterator[list[str]], passed: int) -> Iterator[tuple[int, list[str] | Problem]]:
    """Yield the cells of each record, or what is wrong with it, with the line it begins on."""
    while True:
        before: int = reader.line_num  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            after: int = reader.line_num  # type: ignore[attr-defined]
            yield passed + before + 1, _broken(error, passed + before + 1, passed + after)
        else:
            yield passed + before + 1, cells


def _broken(error: csv.Error, first: int, last: int) -> Problem:
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    told = f"what stands on {where} is no row of CSV: {error}"
    cure = "close the quotes there; a quote inside a quoted cell is written twice"
    return Problem("bad-csv", told, help=cure)


def _header(record: tuple[int, list[str] | Problem]) -> list[str]:
    _, cells = record
    if isinstance(cells, Problem):
        raise fault(cells.code, cells.message, cells.help)
    names = [name.strip() for name in cells]
    if not any(names):
        raise fault("bad-header", "the file has no header", "name the columns in its first row")
    if not all(map(is_sound, names)):
        raise fault("bad-encoding", "the header holds bytes that are no text", _ENCODING)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise fault("bad-header", f"the column `{twice[0]}` stands twice", "rename one of them")
    return names


def _row(number: int, line: int, header: list[str], cells: list[str] | Problem) -> Row:
    if isinstance(cells, Problem):
        return Row(number, None, (cells,), line)
    if len(cells) != len(header):
        told = f"the row has {len(cells)} cells, the header {len(header)}"
        return no_row(number, line, "ragged-row", told, "quote cells that hold the separator")
    if not all(map(is_sound, cells)):
        told = "the row holds bytes that are no text"
        return no_row(number, line, "bad-encoding", told, _ENCODING)
    named = dict(zip(header, cells, strict=True))
    if "" in named:
        stray = next((c for n, c in zip(header, cells, strict=True) if c.strip() and not n), None)
        if stray is not None:
            told = "a cell is filled in a column that has no name"
            return no_row(number, line, "ragged-row", told, "name the column, or empty the cell")
        del named[""]
    return Row(number, named, (), line)
