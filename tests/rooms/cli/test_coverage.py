"""`complaint-rules coverage` and `test --suggest`: what they print, write and end with."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from complaint_rules.cli import main

RULESET = """\
format: 1
id: {name}
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {{office: {{timezone: Europe/Budapest, hours: {{mon-fri: ["09:00-17:00"]}}}}}}
settings: {{open_door: {{title: Open, kind: yes_no, value: yes, source: [house]}}}}
facts:
  contacts: {{kind: count, default: 0}}
  door: {{kind: yes_no, derive: open_door}}
actions:
  thank: {{title: Thank, owner: agent, due: now, source: [house]}}
  call: {{title: Call, owner: agent, due: now, source: [house]}}
rules:
  - {{id: thanks, text: Thanks, source: [house], when: {{door: yes}}, then: {{do: [thank]}}}}
  - {{id: often, text: Often, source: [house], when: {{contacts: ">= 5"}}, then: {{do: [call]}}}}
"""
HEAD = "format: 1\nat: 2026-11-24 10:00\nscenarios:\n"
FEW = "  - {id: few, story: Four, tags: [few], state: {contacts: 4}, expect: {actions: thank}}\n"
MANY = "  - {id: many, story: Five, state: {contacts: 5}, expect: {actions: call}}\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the scenario file of a shop that shows all but five contacts."""
    monkeypatch.chdir(tmp_path)
    for name in ("shop", "other"):
        (tmp_path / "sets" / name / "scenarios").mkdir(parents=True)
        text = RULESET.format(name=name)
        (tmp_path / "sets" / name / "ruleset.yaml").write_text(text, encoding="utf-8")
        path = Path("sets") / name / "scenarios" / "first.yaml"
        path.write_text(HEAD + FEW, encoding="utf-8")
    return Path("sets/shop/scenarios/first.yaml")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the program; return its exit code and what it said."""
    code = main(list(words))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_shares_and_what_is_missed(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The shares stand in a table, what is missed with its file, line and words."""
    code, out, err = said(capsys, "coverage", "sets/shop")
    assert (code, err) == (0, "")
    assert "rules fired                   1  of 2   50.0 %" in out
    assert "unreachable, not counted: 1" in out
    assert "sets/shop/ruleset.yaml:16:" in out
    assert "thanks: `door: yes` false: `door` is always `yes`" in out
    assert "missed: 3" in out
    assert "often: `contacts: >= 5` just inside" in out


