"""Two editions of `core` are compared over a published backlog in one command."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from complaint_rules.cli import main

NAME, ROWS = "cfpb_complaints_3186.csv", 3186


def edited(root: Path, folder: Path) -> Path:
    """Return a copy of `core` in which base deadlines of S3 are doubled."""
    copy = folder / "core"
    shutil.copytree(root / "rulesets" / "core", copy)
    path = copy / "response_times.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    place = lines.index("  first_response_s3:")
    place += lines[place:].index("    value: 4 bh")
    lines[place] = "    value: 8 bh"
    path.write_text("\n".join(lines), encoding="utf-8")
    return copy


def compared(root: Path, folder: Path, source: Path) -> tuple[dict[str, object], str]:
    """Compare both editions over a file by one command; return the data, and the touched rows."""
    out, touched = folder / "diff.json", folder / "touched.jsonl"
    mapping = root / "examples" / "cfpb_backlog" / "export_2015.yaml"
    words = ["--states", source, "--map", mapping, "--no-scenarios", "--generated", "0"]
    words += ["--out", out, "--touched", touched]
    old, new = root / "rulesets" / "core", edited(root, folder)
    assert main(["diff", str(old), str(new), *map(str, words)]) == 0
    return json.loads(out.read_text(encoding="utf-8")), touched.read_text(encoding="utf-8")


def told(data: dict[str, object], touched: str, count: int) -> None:
    """Assert that every complaint is decided, and that the later answer is one story."""
    assert data["decided"] == data["differing"] == {"recorded": count}
    assert data["broken"] == {}
    assert len(touched.splitlines()) == count
    groups = {(each["kind"], each["about"]): each for each in data["groups"]}  # type: ignore[attr-defined]
    later = groups["due later", "first_response"]
    assert later["complaints"] == count
    assert "acknowledge" in later["along"]
    assert later["example"]["at"].endswith(("-04:00", "-05:00"))
    assert ("due later", "acknowledge") not in groups


def test_the_sample_is_compared(root: Path, tmp_path: Path) -> None:
    """The invented rows of the example are compared as the real ones are."""
    source = root / "examples" / "cfpb_backlog" / "sample_2015.csv"
    count = len(source.read_text(encoding="utf-8").splitlines()) - 1
    told(*compared(root, tmp_path, source), count)


def test_the_published_backlog_is_compared(root: Path, tmp_path: Path) -> None:
    """All rows of the published file are decided by both editions."""
    places = [root.parent / "shared" / "data"]
    if "COMPLAINT_RULES_CFPB" in os.environ:
        places.insert(0, Path(os.environ["COMPLAINT_RULES_CFPB"]))
    found = [place / NAME for place in places if (place / NAME).is_file()]
    if not found:
        pytest.skip(f"{NAME} is not here; put its folder into COMPLAINT_RULES_CFPB")
    told(*compared(root, tmp_path, found[0]), ROWS)
