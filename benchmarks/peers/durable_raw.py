"""
durable-rules by its C extension alone: the fastest right way to ask it for all rules that hold.

A fact is asserted, what fires is drained, the fact is retracted: `post` would fire one rule only.
Each test is written out as conjunctions, since one `$or` fires a rule as often as it has true
paths; sixty of them stand in one ruleset, because from 65 that match at once it fails.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

import durable_rules_engine as native

from benchmarks.peers import Peer
from benchmarks.synthetic import Between, OneOf, Rule, Test

_MOST = 60
_FACT = {"k": 1, "id": "x", "sid": "0"}
_RETRACTED = json.dumps({"id": "x", "sid": "0"})
_NAMES = itertools.count()


def build(rules: list[Rule]) -> Peer:
    """Return all rules in rulesets of sixty conjunctions each."""
    conjunctions = [
        (rule.id, [part for parts in choice for part in parts])
        for rule in rules
        for choice in itertools.product(*map(_alternatives, rule.tests))
    ]
    owners = [name for name, _ in conjunctions]
    handles = []
    for first in range(0, len(conjunctions), _MOST):
        shard = conjunctions[first : first + _MOST]
        definition = {
            f"c{first + number}": {"all": [{"m": {"$and": [{"k": 1}, *parts]}}]}
            for number, (_, parts) in enumerate(shard)
        }
        name = f"policy{next(_NAMES)}"
        handles.append(native.create_ruleset(name, json.dumps(definition)))

    def match(text: str) -> list[str]:
        found: set[str] = set()
        for handle in handles:
            code, state = native.assert_fact(handle, text)
            if code:
                continue
            action = native.start_action_for_state(handle, state)
            told = action and action[1]
            while told:
                found.add(owners[int(told.split('"', 2)[1][1:])])
                told = native.complete_and_start_action(handle, state)
            native.retract_fact(handle, _RETRACTED)
        return sorted(found)

    return _prepared, match


def _prepared(state: dict[str, Any]) -> str:
    return json.dumps({**_FACT, **state})


def _alternatives(test: Test) -> list[list[dict[str, Any]]]:
    match test:
        case OneOf(fact, values):
            return [[{fact: value}] for value in values]
        case Between(fact, low, high):
            return [[{"$gte": {fact: low}}, {"$lt": {fact: high}}]]
        case _:
            return [[{test.fact: test.value}]]
