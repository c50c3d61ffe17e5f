"""Decisions that were approved once: the same again is quiet, another is told as a difference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from complaint_rules import decide, load
from complaint_rules.decision import Decision
from complaint_rules.testing import approve
from complaint_rules.testing.approving import ACCEPT

if TYPE_CHECKING:
    from conftest import Lab

AT = "2026-11-24T10:00:00+01:00"


@pytest.fixture
def decisions(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> tuple[Decision, Decision]:
    """Return two decisions of one complaint: calm, then angry."""
    monkeypatch.delenv(ACCEPT, raising=False)
    policy = load(lab.folder)
    calm = {"received_at": "2026-11-24T09:00:00+01:00", "channel": "email"}
    return decide(policy, calm, at=AT), decide(policy, {**calm, "customer_types": ["angry"]}, at=AT)


def test_nothing_is_approved_at_first(decisions: tuple[Decision, Decision], tmp_path: Path) -> None:
    """Without a file the decision is shown, and how to approve it; no file appears by itself."""
    path = tmp_path / "new" / "calm.json"
    with pytest.raises(AssertionError, match=r"no decision is approved at .*\n.*pytest --accept"):
        approve(decisions[0], path)
    assert not path.exists()


def test_an_approved_decision_is_quiet(
    decisions: tuple[Decision, Decision], tmp_path: Path
) -> None:
    """Once accepted, the same decision passes; the file is JSON, and says nothing of editions."""
    path = tmp_path / "new" / "calm.json"
    approve(decisions[0], path, accept=True)
    approve(decisions[0], str(path))
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["stage"] == "open"
    assert not {"ruleset", "reasons"} & data.keys()


def test_another_decision_is_told_as_a_difference(
    decisions: tuple[Decision, Decision], tmp_path: Path
) -> None:
    """A decision that differs fails with the lines that were approved and those that are now."""
    path = tmp_path / "calm.json"
    approve(decisions[0], path, accept=True)
    with pytest.raises(AssertionError) as failed:
        approve(decisions[1], path)
    told = str(failed.value).splitlines()
    assert told[0] == f"the decision is not the one approved at {path}"
    assert "--- approved" in told
    assert any(line.startswith("+") and '"apologise"' in line for line in told)
    assert told[-1].startswith("… and ")
    assert len(told) < 70


def test_what_is_accepted_can_be_said_in_the_environment(
    decisions: tuple[Decision, Decision], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the environment variable the file is rewritten; `accept=False` overrules it."""
    path = tmp_path / "calm.json"
    monkeypatch.setenv(ACCEPT, "1")
    approve(decisions[0], path)
    approve(decisions[1], path)
    with pytest.raises(AssertionError):
        approve(decisions[0], path, accept=False)
    monkeypatch.setenv(ACCEPT, "0")
    approve(decisions[1], path)


def test_several_decisions_are_approved_together(
    decisions: tuple[Decision, Decision], tmp_path: Path
) -> None:
    """The decisions of one complaint through time stand in one file, in their order."""
    path = tmp_path / "life.json"
    approve(decisions, path, accept=True)
    approve(iter(decisions), path)
    with pytest.raises(AssertionError):
        approve(decisions[::-1], path)


def test_what_does_not_count_is_left_out(
    decisions: tuple[Decision, Decision], tmp_path: Path
) -> None:
    """Keys can be left out of the comparison, and so can none."""
    path = tmp_path / "all.json"
    approve(decisions[0], path, leave_out=(), accept=True)
    assert "ruleset" in json.loads(path.read_text(encoding="utf-8"))
