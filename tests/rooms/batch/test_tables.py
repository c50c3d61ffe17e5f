"""Tables in memory: Arrow in, from several libraries, and Arrow out, row for row."""

from __future__ import annotations

import datetime
import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow
import pytest

from complaint_rules import EngineError, MissingExtraError, Policy, RulesetError, StateError
from complaint_rules.batch import Row, decide_rows, decide_table
from complaint_rules.batch.record import COLUMNS, as_json
from complaint_rules.mapping import RowMapping

AT = 1795188600
LISTED = [
    {"channel": "pigeon" if number % 30 == 7 else "phone", "note": f"é{number}"}
    for number in range(1, 151)
]


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_row_is_answered_in_its_place(policy: Policy, jobs: int) -> None:
    """A decided row has its record, a rejected one its problems; none is lost, none moves."""
    table = pyarrow.Table.from_pylist(LISTED)
    answers = decide_table(policy, table, at=AT, jobs=jobs).read_all()
    assert answers.schema.names == [*COLUMNS, "problems"]
    rows = answers.to_pylist()
    wanted = decide_rows(
        policy, (Row(number, cells) for number, cells in enumerate(LISTED, 1)), at=AT
    )
    for row, outcome in zip(rows, wanted, strict=True):
        assert row["row"] == outcome.number
        if outcome.decision is None:
            (problem,) = json.loads(row["problems"])
            assert problem["code"] == outcome.problems[0].code
            assert {row[name] for name in COLUMNS if name != "row"} == {None}
        else:
            assert row["problems"] is None
            assert row["decision"] == as_json(outcome.decision)
    assert sum(row["problems"] is not None for row in rows) == 5


def test_the_number_of_jobs_does_not_show(policy: Policy) -> None:
    """The same bytes come out, batch by batch."""
    table = pyarrow.Table.from_pylist(LISTED)
    one, two = (list(decide_table(policy, table, at=AT, jobs=jobs)) for jobs in (1, 2))
    assert [batch.serialize().to_pybytes() for batch in one] == [
        batch.serialize().to_pybytes() for batch in two
    ]


def test_every_kind_of_table_is_taken(policy: Policy) -> None:
    """Tables, batches, readers, and data frames of other libraries give the same answers."""
    polars = pytest.importorskip("polars", reason="polars is not installed")
    table = pyarrow.Table.from_pylist(LISTED)
    wanted = decide_table(policy, table, at=AT).read_all()
    for each in (
        table.to_batches()[0],
        pyarrow.RecordBatchReader.from_batches(table.schema, table.to_batches(40)),
        polars.DataFrame(LISTED),
    ):
        assert decide_table(policy, each, at="2026-11-20T15:30:00Z").read_all() == wanted
    assert polars.from_arrow(wanted).height == len(LISTED)


def test_a_mapping_reads_typed_columns(policy: Policy, mapped: Callable[[str], RowMapping]) -> None:
    """The mapping's columns are looked for before a row is decided."""
    mapping = mapped("at: day\nfacts: {channel: via, received_at: day}\n")
    day = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
    table = pyarrow.table({"via": ["phone"], "day": pyarrow.array([day])})
    (row,) = decide_table(policy, table, mapping).read_all().to_pylist()
    assert row["at"] == "2026-11-20T13:00:00+01:00"
    with pytest.raises(RulesetError, match="unknown-column"):
        decide_table(policy, table.drop_columns(["via"]), mapping)


def test_what_is_no_table_is_refused(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """So are columns of one name, instants and numbers of jobs that are none."""
    table = pyarrow.Table.from_pylist(LISTED)
    with pytest.raises(RulesetError, match="is no table"):
        decide_table(policy, LISTED, at=AT)
    with pytest.raises(RulesetError, match="stands twice"):
        decide_table(policy, pyarrow.table([[1], [2]], names=["a", "a"]), at=AT)
    with pytest.raises(StateError):
        decide_table(policy, table, at="noon")
    with pytest.raises(RulesetError, match="no number of processes"):
        decide_table(policy, table, at=AT, jobs=-1)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError):
        decide_table(policy, table, at=AT)


def test_without_an_instant_every_row_is_rejected(policy: Policy) -> None:
    """The clock of the machine is never asked."""
    answers = decide_table(policy, pyarrow.table({"note": ["x"]})).read_all()
    assert "missing-at" in answers.column("problems")[0].as_py()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_value_that_cannot_be_read_rejects_its_row_alone(policy: Policy, jobs: int) -> None:
    """A year past 9999, bytes that are no text: the other rows are decided."""
    stamps = pyarrow.array([0] * 70 + [2**60, 0, 0, 0], pyarrow.timestamp("us", "UTC"))
    text = pyarrow.array([b"x"] * 71 + [b"\xff", b"x", b"x"])
    notes = pyarrow.Array.from_buffers(pyarrow.string(), 74, text.buffers())
    table = pyarrow.table({"received_at": stamps, "note": notes})
    listed = decide_table(policy, table, at=AT, jobs=jobs).read_all().to_pylist()
    assert [each["row"] for each in listed] == list(range(1, 75))
    told = {each["row"]: each["problems"] for each in listed if each["problems"]}
    assert list(told) == [71, 72]
    assert "`received_at` holds a value that cannot be read" in told[71]
    assert "`note` holds a value that cannot be read" in told[72]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_engine_that_is_not_there_ends_the_answer(policy: Policy, jobs: int) -> None:
    """It is no fault of a row."""
    table = pyarrow.table({"note": ["x"]})
    with pytest.raises(EngineError):
        decide_table(policy, table, at=AT, engine="steam", jobs=jobs).read_all()


def test_a_column_alone_is_no_table(policy: Policy) -> None:
    """It gives itself as a stream of Arrow, too, but not one of rows."""
    with pytest.raises(RulesetError, match=r"the table cannot be read: .*non-struct"):
        decide_table(policy, pyarrow.chunked_array([["x"]]), at=AT)


def test_a_source_that_breaks_off_is_told(policy: Policy) -> None:
    """A reader whose own source fails ends the answer with a problem."""
    schema = pyarrow.schema([("note", pyarrow.string())])

    def batches() -> Iterator[Any]:
        yield pyarrow.RecordBatch.from_pylist([{"note": "x"}], schema=schema)
        raise pyarrow.ArrowInvalid("cut off")

    reader = decide_table(policy, pyarrow.RecordBatchReader.from_batches(schema, batches()), at=AT)
    assert reader.read_next_batch().num_rows == 1
    with pytest.raises(RulesetError, match=r"after row 1 the table cannot be read: .*cut off"):
        reader.read_next_batch()


def test_an_answer_that_nobody_reads_on_leaves_no_process(policy: Policy) -> None:
    """Letting go of the reader ends the processes."""
    reader = decide_table(policy, pyarrow.Table.from_pylist(LISTED), at=AT, jobs=2)
    assert reader.read_next_batch().num_rows == 64
    assert multiprocessing.active_children()
    del reader
    assert not multiprocessing.active_children()
