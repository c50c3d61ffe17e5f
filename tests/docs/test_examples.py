"""Every example runs and says what its `expected.txt` says."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest
from examples.demo import EXAMPLES, main


def _folders(root: Path) -> set[str]:
    return {path.parent.name for path in (root / "examples").glob("*/run.py")}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_answers_as_expected(
    name: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example prints exactly its `expected.txt`; COMPLAINT_RULES_ACCEPT=1 rewrites it."""
    runpy.run_module(f"examples.{name}.run", run_name="__main__")
    printed = capsys.readouterr().out
    expected = root / "examples" / name / "expected.txt"
    if os.environ.get("COMPLAINT_RULES_ACCEPT") == "1":
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")


def test_the_demo_runs_every_example(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m examples.demo` leaves no example out and prints each answer under its name."""
    assert set(EXAMPLES) == _folders(root)
    main()
    printed = capsys.readouterr().out
    for name in EXAMPLES:
        answer = (root / "examples" / name / "expected.txt").read_text(encoding="utf-8")
        assert f"==== {name} " in printed
        assert answer in printed


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_says_what_it_shows(name: str, root: Path) -> None:
    """Each example has a README that names the command which runs it."""
    readme = (root / "examples" / name / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# ")
    assert f"python -m examples.{name}.run" in readme
