"""From end to end on synthetic policies: a mapping or JSON in, a decision or JSON out."""

from __future__ import annotations

import importlib
import json
import statistics
import time
from collections.abc import Callable
from typing import Any, Literal

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from benchmarks.peers import ours
from benchmarks.synthetic import choices, flags, numbers, policy, states, words
from benchmarks.whole import Timing
from complaint_rules import decide
from complaint_rules.decision import dumps
from complaint_rules.intake import read_json

AT = 1795188600
SIZES = (50, 200, 1000)
COUNT = 400
BLOCK = 20

Call = Callable[[Any], object]


def run(sizes: tuple[int, ...] = SIZES, count: int = COUNT) -> list[Timing]:
    """Return the times of ours and of zen-engine behind pydantic, interleaved, by size."""
    raw = states(count)
    texts = [json.dumps(state).encode() for state in raw]
    found = []
    for size in sizes:
        calls = [*_ours(size), *_zen(size)]
        times: dict[str, list[float]] = {name: [] for name, _, _ in calls}
        for start in range(0, count, BLOCK):
            for name, call, as_text in calls:
                for given in (texts if as_text else raw)[start : start + BLOCK]:
                    began = time.perf_counter_ns()
                    call(given)
                    times[name].append((time.perf_counter_ns() - began) / 1000)
        for name, _, _ in calls:
            ranked = sorted(times[name])
            p99 = ranked[int(count * 0.99)]
            found.append(Timing(f"{size:,} rules: {name}", statistics.median(ranked), p99))
    return found


def _ours(size: int) -> list[tuple[str, Call, bool]]:
    made = ours.load_policy(policy(size))

    def mapping(state: dict[str, Any]) -> object:
        return decide(made, state, at=AT)

    def text(data: bytes) -> object:
        return dumps(decide(made, read_json(data), at=AT))

    return [
        ("complaint_rules, mapping in, decision out", mapping, False),
        ("complaint_rules, JSON in, JSON out", text, True),
    ]


def _zen(size: int) -> list[tuple[str, Call, bool]]:
    """Return the same of zen-engine, its state validated by pydantic; nothing without it."""
    try:
        _, match = importlib.import_module("benchmarks.peers.zen_engine").build(policy(size))
    except ImportError:
        return []
    door = _door()

    def mapping(state: dict[str, Any]) -> object:
        return match(door.validate_python(state))

    def text(data: bytes) -> object:
        return json.dumps(match(door.validate_json(data)))

    return [
        ("zen-engine and pydantic, mapping in, ids out", mapping, False),
        ("zen-engine and pydantic, JSON in, JSON out", text, True),
    ]


def _door() -> TypeAdapter[Any]:
    """Return what validates a state: the fastest that pydantic has, a typed dict."""
    kinds: dict[str, Any] = dict.fromkeys(words(), Literal[tuple(choices())])
    kinds |= dict.fromkeys(numbers(), int) | dict.fromkeys(flags(), bool)
    return TypeAdapter(TypedDict("State", kinds))  # type: ignore[operator]
