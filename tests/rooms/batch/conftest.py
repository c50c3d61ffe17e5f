"""One small policy, and a run of a text in a file of a given name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from complaint_rules import Policy, loads
from complaint_rules.batch import Outcome, Summary, run
from complaint_rules.mapping import RowMapping, read_mapping

RULESET = """
format: 1
id: counter
edition: "1"
title: Counter
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: "09:00-17:00"}}}
customer_types: {calm: {title: Calm}, angry: {title: Angry}}
actions:
  thank: {title: Thank, owner: agent, due: answer}
  wait: {title: Waiting, conduct: yes}
targets:
  answer: {from: received_at, met_by: first_response_at, due: 2 d}
remedies:
  gift: {title: Gift, when: {channel: phone}, amount: 5 EUR, approval: [{by: agent}]}
  refund: {title: Refund, when: {late: yes}, amount: loss, owed: yes}
facts:
  channel: {kind: choice, values: [email, phone, letter]}
  late: {kind: yes_no, default: no}
  loss: {kind: money}
  note: {kind: text, default: nothing}
  first_response_at: {kind: instant, default: not_yet}
rules:
  - {id: thanks, text: Thank, source: [us], when: always, then: {do: [thank], never: [wait]}}
  - {id: no-gift, text: None, source: [us], when: {note: spam}, then: {withhold: [gift]}}
"""
AT = 1795188600
"""2026-11-20T15:30:00Z."""


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Return the policy."""
    return loads(RULESET)


@pytest.fixture(scope="session")
def ruleset_text() -> str:
    """Return the text of the policy."""
    return RULESET


@pytest.fixture(scope="session")
def mapped(policy: Policy) -> Callable[[str], RowMapping]:
    """Return what reads the text of a mapping, its first line left to us."""
    return lambda text: read_mapping("map.yaml", f"format: 1\n{text}".encode(), policy)


@attrs.frozen
class Ran:
    """What a run came to: its summary, what became of each row, what it wrote."""

    summary: Summary
    outcomes: list[Outcome]
    out: Path

    @property
    def decided(self) -> list[dict[str, Any]]:
        """The lines written, if they are JSON."""
        return [json.loads(line) for line in self.out.read_text(encoding="utf-8").splitlines()]

    @property
    def rejected(self) -> list[tuple[int, int | None, str]]:
        """Number, line and first code of each rejected row."""
        return [
            (each.number, each.line, each.problems[0].code)
            for each in self.outcomes
            if each.decision is None
        ]


@pytest.fixture
def ran(policy: Policy, tmp_path: Path) -> Callable[..., Ran]:
    """Return what runs the bytes of a file with a mapping, or without one as of one instant."""

    def go(
        name: str, data: bytes, mapping: RowMapping | None = None, out: str = "out.jsonl"
    ) -> Ran:
        source, outcomes = tmp_path / name, list[Outcome]()
        source.write_bytes(data)
        summary = run(
            policy,
            source,
            tmp_path / out,
            mapping,
            at=AT,
            on_row=lambda outcome, _: outcomes.append(outcome),
        )
        return Ran(summary, outcomes, tmp_path / out)

    return go
