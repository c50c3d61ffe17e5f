"""Bad calls: each problem code that no ruleset's text can have is shown and mended."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

import complaint_rules
from complaint_rules import ComplaintRulesError, load
from complaint_rules.catalogue import CATALOGUE
from complaint_rules.cli import main
from complaint_rules.document import read_yaml, to_data
from complaint_rules.source import Source

TEXT = Path(__file__).with_name("bad_states.yaml").read_text(encoding="utf-8")
EXAMPLES = to_data(read_yaml(Source("bad_states.yaml", TEXT))[0])
OTHER = 'format: 1\nid: other\nedition: "1"\ntitle: Another ruleset\ncurrency: EUR\n'


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """Return what an example in Python may use."""
    front = {name: getattr(complaint_rules, name) for name in complaint_rules.__all__}
    return {**front, "policy": load("core"), "other": OTHER}


def problems(example: dict[str, Any], names: dict[str, Any]) -> list[str]:
    """Return the codes an example in Python is refused with."""
    try:
        exec(example["python"], dict(names))
    except ComplaintRulesError as error:
        return [problem.code for problem in error.report.problems]
    return []


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if "python" in e["bad"]], ids=lambda e: e["code"]
)
def test_a_bad_call_is_refused_and_a_good_one_is_not(
    example: dict[str, Any], names: dict[str, Any]
) -> None:
    """The bad call is refused with exactly its code, the good one is not refused."""
    assert problems(example["bad"], names) == [example["code"]]
    assert problems(example["good"], names) == []


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if "run" in e["bad"]], ids=lambda e: e["code"]
)
def test_a_bad_run_tells_its_code_and_a_good_one_none(
    example: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The bad command line ends badly and tells its code; the good one ends with 0."""
    for which, ends_well in (("bad", False), ("good", True)):
        folder = tmp_path / which
        folder.mkdir()
        monkeypatch.chdir(folder)
        for name, text in example[which].get("files", {}).items():
            (folder / name).write_text(text, encoding="utf-8")
        code = main(shlex.split(example[which]["run"])[1:])
        told = "".join(capsys.readouterr())
        assert (code == 0) is ends_well, told
        assert (example["code"] in told) is not ends_well, told


def test_every_code_has_an_example() -> None:
    """Every code that is not about a ruleset's text has one example here, and no other has."""
    wanted = sorted(code for code, entry in CATALOGUE.items() if entry.about != "ruleset")
    assert [example["code"] for example in EXAMPLES] == wanted
