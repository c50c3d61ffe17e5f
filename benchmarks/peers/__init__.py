"""Each peer in a module of its own: rules in, a function from a state to the ids that hold out."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from benchmarks.synthetic import Rule

Prepare = Callable[[dict[str, Any]], Any]
Matcher = Callable[[Any], list[str]]
Peer = tuple[Prepare, Matcher]
"""What turns a state into what the peer takes (not timed), and what matches it (timed)."""

OURS = "complaint_rules, index"
PEERS = {
    OURS: "ours",
    "complaint_rules, durable": "ours_durable",
    "hand-written ifs": "by_hand",
    "zen-engine": "zen_engine",
    "cel (Rust)": "cel_rust",
    "cel-python": "cel_python",
    "durable-rules": "durable_raw",
    "json-logic": "jsonlogic",
    "business-rules": "business",
    "rule-engine": "ruleengine",
    "experta": "experta_raw",
}
SLOW = {
    "complaint_rules, durable": 1000,
    "cel-python": 200,
    "json-logic": 1000,
    "business-rules": 1000,
    "rule-engine": 1000,
}
"""Peers measured up to so many rules: beyond, one state takes tens of milliseconds."""


def build(name: str, rules: list[Rule]) -> Peer:
    """
    Return a peer with rules loaded.

    Raises:
        ImportError: It is not installed, or does not run here.
        Exception: Whatever the peer raises for so many rules.
    """
    module = importlib.import_module(f"benchmarks.peers.{PEERS[name]}")
    peer: Peer = module.build(rules)
    return peer
