"""Parquet in and out, with the optional package and without it."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from complaint_rules import MissingExtraError, RulesetError
from complaint_rules.batch import Progress
from complaint_rules.batch import parquet as ours
from complaint_rules.batch.record import COLUMNS
from complaint_rules.batch.rows import rows
from complaint_rules.batch.sinks import opened

Ran = Callable[..., Any]
NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


def write(path: Path, columns: dict[str, Any]) -> Path:
    parquet.write_table(pyarrow.table(columns), path)
    return path


def test_rows_have_the_types_of_the_file(tmp_path: Path) -> None:
    """Texts, numbers, decimals, days, nested values and nothing come as they are."""
    columns = {
        "text": pyarrow.array(["a", None]),
        "count": pyarrow.array([1, 2]),
        "amount": pyarrow.array([Decimal("1.50"), None]),
        "day": pyarrow.array([NOON.date(), None]),
        "nested": pyarrow.array([{"x": [1]}, None]),
    }
    progress, told = Progress(), list[tuple[str, ...]]()
    path = write(tmp_path / "in.parquet", columns)
    found = list(rows(path, progress, on_columns=told.append))
    assert [row.cells for row in found] == [
        {"text": "a", "count": 1, "amount": Decimal("1.50"), "day": NOON.date(),
         "nested": {"x": [1]}},
        {"text": None, "count": 2, "amount": None, "day": None, "nested": None},
    ]  # fmt: skip
    assert [(row.number, row.line) for row in found] == [(1, None), (2, None)]
    assert (progress.total, progress.read, progress.rows) == (2, 2, 2)
    assert told == [tuple(columns)]


def test_times_finer_than_a_microsecond_are_cut(tmp_path: Path) -> None:
    """Instants in nanoseconds, as other programs write them, are read."""
    stamps = pyarrow.array([1_795_176_000_123_456_789], pyarrow.timestamp("ns", tz="UTC"))
    micro = pyarrow.array([NOON], pyarrow.timestamp("us", tz="UTC"))
    (row,) = rows(write(tmp_path / "in.parquet", {"a": stamps, "b": micro}), Progress())
    assert row.cells is not None
    assert row.cells["a"] == NOON.replace(microsecond=123456)
    assert row.cells["b"] == NOON


def test_several_batches_are_read_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file longer than a batch is read to its end and written to its end."""
    monkeypatch.setattr(ours, "BATCH_ROWS", 2)
    path = write(tmp_path / "in.parquet", {"a": pyarrow.array(range(5))})
    assert [dict(row.cells or {})["a"] for row in rows(path, Progress())] == list(range(5))
    for count in (0, 4, 5):
        sink = ours.ParquetSink(tmp_path / "out.parquet", {"n": "count", "t": "text"})
        for number in range(count):
            sink.write({"n": number, "t": f"é{number}"})
        sink.close()
        table = parquet.read_table(tmp_path / "out.parquet")
        assert table.column("n").to_pylist() == list(range(count))
        assert table.schema.names == ["n", "t"]


def test_a_file_that_is_not_parquet_is_refused(tmp_path: Path) -> None:
    """Rubbish, and a file that was cut off, are told."""
    path = write(tmp_path / "in.parquet", {"a": pyarrow.array(range(1000))})
    whole = path.read_bytes()
    for data in (b"", b"a,b\n1,2\n", whole[:-20], b"x" * 200 + whole[200:]):
        path.write_bytes(data)
        with pytest.raises(RulesetError) as caught:
            list(rows(path, Progress()))
        (problem,) = caught.value.report.problems
        assert problem.code == "bad-parquet"
        assert "\n" not in problem.message


def test_a_row_with_a_value_that_python_has_none_for_is_rejected(tmp_path: Path) -> None:
    """A year past 9999 is told with its row and column; the rows beside it are read."""
    columns = {
        "a": pyarrow.array([NOON, 2**60, NOON], pyarrow.timestamp("us", "UTC")),
        "b": pyarrow.array(["x", "y", "z"]),
    }
    found = list(rows(write(tmp_path / "in.parquet", columns), Progress()))
    assert [row.number for row in found] == [1, 2, 3]
    assert [row.cells for row in found] == [{"a": NOON, "b": "x"}, None, {"a": NOON, "b": "z"}]
    (problem,) = found[1].problems
    assert (problem.code, problem.place) == ("bad-table", "a")
    assert problem.message.startswith("`a` holds a value that cannot be read: ")


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    """One of them would be lost without a word."""
    columns = [pyarrow.array([1]), pyarrow.array([2])]
    parquet.write_table(pyarrow.table(columns, names=["a", "a"]), tmp_path / "in.parquet")
    with pytest.raises(RulesetError, match="the column `a` stands twice"):
        list(rows(tmp_path / "in.parquet", Progress()))


def test_decisions_are_written_and_read_again(ran: Ran, tmp_path: Path) -> None:
    """A run from CSV to Parquet writes one flat record a row, with the whole decision."""
    data = b"channel,amount_paid\nphone,100\nemail,\n"
    done = ran("in.csv", data, out="out.parquet")
    assert done.rejected == []
    table = parquet.read_table(done.out)
    assert table.schema.names == list(COLUMNS)
    assert table.column("row").to_pylist() == [1, 2]
    assert table.column("choices").to_pylist() == ["gift=5.00EUR", ""]
    again = ran("in.csv", data, out="out.csv")
    lines = again.out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 3


def test_a_run_from_parquet(ran: Ran, tmp_path: Path, mapped: Callable[[str], Any]) -> None:
    """Typed columns are facts; binary fractions need to be told their decimals."""
    columns = {"via": ["phone"], "lost": [19.99], "at": pyarrow.array([NOON])}
    data = write(tmp_path / "x.parquet", columns).read_bytes()
    plain = "facts: {channel: via, loss: lost, received_at: at}\n"
    assert ran("in.parquet", data, mapped(plain)).rejected == [(1, None, "float-number")]
    asked = "facts: {channel: via, loss: {column: lost, decimals: 2}, received_at: at}\n"
    assert ran("in.parquet", data, mapped(asked)).summary.decided == 1


def test_without_the_package_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parquet without its package says which extra installs it; nothing is left behind."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "in.parquet").write_bytes(b"")
    with pytest.raises(MissingExtraError, match=r"complaint-rules\[parquet\]") as caught:
        list(rows(tmp_path / "in.parquet", Progress()))
    assert caught.value.extra == "parquet"
    with pytest.raises(MissingExtraError), opened(tmp_path / "out.parquet"):
        pass
    assert not list(tmp_path.glob("out*"))
