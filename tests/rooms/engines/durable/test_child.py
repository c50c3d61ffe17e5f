"""The child's own program, in this process: what it lets through, and what it answers."""

from __future__ import annotations

import contextlib
import json
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.differential import needs

from complaint_rules.engines.durable import child
from complaint_rules.engines.durable.worker import PROGRAM


class Fake:
    """A library that fires what it is told to."""

    def __init__(self, told: list[str] | None = None, code: int = 0) -> None:
        self.told, self.code = list(told or []), code
        self.built: list[Any] = []
        self.asserted: list[Any] = []
        self.retracted = 0

    def create_ruleset(self, name: str, text: str) -> int:
        """Remember a ruleset."""
        self.built.append(json.loads(text))
        return len(self.built)

    def assert_fact(self, handle: int, text: str) -> tuple[int, int]:
        """Remember a fact."""
        self.asserted.append(json.loads(text))
        return self.code, 7

    def start_action_for_state(self, handle: int, state: int) -> tuple[str, str] | None:
        """Return the first of what fires."""
        return ("", self.told.pop(0)) if self.told else None

    def complete_and_start_action(self, handle: int, state: int) -> str | None:
        """Return the next of what fires."""
        return self.told.pop(0) if self.told else None

    def retract_fact(self, handle: int, text: str) -> None:
        """Count."""
        self.retracted += 1


SHARD = {"0": [["f0", "=", 1]], "1": [["f0", ">=", 1], ["f1", "!=", "x"]]}


def test_a_fact_is_asserted_drained_and_retracted() -> None:
    """Every rule tests the discriminator first; what fired is told once each, nothing stays."""
    library = Fake(['{"c1":{}}', '{"c0":{}}'])
    networks = child.Networks(library)
    networks.build([SHARD])
    assert library.built == [
        {
            "c0": {"all": [{"m": {"$and": [{"k": 1}, {"f0": 1}]}}]},
            "c1": {
                "all": [{"m": {"$and": [{"k": 1}, {"$gte": {"f0": 1}}, {"$neq": {"f1": "x"}}]}}]
            },
        }
    ]
    assert networks.match({"f0": 1, "f9": 2}) == [1, 0]
    assert library.asserted == [{"k": 1, "f0": 1, "id": "x", "sid": "0"}]
    assert library.retracted == 1


def test_nothing_is_asked_where_nothing_is_known() -> None:
    """A ruleset none of whose fields is known is not asked, for nothing can hold there."""
    library = Fake()
    networks = child.Networks(library)
    networks.build([SHARD])
    assert networks.match({}) == []
    assert library.asserted == []


def test_a_fact_that_matches_nothing_is_not_retracted() -> None:
    """The library keeps no fact that matched nothing."""
    library = Fake(code=1)
    networks = child.Networks(library)
    networks.build([SHARD])
    assert networks.match({"f0": 2}) == []
    assert library.retracted == 0


def test_a_fact_that_matches_without_an_action() -> None:
    """A fact that is stored though nothing fires is retracted all the same."""
    library = Fake()
    networks = child.Networks(library)
    networks.build([SHARD])
    assert networks.match({"f0": 2}) == []
    assert library.retracted == 1


@pytest.mark.parametrize(
    ("library", "error"),
    [(Fake(code=303), "error 303"), (Fake(['{"odd":{}}']), "an unknown rule fired")],
)
def test_what_makes_no_sense_is_told(library: Fake, error: str) -> None:
    """An error of the library, or a rule nobody built, is no answer."""
    networks = child.Networks(library)
    networks.build([SHARD])
    assert child.answer(networks, {"match": [{"f0": 1}]}) == {"error": f"RefusedError: {error}"}


@pytest.mark.parametrize(
    "values",
    [{"id": 1}, {"sid": 1}, {"$s": 1}, {"k": 0}, {"f0.a": 1}, {"f٣": 1}, {"f": 1}, {"f0": True},
     {"f0": 1.5}, {"f0": None}, {"f0": [1]}, {"f0": {"a": 1}}, {"f0": 2**53}, {"f0": -(2**60)},
     {"f0": "x" * 60_000}, {"f0": "é" * 20_000}],
)  # fmt: skip
def test_values_the_library_must_not_see(values: dict[str, Any]) -> None:
    """Odd fields, kinds, sizes and lengths are refused before the library is called."""
    library = Fake()
    networks = child.Networks(library)
    networks.build([SHARD])
    assert "error" in child.answer(networks, {"match": [values]})
    assert library.asserted == []


