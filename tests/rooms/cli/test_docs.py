"""`complaint-rules docs`: handbooks to standard output, to a file, to a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from complaint_rules.cli import main

SMALL = """
format: 1
id: small
edition: "1"
title: {en: Small, fa: کوچک}
currency: EUR
actions:
  greet: {title: {en: Greet, fa: درود}, owner: agent, source: [S1]}
rules:
  - id: all
    text: {en: Greet all, fa: درود به همه}
    source: [S1]
    when: always
    then: {do: [greet]}
"""
STORIES = """
format: 1
at: 2026-11-24T10:00:00+01:00
scenarios:
  - id: first
    story: Everybody is greeted
    shows: [S1]
    expect: {actions: [greet]}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small ruleset with one scenario."""
    folder = tmp_path / "small"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "ruleset.yaml").write_text(SMALL, encoding="utf-8")
    (folder / "scenarios" / "greeting.yaml").write_text(STORIES, encoding="utf-8")
    return folder


def test_a_handbook_goes_to_standard_output(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """HTML in English unless asked otherwise; scenarios stand with what they show."""
    assert main(["docs", str(small)]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("<!DOCTYPE html>")
    assert "Everybody is greeted" in told.out
    assert told.err == ""


def test_a_handbook_goes_to_a_file(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file asked for is written, whatever folder it stands in."""
    path = small.parent / "new" / "book.md"
    words = ["docs", str(small), "--language", "fa", "--format", "md", "--out", str(path)]
    assert main(words) == 0
    assert capsys.readouterr().out == f"wrote {path}\n"
    assert path.read_text(encoding="utf-8").startswith('<div dir="rtl" lang="fa">')


def test_a_handbook_goes_to_a_folder(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder it is named by ruleset, language and form; JSON tells where it went."""
    folder = small.parent / "books"
    assert main(["docs", str(small), "--out", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["path"] == f"{folder}/small.en.html"
    assert (folder / "small.en.html").exists()
    assert (told["ruleset"], told["language"], told["format"]) == ("small", "en", "html")
    assert main(["docs", str(small), "--json", "--format", "md"]) == 0
    assert json.loads(capsys.readouterr().out)["text"].startswith("# Small")


def test_a_faulty_ruleset_is_refused(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its problems are told and nothing is written."""
    (small / "ruleset.yaml").write_text("format: 1\n", encoding="utf-8")
    assert main(["docs", str(small)]) == 3
    assert "missing-key" in capsys.readouterr().err
    assert main(["docs", "nowhere"]) == 3
    assert "no-such-ruleset" in capsys.readouterr().err


def test_faulty_scenarios_are_left_out(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The handbook is written without them, and says so on standard error."""
    (small / "scenarios" / "greeting.yaml").write_text("format: 1\nodd: 1\n", encoding="utf-8")
    assert main(["docs", str(small)]) == 0
    told = capsys.readouterr()
    assert "Everybody is greeted" not in told.out
    assert "scenarios with faults are left out" in told.err
