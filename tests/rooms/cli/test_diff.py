"""`complaint-rules diff`: what it prints, writes and ends with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_rules.batch import Progress
from complaint_rules.cli import comparing

AT = "2026-11-24T10:00:00+01:00"
STATE = {"received_at": "2026-11-20T15:30:00+01:00", "channel": "phone", "loss": "1 EUR"}
STATE |= {"amount_paid": "90 EUR"}
MAP = """\
format: 1
timezone: Europe/Budapest
date: ["%Y-%m-%d"]
at: {column: day, time: "12:00"}
facts: {received_at: {column: day, time: "09:00"}, channel: via, amount_paid: paid, loss: lost}
"""


@pytest.fixture
def two(shop: Path) -> Path:
    """Return the folder of a shop, and of a store with another gift, text and prohibition."""
    shutil.copytree(shop / "shop", shop / "store")
    path = shop / "store" / "ruleset.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("amount: 7 EUR", "amount: 9 EUR"),
        ("never: [excuse], ", ""),
        ("text: Calls,", "text: Calls us,"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    (shop / "cases.jsonl").write_text(f"{json.dumps(STATE)}\n", encoding="utf-8")
    (shop / "cases.csv").write_text(
        "day,via,paid,lost\n2026-11-20,phone,90,1\n2026-11-21,email,90,1\n", encoding="utf-8"
    )
    (shop / "map.yaml").write_text(MAP, encoding="utf-8")
    return shop


RECORDED = ("--states", "cases.jsonl", "--at", AT, "--generated", "0")


def test_it_prints_a_page(cli: Callable[..., Any], two: Path) -> None:
    """The verdict, the changes, money, types and each difference, without a colour in a pipe."""
    said = cli("diff", "shop", "store", *RECORDED)
    assert (said.code, said.err) == (0, "")
    assert "\x1b" not in said.out
    lines = said.out.splitlines()
    assert lines[1] == "3 changes; 1 of 1 complaint decided differently"
    for part in ("What changed", "Money: recorded complaints", "By customer type", "What it does"):
        assert part in lines
    assert "  more money: gift (Gift) – 1 complaint" in lines
    assert "  no longer forbidden: excuse (Excuses) – 1 complaint" in lines
    assert f"    facts: {json.dumps(STATE)}" in lines
    assert any(line.startswith("    old edition:") for line in lines)


def test_the_same_ruleset(cli: Callable[..., Any], two: Path) -> None:
    """Nothing differs: a line says so, and `--fail` does not end with 4."""
    said = cli("diff", "shop", "shop", "--generated", "20", "--fail")
    assert said.code == 0
    assert "no change in words; all" in said.out
    assert "What" not in said.out


def test_it_fails_if_asked(cli: Callable[..., Any], two: Path) -> None:
    """With `--fail` a difference ends with 4."""
    assert cli("diff", "shop", "store", *RECORDED, "--fail").code == 4


def test_json(cli: Callable[..., Any], two: Path) -> None:
    """As JSON it is data for a program."""
    said = cli("diff", "shop", "store", *RECORDED, "--json")
    assert said.data["decided"] == {"recorded": 1}
    assert {each["kind"] for each in said.data["groups"]} >= {"more money", "no longer forbidden"}


@pytest.mark.parametrize(
    ("option", "name", "begin"),
    [
        ("--markdown", "x", "# shop 3"),
        ("--html", "x", "<!doctype html>"),
        ("--json", "x", "{"),
        ("", "x.md", "# shop 3"),
        ("", "x.HTML", "<!doctype html>"),
        ("", "x.json", "{"),
        ("", "x.txt", "shop 3"),
    ],
)
def test_it_is_written_to_a_file(
    option: str, name: str, begin: str, cli: Callable[..., Any], two: Path
) -> None:
    """An option says the form, else the file's ending; nothing is printed."""
    words = [option] if option else []
    said = cli("diff", "shop", "store", *RECORDED, *words, "--out", f"new/{name}")
    assert (said.code, said.out, said.err) == (0, "", "")
    text = (two / "new" / name).read_text(encoding="utf-8")
    assert text.startswith(begin)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_every_touched_complaint_is_listed(cli: Callable[..., Any], two: Path) -> None:
    """`--touched` names each complaint that is decided differently, with how; no other."""
    words = ("--states", "cases.csv", "--map", "map.yaml", "--generated", "0")
    said = cli("diff", "shop", "store", *words, "--touched", "touched.jsonl", "--json")
    assert said.code == 0
    rows = [json.loads(line) for line in (two / "touched.jsonl").read_text("utf-8").splitlines()]
    assert [row["name"] for row in rows] == ["row 1", "row 2"]
    assert rows[0]["at"] == "2026-11-20T12:00:00+01:00"
    assert [each["kind"] for each in rows[1]["differences"]] == ["no longer forbidden"]
    cli("diff", "shop", "shop", *words, "--touched", "touched.jsonl")
    assert (two / "touched.jsonl").read_text("utf-8") == ""


