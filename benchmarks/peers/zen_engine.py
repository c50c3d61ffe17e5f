"""zen-engine (Rust): a decision table, by its fastest Python path: a loader with ready content."""

from __future__ import annotations

import json
from typing import Any

import zen

from benchmarks.peers import Peer
from benchmarks.synthetic import Between, OneOf, Rule, Test


def build(rules: list[Rule]) -> Peer:
    """Return an engine whose loader returns preloaded content; trace off."""
    facts = sorted({test.fact for rule in rules for test in rule.tests})
    rows = []
    for rule in rules:
        tests = {test.fact: _test(test) for test in rule.tests}
        row: dict[str, str] = {"_id": rule.id, "out": json.dumps(rule.id)}
        row.update({fact: tests.get(fact, "") for fact in facts})
        rows.append(row)
    content = {
        "hitPolicy": "collect",
        "inputs": [
            {"id": fact, "name": fact, "type": "expression", "field": fact} for fact in facts
        ],
        "outputs": [{"id": "out", "name": "out", "type": "expression", "field": "id"}],
        "rules": rows,
    }
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
            {
                "id": "t",
                "name": "t",
                "type": "decisionTableNode",
                "position": {"x": 0, "y": 0},
                "content": content,
            },
            {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
        ],
        "edges": [
            {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "t"},
            {"id": "e2", "type": "edge", "sourceId": "t", "targetId": "out"},
        ],
    }
    ready = zen.ZenDecisionContent(json.dumps(graph))
    engine = zen.ZenEngine({"loader": lambda _: ready})
    engine.evaluate("policy", dict.fromkeys(facts))

    def match(state: dict[str, Any]) -> list[str]:
        result = engine.evaluate("policy", state)["result"]
        return [each["id"] for each in result]

    return dict, match


def _test(test: Test) -> str:
    match test:
        case OneOf(_, values):
            return ", ".join(json.dumps(value) for value in values)
        case Between(_, low, high):
            return f"[{low}..{high})"
        case _:
            return "true" if test.value else "false"
