"""rule-engine: one expression a rule, over a mapping."""

from __future__ import annotations

import json
from typing import Any

import rule_engine

from benchmarks.peers import Peer
from benchmarks.synthetic import Between, OneOf, Rule, Test


def build(rules: list[Rule]) -> Peer:
    """Return the expressions of all rules."""
    written = [
        (rule.id, rule_engine.Rule(" and ".join(_test(test) for test in rule.tests)))
        for rule in rules
    ]

    def match(state: dict[str, Any]) -> list[str]:
        return [name for name, rule in written if rule.matches(state)]

    return dict, match


def _test(test: Test) -> str:
    match test:
        case OneOf(fact, values):
            return f"{fact} in [{', '.join(json.dumps(value) for value in values)}]"
        case Between(fact, low, high):
            return f"{fact} >= {low} and {fact} < {high}"
        case _:
            return f"{test.fact} == {'true' if test.value else 'false'}"
