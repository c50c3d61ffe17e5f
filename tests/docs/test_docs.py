"""
The documentation is true: rulesets check clean, Python runs, commands say what is shown.

On a page, blocks run in their order and in one folder of their own:

* ``yaml`` that begins with ``format: 1`` is a ruleset and must have no problem, not even a warning;
* a second word after the language (``yaml shop.yaml``) is the file the block is written to;
* ``python`` runs, all blocks of a page in one namespace;
* ``console`` lines that begin with ``$ complaint-rules`` or ``$ sed`` run, and what is shown below
  them must be what they say; a line that is only an ellipsis stands for any lines.

With COMPLAINT_RULES_ACCEPT=1 pages are written anew with what the commands say now, where they show
all of it; look at what changed before keeping it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from complaint_rules import check
from complaint_rules.cli import main

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ROOT / "docs" / "reference" / "problems"
PAGES = [
    path
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
    if path.parent != GENERATED
]
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")
ELLIPSIS = "…"
ACCEPT = bool(os.environ.get("COMPLAINT_RULES_ACCEPT"))


def blocks(path: Path) -> list[tuple[str, str, str]]:
    """Return the language, file name and text of every fenced block of a page."""
    text = path.read_text(encoding="utf-8")
    return [(found[1], found[2] or "", found[3]) for found in BLOCK.finditer(text)]


def name_of(path: Path) -> str:
    """Return a page's path from the root."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_is_true(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of a page that can be checked or run is, in order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    names: dict[str, object] = {"__name__": "page"}
    for language, file, text in blocks(page):
        if file:
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(text, encoding="utf-8")
        if language == "yaml" and text.startswith("format: 1"):
            assert check(text.encode()).problems == (), text
        if language == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(text, str(page), "exec"), names)
        if language == "console":
            for command, shown in COMMAND.findall(text):
                said = run(command)
                if said is None or not shown or matches(shown, said):
                    continue
                assert ACCEPT, f"{command}\n{said}"
                told = page.read_text(encoding="utf-8")
                page.write_text(told.replace(shown, said), encoding="utf-8")


def run(command: str) -> str | None:
    """Run a command line, and return what it says; `None` where it is none of ours."""
    words = shlex.split(command, comments=True)
    if words[0] == "sed":
        subprocess.run(command, shell=True, check=True)
    if words[0] != "complaint-rules":
        return None
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        main(words[1:])
    lines = said.getvalue().rstrip("\n").split("\n")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def matches(shown: str, said: str) -> bool:
    """Return whether a command said what is shown; an ellipsis stands for any lines."""
    parts = shown.replace(f"\n{ELLIPSIS}\n", f"\n{ELLIPSIS}").split(ELLIPSIS)
    return re.fullmatch(".*".join(map(re.escape, parts)), said, re.DOTALL) is not None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to another file of the repository finds it."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    missing = [target for target, _ in LINK.findall(text) if not (page.parent / target).exists()]
    assert missing == []


def test_the_index_names_every_page() -> None:
    """Every page that is written by hand can be reached from the index of the documentation."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = {(ROOT / "docs" / target).resolve() for target, _ in LINK.findall(index)}
    decisions = ROOT / "docs" / "decisions"
    wanted = {
        path
        for path in (ROOT / "docs").rglob("*.md")
        if path.parent not in (GENERATED, decisions) and path != ROOT / "docs" / "README.md"
    }
    assert wanted - linked == set()
    listed = (decisions / "README.md").read_text(encoding="utf-8")
    numbered = {path.name for path in decisions.glob("0*.md")}
    assert numbered == {target for target, _ in LINK.findall(listed) if target[0] == "0"}
