"""Hostile processes: killed, hung, babbling, deaf. The host gets an error, then an answer."""

from __future__ import annotations

import copy
import gc
import json
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.differential import needs
from tests.rooms.conditions import material

from complaint_rules import EngineError, MissingExtraError, decide, load
from complaint_rules.conditions.tree import Among, Condition, Not, Within
from complaint_rules.engines import Index, build
from complaint_rules.engines.durable import Durable, worker
from complaint_rules.engines.durable.plan import Plan
from complaint_rules.engines.durable.worker import Worker

test_of, situation = material.test_of, material.situation
CONDITIONS: tuple[Condition, ...] = (
    test_of("contacts", Within(low=3)),
    Not(test_of("channel", Among(frozenset({"phone"})))),
)
SEEN = situation({"contacts": 4, "channel": "email"})
PLAN = Plan.of(CONDITIONS, material.FACTS)
WANTED = Index.of(CONDITIONS, material.FACTS).match(SEEN)


@pytest.fixture
def engine() -> Iterator[Durable]:
    """Return an engine of two conditions."""
    made = Durable(PLAN)
    yield made
    made.close()


def stub(text: str, limit: float = 5.0) -> Durable:
    """Return an engine whose process runs a program of ours instead."""
    command = [sys.executable, "-I", "-S", "-c", f"import os, time, json, struct\n{text}"]
    return Durable(PLAN, worker=Worker(PLAN.shards, limit=limit, command=command))


def alive(pid: int) -> bool:
    """Return whether a process still runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@needs.durable
def test_a_killed_process_is_no_answer_and_is_restarted(engine: Durable) -> None:
    """Death is an error that says so; the question after it is answered by another process."""
    assert engine.match(SEEN) == WANTED
    first = engine.worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    with pytest.raises(EngineError, match="is unavailable: its process ended") as told:
        engine.match(SEEN)
    assert told.value.engine == "durable"
    assert engine.worker.pid is None
    assert engine.match(SEEN) == WANTED
    assert engine.worker.pid not in (None, first)


def test_a_hung_process_is_ended_in_time() -> None:
    """A process that never answers is ended when its time is up."""
    engine = stub("time.sleep(60)", limit=0.3)
    begun = time.monotonic()
    with pytest.raises(EngineError, match=r"is unavailable: no answer within 0\.3 s"):
        engine.match(SEEN)
    assert time.monotonic() - begun < 5
    assert engine.worker.pid is None


def test_a_process_that_ends_without_a_word() -> None:
    """A process that reads the question and ends is told as ended."""
    with pytest.raises(EngineError, match="its process ended"):
        stub("os.read(0, 1 << 20)").match(SEEN)


def test_a_dripping_answer_does_not_stretch_the_time() -> None:
    """An answer that comes byte by byte has no more time than another."""
    engine = stub(
        "os.read(0, 9)\nfor _ in range(1000):\n    os.write(0, b'\\0'); time.sleep(0.08)", limit=0.2
    )
    with pytest.raises(EngineError, match="is unavailable"):
        engine.match(SEEN)


def test_time_that_is_over_before_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all time was needed for asking none is left for the answer."""
    ticks = iter([0.0, 100.0])
    monkeypatch.setattr(worker.time, "monotonic", lambda: next(ticks))
    with pytest.raises(EngineError, match="no answer within"):
        stub("time.sleep(60)").match(SEEN)


def test_a_deaf_process_with_a_full_pipe() -> None:
    """A question too large for the pipe does not block for ever where nobody reads."""
    engine = stub("time.sleep(60)", limit=0.3)
    engine.worker._shards = [{"0": [["f0", "=", "x" * 50_000]]}] * 200
    with pytest.raises(EngineError, match="no answer within"):
        engine.match(SEEN)


REPLIES = [
    b"", b"\0\0", b"\xff\xff\xff\xff", struct.pack("!I", 4) + b"null", struct.pack("!I", 2) + b"[]",
    struct.pack("!I", 1) + b"{", struct.pack("!I", 2) + b"{}", struct.pack("!I", 3) + b"\xff" * 3,
    struct.pack("!I", 60_000) + b"[" * 60_000, struct.pack("!I", 100) + b"{}",
]  # fmt: skip


@pytest.mark.parametrize("reply", REPLIES, ids=range(len(REPLIES)))
def test_nonsense_is_no_answer(reply: bytes) -> None:
    """Bytes that are no message are never taken for an answer."""
    engine = stub(f"os.read(0, 9); os.write(0, bytes.fromhex('{reply.hex()}'))")
    with pytest.raises(EngineError, match="is unavailable"):
        engine.match(SEEN)
    assert engine.worker.pid is None


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_any_bytes_are_no_answer(reply: bytes) -> None:
    """Whatever a process writes before it ends, the host sees an error and lives."""
    engine = stub(f"os.read(0, 9); os.write(0, bytes.fromhex('{reply.hex()}'))")
    with pytest.raises(EngineError):
        engine.match(SEEN)


