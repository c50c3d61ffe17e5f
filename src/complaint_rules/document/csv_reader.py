"""CSV text as a table whose every cell knows its place."""

from __future__ import annotations

import attrs

from complaint_rules.document.nodes import Scalar, Table
from complaint_rules.document.texts import MOST_PROBLEMS, text_problems
from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span

MOST_ROWS = 100_000
"""Most rows a table may have, the header not counted."""

MOST_COLUMNS = 1000
"""Most columns a table may have."""

_SEPARATORS = ",;\t"
_BLANKS = " \t"


@attrs.define(eq=False)
class _Reading:
    """One reading of one text: where it stands, and what is wrong so far."""

    source: Source
    separator: str = ","
    line: int = 0
    problems: list[Problem] = attrs.field(factory=list)

    def span(self, column: int, end_column: int, line: int = 0) -> Span:
        """Return a span that ends on the present line; columns count from 0 here."""
        here = self.line + 1
        return Span(self.source.name, line or here, column + 1, here, end_column + 1)

    def tell(self, code: str, message: str, span: Span, label: str, cure: str) -> None:
        self.problems.append(Problem(code, message, span, label, cure))


def read_csv(source: Source) -> tuple[Table | None, tuple[Problem, ...]]:
    """
    Read a table from CSV text (RFC 4180).

    The separator is the comma, semicolon or tab that the header has most of. Blanks around a cell
    do not count; a cell in quotes may hold separators, line ends and doubled quotes. Skipped are
    blank lines, lines of nothing but separators and lines that begin with `#`. Never raises.

    Args:
        source: The text.

    Returns:
        The table of all sound rows, or None if the header or the file cannot be read; and all
        that is wrong.
    """
    problems = text_problems(source)
    if problems:
        return None, problems
    reading = _Reading(source)
    header = _header(reading)
    if header is None:
        return None, tuple(reading.problems)
    known = len(reading.problems)
    _check_header(reading, header)
    sound = len(reading.problems) == known
    rows: list[tuple[Scalar, ...]] = []
    while len(reading.problems) < MOST_PROBLEMS:
        row = _record(reading)
        if row is None:
            break
        if len(rows) == MOST_ROWS:
            _too_many(reading, row)
            break
        if _fits(reading, header, row):
            rows.append(tuple(row))
    if not sound:
        return None, tuple(reading.problems)
    end = rows[-1][-1].span if rows else header[-1].span
    span = attrs.evolve(header[0].span, end_line=end.end_line, end_column=end.end_column)
    return Table(tuple(header), tuple(rows), span), tuple(reading.problems)


def _header(reading: _Reading) -> list[Scalar] | None:
    """Find the separator and return the header, or None if the file has none."""
    source = reading.source
    while reading.line < len(source.lines) and _is_skipped(source.lines[reading.line]):
        reading.line += 1
    if reading.line < len(source.lines):
        unquoted = "".join(source.lines[reading.line].split('"')[::2])
        reading.separator = max(_SEPARATORS, key=unquoted.count)
    before = len(reading.problems)
    header = _record(reading)
    if header is None and len(reading.problems) == before:
        span = Span(source.name, 1, 1, 1, 2)
        cure = "write the names of the columns on the first line"
        reading.tell("empty-file", "the table has no header", span, "", cure)
    return header


def _is_skipped(line: str) -> bool:
    return line.startswith("#") or not line.strip(_BLANKS)


def _record(reading: _Reading) -> list[Scalar] | None:
    """Return the next record that is not blank; None at the end or where reading must stop."""
    lines = reading.source.lines
    while reading.line < len(lines):
        line = lines[reading.line]
        if _is_skipped(line):
            reading.line += 1
            continue
        cells = _quoted_cells(reading) if '"' in line else _plain_cells(reading, line)
        if cells is None:
            return None
        reading.line += 1
        if any(cell.text or cell.quoted for cell in cells):
            return cells
    return None


def _plain_cells(reading: _Reading, line: str) -> list[Scalar]:
    cells: list[Scalar] = []
    column = 0
    for raw in line.split(reading.separator, MOST_COLUMNS):
        cells.append(_plain_cell(reading, raw, column))
        column += len(raw) + 1
    return cells


def _plain_cell(reading: _Reading, raw: str, column: int) -> Scalar:
    text = raw.strip(_BLANKS)
    begin = column + len(raw) - len(raw.lstrip(_BLANKS)) if text else column
    return Scalar(text, reading.span(begin, begin + len(text)))


