"""CSV as a table: cells with places, lenient where Excel is, strict where shape is lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.document import Table, csv_reader, decode, read_csv
from complaint_rules.document.texts import MOST_PROBLEMS
from complaint_rules.source import Source


def table(text: str) -> Table:
    """Read a sound table."""
    read, problems = read_csv(Source("f", text))
    assert problems == ()
    assert read is not None
    return read


def rows(text: str) -> list[list[str]]:
    """Return header and rows of a sound table as text."""
    read = table(text)
    return [[cell.text for cell in row] for row in (read.header, *read.rows)]


def faults(text: str) -> list[tuple[str, str]]:
    """Return code and place of every problem of a table."""
    return [(p.code, str(p.span)) for p in read_csv(Source("f", text))[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        ("a\n1\n", [["a"], ["1"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2", [["a", "b"], ["1", "2"]]),
        (" a , b \n 1 ,2 x\t\n", [["a", "b"], ["1", "2 x"]]),
        ('a,b\n"1,2","say ""hi"""\n', [["a", "b"], ["1,2", 'say "hi"']]),
        ('a,b\n "x" , y\n', [["a", "b"], ["x", "y"]]),
        ('a,b\n" x ",\n', [["a", "b"], [" x ", ""]]),
        ('a,b\n"one\r\ntwo",3\n', [["a", "b"], ["one\ntwo", "3"]]),
        ('"a;b","c"\n1,2\n', [["a;b", "c"], ["1", "2"]]),
        ('a,b\n5" pipe,2\n', [["a", "b"], ['5" pipe', "2"]]),
        ('a\tb\n"x"\t "y"\n', [["a", "b"], ["x", "y"]]),
        ("# note\n\na,b\n\n# more\n ,\n,,,\n1,2\n", [["a", "b"], ["1", "2"]]),
        ('a,b\n"",""\n', [["a", "b"], ["", ""]]),
        ('a,b\n"#",1\n', [["a", "b"], ["#", "1"]]),
        ("a,b\n", [["a", "b"]]),
    ],
)
def test_tables(text: str, expected: list[list[str]]) -> None:
    """Separators, quotes, blanks, comments and line ends are read as people write them."""
    assert rows(text) == expected


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    """A file from Excel begins with a mark that nobody sees."""
    source, _ = decode("f", b"\xef\xbb\xbfa;b\r\n1;2\r\n")
    assert source is not None
    read, problems = read_csv(source)
    assert problems == ()
    assert read is not None
    assert [cell.text for cell in read.header] == ["a", "b"]


def test_spans_of_cells() -> None:
    """A cell's span is what stands in the file, quotes included and blanks around it not."""
    read = table('a, b\n  1 ,"x ""y"""\n"p\nq",\n')
    spans = [(s.line, s.column, s.end_line, s.end_column) for s in (c.span for c in read.header)]
    assert spans == [(1, 1, 1, 2), (1, 4, 1, 5)]
    spans = [
        (s.line, s.column, s.end_line, s.end_column) for r in read.rows for s in (c.span for c in r)
    ]
    assert spans == [(2, 3, 2, 4), (2, 6, 2, 15), (3, 1, 4, 3), (4, 4, 4, 4)]
    assert (read.span.line, read.span.column) == (1, 1)
    assert (read.span.end_line, read.span.end_column) == (4, 4)
    assert [c.quoted for r in read.rows for c in r] == [False, True, True, False]
    assert str(read.rows[0][0].inner(0, 1)) == "f:2:3"


def test_the_span_of_a_table_without_rows_is_its_header() -> None:
    """A header alone is a table."""
    span = table("a,bc\n").span
    assert (span.line, span.column, span.end_line, span.end_column) == (1, 1, 1, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("empty-file", "f:1:1")]),
        ("# note\n\n", [("empty-file", "f:1:1")]),
        (" , \n,,\n", [("empty-file", "f:1:1")]),
        ("a,b\n1\n1,2,3\n1,2\n", [("ragged-row", "f:2:1"), ("ragged-row", "f:3:5")]),
        ('a,b\n"x\n1,2\n', [("bad-csv", "f:2:1")]),
        ('a,b\n1,"x"y\n', [("bad-csv", "f:2:6")]),
        ('"a', [("bad-csv", "f:1:1")]),
        ("a,,b\n1,2,3\n", [("bad-header", "f:1:3")]),
        ("a,b,a\n1,2,3\n", [("bad-header", "f:1:5")]),
        ('a,""\n1,2\n', [("bad-header", "f:1:3")]),
        ("a,a\n1\n", [("bad-header", "f:1:3"), ("ragged-row", "f:2:1")]),
    ],
)
def test_each_fault_has_its_code_and_place(text: str, expected: list[tuple[str, str]]) -> None:
    """Every way a table can be wrong is told, all of them in one run, where they are."""
    assert faults(text) == expected


