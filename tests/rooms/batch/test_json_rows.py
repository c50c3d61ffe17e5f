"""JSON Lines in: one object a line, and what else may stand there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import RulesetError
from complaint_rules.batch import Progress, json_rows, texts
from complaint_rules.batch.row import Row
from complaint_rules.batch.rows import rows


def read(path: Path, data: bytes, **how: str) -> list[Row]:
    path.write_bytes(data)
    return list(rows(path, Progress(), **how))


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1, "b": 0.10}\n{"a": "\xc3\xa9"}',
        b'\xef\xbb\xbf{"a": 1, "b": 0.10}\r\n\r\n  \n{"a": "\xc3\xa9"}\n',
        '{"a": 1, "b": 0.10}\n{"a": "é"}\n'.encode("utf-16"),
    ],
)
def test_each_line_is_a_row(tmp_path: Path, data: bytes) -> None:
    """Marks, blank lines and UTF-16 are understood; numbers are exact."""
    found = read(tmp_path / "in.jsonl", data)
    told: list[Any] = [row.cells for row in found]
    assert told == [{"a": 1, "b": Decimal("0.10")}, {"a": "é"}]
    assert str(told[0]["b"]) == "0.10"


def test_other_encodings_are_named(tmp_path: Path) -> None:
    """What is not UTF-8 is read by the encoding that is named."""
    (row,) = read(tmp_path / "in.ndjson", '{"a": "é"}'.encode("cp1252"), encoding="cp1252")
    assert row.cells == {"a": "é"}


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    """What is no object, no JSON or no text is told with its number, its line, and a cure."""
    lines = [b'{"a": 1}', b"", b"{", b"[1]", b'{"a": 1, "a": 2}', b'{"a": "\xff"}', b'{"a": 2}']
    found = read(tmp_path / "in.jsonl", b"\n".join(lines))
    assert [(row.number, row.line, row.cells) for row in found if row.cells] == [
        (1, 1, {"a": 1}),
        (6, 7, {"a": 2}),
    ]
    assert [(row.number, row.line, row.problems[0].code) for row in found if row.problems] == [
        (2, 3, "bad-json"),
        (3, 4, "wrong-shape"),
        (4, 5, "duplicate-key"),
        (5, 6, "bad-encoding"),
    ]
    assert all(row.problems[0].help for row in found if row.problems)


def test_a_line_without_end_is_one_bad_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is too long is passed over without being held, and the next one is read."""
    monkeypatch.setattr(texts, "LONGEST", 20)
    monkeypatch.setattr(json_rows, "LONGEST", 20)
    long = b'{"a": "' + b"x" * 95 + b'"}\n'
    found = read(tmp_path / "in.jsonl", long + b'{"a": 1}\n' + b"y" * 40)
    assert [row.problems[0].code if row.problems else row.cells for row in found] == [
        "file-too-large",
        {"a": 1},
        "file-too-large",
    ]


def test_bytes_after_which_there_is_no_way_on_end_the_run(tmp_path: Path) -> None:
    """Where an encoding cannot go on after a fault, the file is refused."""
    with pytest.raises(RulesetError) as caught:
        read(tmp_path / "in.jsonl", b"\xff\xfe{\x00}\x00\n\x00\x00\xdc\n\x00")
    assert caught.value.report.problems[0].code == "bad-encoding"
