"""Rows of targets that serve the calm sooner than the upset: a warning, where it is certain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaint_rules.problem import Problem, Severity

Problems = Callable[[str], list[Problem]]
HEAD = """
facts:
  emotion: {kind: choice, values: [calm, upset, furious], not_money: yes}
  weather: {kind: choice, values: [calm, windy]}
  sentiment: {kind: number, not_money: yes}
  channel: {kind: choice, values: [phone, email]}
targets:
  open: {from: received_at, met_by: round_start, due: 1 h}
  answer:
    from: received_at
    met_by: round_start
    table:
      hit: "C<"
      out: [due]
      rows:
"""
CALM = "{emotion: calm, channel: email, due: 4 h}"
WARNED = {
    "alone": [CALM],
    "with the furious": ["{emotion: 'not(upset)', due: 4 h}"],
    "alone in its table": ["{emotion: calm, due: 4 h}"],
    "others later": [CALM, "{channel: email, due: 5 h}"],
    "others later in business time": [CALM, "{channel: email, due: 5 bh}"],
    "others a day later": [CALM, "{channel: email, due: 1 d}"],
    "only some others": [CALM, "{emotion: upset, channel: email, due: 2 h}"],
    "others on another channel": [CALM, "{channel: phone, due: 1 h}"],
    "others for some years": [CALM, "{channel: email, due: 1 h, valid: {to: 2026-12-31}}"],
    "others by a tone": [CALM, "{sentiment: '< 0', channel: email, due: 1 h}"],
    "others by a test that no value passes": [CALM, "{emotion: known, channel: email, due: 1 h}"],
}
PASSED = {
    "everybody": ["{emotion: '-', due: 4 h}", "{due: 1 h}"],
    "the upset": ["{emotion: [upset, furious], due: 15 m}"],
    "another fact": ["{weather: calm, due: 4 h}", "{sentiment: '> 0', due: 4 h}"],
    "as soon": [CALM, "{channel: email, due: 4 h}"],
    "sooner": [CALM, "{emotion: [upset, furious], channel: email, due: 1 h}"],
    "sooner, one by one": [CALM, "{emotion: upset, due: 1 h}", "{emotion: furious, due: 1 m}"],
    "sooner in another unit": [CALM, "{channel: email, due: 30 m}"],
    "nobody knows which is later": [CALM, "{channel: email, due: 1 bd}"],
    "in business time": ["{emotion: calm, due: 4 bh}", "{due: 1 d}"],
}


def warnings(problems: Problems, rows: list[str]) -> list[str]:
    """Return the codes told of a table with these rows."""
    told = problems(HEAD + "".join(f"        - {row}\n" for row in rows))
    assert {each.severity for each in told} <= {Severity.WARNING}
    return [each.code for each in told]


@pytest.mark.parametrize("rows", WARNED.values(), ids=WARNED)
def test_a_row_for_the_calm_alone_is_told(problems: Problems, rows: list[str]) -> None:
    """A row that others pass by, with nothing as quick for them, is warned of."""
    assert warnings(problems, rows) == ["mood-sensitive-deadline"]


@pytest.mark.parametrize("rows", PASSED.values(), ids=PASSED)
def test_rows_that_cost_nobody_time_pass(problems: Problems, rows: list[str]) -> None:
    """What holds for all, serves the upset as soon, or cannot be compared is left alone."""
    assert warnings(problems, rows) == []


def test_a_row_at_fault_is_told_for_its_fault(problems: Problems) -> None:
    """A cell that gives no time is told, and not what it might have meant."""
    rows = f"        - {CALM}\n        - {{channel: email, due: soon}}\n"
    assert [each.code for each in problems(HEAD + rows)] == ["bad-duration"]
