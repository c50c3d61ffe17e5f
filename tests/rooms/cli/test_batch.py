"""`complaint-rules batch`: a file in, a file out, and what it came to."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_rules.batch import Progress, Summary
from complaint_rules.cli import batch as command
from complaint_rules.cli.tally import tally

Cli = Callable[..., Any]
AT = "2026-11-22T10:00:00+01:00"
MAPPING = """\
format: 1
timezone: Europe/Budapest
at: {column: day, time: "10:00"}
facts:
  complaint_id: id
  channel: {column: via, values: {Mail: email, Call: phone}}
  received_at: day
"""
ROWS = "id;via;day;extra\nA;Mail;2026-11-20;\nB;Pigeon;2026-11-20;\nC;Call;2026-11-21;\n"


@pytest.fixture
def desk(shop: Path) -> Path:
    """Return the folder with a mapping and rows beside the rulesets."""
    (shop / "map.yaml").write_text(MAPPING, encoding="utf-8")
    (shop / "rows.csv").write_text(ROWS, encoding="utf-8")
    (shop / "states.jsonl").write_text('{"channel": "phone"}\n{"channel": "email"}\n')
    return shop


SHOP = ("batch", "--ruleset", "shop")


def instants(path: Path) -> list[str]:
    return [json.loads(line)["decision"]["at"] for line in path.read_text().splitlines()]


def test_rows_are_decided_and_rejected(cli: Cli, desk: Path) -> None:
    """Rejected rows are told with number, line and cure; the rest is decided and counted."""
    said = cli(
        *SHOP, "--map", "map.yaml", "rows.csv", "--out", "out.jsonl", "--rejects", "no.jsonl"
    )
    assert said.code == 1
    assert said.err == (
        "row 2 (line 3): [unmapped-value] `via` holds `Pigeon`, which the mapping does not "
        "translate; add it to the values of `channel`, or an `else`\n"
    )
    assert said.out.startswith("2 decided, 1 rejected\ncolumns not read: extra\n")
    assert "rejected because\n  1  unmapped-value" in said.out
    assert "\n\nactions\n  2  " in said.out
    assert instants(desk / "out.jsonl") == [
        "2026-11-20T10:00:00+01:00",
        "2026-11-21T10:00:00+01:00",
    ]
    (rejected,) = (json.loads(line) for line in (desk / "no.jsonl").read_text().splitlines())
    assert (rejected["row"], rejected["line"]) == (2, 3)
    assert rejected["problems"][0]["place"] == "via"


def test_all_decided_ends_with_0_and_the_summary_may_be_data(cli: Cli, desk: Path) -> None:
    """Without a mapping, columns are facts; `--json` prints the counts."""
    said = cli(*SHOP, "--at", AT, "states.jsonl", "--out", "out.jsonl", "--json")
    assert (said.code, said.err) == (0, "")
    assert (said.data["decided"], said.data["rejected"]) == (2, 0)
    assert instants(desk / "out.jsonl") == [AT, AT]


def test_the_words_overrule_the_mappings_instant(cli: Cli, desk: Path) -> None:
    """`--plus` decides later than the column says, `--at` as of one instant for all."""
    (desk / "rows.csv").write_text(ROWS.replace("Pigeon", "Call"), encoding="utf-8")
    words = (*SHOP, "--map", "map.yaml", "rows.csv", "--out", "out.jsonl")
    assert cli(*words, "--plus", "60 d").code == 0
    assert instants(desk / "out.jsonl")[0] == "2027-01-19T10:00:00+01:00"
    assert cli(*words, "--at", AT).code == 0
    assert instants(desk / "out.jsonl") == [AT] * 3


def test_two_jobs_do_what_one_does(cli: Cli, desk: Path) -> None:
    """Whatever the number of processes, the same is written and the same is said."""
    words = (*SHOP, "--map", "map.yaml", "rows.csv", "--rejects", "no.jsonl", "--out")
    one, two = cli(*words, "one.jsonl"), cli(*words, "two.jsonl", "--jobs", "2")
    assert (two.code, two.out, two.err) == (one.code, one.out, one.err)
    assert (desk / "two.jsonl").read_bytes() == (desk / "one.jsonl").read_bytes()


def test_many_rejected_rows_are_not_all_told(cli: Cli, desk: Path) -> None:
    """The first twenty are told one by one, all of them in the file asked for."""
    (desk / "bad.jsonl").write_text("x\n" * 1025)
    words = (*SHOP, "--at", AT, "bad.jsonl", "--out", "out.jsonl")
    told = cli(*words).err.splitlines()
    assert len(told) == 21
    assert told[-1] == "… and 1,005 more rejected rows; --rejects FILE lists them all"
    told = cli(*words, "--rejects", "no.jsonl").err.splitlines()
    assert told[-1] == "… and 1,005 more rejected rows"
    assert len((desk / "no.jsonl").read_text().splitlines()) == 1025


def test_what_a_file_says_reaches_the_terminal_as_plain_text(cli: Cli, desk: Path) -> None:
    """Control characters of a cell are not obeyed."""
    (desk / "rows.csv").write_text("id,via,day\nA,\x1b[31m,2026-11-20\n")
    said = cli(*SHOP, "--map", "map.yaml", "rows.csv", "--out", "out.csv")
    assert "\x1b" not in said.err
    assert "`\ufffd[31m`" in said.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["states.jsonl", "--out", "o.csv"], 2, "no instant to decide at"),
        (["--plus", "1 d", "states.jsonl", "--out", "o.csv"], 2, "`--plus` needs a mapping"),
        (["--at", "noon", "states.jsonl", "--out", "o.csv"], 2, "bad-instant"),
        (["--at", AT, "--jobs", "-1", "states.jsonl", "--out", "o.csv"], 2, "bad-jobs"),
        (["--at", AT, "none.csv", "--out", "o.csv"], 2, "missing-file"),
        (["--at", AT, "states.jsonl", "--out", "o.xls"], 2, "unknown-format"),
        (["--at", AT, "map.yaml", "--out", "o.csv"], 2, "unknown-format"),
        (["--at", AT, "states.jsonl", "--out", "states.jsonl"], 2, "same-file"),
        (["--at", AT, "states.jsonl", "--out", "no/o.csv"], 2, "unwritable-file"),
        (["--at", AT, "states.jsonl", "--out", "o.csv", "--rejects", "o.csv"], 2, "is taken"),
        (["--at", AT, "states.jsonl", "--out", "o.csv", "--rejects", "no/o"], 2, "cannot write"),
        (["--map", "none.yaml", "rows.csv", "--out", "o.csv"], 2, "cannot read `none.yaml`"),
        (["--map", "rows.csv", "rows.csv", "--out", "o.csv"], 3, "error["),
        (["--map", "map.yaml", "--plus", "soon", "rows.csv", "--out", "o.csv"], 3, "bad-duration"),
        (["--map", "map.yaml", "other.csv", "--out", "o.csv"], 2, "map.yaml:6:21"),
    ],
)
def test_what_is_wrong_as_a_whole_is_told(
    cli: Cli, desk: Path, words: list[str], code: int, told: str
) -> None:
    """Files, mappings and words that cannot be used end the run before any row."""
    (desk / "other.csv").write_text("id,day\nA,2026-11-20\n")
    said = cli(*SHOP, *words)
    assert said.code == code
    assert said.out == ""
    assert told in said.err
    assert not list(desk.glob("o.*"))
    assert "channel" in (desk / "states.jsonl").read_text()


def test_a_bar_is_shown_on_a_terminal_only(
    cli: Cli, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a run goes on, a terminal shows how far it is."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with command._Bar() as bar:
        bar.show(Progress(total=10, read=5, rows=2))
        bar.show(Progress(total=0, read=5, rows=2))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    with command._Bar() as bar:
        bar.show(Progress())
    assert bar._show is None


def test_an_empty_summary_is_a_line() -> None:
    """A run of no rows says so, and nothing more."""
    assert tally(Summary()) == "0 decided, 0 rejected"
