"""Rulesets made for one fault each, and what their scenarios make of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_rules.testing import read_suite
from complaint_rules.testing.mutation import Grade, Graded, Mutant, Wanted, grade

HEAD = """\
format: 1
id: mill
edition: "1"
title: A mill
currency: EUR
calendar: office
calendars:
  office:
    timezone: Europe/Budapest
    hours: {mon-fri: ["09:00-17:00"]}
    holidays: ["2026-11-25"]
approvals: [agent, lead, manager]
facts:
  severity: {kind: level, values: [s3, s2, s1], default: s3}
  channel: {kind: choice, values: [email, phone, post]}
  wishes: {kind: set, values: [money, words, flowers], default: []}
  contacts: {kind: count, default: 0}
  score: {kind: number, default: 0}
  paid: {kind: money}
  waited: {kind: duration}
  seen_on: {kind: date}
  told_at: {kind: instant, default: not_yet}
  answered_at: {kind: instant, default: not_yet}
  vip: {kind: yes_no, default: no}
  loud: {kind: yes_no, default: no}
actions:
  thank: {title: Thank, owner: agent, due: now}
  call: {title: Call, owner: agent, due: {from: received_at, due: 1 h}}
  write: {title: Write, owner: agent}
  excuse: {title: Excuses, conduct: yes}
"""
SCENARIOS = """\
format: 1
at: 2026-11-24 10:00
state: {received_at: -1 h, channel: email, amount_paid: 100 EUR, paid: 100 EUR}
scenarios:
"""


@pytest.fixture
def mill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return how to write a ruleset with scenarios: its items, and a body for each scenario."""
    monkeypatch.chdir(tmp_path)

    def make(items: str, *bodies: str, name: str = "mill") -> Path:
        folder = Path(name)
        (folder / "scenarios").mkdir(parents=True, exist_ok=True)
        (folder / "ruleset.yaml").write_text(HEAD + items, encoding="utf-8")
        text = SCENARIOS if bodies else SCENARIOS.replace("scenarios:", "scenarios: []")
        for number, body in enumerate(bodies, 1):
            lines = "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
            text += f"  - id: s{number}\n    story: A story\n{lines}"
        (folder / "scenarios" / "all.yaml").write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def graded() -> Callable[..., Grade]:
    """Return how to grade a ruleset in this process."""

    def run(
        folder: Path,
        wanted: Callable[[Mutant], bool] | None = None,
        passed_over: int = 0,
        **more: Any,
    ) -> Grade:
        suite = read_suite(folder)
        assert suite.ruleset.ok, [(p.message, p.help) for p in suite.ruleset.problems]
        assert suite.report.ok, [(p.message, p.help) for p in suite.report.problems]
        assert suite.policy is not None
        found = grade(suite.policy, suite.cases, wanted or Wanted(), **{"jobs": 1, **more})
        assert found.passed_over == passed_over
        return found

    return run


@pytest.fixture
def one() -> Callable[..., Graded]:
    """Return how to find the one mutant of a kind whose change is told with some words."""

    def find(grade: Grade, kind: str, words: str = "", owner: str = "") -> Graded:
        found = [
            each
            for each in grade.graded
            if each.mutant.kind == kind and words in each.mutant.told and owner in each.mutant.owner
        ]
        assert len(found) == 1, [
            (e.mutant.kind, e.mutant.owner, e.mutant.told) for e in grade.graded
        ]
        return found[0]

    return find