def test_all_is_shown(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing is missed nothing is listed, and any bound is kept."""
    shop.write_text(HEAD + FEW + MANY, encoding="utf-8")
    code, out, _ = said(capsys, "coverage", "sets/shop", "--fail-under", "100")
    assert code == 0
    assert "missed" not in out


def test_what_is_passed_over_is_told(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scenarios that show nothing are counted apart."""
    fresh = MANY.replace("story", "unreviewed: yes, story")
    shop.write_text(HEAD + FEW + fresh, encoding="utf-8")
    _, out, _ = said(capsys, "coverage", "sets/shop")
    assert "1 scenario; 1 passed over: unreviewed, failing, or expected to fail" in out


@pytest.mark.parametrize(("bound", "code"), [("50", 0), ("57.14", 0), ("57.2", 4), ("100", 4)])
def test_a_bound_that_is_missed_ends_with_4(
    shop: Path, capsys: pytest.CaptureFixture[str], bound: str, code: int
) -> None:
    """Below the share asked for it ends with 4 and says which ruleset; shares are exact."""
    found, _, err = said(capsys, "coverage", "sets/shop", "--fail-under", bound)
    assert found == code
    assert ("`sets/shop` is below" in err) is bool(code)


@pytest.mark.parametrize("bound", ["much", "1/0", "101", "-1"])
def test_a_bound_is_a_number(shop: Path, capsys: pytest.CaptureFixture[str], bound: str) -> None:
    """A bound that is no number from 0 to 100 is refused as misuse."""
    code, _, err = said(capsys, "coverage", "sets/shop", "--fail-under", bound)
    assert code == 2
    assert "invalid number of percent value" in err


def test_as_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON each ruleset has its path, shares and what is missed."""
    _, out, _ = said(capsys, "coverage", "sets", "--json")
    data = json.loads(out)["coverage"]
    assert [each["path"] for each in data] == ["sets/other", "sets/shop"]
    assert data[0]["sides"]["fired"] == {"seen": 1, "of": 2, "percent": 50.0}
    assert "often fired" in {each["told"] for each in data[0]["missed"]}


def test_only_some_scenarios(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With words only the scenarios that have them count."""
    shop.write_text(HEAD + FEW + MANY, encoding="utf-8")
    _, out, _ = said(capsys, "coverage", "sets/shop", "-k", "few")
    assert "\n1 scenario\n" in out
    code, _, err = said(capsys, "coverage", "sets/shop", "-k", "few and")
    assert code == 2
    assert "cannot read `-k few and`" in err
    code, _, err = said(capsys, "coverage", "sets/shop", "-k", "nowhere")
    assert code == 2
    assert "there are none with these words" in err


CHILD = """\
format: 1
id: branch
edition: "1"
title: A branch
extends: [shop]
rules:
  - {id: own, text: Own, source: [house], when: {contacts: ">= 9"}, then: {do: [call]}}
"""


def test_what_is_inherited_counts_only_if_asked(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A ruleset that extends another is measured by its own files, with `--all` by all."""
    branch = shop.parents[2] / "branch"
    branch.mkdir()
    (branch / "ruleset.yaml").write_text(CHILD, encoding="utf-8")
    _, out, _ = said(capsys, "coverage", "sets/branch")
    assert "of 1" in out
    assert "often" not in out
    _, out, _ = said(capsys, "coverage", "sets/branch", "--all")
    assert "of 3" in out
    assert "sets/shop/ruleset.yaml:" in out


def test_a_page(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--html` one page is written for one ruleset, into a folder one for each."""
    assert said(capsys, "coverage", "sets/shop", "--html", "out/shop.html")[0] == 0
    assert "often" in Path("out/shop.html").read_text(encoding="utf-8")
    assert said(capsys, "coverage", "sets", "--html", "out")[0] == 0
    assert Path("out/other.html").is_file()
    code, _, err = said(capsys, "coverage", "sets", "--html", "all.html")
    assert code == 2
    assert "name a folder for `--html`" in err


def test_faults_end_with_3(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path without scenarios, and a scenario file with faults, are told and end with 3."""
    assert said(capsys, "coverage", "nowhere")[0] == 3
    shop.write_text(HEAD + FEW + FEW, encoding="utf-8")
    code, _, err = said(capsys, "coverage", "sets/shop")
    assert code == 3
    assert "first.yaml" in err


def test_a_bar_on_a_terminal(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal the progress is shown."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    code, _, err = said(capsys, "coverage", "sets/shop")
    assert code == 0
    assert "playing" in err or err == ""


def test_suggested_cases_are_printed(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file the missing cases stand on standard output, their number on the other."""
    code, out, err = said(capsys, "test", "sets/shop", "--suggest")
    assert code == 0
    assert "  - id: often-fired" in out
    assert "      contacts: 5" in out
    assert "1 case suggested, 0 points not reached, 1 unreachable" in err


def test_suggested_cases_are_written(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file beside the ruleset holds them; they pass, and `--strict` refuses them."""
    new = "sets/shop/scenarios/suggested.yaml"
    assert said(capsys, "test", "sets/shop", "--suggest", new)[:2] == (0, "")
    assert "ruleset:" not in Path(new).read_text(encoding="utf-8")
    assert said(capsys, "test", "sets/shop")[:2] == (0, "2 played: 2 passed, 1 unreviewed\n")
    assert said(capsys, "test", "sets/shop", "--strict")[0] == 4


def test_a_file_elsewhere_names_its_ruleset(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that does not stand beside the ruleset names it, and is read from where it is."""
    said(capsys, "test", "sets/shop", "--suggest", "new/cases.yaml")
    assert 'ruleset: "../sets/shop"' in Path("new/cases.yaml").read_text(encoding="utf-8")
    assert said(capsys, "test", "new/cases.yaml")[0] == 0


def test_nothing_is_written_where_nothing_is_missing(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where all is shown no file appears."""
    shop.write_text(HEAD + FEW + MANY, encoding="utf-8")
    said(capsys, "test", "sets/shop", "--suggest", "new.yaml")
    assert not Path("new.yaml").exists()


def test_a_file_is_never_written_over(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there is left alone, and several rulesets are refused."""
    code, _, err = said(capsys, "test", "sets/shop", "--suggest", str(shop))
    assert code == 2
    assert "is there already" in err
    code, _, err = said(capsys, "test", "sets", "--suggest")
    assert code == 2
    assert "one ruleset at a time" in err


def test_suggestions_as_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON they are counted and named, and the text stands beside."""
    _, out, _ = said(capsys, "test", "sets/shop", "--suggest", "--json")
    data = json.loads(out)
    assert data["suggested"][0][0] == "often fired"
    assert data["not_reached"] == []
    assert data["unreachable"][0]["reason"] == "`door` is always `yes`"
    assert data["text"].startswith("# Cases that no scenario shows yet")


def test_a_packaged_ruleset_is_named_as_it_is(shop: Path) -> None:
    """A file of cases for a packaged ruleset names it by its name."""
    from complaint_rules.cli.coverage import covered
    from complaint_rules.cli.suggest import _named

    (each,) = covered(["sets/shop"], None, everything=False, as_json=False)
    packaged = type(each)("core", each.cases, each.counted)
    assert _named(packaged, Path("new.yaml")) == "core"
