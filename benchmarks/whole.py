"""Whole decisions on `core`, the moments of its scenarios; imports and loads in new processes."""

from __future__ import annotations

import contextlib
import json
import os
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
from complaint_rules import Policy, decide, load, read_state
from complaint_rules.decision import dumps
from complaint_rules.intake import read_json
from complaint_rules.testing import Scene, read_suite, scenes_of

YARDSTICK = "zen-engine, matching alone of 200 synthetic rules"
_FRESH = 5
_TURNS = 3


@dataclass
class Timing:
    """A thing measured; microseconds (or milliseconds, as `unit` says)."""

    name: str
    p50: float
    p99: float
    unit: str = "µs"


def decisions() -> list[Timing]:
    """
    Return how long the moments of core's scenarios take, by what goes in and comes out.

    Beside them stands the `YARDSTICK`, if zen-engine is installed.
    """
    core = load("core")
    scenes = core_scenes(core)
    plain = [_plain(scene.facts) for scene in scenes]
    texts = [json.dumps(facts).encode() for facts in plain]

    def validated(number: int) -> object:
        return decide(core, scenes[number].state, at=scenes[number].at)  # type: ignore[arg-type]

    def explained(number: int) -> object:
        return decide(core, scenes[number].state, at=scenes[number].at).reasons  # type: ignore[arg-type]

    def mapping(number: int) -> object:
        return decide(core, plain[number], at=scenes[number].at)

    def text(number: int) -> object:
        return dumps(decide(core, read_json(texts[number]), at=scenes[number].at))

    def intake(number: int) -> object:
        return read_state(core, plain[number])

    calls: dict[str, Callable[[int], object]] = {
        "state validated in, decision out": validated,
        "state validated in, decision out, its reasons read": explained,
        "mapping in, decision out": mapping,
        "JSON in, JSON out": text,
        "validation of a state alone": intake,
    }
    with contextlib.suppress(ImportError):
        calls[YARDSTICK] = _zen(len(scenes))
    return _timed(calls, len(scenes))


def _zen(count: int) -> Callable[[int], object]:
    """Return what matches a state, given by its number, with zen-engine alone."""
    prepare, match = build("zen-engine", policy(200))
    prepared = [prepare(state) for state in states(count)]
    return lambda number: match(prepared[number])


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


def _timed(calls: Mapping[str, Callable[[int], object]], count: int) -> list[Timing]:
    """Return how long calls take, in turns: what slows the machine for a while slows them all."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(_TURNS + 1):
        for name, call in calls.items():
            for number in range(count):
                began = time.perf_counter_ns()
                call(number)
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
