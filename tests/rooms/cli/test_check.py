"""`complaint-rules check`: problems with the path the reader knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_rules.cli.places import placed
from complaint_rules.problem import Problem, Report

Cli = Callable[..., Any]


def test_sound_rulesets_are_told_so(cli: Cli, shop: Path) -> None:
    """A ruleset without problems ends with 0, by a packaged name and by a path."""
    said = cli("check", "core", "shop", "shop/ruleset.yaml", "--strict", "--engine", "index")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "core: no problems",
        "shop: no problems",
        "shop/ruleset.yaml: no problems",
    ]


def test_problems_end_with_3_and_a_place(cli: Cli, shop: Path) -> None:
    """Each problem is told with the file as seen from here, and with its cure."""
    said = cli("check", "bad", "shop", "--engine", "index")
    assert said.code == 3
    assert "error[unknown-fact]: rule `calls` tests unknown fact `chanel`" in said.out
    assert " --> bad/ruleset.yaml:" in said.out
    assert "did you mean `channel`?" in said.out
    assert "shop: no problems" in said.out


def test_a_ruleset_that_is_not_there(cli: Cli, shop: Path) -> None:
    """A path to nothing is a problem, too."""
    said = cli("check", "shpo")
    assert said.code == 3
    assert "no-such-ruleset" in said.out


def test_a_folder_of_rulesets(cli: Cli, shop: Path) -> None:
    """Of a folder that holds several rulesets it is told which, each as it can be named."""
    (shop / "sets").mkdir()
    for name in ("bad", "shop"):
        (shop / name).rename(shop / "sets" / name)
    said = cli("check", "sets")
    what, cure, *_ = said.out.splitlines()
    assert said.code == 3
    assert what.startswith("error[missing-file]: `sets` is not a ruleset")
    assert cure == "  = help: name one of: `sets/bad`, `sets/shop`"
    assert cli("check", "sets/shop").code == 0
    assert "name one of: `sets/bad`" in cli("diff", "sets", "sets/shop").err


def test_the_report_as_data(cli: Cli, shop: Path) -> None:
    """JSON and SARIF hold the problems of all paths, each in its file."""
    said = cli("check", "--json", "bad", "bad/ruleset.yaml", "shop")
    assert said.code == 3
    assert said.data["errors"] == 1
    assert [problem["file"] for problem in said.data["problems"]] == ["bad/ruleset.yaml"]
    sarif = cli("check", "--sarif", "bad").data
    (result,) = sarif["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "bad/ruleset.yaml"
    assert cli("check", "--sarif", "shop").data["runs"][0]["results"] == []


def test_warnings_fail_only_if_asked(cli: Cli, shop: Path) -> None:
    """A warning is told; `--strict` makes it fail."""
    text = (shop / "shop" / "ruleset.yaml").read_text(encoding="utf-8")
    (shop / "shop" / "ruleset.yaml").write_text(
        text.replace("{en: Shop policy}", "{en: Shop policy, hu: Bolt}"), encoding="utf-8"
    )
    said = cli("check", "shop")
    assert (said.code, "missing-translation" in said.out) == (0, True)
    assert cli("check", "shop", "--strict").code == 3


def test_parents_beside_the_ruleset_are_named_by_their_path(cli: Cli, shop: Path) -> None:
    """A problem of a parent is told in the parent's file."""
    (shop / "sub").mkdir()
    (shop / "bad").rename(shop / "sub" / "bad")
    (shop / "sub" / "kid").mkdir()
    kid = 'format: 1\nid: kid\nedition: "1"\ntitle: Kid\nextends: bad\n'
    (shop / "sub" / "kid" / "ruleset.yaml").write_text(kid)
    assert " --> sub/bad/ruleset.yaml:" in cli("check", "sub/kid").out


def test_files_that_are_nowhere_keep_their_name(tmp_path: Path) -> None:
    """A file of an archive is named as it is there; of a packaged ruleset with its name."""
    from complaint_rules.source import Span

    span = Span("rules/a.yaml", 1, 1, 1, 2)
    report = Report.of([Problem("bad-id", "x", span), Problem("bad-id", "y")])
    assert [str(p.span) for p in placed(report, str(tmp_path / "a.zip")).problems] == [
        "None",
        "rules/a.yaml:1:1",
    ]
    assert str(placed(report, "core").problems[1].span) == "core/rules/a.yaml:1:1"


@pytest.mark.parametrize("option", ["--json", "--sarif"])
def test_forms_exclude_each_other(cli: Cli, option: str) -> None:
    """One form at a time."""
    assert cli("check", "core", "--json", "--sarif", option).code == 2