ANSWERING = """
def say(message):
    body = json.dumps(message).encode()
    os.write(0, struct.pack("!I", len(body)) + body)
os.read(0, 1 << 20); say({"built": 1})
os.read(0, 1 << 20); say(%r)
time.sleep(60)
"""


@pytest.mark.parametrize(
    "said",
    [{}, {"hits": None}, {"hits": {}}, {"hits": []}, {"hits": [[], []]}, {"hits": ["0"]},
     {"hits": [["0"]]}, {"hits": [[0.0]]}, {"hits": [[True]]}, {"hits": [[-1]]}, {"hits": [[999]]}],
)  # fmt: skip
def test_senseless_hits_are_no_answer(said: dict[str, Any]) -> None:
    """Only lists of numbers of conjunctions, one list for each question, are an answer."""
    with pytest.raises(EngineError, match="no sensible answer"):
        stub(ANSWERING % said).match(SEEN)


def test_a_contradiction_is_no_answer() -> None:
    """Where a condition and its negation both fire nothing is believed."""
    engine = stub(ANSWERING % {"hits": [list(range(len(PLAN.owners)))]})
    with pytest.raises(EngineError, match="contradicts itself"):
        engine.match(SEEN)
    engine.close()


def test_a_refusal_is_told() -> None:
    """What the process refuses is an error with its words."""
    with pytest.raises(EngineError, match="refused: error 303"):
        stub(ANSWERING % {"error": "error 303"}).match(SEEN)


def test_an_interrupted_question_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted while it waits, the process is ended: half an answer is never read later."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    engine = stub("time.sleep(60)")
    monkeypatch.setattr(worker._Child, "ask", interrupted)
    with pytest.raises(KeyboardInterrupt):
        engine.match(SEEN)
    assert engine.worker.pid is None


def test_a_program_that_is_not_there() -> None:
    """A process that cannot be started is unavailable."""
    engine = Durable(PLAN, worker=Worker(PLAN.shards, command=["/nowhere/at/all"]))
    with pytest.raises(EngineError, match="cannot be started"):
        engine.match(SEEN)


def test_a_library_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says how to get it."""
    monkeypatch.setattr(worker, "LIBRARY", "no_such_library_anywhere")
    with pytest.raises(MissingExtraError, match=r"pip install 'complaint-rules\[durable\]'"):
        build(load("core"), "durable")


def test_a_library_that_cannot_be_loaded() -> None:
    """Installed but not to be loaded, as on a later Python, the error is the same."""
    body = b'{"missing": "undefined symbol"}'
    reply = struct.pack("!I", len(body)) + body
    text = f"os.read(0, 1 << 20); os.write(0, {reply!r}); time.sleep(60)"
    with pytest.raises(MissingExtraError, match="the engine `durable` needs"):
        stub(text).match(SEEN)


@needs.durable
def test_closing_ends_the_process(engine: Durable) -> None:
    """Closed it runs no process; asked again it starts one; twice closed is closed."""
    engine.match(SEEN)
    pid = engine.worker.pid
    assert pid is not None
    engine.close()
    engine.close()
    assert not alive(pid)
    assert engine.match(SEEN) == WANTED


@needs.durable
def test_a_forgotten_engine_takes_its_process_along() -> None:
    """When nobody holds the engine any more its process ends."""
    engine = Durable(PLAN)
    engine.match(SEEN)
    pid = engine.worker.pid
    assert pid is not None
    del engine
    gc.collect()
    assert not alive(pid)


EXITING = """
import sys
from complaint_rules import decide, load
from complaint_rules.engines import build
engine = build(load("core"), "durable")
print(engine.worker.pid)
"""


@needs.durable
def test_the_process_ends_with_its_host() -> None:
    """At the end of the program no process is left over."""
    done = subprocess.run(
        [sys.executable, "-c", EXITING], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stderr == ""
    deadline = time.monotonic() + 10
    while alive(int(done.stdout)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(int(done.stdout))


@needs.durable
def test_a_pickled_engine_starts_its_own(engine: Durable) -> None:
    """A copy answers the same from a process of its own."""
    engine.match(SEEN)
    for other in (pickle.loads(pickle.dumps(engine)), copy.copy(engine)):
        assert other.match(SEEN) == WANTED
        assert other.worker.pid != engine.worker.pid
        other.close()


@needs.durable
def test_a_forked_host_leaves_the_parents_process_alone(engine: Durable) -> None:
    """A fork answers from a process of its own, and ends without touching its parent's."""
    engine.match(SEEN)
    pid = engine.worker.pid
    reading, writing = os.pipe()
    forked = os.fork()
    if forked == 0:  # pragma: no cover - the fork is not measured
        told = b"wrong"
        try:
            own = engine.match(SEEN) == WANTED and engine.worker.pid != pid
            engine.close()
            told = b"right" if own else b"wrong"
        finally:
            os.write(writing, told)
            os._exit(0)
    os.close(writing)
    assert os.read(reading, 10) == b"right"
    os.close(reading)
    os.waitpid(forked, 0)
    assert engine.match(SEEN) == WANTED
    assert engine.worker.pid == pid


