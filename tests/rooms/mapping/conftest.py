"""One small policy with a fact of every kind that a column can fill."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaint_rules import Policy, RulesetError, loads
from complaint_rules.mapping import RowMapping, read_mapping

RULESET = """
format: 1
id: counter
edition: "1"
title: Counter
currency: EUR
calendar: office
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: "09:00-17:00"}}}
customer_types: {calm: {title: Calm}, angry: {title: Angry}, premium: {title: Premium}}
actions: {thank: {title: Thank, owner: agent}}
remedies: {gift: {title: Gift, amount: 5 EUR, approval: [{by: agent}]}}
facts:
  severity: {kind: level, values: [s2, s1]}
  channel: {kind: choice, values: [email, phone, letter]}
  flags: {kind: set, values: [a, b, c]}
  late: {kind: yes_no}
  times: {kind: count}
  weight: {kind: number}
  loss: {kind: money}
  seen_at: {kind: instant}
  born: {kind: date}
  note: {kind: text}
  review: {kind: record, fields: {exists: {kind: yes_no}, count: {kind: count}}}
  open_late: {kind: yes_no, derive: {when: {late: yes}}}
"""


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Return the policy."""
    return loads(RULESET)


@pytest.fixture
def read(policy: Policy) -> Callable[[str], RowMapping]:
    """Return what reads the text of a mapping, its first line left to us."""
    return lambda text: read_mapping("map.yaml", f"format: 1\n{text}".encode(), policy)


@pytest.fixture
def told(read: Callable[[str], RowMapping]) -> Callable[[str], list[tuple[str, int]]]:
    """Return what tells the codes and lines of a mapping's faults, line 1 being its format."""

    def of(text: str) -> list[tuple[str, int]]:
        with pytest.raises(RulesetError) as caught:
            read(text)
        report = caught.value.report
        assert all(problem.help and problem.message for problem in report.problems)
        assert all(problem.span is not None for problem in report.problems)
        assert "map.yaml" in report.sources
        return [(problem.code, problem.span.line) for problem in report.problems if problem.span]

    return of
