"""JsonLogic in Python (json-logic-qubit): one expression a rule."""

from __future__ import annotations

from typing import Any

from json_logic import jsonLogic

from benchmarks.peers import Peer
from benchmarks.synthetic import Between, OneOf, Rule, Test


def build(rules: list[Rule]) -> Peer:
    """Return the expressions of all rules."""
    written = [(rule.id, {"and": [_test(test) for test in rule.tests]}) for rule in rules]

    def match(state: dict[str, Any]) -> list[str]:
        return [name for name, expression in written if jsonLogic(expression, state)]

    return dict, match


def _test(test: Test) -> dict[str, Any]:
    match test:
        case OneOf(fact, values):
            return {"in": [{"var": fact}, list(values)]}
        case Between(fact, low, high):
            return {"and": [{">=": [{"var": fact}, low]}, {"<": [{"var": fact}, high]}]}
        case _:
            return {"===": [{"var": test.fact}, test.value]}
