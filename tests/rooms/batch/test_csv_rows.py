"""CSV in: what Excel and others write, and every way a file of it can be broken."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import RulesetError
from complaint_rules.batch import Progress, csv_rows, texts
from complaint_rules.batch.row import Row
from complaint_rules.batch.rows import rows


def read(path: Path, data: bytes, **how: str) -> list[Row]:
    path.write_bytes(data)
    return list(rows(path, Progress(), **how))


@pytest.fixture
def cells(tmp_path: Path) -> Callable[..., list[dict[str, str]]]:
    """Return what reads a file in which every row is sound."""

    def of(data: bytes, **how: str) -> list[dict[str, str]]:
        found = read(tmp_path / "in.csv", data, **how)
        assert all(row.problems == () for row in found)
        assert [row.number for row in found] == list(range(1, len(found) + 1))
        return [dict(row.cells or {}) for row in found]

    return of


Cells = Callable[..., list[dict[str, str]]]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,2\n",
        b"a,b\r\n1,2\r\n",
        b"a,b\r1,2",
        b"\xef\xbb\xbfa;b\n1;2\n",
        b"a\tb\n1\t2\n",
        b"a|b\n1|2\n",
        b'"a,x";b\n1;2\n'.replace(b"a,x", b"a"),
        b"sep=;\r\na;b\r\n1;2\r\n",
        b"\n\n a , b \n1,2\n\n",
        b"a,b,\n1,2,\n,,\n",
        b"a,b,,\n1,2, ,\n",
        "a,b\n1,2\n".encode("utf-16"),
        b"\xef\xbb\xbfsep=,\na,b\n1,2\n",
    ],
)
def test_what_spreadsheets_write_is_read(cells: Cells, data: bytes) -> None:
    """Marks, separators, line ends, blank lines and columns without a name are understood."""
    assert cells(data) == [{"a": "1", "b": "2"}]


def test_the_separator_is_the_commonest_mark_outside_quotes(cells: Cells) -> None:
    """Marks inside quoted names do not count; the mapping's word goes before all."""
    assert cells(b'"a,b,c";d\n1;2\n') == [{"a,b,c": "1", "d": "2"}]
    assert cells(b"a;b;c:d\n1;2;3:4\n", separator=":") == [{"a;b;c": "1;2;3", "d": "4"}]
    assert cells(b"sep=;\na,b\n1,2\n", separator=",") == [{"a": "1", "b": "2"}]
    assert cells(b"alone\n1\n") == [{"alone": "1"}]


def test_cells_keep_what_stands_in_quotes(cells: Cells) -> None:
    """Separators, quotes and line ends inside quotes belong to the cell."""
    assert cells(b'a,b\n"x, ""y""\nz",2\n') == [{"a": 'x, "y"\nz', "b": "2"}]


def test_other_encodings_are_named(cells: Cells) -> None:
    """What is not UTF-8 is read by the encoding that is named."""
    assert cells("név\nŐr\n".encode("cp1250"), encoding="cp1250") == [{"név": "Őr"}]


def test_a_file_without_rows_has_none(cells: Cells, tmp_path: Path) -> None:
    """A header alone is a file of no rows; its columns are told all the same."""
    assert cells(b"a,b\n") == []
    told: list[tuple[str, ...]] = []
    assert list(rows(tmp_path / "in.csv", Progress(), on_columns=told.append)) == []
    assert told == [("a", "b")]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"a,b\n1\n1,2\n", [(1, 2, "ragged-row")]),
        (b"a,b\n1,2,3\n1,2\n", [(1, 2, "ragged-row")]),
        (b"a,\n1,x\n1,\n", [(1, 2, "ragged-row")]),
        (b'a,b\n"1"x,2\n1,2\n', [(1, 2, "bad-csv")]),
        (b'a,b\n1,2\n"3\n4"x,5\n1,2\n', [(2, 3, "bad-csv")]),
        (b'a,b\n1,2\n"3,4\n1,2\n', [(2, 3, "bad-csv")]),
        (b"a,b\n\xff,2\n1,2\n", [(1, 2, "bad-encoding")]),
        (b"\n\na,b\n1\n", [(1, 4, "ragged-row")]),
        (b"sep=,\na,b\n\n1\n", [(1, 4, "ragged-row")]),
    ],
)
def test_a_broken_row_does_not_stop_the_others(
    tmp_path: Path, data: bytes, codes: list[tuple[int, int, str]]
) -> None:
    """A row that cannot be read is told with its number, its line, and a cure."""
    found = read(tmp_path / "in.csv", data)
    assert [(r.number, r.line, r.problems[0].code) for r in found if r.problems] == codes
    assert all(row.cells is None and row.problems[0].help for row in found if row.problems)
    sound = [row.cells for row in found if not row.problems]
    assert all(dict(cells or {})["a"] == "1" for cells in sound)
    assert [row.number for row in found] == list(range(1, len(found) + 1))


def test_a_quote_that_is_never_closed_tells_what_it_swallowed(tmp_path: Path) -> None:
    """The lines that went into one broken row are named."""
    *_, last = read(tmp_path / "in.csv", b'a,b\n1,2\n"3,4\n5,6\n7,8\n')
    assert "lines 3 to 5" in last.problems[0].message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad-header"),
        (b"\n\n", "bad-header"),
        (b",,\n1,2,3\n", "bad-header"),
        (b"a,b,a\n1,2,3\n", "bad-header"),
        (b'"a"x,b\n1,2\n', "bad-csv"),
        (b"\xff,b\n1,2\n", "bad-encoding"),
        (b"\xff\xfea\x00\n\x001\x00\n\x00\x00\xdc\n\x00", "bad-encoding"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    """Without a header nothing can be read, and nothing is guessed."""
    with pytest.raises(RulesetError) as caught:
        read(tmp_path / "in.csv", data)
    (problem,) = caught.value.report.problems
    assert problem.code == code
    assert problem.help


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of one endless line is refused before it fills the memory."""
    monkeypatch.setattr(texts, "LONGEST", 100)
    monkeypatch.setattr(csv_rows, "LONGEST", 100)
    with pytest.raises(RulesetError) as caught:
        read(tmp_path / "in.csv", b"a,b\n" + b"1" * 1000 + b",2\n")
    assert caught.value.report.problems[0].code == "bad-csv"


def test_long_cells_are_read_and_the_library_is_left_as_it_was(cells: Cells) -> None:
    """A cell longer than Python's own limit is read; the limit stands again afterwards."""
    limit = csv.field_size_limit()
    long = "x" * (limit + 1)
    assert cells(f"a\n{long}\n".encode()) == [{"a": long}]
    assert csv.field_size_limit() == limit


def test_progress_tells_bytes_and_rows(tmp_path: Path) -> None:
    """The progress counts the rows, and the bytes of the file."""
    path, progress = tmp_path / "in.csv", Progress()
    path.write_bytes(b"a,b\n1,2\n3,4\n")
    assert len(list(rows(path, progress))) == 2
    assert (progress.total, progress.read, progress.rows) == (12, 12, 2)


@given(st.binary(max_size=60) | st.text('ab",;\n\r\t', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """No bytes make the reader fall over, and every row has cells or a reason."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    try:
        found = read(path, data)
    except RulesetError as error:
        assert error.report.errors
    else:
        assert all((row.cells is None) == bool(row.problems) for row in found)
