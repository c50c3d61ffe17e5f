"""This library: an engine alone, from a situation to the ids of the rules that hold."""

from __future__ import annotations

import datetime
import json
from typing import Any

from benchmarks.peers import Peer
from benchmarks.synthetic import Between, OneOf, Rule, Test, choices, flags, numbers, words
from complaint_rules import Policy, loads
from complaint_rules.engines import Owners
from complaint_rules.engines import build as build_engine
from complaint_rules.state import Situation

HEAD = {
    "format": 1,
    "id": "synthetic",
    "edition": "1",
    "title": "Synthetic",
    "currency": "EUR",
    "calendar": "always",
    "calendars": {"always": {"timezone": "Europe/Budapest", "hours": {"mon-sun": ["00:00-24:00"]}}},
    "stages": [{"id": "open", "when": "always"}],
}


def ruleset(rules: list[Rule]) -> str:
    """Return rules as a ruleset: JSON, which is YAML."""
    facts: dict[str, Any] = {name: {"kind": "choice", "values": choices()} for name in words()}
    facts.update({name: {"kind": "count"} for name in numbers()})
    facts.update({name: {"kind": "yes_no"} for name in flags()})
    written = [
        {
            "id": rule.id,
            "text": rule.id,
            "source": ["made up"],
            "when": {test.fact: _test(test) for test in rule.tests},
            "then": {"do": ["act"]},
        }
        for rule in rules
    ]
    whole = {
        **HEAD,
        "facts": facts,
        "actions": {"act": {"title": "Act", "owner": "agent"}},
        "rules": written,
    }
    return json.dumps(whole)


def _test(test: Test) -> Any:
    match test:
        case OneOf(_, values):
            return list(values)
        case Between(_, low, high):
            return f"[{low}..{high})"
        case _:
            return test.value


def load_policy(rules: list[Rule]) -> Policy:
    """Return rules as a policy."""
    return loads(ruleset(rules))


def build(rules: list[Rule]) -> Peer:
    """Return the index engine with rules loaded."""
    return built(rules, "index")


def built(rules: list[Rule], name: str) -> Peer:
    """Return an engine of ours with rules loaded."""
    policy = load_policy(rules)
    engine = build_engine(policy, name)
    # Rules of one condition share its number.
    order: list[list[str]] = [[] for _ in policy.conditions]
    for each in policy.rules:
        order[each.when].append(each.id)
    owners = Owners.of(order)
    calendar = policy.calendars[policy.calendar]

    def prepare(state: dict[str, Any]) -> Situation:
        return Situation(
            values=dict(state),
            now=0,
            calendar=calendar,
            event_date=datetime.date(2026, 11, 24),
            settings={},
            done=(),
            round_start=0,
            currency="EUR",
        )

    def match(situation: Situation) -> list[str]:
        return owners.named(engine.match(situation).true)

    return prepare, match
