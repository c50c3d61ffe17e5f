"""CEL in pure Python (cel-python): one program a rule, by the faster of its two runners."""

from __future__ import annotations

from typing import Any

import celpy

from benchmarks.peers import Peer
from benchmarks.peers.cel_rust import text
from benchmarks.synthetic import Rule


def build(rules: list[Rule]) -> Peer:
    """Return the programs of all rules."""
    environment = celpy.Environment(runner_class=celpy.CompiledRunner)
    programs = [(rule.id, environment.program(environment.compile(text(rule)))) for rule in rules]

    def match(context: Any) -> list[str]:
        return [name for name, program in programs if program.evaluate(context)]

    return celpy.json_to_cel, match
