"""The command line as a whole: its words, its exit codes, and never a traceback."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import complaint_rules
from complaint_rules import cli as command_line
from complaint_rules.cli import COMMANDS, decide, main, parser, streams

Cli = Callable[..., Any]
HELPED = list(COMMANDS)


def test_the_commands_are_those_of_the_manual() -> None:
    """Six commands, each with a description, examples and `--json`."""
    assert HELPED == [
        "check", "decide", "explain", "test", "coverage", "mutate", "diff", "docs", "batch",
        "schema", "new",
    ]  # fmt: skip
    (commands,) = (
        action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    assert list(commands.choices) == HELPED
    for name, made in commands.choices.items():
        assert made.description
        assert f"complaint-rules {name}" in (made.epilog or "")
        assert "--json" in made._option_string_actions
        assert all(action.help for action in made._actions)


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in HELPED)])
def test_help_has_examples(cli: Cli, words: list[str]) -> None:
    """Help goes to standard output, ends with 0, and shows how it is done."""
    said = cli(*words)
    assert said.code == 0
    assert "example" in said.out
    assert said.err == ""


def test_the_version(cli: Cli) -> None:
    """`--version` tells the package's version."""
    said = cli("--version")
    assert (said.code, said.out) == (0, f"complaint-rules {complaint_rules.__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["check"],
        ["decide"],
        ["decide", "-", "--engine", "steam"],
        ["decide", "-", "--language", "xx"],
        ["explain", "-", "--why", "a", "--ask"],
        ["batch", "in.csv"],
        ["batch", "in.csv", "--out", "o.csv", "--at", "x", "--plus", "y"],
        ["schema", "everything"],
        ["new", "shop", "--extends", "nothing"],
    ],
)
def test_wrong_words_end_with_2(cli: Cli, words: list[str]) -> None:
    """What is wrong with the words is told on standard error, with the usage."""
    said = cli(*words)
    assert said.code == 2
    assert said.out == ""
    assert "usage: complaint-rules" in said.err


def test_the_end_of_a_parser_without_a_code_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that ends the program with a text has failed."""

    def end(options: argparse.Namespace) -> int:
        raise SystemExit("x")

    monkeypatch.setattr(decide, "run", end)
    assert main(["decide", "-"]) == 1


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "stopped"),
        (OSError(28, "No space left on device"), 1, "no space left on device"),
        (OSError(), 1, "the system refuses"),
        (BrokenPipeError(), 1, ""),
        (complaint_rules.EngineError("it\x1b broke", engine="index"), 1, "broke"),
        (ZeroDivisionError("a\nb\x1b"), 1, "please report it: ZeroDivisionError: a\ufffdb\ufffd"),
        (RecursionError("deep"), 1, "please report it"),
    ],
)
def test_no_error_ends_in_a_traceback(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    """Whatever goes wrong is one line on standard error and a failure."""

    def fail(options: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(decide, "run", fail)
    said = cli("decide", "-")
    assert said.code == code
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == (1 if words else 0)


def test_a_traceback_is_shown_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the environment variable set, an error of the program itself is raised."""

    def fail(options: argparse.Namespace) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(decide, "run", fail)
    monkeypatch.setenv(command_line.TRACEBACK, "1")
    with pytest.raises(ZeroDivisionError):
        main(["decide", "-"])


def test_a_stream_that_is_no_file_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A standard output that cannot change its encoding is written to as it is."""
    held = io.StringIO()
    monkeypatch.setattr(sys, "stdout", held)
    assert main(["--version"]) == 0
    assert held.getvalue().startswith("complaint-rules")


def test_the_system_has_a_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the command line knows the present: an instant with its offset."""
    from complaint_rules.decision import whole_seconds

    assert whole_seconds(streams.present()) > 1_700_000_000


def child(
    *words: str, cwd: Path, stdin: bytes = b"", **more: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run the real program."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "COLUMNS": "120"}
    return subprocess.run(
        [sys.executable, "-m", "complaint_rules", *words],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment,
        timeout=120,
        **more,
    )


def test_the_module_is_the_program(shop: Path) -> None:
    """`python -m complaint_rules` decides, and writes UTF-8 whatever the terminal's encoding."""
    at = "2026-11-22T10:00:00+01:00"
    words = ("decide", "--ruleset", "shop", "--at", at, "--language", "fa", "-")
    done = child(*words, cwd=shop, stdin=b'{"channel": "phone"}')
    assert done.returncode == 0, done.stderr
    assert "سپاس از مشتری" in done.stdout.decode("utf-8")


def test_the_module_runs_as_a_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run as `__main__` the module ends the process with the command's code."""
    monkeypatch.setattr(sys, "argv", ["complaint-rules", "--version"])
    monkeypatch.delitem(sys.modules, "complaint_rules.__main__", raising=False)
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("complaint_rules", run_name="__main__")
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("complaint-rules ")
    assert importlib.import_module("complaint_rules.__main__").main is main


def test_a_reader_that_goes_away_is_no_error(shop: Path) -> None:
    """`complaint-rules … | head` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "complaint_rules", "schema"],
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    assert done.stderr == b""
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_told(shop: Path) -> None:
    """Output that cannot be written is a failure, told in a line."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "complaint_rules", "schema", "decision"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    assert done.returncode == 1
    assert done.stderr == b"complaint-rules: no space left on device\n"


def test_closed_streams_are_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program whose output was closed before it started does its work and says nothing."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["check", "core"]) == 0
    sys.stdout.close()
    sys.stderr.close()