def _quoted_cells(reading: _Reading) -> list[Scalar] | None:
    """Return the cells of a record that may have quotes, or None if a quote is never closed."""
    cells: list[Scalar] = []
    at = 0
    while True:
        line = reading.source.lines[reading.line]
        begin = at + len(line[at:]) - len(line[at:].lstrip(_blanks(reading)))
        if line[begin : begin + 1] == '"':
            cell = _quoted_cell(reading, begin)
            if cell is None:
                return None
            cells.append(cell)
            line = reading.source.lines[reading.line]
            end = _after_quote(reading, line, cell.span.end_column - 1)
        else:
            end = line.find(reading.separator, at)
            end = end if end >= 0 else len(line)
            cells.append(_plain_cell(reading, line[at:end], at))
        if end == len(line) or len(cells) > MOST_COLUMNS:
            return cells
        at = end + 1


def _blanks(reading: _Reading) -> str:
    return " " if reading.separator == "\t" else _BLANKS


def _quoted_cell(reading: _Reading, begin: int) -> Scalar | None:
    """Return the cell whose opening quote stands at `begin` of the present line."""
    lines = reading.source.lines
    first, at = reading.line, begin + 1
    parts: list[str] = []
    while True:
        line = lines[reading.line]
        end = line.find('"', at)
        if end >= 0 and line[end + 1 : end + 2] == '"':
            parts.append(line[at : end + 1])
            at = end + 2
        elif end >= 0:
            parts.append(line[at:end])
            span = reading.span(begin, end + 1, first + 1)
            return Scalar("".join(parts), span, quoted=True)
        elif reading.line + 1 == len(lines):
            opened = Span(reading.source.name, first + 1, begin + 1, first + 1, begin + 2)
            message = "a quote is opened and never closed"
            cure = "close the quote; write a quote inside a cell twice"
            reading.tell("bad-csv", message, opened, "opened here", cure)
            reading.line += 1
            return None
        else:
            parts.append(line[at:] + "\n")
            reading.line, at = reading.line + 1, 0


def _after_quote(reading: _Reading, line: str, at: int) -> int:
    """Return where the cell whose closing quote stands before `at` ends; tell what is left."""
    end = line.find(reading.separator, at)
    end = end if end >= 0 else len(line)
    rest = line[at:end].strip(_BLANKS)
    if rest:
        begin = line.index(rest, at)
        reading.tell(
            "bad-csv",
            "a cell goes on after its closing quote",
            reading.span(begin, begin + len(rest)),
            "outside the quotes",
            "put the whole cell in quotes; write a quote inside it twice",
        )
    return end


def _check_header(reading: _Reading, header: list[Scalar]) -> None:
    if len(header) > MOST_COLUMNS:
        message = f"the table has more than {MOST_COLUMNS:,} columns"
        reading.tell("bad-header", message, header[-1].span, "one too many", "remove some")
        return
    first: dict[str, Scalar] = {}
    for number, cell in enumerate(header, 1):
        if not cell.text:
            message = f"column {number} has no name"
            cure = "name it, or remove the separator before it"
            reading.tell("bad-header", message, cell.span, "no name", cure)
        elif cell.text in first:
            message = f"column `{cell.text}` stands twice"
            label = f"first at column {first[cell.text].span.column}"
            reading.tell("bad-header", message, cell.span, label, "rename or remove one of them")
        first.setdefault(cell.text, cell)


def _fits(reading: _Reading, header: list[Scalar], row: list[Scalar]) -> bool:
    """Return whether a row has a cell for every column, and tell it if not."""
    if len(row) == len(header):
        return True
    begin, end = row[0].span, row[-1].span
    cells = f"{len(row)} cell" + ("" if len(row) == 1 else "s")
    columns = f"{len(header)} column" + ("" if len(header) == 1 else "s")
    if len(row) < len(header):
        label, cure = "too few", f"a cell for `{header[len(row)].text}` is missing; any is `-`"
    else:
        begin, label = row[len(header)].span, "too many"
        separator = "a tab" if reading.separator == "\t" else f"`{reading.separator}`"
        cure = f"put a cell that holds {separator} in quotes"
    span = attrs.evolve(begin, end_line=end.end_line, end_column=end.end_column)
    reading.tell("ragged-row", f"the row has {cells} under {columns}", span, label, cure)
    return False


def _too_many(reading: _Reading, row: list[Scalar]) -> None:
    message = f"the table has more than {MOST_ROWS:,} rows"
    cure = "split it into several tables"
    reading.tell("too-many-rows", message, row[0].span, "one too many", cure)
