"""Matching alone: the same rules and states through every peer, interleaved, answers checked."""

from __future__ import annotations

import gc
import math
import statistics
import time
from dataclasses import dataclass, field
from typing import Any

from benchmarks import memory
from benchmarks.peers import OURS, PEERS, SLOW, build
from benchmarks.synthetic import Rule, Value, policy, states
from benchmarks.synthetic import partly_known as unknown_states

SIZES = (10, 50, 200, 1000, 5000)
BLOCK = 500
"""States that a peer sees in one turn: so many that most find its data in the caches again."""
COLD = 20
"""The first states of each turn, before which other peers had the caches."""
PATIENCE = 3.0
"""Seconds that one peer may spend on the states of one size; a slower one sees fewer of them."""
CHECKED = 300
"""
States on which answers are compared, as far as a peer's patience goes: others than those that are
timed, so that nobody sees one twice.
"""


@dataclass
class Result:
    """
    What one peer took at one size; times in microseconds a state.

    `cold` is the median of the first `COLD` states of each turn.
    """

    peer: str
    size: int
    load_ms: float = 0.0
    p50: float = math.nan
    p99: float = math.nan
    cold: float = math.nan
    states: int = 0
    checked: int = 0
    megabytes: float = math.nan
    note: str = ""
    times: list[float] = field(default_factory=list)


State = dict[str, Value]
Running = tuple[Result, Any, Any]
"""A peer: its result, what makes a state what it takes (not timed), and what matches, if any."""


def run(sizes: tuple[int, ...] = SIZES, count: int = 2000, *, say: Any = print) -> list[Result]:
    """
    Return the results of every peer at every size.

    Peers and sizes take turns: what slows the machine for a while slows them all.
    """
    made, fields = states(count + CHECKED), [_entered(size) for size in sizes]
    raw, spare = made[:count], made[count:]
    running = [each for field in fields for each in agreeing(field, spare)]
    _interleaved(running, raw)
    found = [_told(each, say) for field in fields for each, _, _ in field]
    for each in found:
        if each.times:
            each.megabytes = memory.of(each.peer, each.size)
    return found


def partly_known(sizes: tuple[int, ...] = SIZES, count: int = 2000) -> list[Result]:
    """
    Return our results, by size, where three facts in ten are not known.

    No peer tells that apart from false, so there is none to compare with; sizes take turns.
    """
    running = [_built(Result(OURS, size), policy(size)) for size in sizes]
    _interleaved(running, unknown_states(count))
    return [_told(each, say=_silent) for each, _, _ in running]


def _silent(_: str) -> None:
    """Say nothing."""


def _entered(size: int) -> list[Running]:
    """Return every peer with the rules of a size; one that does not run says why."""
    rules = policy(size)
    return [_built(Result(name, size), rules) for name in PEERS]


def _built(result: Result, rules: list[Rule]) -> Running:
    """Return a peer that has taken its rules in, or without what matches if it cannot."""
    if result.size > SLOW.get(result.peer, result.size):
        result.note = "not measured: too slow"
        return result, None, None
    try:
        began = time.perf_counter()
        prepare, match = build(result.peer, rules)
        result.load_ms = (time.perf_counter() - began) * 1000
    except Exception as error:  # noqa: BLE001 - whatever a peer raises is told in the table
        result.note = f"does not run: {type(error).__name__}: {error}"[:120]
        return result, None, None
    return result, prepare, match


def _told(result: Result, say: Any) -> Result:
    """Return a result with what its times come to, and say it."""
    if result.times:
        result.p50 = statistics.median(result.times)
        result.p99 = sorted(result.times)[int(len(result.times) * 0.99)]
        first = [t for place, t in enumerate(result.times) if place % BLOCK < COLD]
        result.cold = statistics.median(first)
        result.states = len(result.times)
    say(
        f"{result.size:>6} {result.peer:<26} {result.p50:>10.1f} {result.p99:>10.1f}  {result.note}"
    )
    return result


def agreeing(running: list[Running], spare: list[State]) -> list[Running]:
    """Return those that answer as the first one does; of the others it is told, not timed."""
    able = [each for each in running if each[2] is not None]
    _, prepare, first = able[0]
    answers = [sorted(first(prepare(state))) for state in spare]
    found = []
    for each in able:
        result = each[0]
        try:
            wrong = _wrong(each, spare, answers)
        except Exception as error:  # noqa: BLE001 - whatever a peer raises is told in the table
            result.note = f"fails: {type(error).__name__}: {error}"[:120]
            continue
        if wrong:
            result.note = f"answers differ in {wrong} of {result.checked} states: not timed"
        else:
            found.append(each)
    return found


def _wrong(peer: Running, spare: list[State], answers: list[list[str]]) -> int:
    """Return in how many states a peer answers otherwise, as far as its patience goes."""
    result, prepare, match = peer
    wrong, began = 0, time.perf_counter()
    for state, wanted in zip(spare, answers, strict=True):
        wrong += sorted(match(prepare(state))) != wanted
        result.checked += 1
        if time.perf_counter() - began > PATIENCE:
            break
    return wrong


def _interleaved(running: list[Running], raw: list[State]) -> None:
    """Time peers in turns, some states at a time."""
    clock = time.perf_counter_ns
    spent = [0.0] * len(running)
    gc.collect()
    for start in range(0, len(raw), BLOCK):
        for place, (result, prepare, match) in enumerate(running):
            for state in map(prepare, raw[start : start + BLOCK]):
                if spent[place] > PATIENCE:
                    break
                began = clock()
                match(state)
                took = clock() - began
                result.times.append(took / 1000)
                spent[place] += took / 1e9


def exponent(results: list[Result], peer: str, low: int = 50, high: int = 5000) -> float:
    """Return the growth exponent of a peer's median time with the number of rules."""
    times = {each.size: each.p50 for each in results if each.peer == peer and each.times}
    if low not in times or high not in times:
        return math.nan
    return math.log(times[high] / times[low]) / math.log(high / low)
