"""Whole decisions on `core`, the moments of its scenarios; imports and loads in new processes."""

from __future__ import annotations

import contextlib
import datetime
import functools
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.peers import build
from benchmarks.synthetic import policy, states
from complaint_rules import Policy, State, decide, load, read_state
from complaint_rules.decision import dumps
from complaint_rules.decision.answer.instants import whole_seconds
from complaint_rules.intake import read_json
from complaint_rules.testing import Scene, read_suite, scenes_of

YARDSTICK = "zen-engine, matching alone of 200 synthetic rules"
_FRESH = 5
_TURNS = 3
_BLOCK = 100
"""Moments after which another way to call has its turn."""
_APART = 5
"""Seconds between the complaints of two scenarios, and so between two turns of one."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d")


@dataclass
class Timing:
    """A thing measured; microseconds (or milliseconds, as `unit` says)."""

    name: str
    p50: float
    p99: float
    unit: str = "µs"


@dataclass
class Moment:
    """A complaint at an instant, as hosts may hand it in."""

    state: State
    plain: dict[str, Any]
    text: bytes
    at: int


def decisions() -> list[Timing]:
    """
    Return how long the moments of core's scenarios take, by what goes in and comes out.

    Every complaint of every turn happens at instants of its own, so no state is decided twice. What
    hangs on something else than the state's values is warm after the first turn: the same facts are
    given, the same rules fire, the same was done. Beside them stands the `YARDSTICK`, if zen-engine
    is installed.
    """
    core = load("core")

    def validated(moment: Moment) -> object:
        return decide(core, moment.state, at=moment.at)

    def explained(moment: Moment) -> object:
        return decide(core, moment.state, at=moment.at).reasons

    def mapping(moment: Moment) -> object:
        return decide(core, moment.plain, at=moment.at)

    def text(moment: Moment) -> object:
        return dumps(decide(core, read_json(moment.text), at=moment.at))

    def intake(moment: Moment) -> object:
        return read_state(core, moment.plain)

    calls: dict[str, Callable[[Moment], object]] = {
        "state validated in, decision out": validated,
        "state validated in, decision out, its reasons read": explained,
        "mapping in, decision out": mapping,
        "JSON in, JSON out": text,
        "validation of a state alone": intake,
    }
    with contextlib.suppress(ImportError):
        calls[YARDSTICK] = _zen()
    return _timed(calls, functools.partial(moments, core))


def _zen() -> Callable[[Moment], object]:
    """Return the matching of 200 synthetic rules with zen-engine, one state after the other."""
    prepare, match = build("zen-engine", policy(200))
    prepared = itertools.cycle([prepare(state) for state in states(2_000)])
    return lambda _: match(next(prepared))


def moments(policy: Policy, turn: int) -> list[Moment]:
    """
    Return the moments of core's scenarios, each complaint at instants of its own.

    Args:
        policy: The policy `core`.
        turn: Number of the turn, from 0; another turn, other instants.
    """
    cases = read_suite("core").cases
    return [
        _moved(policy, scene, (turn * len(cases) + number) * _APART)
        for number, case in enumerate(cases)
        for scene in scenes_of(policy, case)[0]
        if scene.state is not None
    ]


def _moved(policy: Policy, scene: Scene, seconds: int) -> Moment:
    """Return a moment so much later."""
    plain = _later(_plain(scene.facts), datetime.timedelta(seconds=seconds))
    at = whole_seconds(scene.at) + seconds
    return Moment(read_state(policy, plain), plain, json.dumps(plain).encode(), at)


def _later(data: Any, by: datetime.timedelta) -> Any:
    """Return JSON data with every instant in it so much later."""
    if isinstance(data, dict):
        return {name: _later(value, by) for name, value in data.items()}
    if isinstance(data, list):
        return [_later(value, by) for value in data]
    if isinstance(data, str) and _INSTANT.fullmatch(data):
        return (datetime.datetime.fromisoformat(data) + by).isoformat()
    return data


def core_states() -> list[dict[str, Any]]:
    """Return the states of those moments as JSON data."""
    return [_plain(scene.facts) for scene in core_scenes(load("core"))]


def core_scenes(policy: Policy) -> list[Scene]:
    """Return the moments of core's scenarios whose states are sound."""
    return [
        scene
        for case in read_suite("core").cases
        for scene in scenes_of(policy, case)[0]
        if scene.state is not None
    ]


def _plain(facts: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(dict(facts), default=_told))
    return data


def _told(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _timed(
    calls: Mapping[str, Callable[[Moment], object]], prepared: Callable[[int], Sequence[Moment]]
) -> list[Timing]:
    """
    Return how long calls take, a block of moments each in turn.

    What slows the machine for a while slows them all.

    Args:
        calls: What is called with one moment after the other.
        prepared: Gives the moments of a turn, by its number from 0.
    """
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(_TURNS + 1):
        found = prepared(turn)
        for start in range(0, len(found), _BLOCK):
            for name, call in calls.items():
                for moment in found[start : start + _BLOCK]:
                    began = time.perf_counter_ns()
                    call(moment)
                    took = time.perf_counter_ns() - began
                    if turn:  # the first turn is for getting warm
                        times[name].append(took / 1000)
    return [
        Timing(name, statistics.median(each), sorted(each)[int(len(each) * 0.99)])
        for name, each in times.items()
    ]


def starts() -> list[Timing]:
    """
    Return how long importing and loading take, each in fresh processes; milliseconds.

    Modules are compiled before, as an installer leaves them, even where the environment forbids
    Python to keep compiled modules.
    """
    load_code = (
        "import time, complaint_rules as c\n"
        "began = time.perf_counter()\nc.load('core')\nprint((time.perf_counter() - began) * 1000)"
    )
    import_code = (
        "import time\nbegan = time.perf_counter()\nimport complaint_rules\n"
        "print((time.perf_counter() - began) * 1000)"
    )
    return [
        _fresh("import complaint_rules", import_code),
        _fresh("load('core') after imports", load_code),
    ]


def _fresh(name: str, code: str) -> Timing:
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-c", code]
        _output(command, environment)
        times = [float(_output(command, environment)) for _ in range(_FRESH)]
    return Timing(name, statistics.median(times), max(times), "ms")


def _output(command: Sequence[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=120, env=environment
    )
    return done.stdout