def test_sound_rows_survive_ragged_ones() -> None:
    """A row that does not fit is left out, so that the others can be checked too."""
    read, problems = read_csv(Source("f", "a,b\n1\n3,4\n"))
    assert read is not None
    assert [[c.text for c in row] for row in read.rows] == [["3", "4"]]
    assert problems[0].message == "the row has 1 cell under 2 columns"
    assert problems[0].help == "a cell for `b` is missing; any is `-`"


def test_a_bad_header_gives_no_table() -> None:
    """Cells under a column without name mean nothing."""
    assert read_csv(Source("f", "a,\n1,2\n"))[0] is None


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("a,b\n1,[1..2),3\n", "put a cell that holds `,` in quotes"),
        ("a\tb\n1\t2\t3\n", "put a cell that holds a tab in quotes"),
    ],
)
def test_too_many_cells_help(text: str, help_: str) -> None:
    """A row with too many cells most likely holds an unquoted separator."""
    (problem,) = read_csv(Source("f", text))[1]
    assert problem.help == help_
    assert problem.label == "too many"


def test_rows_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with too many rows is read up to the bound and told."""
    monkeypatch.setattr(csv_reader, "MOST_ROWS", 2)
    read, problems = read_csv(Source("f", "a\n1\n2\n3\n4\n"))
    assert read is not None
    assert len(read.rows) == 2
    assert [(p.code, str(p.span)) for p in problems] == [("too-many-rows", "f:4:1")]


@pytest.mark.parametrize("cell", ["a", '"a"'])
def test_columns_are_bounded(cell: str) -> None:
    """A header of too many columns is told once, and nothing is built for it."""
    (problem,) = read_csv(Source("f", ",".join([cell] * 3000)))[1]
    assert problem.code == "bad-header"
    assert problem.message == "the table has more than 1,000 columns"


def test_problems_are_bounded() -> None:
    """A file of nothing but ragged rows tells the first thousand."""
    assert len(faults("a,b\n" + "1\n" * (MOST_PROBLEMS + 9))) == MOST_PROBLEMS


CELL = st.text(alphabet='ab1 "\n,;#é中-', max_size=5)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=6), st.sampled_from(",;\t"))
def test_what_the_csv_module_writes_is_read_alike(cells: list[list[str]], separator: str) -> None:
    """Tables written by Python's own csv module, all cells quoted, come back as they were."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([["x", "y"], *cells])
    assert rows(out.getvalue()) == [["x", "y"], *cells]


LOOSE = st.text(alphabet='ab1",\n', max_size=40)


@given(LOOSE)
def test_sound_tables_agree_with_the_csv_module(text: str) -> None:
    """Whatever we read without complaint, Python's csv module reads the same."""
    read, problems = read_csv(Source("f", text))
    if read is None or problems or read.header[0].span.line > 1:
        return
    theirs = list(csv.reader(io.StringIO(text), delimiter=","))
    kept = [row for row in theirs if any(row)]
    ours = [[cell.text for cell in row] for row in (read.header, *read.rows)]
    assert [row for row in ours if any(row)] == kept


@given(st.text(alphabet='a"\n\r,;\t #é中', max_size=40))
def test_any_text(text: str) -> None:
    """Any text gives a table or problems, and every plain cell's span holds its text."""
    source = Source("f", text)
    read, problems = read_csv(source)
    assert read is not None or problems
    for cell in (c for row in (read.rows if read else ()) for c in row):
        line = source.line(cell.span.line)
        if not cell.quoted:
            assert line[cell.span.column - 1 : cell.span.end_column - 1] == cell.text
        else:
            assert line[cell.span.column - 1] == '"'
            assert source.line(cell.span.end_line)[cell.span.end_column - 2] == '"'
