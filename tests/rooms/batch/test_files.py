"""Files as such: which are read, which are refused, and what the system says."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaint_rules import RulesetError
from complaint_rules.batch import Progress
from complaint_rules.batch.faults import reason
from complaint_rules.batch.rows import rows


def code_of(path: Path) -> str:
    with pytest.raises(RulesetError) as caught:
        list(rows(path, Progress()))
    (problem,) = caught.value.report.problems
    assert problem.help
    return problem.code


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "ndjson", "parquet"])
def test_files_that_are_not_there_or_cannot_be_read(tmp_path: Path, ending: str) -> None:
    """A missing file, and a folder in the place of one, are told."""
    assert code_of(tmp_path / f"in.{ending}") == "missing-file"
    (tmp_path / f"folder.{ending}").mkdir()
    assert code_of(tmp_path / f"folder.{ending}") == "unreadable-file"


def test_other_endings_are_refused(tmp_path: Path) -> None:
    """A file of another ending is not guessed at."""
    (tmp_path / "in.xlsx").write_bytes(b"")
    assert code_of(tmp_path / "in.xlsx") == "unknown-format"


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    """`.CSV` is CSV."""
    (tmp_path / "IN.CSV").write_bytes(b"a\n1\n")
    assert [row.cells for row in rows(tmp_path / "IN.CSV", Progress())] == [{"a": "1"}]


def test_what_the_system_says() -> None:
    """A reason is told in lower case, even where the system gives none."""
    assert reason(OSError(28, "No space left on device")) == "no space left on device"
    assert reason(OSError()) == "the system refuses"
