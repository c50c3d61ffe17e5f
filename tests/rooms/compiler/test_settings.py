"""Settings: kinds seen, declared and taken; dated values; currencies (semantics 21, 27)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest

from complaint_rules.calendar import Duration, Unit
from complaint_rules.money import Money
from complaint_rules.policy import Policy, Validity
from complaint_rules.problem import Problem


def test_values_of_each_kind(compiled: Callable[[str], Policy]) -> None:
    """The kind of a setting is seen from its value, or declared, or a fact's."""
    policy = compiled(
        """
facts: {severity: {kind: level, values: [s2, s1]}}
settings:
  few: 3
  share: 20%
  limit: 50 EUR
  less: {value: '-5'}
  wait: 3 bd end of day
  long: 90 m
  staffed: 2 bh
  open: yes
  day: 2026-03-01
  at: '2026-03-01T00:00:00+00:00'
  name: {value: web form}
  word: letter
  quoted: '"a b"'
  tags: {value: [a, b]}
  one: {kind: set, values: [a, b], value: a}
  grave: {like: severity, value: s1}
  channel: {kind: choice, values: [phone, post], value: post}
  twice: {like: grave, value: s2}
  free: {kind: money, value: 0}
  calls: {kind: count, value: 4}
"""
    )
    values = {name: each.values[0][1] for name, each in policy.settings.items()}
    assert values == {
        "few": Decimal(3),
        "share": Decimal("0.2"),
        "limit": Money(Decimal(50), "EUR"),
        "less": Decimal(-5),
        "wait": values["wait"],
        "long": Duration(90, Unit.M),
        "staffed": Duration(2, Unit.BH),
        "open": True,
        "day": datetime.date(2026, 3, 1),
        "at": 1_772_323_200,
        "name": "web form",
        "word": "letter",
        "quoted": "a b",
        "tags": frozenset("ab"),
        "one": frozenset("a"),
        "grave": "s1",
        "channel": "post",
        "twice": "s2",
        "free": Money(Decimal(0), "EUR"),
        "calls": 4,
        "promise_warning": Duration(24, Unit.H),
    }
    assert policy.settings["promise_warning"].default_of_ours


def test_dated_values_stand_latest_first(compiled: Callable[[str], Policy]) -> None:
    """Of dated values the one that starts latest comes first, an undated start last."""
    policy = compiled(
        """
settings:
  rate:
    source: tariff
    value:
      - {valid: {to: 2024-12-31}, value: 4 EUR}
      - {valid: {from: 2026-01-01}, value: 6 EUR}
      - {valid: {from: 2025-01-01, to: 2025-12-31}, value: 5 EUR}
  floor: {source: x, valid: {from: 2026-01-01}, value: {EUR: 5, GBP: 4}}
  dated_floor:
    source: x
    value: [{valid: {from: 2026-01-01}, value: {EUR: 5, GBP: 4}}]
"""
    )
    first = datetime.date(2026, 1, 1)
    rate = policy.settings["rate"].values
    assert [value for _, value in rate] == [Money(Decimal(n), "EUR") for n in (6, 5, 4)]
    assert rate[0][0] == Validity(first, None)
    assert rate[2][0] == Validity(None, datetime.date(2024, 12, 31))
    both = [Money(Decimal(5), "EUR"), Money(Decimal(4), "GBP")]
    since = Validity(first)
    assert policy.settings["floor"].values == tuple((since, value) for value in both)
    assert policy.settings["dated_floor"].values == tuple((since, value) for value in both)


def test_the_packages_setting_may_be_changed(compiled: Callable[[str], Policy]) -> None:
    """A ruleset's own promise warning takes the place of 24 hours."""
    policy = compiled(
        "settings: {promise_warning: {value: 4 bh, kind: duration}}\n".replace("b", "")
    )
    assert policy.settings["promise_warning"].values == ((None, Duration(4, Unit.H)),)


FAULTS = {
    "value: nothing, kind: count": "unknown-name",
    "value: 2 * 3 h": "wrong-kind",
    "value: 1 mo, kind: number": "wrong-kind",
    "value: x, kind: record": "wrong-kind",
    "value: x, kind: choice": "missing-values",
    "value: x, like: nothing": "unknown-fact",
    "value: '2 +', kind: duration": "bad-expression",
    "value: {EUR: x}": "unknown-name",
    "value: [{valid: {from: 2026-01-01}, value: 1}, {valid: {from: 2026-01-01}, value: 2}]": (
        "validity-overlap"
    ),
    "value: [{valid: {to: 2026-01-01}, value: 1}, {valid: {to: 2025-01-01}, value: 2}]": (
        "validity-overlap"
    ),
    "value: [{valid: {from: 2026-01-01, to: 2025-01-01}, value: 1}]": "bad-validity",
    "value: 3 h, kind: business_duration": "wrong-kind",
    "value: '1 + 1 h', kind: duration": "wrong-kind",
    "value: channel, kind: number": "unknown-name",
    "value: 'min(3, 4)', kind: number": "wrong-kind",
}


@pytest.mark.parametrize(("setting", "code"), FAULTS.items())
def test_faults(problems: Callable[[str], list[Problem]], setting: str, code: str) -> None:
    """Each slip in a setting is told once, and once only where it is used, too."""
    text = f"settings: {{x: {{source: a, {setting}}}}}\n"
    text += "facts: {y: {kind: number, derive: x + 1}}\n" if code != "validity-overlap" else ""
    found = [p.code for p in problems(text)]
    assert found == [code]


def test_the_promise_warning_is_elapsed_time(only: Callable[[str], Problem]) -> None:
    """The setting that the package knows keeps its kind."""
    problem = only("settings: {promise_warning: {value: 3 bh, source: x}}\n")
    assert problem.code == "wrong-kind"


def test_a_broken_promise_warning_is_told_once(only: Callable[[str], Problem]) -> None:
    """A promise warning with a slip is not taken for a missing one."""
    problem = only("settings: {promise_warning: {value: nothing, kind: duration, source: x}}\n")
    assert problem.code == "unknown-name"
