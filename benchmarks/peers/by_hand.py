"""What a programmer would write by hand: one `if` a rule."""

from __future__ import annotations

from typing import Any

from benchmarks.peers import Peer
from benchmarks.synthetic import Between, OneOf, Rule, Test


def build(rules: list[Rule]) -> Peer:
    """Return the rules as one Python function, written out and compiled."""
    lines = ["def match(state):", "    found = []"]
    for rule in rules:
        tests = " and ".join(_test(test) for test in rule.tests)
        lines += [f"    if {tests}:", f"        found.append({rule.id!r})"]
    lines.append("    return found")
    space: dict[str, Any] = {}
    exec("\n".join(lines), space)  # the benchmark's own text: the peer is generated code
    return dict, space["match"]


def _test(test: Test) -> str:
    match test:
        case OneOf(fact, values):
            return f"state[{fact!r}] in {{{', '.join(map(repr, values))}}}"
        case Between(fact, low, high):
            return f"{low} <= state[{fact!r}] < {high}"
        case _:
            return f"state[{test.fact!r}] is {test.value}"
