"""`complaint-rules test`: what it prints, writes and ends with."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from complaint_rules.cli import main, watching

RULESET = """\
format: 1
id: shop
edition: "1"
title: A shop
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
actions:
  thank: {title: Thank, owner: agent, due: now, source: [house]}
rules:
  - {id: thanks, text: All are thanked, source: [house], when: always, then: {do: [thank]}}
"""
HEAD = "format: 1\nat: 2026-11-24 10:00\nscenarios:\n"
WELL = "  - {id: well, story: All is well, expect: {actions: thank}}\n"
BAD = "  - {id: bad, story: Nobody is thanked, expect: {actions: none}}\n"
FRESH = "  - {id: fresh, story: Nobody looked, expect: {actions: thank}, unreviewed: yes}\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the scenario file of a shop, in the present folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop" / "scenarios").mkdir(parents=True)
    (tmp_path / "shop" / "ruleset.yaml").write_text(RULESET, encoding="utf-8")
    path = Path("shop/scenarios/first.yaml")
    path.write_text(HEAD + WELL, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command; return its exit code and what it said."""
    code = main(["test", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_all_is_well(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scenarios that pass are counted, and nothing else is said."""
    assert said(capsys, "shop") == (0, "1 played: 1 passed\n", "")


def test_a_failure_ends_with_4(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A failure is told with file, name and difference; the run ends with 4."""
    shop.write_text(HEAD + BAD + WELL, encoding="utf-8")
    code, out, _ = said(capsys, "shop")
    assert code == 4
    assert out.startswith("FAILED shop/scenarios/first.yaml::bad (failed)\nNobody is thanked\n")
    assert "    got:      thank\n" in out
    assert out.endswith("\n2 played: 1 passed, 1 failed\n")
    code, out, _ = said(capsys, "shop", "--fail-fast")
    assert out.endswith("1 played: 1 failed, 1 left out\n")


def test_problems_end_with_3(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with faults is told like a ruleset's; the run ends with 3, failures or not."""
    (shop.parent / "second.yaml").write_text(
        HEAD + BAD.replace("expect", "expct"), encoding="utf-8"
    )
    code, out, _ = said(capsys, "shop")
    assert code == 3
    assert "error[unknown-key]: unknown key `expct` in a scenario" in out
    assert "--> shop/scenarios/second.yaml:4:" in out
    assert said(capsys, "nowhere")[0] == 3


def test_words_choose(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-k` chooses; what cannot be read, or chooses nothing, ends with 2."""
    shop.write_text(HEAD + BAD + WELL, encoding="utf-8")
    assert said(capsys, "shop", "-k", "not bad") == (0, "1 played: 1 passed, 1 left out\n", "")
    code, _, err = said(capsys, "shop", "-k", "well bad")
    assert (code, "between them" in err) == (2, True)
    code, _, err = said(capsys, "shop", "-k", "nobody")
    assert (code, "no scenario was played" in err) == (2, True)


def test_strict_refuses_unreviewed_ones(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Unreviewed scenarios are counted apart; with `--strict` they fail."""
    shop.write_text(HEAD + FRESH, encoding="utf-8")
    assert said(capsys, "shop")[:2] == (0, "1 played: 1 passed, 1 unreviewed\n")
    code, out, _ = said(capsys, "shop", "--strict")
    assert code == 4
    assert "::fresh (unreviewed)" in out


def test_json_and_junit_are_written(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints data, `--junit` writes XML; times are measured."""
    code, out, _ = said(capsys, "shop", "--json", "--junit", "out/found.xml")
    data = json.loads(out)
    assert (code, data["ok"], data["counts"]) == (0, True, {"played": 1, "passed": 1})
    assert data["cases"][0]["seconds"] > 0
    assert Xml.parse("out/found.xml").getroot().get("tests") == "1"


def test_a_terminal_sees_colours_and_a_bar(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal the counts are coloured, and a bar shows how far the run has come."""
    shop.write_text(HEAD + BAD + WELL, encoding="utf-8")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    code, out, err = said(capsys, "shop")
    assert code == 4
    assert "\x1b[1;31mFAILED" in out
    assert "playing" in err


def test_watch_plays_again_when_a_file_changes(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--watch` looks at the files, plays again on a change, and ends with Ctrl+C."""
    looks: list[float] = []

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 2:
            shop.write_text(HEAD + BAD, encoding="utf-8")
            os.utime(shop, (1, 1))
        if len(looks) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(watching.time, "sleep", sleep)
    code, out, err = said(capsys, "shop", "--watch")
    assert code == 130
    assert out.startswith("1 played: 1 passed\nFAILED")
    assert err.count("watching for changes") == 2
    assert err.endswith("complaint-rules: stopped\n")
