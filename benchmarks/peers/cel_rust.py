"""CEL by its Rust binding (common-expression-language): one compiled program a rule."""

from __future__ import annotations

import json
from typing import Any

import cel

from benchmarks.peers import Peer
from benchmarks.synthetic import Between, OneOf, Rule, Test


def text(rule: Rule) -> str:
    """Return a rule in CEL."""
    return " && ".join(_test(test) for test in rule.tests)


def _test(test: Test) -> str:
    match test:
        case OneOf(fact, values):
            return f"{fact} in {json.dumps(list(values))}"
        case Between(fact, low, high):
            return f"{fact} >= {low} && {fact} < {high}"
        case _:
            return f"{test.fact} == {'true' if test.value else 'false'}"


def build(rules: list[Rule]) -> Peer:
    """Return the programs of all rules."""
    programs = [(rule.id, cel.compile(text(rule))) for rule in rules]

    def match(context: Any) -> list[str]:
        return [name for name, program in programs if program.execute(context)]

    def prepare(state: dict[str, Any]) -> Any:
        return cel.Context(variables=state)

    return prepare, match