@pytest.mark.parametrize(
    "shard", [{"0": [["f0", "$gt", 1]]}, {"0": [["f0", "matches", "x"]]}, {"0": [["$m", "=", 1]]}]
)
def test_comparisons_the_library_must_not_see(shard: dict[str, Any]) -> None:
    """An operator that is not on the list would be taken for a field: it is refused."""
    library = Fake()
    assert "error" in child.answer(child.Networks(library), {"build": [shard]})
    assert library.built == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["match", "build", "odd"]), JSON))
def test_any_request_gets_an_answer(request: dict[str, Any]) -> None:
    """Whatever is asked, the answer is one of three sorts."""
    found = child.answer(child.Networks(Fake(code=1)), request)
    assert len(found) == 1
    assert set(found) <= {"error", "built", "hits"}


def spoken(requests: list[Any], serve: Any) -> list[Any]:
    """Return what is answered to requests that are all sent before the first is read."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for request in requests:
            child.send(ours, request)
        ours.shutdown(socket.SHUT_WR)
        serve(theirs)
        theirs.shutdown(socket.SHUT_WR)
        found = []
        while (reply := child.receive(ours)) is not None:
            found.append(reply)
        return found


REQUESTS = [{"build": [SHARD], "limit": 5}, {"match": [{"f0": 1, "f1": "y"}, {"f0": 0}]}]


@needs.durable
def test_the_library_itself_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library, here in this process, fires what holds."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    found = spoken(REQUESTS, lambda stream: child.run(stream, "/nowhere"))
    assert found[0] == {"built": 1}
    assert [sorted(hits) for hits in found[1]["hits"]] == [[0, 1], []]
    assert signal.alarm(0) == 0


def test_a_library_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the import fails the first request is answered with that."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    found = spoken(REQUESTS, lambda stream: child.run(stream, "/nowhere"))
    assert list(found[0]) == ["missing"]


def test_the_program_serves_its_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run by its path it serves the socket that is descriptor 0."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "argv", ["child.py", "/nowhere"])
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)

    def serve(stream: socket.socket) -> None:
        monkeypatch.setattr(socket, "socket", lambda fileno: stream)
        runpy.run_path(str(PROGRAM), run_name="__main__")

    ours, theirs = socket.socketpair()
    with ours, theirs:
        child.send(ours, REQUESTS[0])
        ours.shutdown(socket.SHUT_WR)
        serve(theirs)
        assert "missing" in child.receive(ours)


def test_a_message_cut_short_is_the_end() -> None:
    """A length without its message, or half a length, is read as the end."""
    for sent in (b"", b"\0\0", struct.pack("!I", 10) + b"{}"):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.sendall(sent)
            ours.shutdown(socket.SHUT_WR)
            assert child.receive(theirs) is None


HANGING = """
import runpy, socket, sys
names = runpy.run_path(sys.argv[1])
class Hanging:
    def create_ruleset(self, name, text):
        while True: pass
names["serve"](socket.socket(fileno=0), Hanging())
"""


def test_a_hang_ends_by_itself(root: Path) -> None:
    """Even where nobody is left to end it, an alarm does."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", HANGING, str(PROGRAM)], stdin=theirs.fileno()
        )
        child.send(ours, {"build": [SHARD], "limit": 0.5})
        assert process.wait(20) == -signal.SIGALRM


DEAF = """
import signal, subprocess, sys
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
sys.exit(subprocess.call([sys.executable, "-I", *sys.argv[1:]]))
"""
SLOW_LIBRARY = """
def create_ruleset(name, text):
    while True: pass
"""


def test_a_host_that_is_deaf_to_alarms_does_not_hand_that_on(tmp_path: Path) -> None:
    """The alarm ends a hang whatever the host does with its own alarms."""
    (tmp_path / "durable_rules_engine.py").write_text(SLOW_LIBRARY, encoding="utf-8")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        host = subprocess.Popen(
            [sys.executable, "-c", DEAF, "-S", str(PROGRAM), str(tmp_path)],
            stdin=theirs.fileno(),
            start_new_session=True,
        )
        child.send(ours, {"build": [SHARD], "limit": 0.5})
        try:
            assert host.wait(20) == -signal.SIGALRM % 256
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(host.pid, signal.SIGKILL)


def test_the_child_stands_alone() -> None:
    """Its file imports nothing but the standard library and the one it is there for."""
    text = PROGRAM.read_text(encoding="utf-8")
    assert "complaint_rules" not in text
    assert os.access(PROGRAM, os.R_OK)
