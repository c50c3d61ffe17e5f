"""Lengths of time that name a setting: wherever a due time may stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaint_rules.calendar import Close, Duration, Unit
from complaint_rules.conditions.tree import Constant
from complaint_rules.policy import DueAfter, Policy
from complaint_rules.problem import Problem

SETTINGS = """
settings:
  quick: {value: 30 m, default_of_ours: yes}
  usual: {value: 4 bh, default_of_ours: yes}
  later: {value: 3 bd end of day, default_of_ours: yes}
  few: {value: 3, default_of_ours: yes}
  rising: {source: law, value: [{valid: {from: 2026-01-01}, value: 2 h}]}
"""
WHOLE = (
    SETTINGS
    + """
facts: {paid: {kind: yes_no}}
customer_types: {loud: {title: {en: Loud}, expires: later}}
actions: {thank: {title: {en: Thank}, owner: agent, due: {from: received_at, due: usual}}}
targets:
  answer:
    title: {en: Answer}
    from: received_at
    met_by: done_at(thank)
    opens: quick
    due: later
    table: {hit: "C<", out: [due], rows: [{row: paid, paid: yes, due: usual}]}
rules:
  - id: all
    text: {en: All}
    source: [house]
    when: always
    then: {do: [thank], target: {answer: quick}}
"""
)
TARGET = "targets: {{answer: {{title: {{en: A}}, from: received_at, met_by: not_yet, due: {due}}}}}"


def test_a_setting_stands_wherever_a_length_may(compiled: Callable[[str], Policy]) -> None:
    """Targets, their cells, actions, rules and types take the setting's figure."""
    policy = compiled(WHOLE)
    quick, usual = Duration(30, Unit.M), Duration(4, Unit.BH)
    later = Duration(3, Unit.BD, Close.DAY)
    answer = policy.targets["answer"]
    assert (answer.opens, answer.due) == (quick, later)
    assert answer.table is not None
    cell = answer.table.rows[0].outputs["due"]
    assert isinstance(cell, Constant)
    assert cell.value == usual
    (due,) = policy.actions["thank"].due
    assert isinstance(due, DueAfter)
    assert due.duration == usual
    assert policy.rules[0].target == (("answer", quick),)
    assert policy.types["loud"].expires == later


@pytest.mark.parametrize(
    ("due", "code", "says", "cure"),
    [
        ("few", "wrong-kind", "names `few`, which is ", "a setting that is a length"),
        ("rising", "bad-duration", "names `rising`, whose figure depends on", "each with its `va"),
        ("usaul", "unknown-name", "no length of time and no setting", "did you mean `usual`?"),
        ("soon", "bad-duration", "found `soon` where a number may stand", "write a number and"),
        ("[quick]", "wrong-shape", "", ""),
    ],
)
def test_what_is_no_length_is_told(
    due: str, code: str, says: str, cure: str, only: Callable[[str], Problem]
) -> None:
    """A setting of another kind or with dates, a slip, or any other word is a problem."""
    found = only(SETTINGS + TARGET.format(due=due))
    assert (found.code, says in found.message, cure in found.help) == (code, True, True)


def test_a_setting_at_fault_is_told_once(only: Callable[[str], Problem]) -> None:
    """What a broken setting would have been is not asked about again."""
    broken = SETTINGS.replace("value: 30 m", "kind: duration, value: thirty")
    assert "setting `quick`" in only(broken + TARGET.format(due="quick")).message
