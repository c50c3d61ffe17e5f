"""`complaint-rules mutate`: what it prints, remembers and ends with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from complaint_rules.cli import main

RULESET = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
facts: {contacts: {kind: count, default: 0}}
actions:
  thank: {title: Thank, owner: agent, source: [house]}
rules:
  - id: thanks
    text: Whoever wrote often is thanked
    source: [house]
    when: {contacts: ">= 5"}
    then: {do: [thank]}
"""
HEAD = "format: 1\nat: 2026-11-24 10:00\nscenarios:\n"
FIVE = "  - {id: five, story: x, state: {contacts: 5}, expect: {actions: thank}}\n"
FOUR = "  - {id: four, story: x, state: {contacts: 4}, expect: {actions: none}}\n"
LOOK = "  - {id: look, story: x, state: {contacts: 4}, expect: {stage: none}}\n"
FRESH = "  - {id: fresh, story: x, expect: {actions: none}, unreviewed: yes}\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the scenario file of a shop, in the present folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop" / "scenarios").mkdir(parents=True)
    (tmp_path / "shop" / "ruleset.yaml").write_text(RULESET, encoding="utf-8")
    path = Path("shop/scenarios/first.yaml")
    path.write_text(HEAD + FIVE + FOUR, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command; return its exit code and what it said."""
    code = main(["mutate", "--jobs", "1", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_all_are_killed(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both sides of a threshold kill every change of it."""
    words = ("--kinds", "threshold,test dropped", "--fail-under", "100")
    code, out, err = said(capsys, "shop", *words)
    assert (code, err) == (0, "")
    assert "3 mutants judged by 2 scenarios" in out
    assert "survived:" not in out
    assert "100.0 %" in out


def test_survivors_are_told(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A survivor is told with its place, its line, the change and a scenario that kills it."""
    shop.write_text(HEAD + FIVE + FRESH, encoding="utf-8")
    code, out, err = said(capsys, "shop", "--only", "thanks", "--fail-under", "95")
    assert (code, err) == (4, "complaint-rules: `shop` is below 95 %\n")
    assert "1 passed over: unreviewed, failing, or expected to fail" in out
    place = "shop/ruleset.yaml:15:22"
    assert f"{place}: thanks: `contacts: >= 5`: from `5` becomes `4` (threshold)" in out
    assert '    when: {contacts: ">= 5"}\n' in out
    assert "        contacts: 4\n" in out
    assert "      # the mutant: actions: {has: [thank]}\n" in out


def test_snapshots_are_told_apart(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What only a decision notices that nobody expects anything of is listed by itself."""
    shop.write_text(HEAD + FIVE + LOOK, encoding="utf-8")
    code, out, _ = said(capsys, "shop", "--kinds", "threshold")
    assert code == 0
    assert "noticed only by a decision that nobody expects anything of: 1" in out
    assert "decided otherwise: first/look" in out


def test_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON it holds the counts, the share and every survivor with its scenario."""
    shop.write_text(HEAD + FIVE, encoding="utf-8")
    code, out, _ = said(capsys, "shop", "--json", "--only", "thanks")
    data = json.loads(out)["mutation"][0]
    assert code == 0
    assert (data["path"], data["ruleset"], data["cases"]) == ("shop", "shop", 1)
    assert data["counts"] == {"killed": 3, "snapshot": 0, "survived": 2, "equivalent": 0}
    assert data["mutants"] == 5
    assert data["percent"] == 60.0
    assert data["kinds"]["threshold"] == {"killed": 1, "survived": 1}
    first = next(each for each in data["survivors"] if each["kind"] == "threshold")
    assert (first["file"], first["line"], first["column"]) == ("ruleset.yaml", 15, 22)
    assert first["text"] == '    when: {contacts: ">= 5"}'
    assert first["scenario"].startswith("- id: thanks-contacts")


def test_it_remembers(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was found out is kept beside the ruleset, in another file, or not at all."""
    kept = Path("shop/.complaint-rules/mutation.json")
    first = said(capsys, "shop", "--no-cache")
    assert not kept.exists()
    assert said(capsys, "shop", "--cache", "known.json") == first
    assert Path("known.json").exists()
    assert not kept.exists()
    assert said(capsys, "shop") == first
    assert kept.exists()
    assert said(capsys, "shop") == first


def test_a_memory_that_cannot_be_written(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A memory that the system refuses is told; the result stands."""
    Path("taken").write_text("", encoding="utf-8")
    code, out, err = said(capsys, "shop", "--cache", "taken/known.json")
    assert code == 0
    assert "mutants judged" in out
    assert err.startswith("complaint-rules: cannot write `taken/known.json`: ")


def test_nothing_to_change(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An item that is not there, or a kind that does not occur, is told."""
    for words in (["--only", "nobody"], ["--kinds", "row dropped"]):
        code, out, err = said(capsys, "shop", *words)
        assert (code, out) == (2, "")
        assert err == (
            "complaint-rules: there is nothing to change: no such item, or none of these kinds\n"
        )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--kinds", "odd"], "no kind `odd`; known: threshold, end, "),
        (["--jobs", "0"], "invalid number of processes value: '0'"),
        (["--jobs", "x"], "invalid number of processes value: 'x'"),
        (["--fail-under", "1/0"], "invalid number of percent value: '1/0'"),
        (["--cache", "x", "--no-cache"], "not allowed with argument"),
    ],
)
def test_words_that_make_no_sense(
    words: list[str], told: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Options that make no sense are refused with 2."""
    code, _, err = said(capsys, "shop", *words)
    assert code == 2
    assert told in err


def test_faults_end_with_3(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that names nothing, a fault of the ruleset or of a scenario file end with 3."""
    assert said(capsys, "nowhere")[0] == 3
    shop.write_text(HEAD + FIVE.replace("actions: thank", "actions: tank"), encoding="utf-8")
    code, _, err = said(capsys, "shop")
    assert code == 3
    assert "tank" in err


def test_a_packaged_ruleset_remembers_nothing_by_itself(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A packaged ruleset is found by its name; nothing is written into the package."""
    code, out, _ = said(capsys, "core", "--only", "office", "--kinds", "hours changed")
    assert code == 0
    assert "core/calendars.yaml" in out or "killed" in out
    assert [each.name for each in Path().iterdir()] == ["shop"]


def test_what_is_inherited(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By default only what a ruleset's own files say is changed; `--all` changes the rest too."""
    child = Path("child")
    (child / "scenarios").mkdir(parents=True)
    (child / "ruleset.yaml").write_text(
        'format: 1\nid: child\nedition: "1"\ntitle: C\nextends: [shop]\n', encoding="utf-8"
    )
    (child / "scenarios" / "own.yaml").write_text(HEAD + FIVE, encoding="utf-8")
    assert said(capsys, "child", "--no-cache")[0] == 2
    code, out, _ = said(capsys, "child", "--no-cache", "--all", "--kinds", "action dropped")
    assert code == 0
    assert "1 mutant judged by 3 scenarios" in out


def test_a_bar_on_a_terminal(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal it is shown how far the work has come."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    code, out, _ = said(capsys, "shop", "--kinds", "threshold")
    assert code == 0
    assert "2 mutants judged" in out
