"""Decisions out: the three formats, and files that appear whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import Policy, RulesetError, from_json
from complaint_rules.batch import sinks
from complaint_rules.batch.record import COLUMNS, Record, as_json, recorded
from complaint_rules.batch.sinks import flat, opened

Ran = Callable[..., Any]
ROW = (
    b'{"complaint_id": "K1", "channel": "phone", "late": true, "loss": "7 EUR", '
    b'"amount_paid": "100 EUR", '
    b'"received_at": "2026-11-10T15:30:00Z"}\n'
)


def test_json_lines_hold_whole_decisions(ran: Ran, policy: Policy) -> None:
    """Each line has the row's number and a decision that is read back."""
    (line,) = ran("in.jsonl", ROW).decided
    assert line["row"] == 1
    assert from_json(line["decision"]).complaint_id == "K1"
    assert line["decision"]["ruleset"]["fingerprint"] == policy.fingerprint


def test_csv_holds_one_flat_record_a_row(ran: Ran) -> None:
    """Lists are ids with blanks between; the whole decision stands in the last column."""
    done = ran("in.jsonl", ROW + ROW, out="out.csv")
    with done.out.open(encoding="utf-8-sig", newline="") as file:
        first, _ = csv.DictReader(file)
    assert list(first) == list(COLUMNS)
    assert first["row"] == "1"
    assert first["complaint_id"] == "K1"
    assert first["actions"] == "thank"
    assert first["owed"] == "refund=7.00EUR"
    assert first["choices"] == "gift=5.00EUR"
    assert first["withheld"] == first["asks"] == ""
    assert first["overdue"] == "answer"
    assert first["next_due"] == "2026-11-12T16:30:00+01:00"
    assert first["prohibitions"] == "wait"
    assert first["types"] == "calm"
    decision = json.loads(first["decision"])
    assert recorded(1, decision, flat=True).cells == {**first, "row": 1}


def test_the_same_data_are_the_same_bytes() -> None:
    """JSON of one line, with letters as they are."""
    assert as_json({"b": ["é"], "a": 1}) == '{"b":["é"],"a":1}'


def test_only_tables_take_flat_records(tmp_path: Path) -> None:
    """JSON Lines hold decisions as they are; a flat record is made for CSV and Parquet only."""
    names = ("o.jsonl", "o.NDJSON", "o.csv", "o.parquet")
    assert [flat(tmp_path / name) for name in names] == [False, False, True, True]


@pytest.mark.parametrize("ending", ["jsonl", "ndjson", "csv", "parquet"])
def test_a_run_that_breaks_off_leaves_what_was_there(tmp_path: Path, ending: str) -> None:
    """Half a file is never seen: the old one stays, the part is taken away."""
    out = tmp_path / f"out.{ending}"
    out.write_text("old")
    with pytest.raises(ZeroDivisionError), opened(out):
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert out.read_text() == "old"


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_a_folder_that_is_not_there(tmp_path: Path, ending: str) -> None:
    """A file that cannot be made is told with the system's reason."""
    with pytest.raises(RulesetError) as caught, opened(tmp_path / "no" / f"out.{ending}"):
        pass
    (problem,) = caught.value.report.problems
    assert problem.code == "unwritable-file"
    assert "no such file" in problem.message


def test_other_endings_are_refused(tmp_path: Path) -> None:
    """An ending that says no format is a problem."""
    with pytest.raises(RulesetError) as caught, opened(tmp_path / "out.xlsx"):
        pass
    assert caught.value.report.problems[0].code == "unknown-format"


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system refuses while writing or closing is a problem of the file."""

    class Full:
        def __init__(self, path: Path) -> None:
            path.touch()

        def write(self, record: Record) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setitem(sinks._SINKS, ".jsonl", Full)
    with pytest.raises(RulesetError, match="no space left"), opened(tmp_path / "out.jsonl") as sink:
        sink.write(Record(1, "{}"))
    with pytest.raises(RulesetError, match="no space left"), opened(tmp_path / "out.jsonl") as sink:
        sink.close()
    with pytest.raises(RulesetError, match="no space left"), opened(tmp_path / "out.jsonl"):
        pass
    assert not list(tmp_path.iterdir())