@needs.durable
def test_what_a_fork_forgets(engine: Durable) -> None:
    """After a fork a lock that was held is free, and the inherited process is let go."""
    engine.match(SEEN)
    inherited = engine.worker._children[0]
    engine.worker._lock.acquire()
    worker._after_fork()
    assert engine.worker.pid is None
    assert engine.match(SEEN) == WANTED
    inherited.process.returncode = None  # it is ours after all
    inherited.process.kill()
    inherited.process.wait()


@needs.durable
def test_threads_wait_for_each_other(engine: Durable) -> None:
    """From many threads every answer belongs to its question."""
    index = Index.of(CONDITIONS, material.FACTS)
    seen = [
        situation({"contacts": n % 7, "channel": material.CHOICES[n % 3]} if n % 5 else {})
        for n in range(400)
    ]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(engine.match, seen)) == [index.match(each) for each in seen]


@needs.durable
def test_threads_and_murder(engine: Durable) -> None:
    """While the process is killed again and again, each call answers rightly or says it cannot."""
    engine.match(SEEN)
    stop = threading.Event()
    found: list[Any] = []

    def ask() -> None:
        while not stop.is_set():
            try:
                found.append(engine.match(SEEN))
            except EngineError:
                found.append(None)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for each in threads:
        each.start()
    for _ in range(5):
        time.sleep(0.05)
        pid = engine.worker.pid
        if pid is not None:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
    time.sleep(0.1)
    stop.set()
    for each in threads:
        each.join(30)
    assert set(found) <= {WANTED, None}
    assert engine.match(SEEN) == WANTED


@needs.durable
def test_the_engine_by_name(root: Path) -> None:
    """`decide` and the front door take it by name; the decision is the index engine's."""
    policy = load("core")
    facts = {"received_at": "2026-11-20T10:00:00+01:00", "channel": "email"}
    at = "2026-11-23T10:00:00+01:00"
    assert decide(policy, facts, at=at, engine="durable") == decide(policy, facts, at=at)
    assert build(policy, "durable").name == "durable"


@needs.durable
@pytest.mark.parametrize("ruleset", ["core", "finance", "hospitality", "retail", "saas", "telecom"])
def test_every_shipped_ruleset_can_be_expressed(ruleset: str) -> None:
    """Nothing of a shipped ruleset is refused."""
    policy = load(ruleset)
    engine = Durable.of(policy)
    assert engine.plan.every.bit_length() == len(policy.conditions)
    engine.close()


@needs.durable
def test_the_front_door_never_loads_it() -> None:
    """Neither the import of the package nor a decision by this engine loads native code here."""
    text = (
        "import sys, complaint_rules as c\n"
        "assert 'complaint_rules.engines.durable' not in sys.modules\n"
        "c.decide(c.load('core'), {}, at=0, engine='durable')\n"
        "assert not {'durable', 'durable_rules_engine'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", text], check=True, timeout=120)


def rss(pid: int) -> int:
    """Return the memory of a process in kilobytes."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.partition("VmRSS:")[2].split()[0])


def lasting(engine: Durable, count: int) -> tuple[list[int], list[int]]:
    """Decide so often; return the memory of host and child after a tenth, and at the end."""
    at = [
        {"contacts": n % 9, "channel": ("phone", "email", "x" * (n % 50))[n % 3]}
        for n in range(500)
    ]
    seen = [situation(values) for values in at]
    wanted = [Index.of(CONDITIONS, material.FACTS).match(each) for each in seen]
    host, child = [], []
    for turn in range(count // 500):
        assert engine.matches(seen) == wanted
        if turn in (count // 5000, count // 500 - 1):
            gc.collect()
            host.append(rss(os.getpid()))
            child.append(rss(engine.worker.pid or 0))
    return host, child


@needs.durable
def test_memory_stays_flat(engine: Durable) -> None:
    """Ten thousand decisions later host and child are as large as after the first thousand."""
    host, child = lasting(engine, 10_000)
    assert host[1] - host[0] < 4_000
    assert child[1] - child[0] < 4_000


@pytest.mark.fuzz
@needs.durable
def test_memory_stays_flat_for_long(
    engine: Durable, record_property: Callable[[str, object], None]
) -> None:
    """So they are after half a million."""
    host, child = lasting(engine, 500_000)
    print(f"\nhost {host[0]} -> {host[1]} kB, child {child[0]} -> {child[1]} kB")
    assert host[1] - host[0] < 8_000
    assert child[1] - child[0] < 8_000
    record_property("durable decisions with flat memory", 500_000)


def test_answers_are_json_only() -> None:
    """Nothing but JSON is ever read from the process: no pickles."""
    assert "pickle" not in Path(worker.__file__).read_text(encoding="utf-8")
    assert json.loads("{}") == {}
