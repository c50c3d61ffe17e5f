"""Where the time of a whole decision goes: each step of `decide` timed by itself, on `core`."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import attrs

from benchmarks.whole import core_scenes
from complaint_rules import Decision, decide, load
from complaint_rules.decision.decide import engine_of
from complaint_rules.engines import Engine, Match
from complaint_rules.state import Situation

STEPS = {
    "look": "see the complaint: defaults, types, derived facts, stage",
    "match": "match every condition",
    "targets": "targets on their clocks",
    "agenda_of": "combine what the true rules bring",
    "owed_lines": "what is owed",
    "voluntary": "choices and goodwill, ranked and cut",
    "next_actions": "actions in order, with due times, and what to ask",
    "review_at": "when to look again",
}
"""Functions that `decide` calls, and what they do; what is left is put under the rest."""
REASONS = "reasons, made when they are first read"
REST = "the rest: promises, prohibitions, notices, building the decision"
FLOOR = "floor: matching, and building a decision of parts that are made already"


@dataclass
class Step:
    """One step: its median time in microseconds, and its share of all steps' time, 0 to 1."""

    name: str
    p50: float
    share: float


@dataclass
class _Clocks:
    """Nanoseconds spent in each step of the decision under way."""

    spent: dict[str, int] = field(default_factory=dict)

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and adds its time to a step."""

        def timing(*args: Any, **more: Any) -> Any:
            began = time.perf_counter_ns()
            try:
                return call(*args, **more)
            finally:
                self.spent[name] = self.spent.get(name, 0) + time.perf_counter_ns() - began

        return timing


@dataclass
class _Timed:
    """An engine whose matching is timed."""

    engine: Engine
    clocks: _Clocks
    name: str = "timed"

    def match(self, situation: Situation) -> Match:
        """Match, and add the time to its step."""
        found: Match = self.clocks.timed("match", self.engine.match)(situation)
        return found


@contextmanager
def _watched(clocks: _Clocks) -> Iterator[None]:
    """Put clocks around the functions that `decide` calls, and take them off again."""
    module = sys.modules["complaint_rules.decision.decide"]
    kept = {name: getattr(module, name) for name in STEPS if name != "match"}
    for name, call in kept.items():
        setattr(module, name, clocks.timed(name, call))
    try:
        yield
    finally:
        for name, call in kept.items():
            setattr(module, name, call)


def run(rounds: int = 2, most: int | None = None) -> list[Step]:
    """
    Return the steps of decisions on the moments of core's scenarios, the floor last.

    Args:
        rounds: How often all moments are decided; the last time counts.
        most: Look at the first so many moments only.
    """
    policy, times = load("core"), dict[str, list[float]]()
    scenes, plain = core_scenes(policy)[:most], engine_of(policy, "index")
    for turn in range(rounds):
        clocks = _Clocks()
        engine = _Timed(plain, clocks)
        with _watched(clocks):
            for scene in scenes:
                clocks.spent = dict.fromkeys(STEPS, 0)
                began = time.perf_counter_ns()
                decision = decide(policy, scene.state, at=scene.at, engine=engine)  # type: ignore[arg-type]
                whole = time.perf_counter_ns() - began
                parts = {STEPS[name]: spent for name, spent in clocks.spent.items()}
                parts[REST] = whole - sum(clocks.spent.values())
                parts[REASONS] = _reasons(decision)
                parts[FLOOR] = clocks.spent["match"] + _built(decision)
                if turn == rounds - 1:
                    for name, spent in parts.items():
                        times.setdefault(name, []).append(spent / 1000)
    total = sum(sum(each) for name, each in times.items() if name != FLOOR)
    return [Step(name, statistics.median(each), sum(each) / total) for name, each in times.items()]


def _reasons(decision: Decision) -> int:
    """Return how long the reasons take, in nanoseconds."""
    began = time.perf_counter_ns()
    _ = decision.reasons
    return time.perf_counter_ns() - began


def _built(decision: Decision) -> int:
    """Return how long it takes to build a decision of parts that are made already."""
    parts = {each.name: getattr(decision, each.name) for each in attrs.fields(Decision)}
    began = time.perf_counter_ns()
    Decision(**parts)
    return time.perf_counter_ns() - began
