"""This library's second opinion: durable-rules in a process of its own, three-valued."""

from __future__ import annotations

from benchmarks.peers import Peer
from benchmarks.peers.ours import built
from benchmarks.synthetic import Rule


def build(rules: list[Rule]) -> Peer:
    """Return the durable engine with rules loaded."""
    return built(rules, "durable")
