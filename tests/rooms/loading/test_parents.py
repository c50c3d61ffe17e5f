"""The policies of the rulesets that a ruleset extends."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaint_rules.errors import RulesetError
from complaint_rules.loading import load, parents

RULESET = '{{format: 1, id: {id}, edition: "1", title: T, currency: EUR{more}}}'


def _write(folder: Path, name: str, more: str = "") -> Path:
    (folder / name).mkdir()
    path = folder / name / "ruleset.yaml"
    path.write_text(RULESET.format(id=name, more=more), encoding="utf-8")
    return folder / name


def test_parents_come_in_the_order_they_are_named(tmp_path: Path) -> None:
    """A ruleset's own parents, each as a policy of its own; none of theirs."""
    _write(tmp_path, "top")
    _write(tmp_path, "left", ", extends: [top]")
    _write(tmp_path, "right")
    child = _write(tmp_path, "child", ", extends: [right, left]")
    assert load(child).extends == ("right", "left")
    assert [policy.id for policy in parents(child)] == ["right", "left"]


def test_a_ruleset_without_parents_has_none() -> None:
    """Core builds on nothing."""
    assert parents("core") == ()


def test_parents_of_nothing_are_refused(tmp_path: Path) -> None:
    """No such ruleset, or a faulty one, raises with its report."""
    with pytest.raises(RulesetError, match="no-such-ruleset"):
        parents(tmp_path / "nowhere")
    with pytest.raises(RulesetError, match="unknown-parent"):
        parents(_write(tmp_path, "lost", ", extends: [nobody]"))