@pytest.mark.parametrize("when", [("--plus", "2 d"), ("--at", AT), ()])
def test_a_mapping_says_when(when: tuple[str, ...], cli: Callable[..., Any], two: Path) -> None:
    """The mapping's instant holds, moved by `--plus`, or overruled by `--at`."""
    said = cli(
        "diff", "shop", "store", "--states", "cases.csv", "--map", "map.yaml", *when,
        "--no-scenarios", "--generated", "0", "--json",
    )  # fmt: skip
    assert said.code == 0
    (group,) = [each for each in said.data["groups"] if each["kind"] == "more money"]
    wanted = {"--plus": "2026-11-22T12:00:00+01:00", "--at": AT}
    assert group["example"]["at"] == wanted.get(
        when[0] if when else "", "2026-11-20T12:00:00+01:00"
    )


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("shop", "bad"), 3, "unknown-fact"),
        (("bad", "shop"), 3, "unknown-fact"),
        (("shop", "nowhere"), 3, "nowhere"),
        (("shop", "store", "--at", AT), 2, "give it"),
        (("shop", "store", "--states", "cases.jsonl"), 2, "no instant to decide at"),
        (("shop", "store", "--states", "cases.jsonl", "--at", "noon"), 2, "bad-instant"),
        (("shop", "store", "--states", "none.jsonl", "--at", AT), 2, "none.jsonl"),
        (("shop", "store", "--states", "shop", "--at", AT), 2, "unknown-format"),
        (("shop", "store", "--states", "cases.jsonl", "--plus", "1 d"), 2, "needs a mapping"),
        (("shop", "store", "--states", "cases.csv", "--map", "none.yaml"), 2, "none.yaml"),
        (
            ("shop", "store", "--states", "cases.csv", "--map", "shop/ruleset.yaml"),
            3,
            "unknown-key",
        ),
        (("shop", "store", "--touched", "shop"), 2, "cannot write"),
        (("shop", "store", *RECORDED, "--out", "shop"), 2, "cannot write"),
        (("shop", "store", "--json", "--html"), 2, "not allowed with"),
        (("shop",), 2, "NEW"),
    ],
)
def test_what_cannot_be_done_is_told(
    words: tuple[str, ...], code: int, told: str, cli: Callable[..., Any], two: Path
) -> None:
    """A wrong word, file or ruleset ends with its code and a line, and no traceback."""
    said = cli("diff", *words)
    assert said.code == code
    assert told in said.err
    assert "Traceback" not in said.err


def test_problems_as_json(cli: Callable[..., Any], two: Path) -> None:
    """With `--json` the problems of a ruleset are JSON, too."""
    said = cli("diff", "shop", "bad", "--json")
    assert said.code == 3
    assert said.data["problems"][0]["code"] == "unknown-fact"


def test_an_empty_file_of_complaints(cli: Callable[..., Any], two: Path) -> None:
    """Nothing recorded is no fault: the changes are told all the same."""
    (two / "cases.jsonl").write_text("")
    said = cli("diff", "shop", "store", *RECORDED)
    assert said.code == 0
    assert "3 changes; no complaint was decided by both" in said.out


def test_scenarios_and_made_up_cases_need_nothing(cli: Callable[..., Any], two: Path) -> None:
    """Without recorded complaints the scenarios of both and made-up cases are compared."""
    (two / "shop" / "scenarios").mkdir()
    (two / "shop" / "scenarios" / "a.yaml").write_text(
        "format: 1\nat: 2026-11-24 10:00\nscenarios:\n"
        "  - {id: phone, story: A call, state: {channel: phone, received_at: -1 h},"
        " expect: {stage: open}}\n"
    )
    said = cli("diff", "shop", "store", "--generated", "30", "--json")
    assert said.data["decided"]["scenario"] == 1
    assert said.data["decided"]["made up"] > 10


def test_many_groups_are_counted(
    cli: Callable[..., Any], two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a page has no room it says how much it leaves out."""
    from complaint_rules.cli import differences
    from complaint_rules.diff.forms import Limits

    monkeypatch.setattr(differences, "_LIMITS", Limits(changes=1, groups=1, letters=40, facts=5))
    said = cli("diff", "shop", "store", *RECORDED)
    assert "  and 2 more changes" in said.out.splitlines()
    assert "more groups of differences" in said.out
    assert "facts:" not in said.out


def test_a_terminal_has_colours_a_width_and_a_bar(
    cli: Callable[..., Any], two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal lines fit, what is lost is red, progress is shown; a file stays plain."""
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    said = cli("diff", "shop", "store", *RECORDED)
    assert "\x1b[1;31m" in said.out
    assert "\x1b[1;32m" in said.out
    cli("diff", "shop", "store", *RECORDED, "--out", "page.txt")
    assert "\x1b" not in (two / "page.txt").read_text("utf-8")


def test_progress_reckons_with_the_rest_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many rows a file has is reckoned from the bytes read so far."""
    shown: list[tuple[int, int]] = []

    class Line:
        def __init__(self, *_: str) -> None:
            self.stopped = False

        def show(self, done: int, total: int) -> None:
            shown.append((done, total))

        def stop(self) -> None:
            self.stopped = True

    monkeypatch.setattr("complaint_rules.cli.bars.Bar", Line)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = Progress()
    with comparing.Bar(10, progress) as bar:
        bar.step()
        progress.rows, progress.read, progress.total = 5, 100, 1000
        bar.step()
    assert shown == [(1, 10), (2, 60)]


@pytest.mark.skipif(os.name == "nt", reason="no broken pipes there")
def test_a_reader_that_goes_away(two: Path) -> None:
    """Where nobody reads on, the command ends without a word."""
    words = f"{sys.executable} -m complaint_rules diff shop store --generated 20 --json | true"
    done = subprocess.run(
        ["/bin/sh", "-c", words], cwd=two, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_numbers_and_days_in_json(cli: Callable[..., Any], two: Path) -> None:
    """Facts that are numbers, days or amounts come out as JSON that is decided again."""
    state = STATE | {"loss": "12.50 EUR", "event_date": "2026-11-20"}
    (two / "cases.jsonl").write_text(json.dumps(state) + "\n")
    said = cli("diff", "shop", "store", *RECORDED, "--json")
    assert said.data["groups"][0]["example"]["facts"] == state
