"""`complaint-rules new` and `schema`: a start for a ruleset, and what an editor needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from complaint_rules import Severity, check, decide, load
from complaint_rules.cli.starter import FILES

Cli = Callable[..., Any]


def test_a_new_ruleset_is_sound(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written checks clean and strict, decides, and says what to try next."""
    monkeypatch.chdir(tmp_path)
    said = cli("new", "shop")
    assert said.code == 0
    assert said.out.splitlines()[-1] == "now try: complaint-rules check shop"
    assert [path.name for path in sorted((tmp_path / "shop").iterdir())] == sorted(FILES)
    assert cli("check", "--strict", "shop").out == "shop: no problems\n"
    policy = load(tmp_path / "shop")
    assert policy.id == "shop"
    assert any(rule.id == "shop-damaged-goods" for rule in policy.rules)
    state = {"received_at": "2026-11-20T09:00:00+01:00", "cause_code": "damaged"}
    decision = decide(policy, state, at="2026-11-20T10:00:00+01:00")
    assert "phone_call" in [action.id for action in decision.actions]
    assert "`amends: core`" in (tmp_path / "shop" / "README.md").read_text(encoding="utf-8")


def test_nothing_is_overwritten(cli: Cli, tmp_path: Path) -> None:
    """A folder that is there stays as it is; a link to nowhere, too."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("shop", "link"):
        said = cli("new", name, "--dir", tmp_path)
        assert said.code == 1
        assert "is there already" in said.err
    assert list((tmp_path / "shop").iterdir()) == []


@pytest.mark.parametrize("name", ["core", "Shop", "1shop", "a b", "../x", "a/b", "", "x" * 81, "é"])
def test_names_that_are_none(cli: Cli, tmp_path: Path, name: str) -> None:
    """A name is an id, and not that of a packaged ruleset."""
    said = cli("new", "--dir", tmp_path, "--", name)
    assert said.code == 2
    assert "is no name for a ruleset" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_be_named_and_the_files_told_as_data(cli: Cli, tmp_path: Path) -> None:
    """`--dir` says where; `--json` lists what was written."""
    said = cli("new", "my-shop_2", "--dir", tmp_path / "deep", "--json")
    assert said.data["written"] == [
        (tmp_path / "deep" / "my-shop_2" / name).as_posix() for name in FILES
    ]
    report = check(tmp_path / "deep" / "my-shop_2")
    assert [p for p in report.problems if p.severity is Severity.ERROR] == []


def test_a_folder_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    """Where the system refuses, a line says so."""
    (tmp_path / "file").write_text("")
    said = cli("new", "shop", "--dir", tmp_path / "file")
    assert said.code == 2
    assert "cannot write" in said.err


def test_schemas_are_printed(cli: Cli, shop: Path) -> None:
    """The schemas are sound; the states' holds the ruleset's own facts."""
    for what in ("", "ruleset", "decision", "scenarios", "state", "state --ruleset shop"):
        said = cli("schema", *what.split(), "--json")
        assert said.code == 0
        jsonschema.Draft202012Validator.check_schema(said.data)
    assert "watched" in said.data["properties"]
    assert cli("schema", "state", "--ruleset", "bad").code == 3
