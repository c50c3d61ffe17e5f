"""
The parent's side: a child process that is started when needed, asked under a time limit, ended.

A child that dies, hangs or answers nonsense is ended and never believed; the next question starts
another. A forked process leaves its parent's child alone and starts its own.
"""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from complaint_rules.engines.durable.readings import NAME
from complaint_rules.errors import EngineError, MissingExtraError

LIBRARY: Final = "durable_rules_engine"
PROGRAM: Final = Path(__file__).with_name("child.py")
LIMIT: Final = 20.0
"""Seconds a child has for one request."""

_LENGTH: Final = struct.Struct("!I")
_LARGEST: Final = 1 << 28


class _Child:
    """One running process and the socket to it."""

    def __init__(self, command: list[str]) -> None:
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self.process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - our own program
                    command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
        except BaseException:
            ours.close()
            raise
        self.socket = ours

    def ask(self, request: dict[str, Any], limit: float) -> dict[str, Any]:
        """Send a request and return the answer; OSError or ValueError if there is none."""
        end = time.monotonic() + limit
        body = json.dumps({**request, "limit": limit + 1}).encode("ascii")
        self.socket.settimeout(limit)
        self.socket.sendall(_LENGTH.pack(len(body)) + body)
        size = _LENGTH.unpack(self._read(_LENGTH.size, end))[0]
        if size > _LARGEST:
            raise ValueError("an answer too long")
        reply = json.loads(self._read(size, end))
        if not isinstance(reply, dict):
            raise TypeError("no answer")
        return reply

    def _read(self, size: int, end: float) -> bytes:
        found = bytearray()
        while len(found) < size:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError("no answer in time")
            self.socket.settimeout(left)
            part = self.socket.recv(min(size - len(found), 1 << 20))
            if not part:
                raise ConnectionError("the process ended")
            found += part
        return bytes(found)

    def stop(self) -> None:
        """End the process and wait for it."""
        self.socket.close()
        self.process.kill()
        self.process.wait()

    def forget(self) -> None:
        """In a forked process: let go of what belongs to the parent."""
        self.socket.close()
        self.process.returncode = 0


class Worker:
    """
    A child that holds the rulesets of one policy.

    Args:
        shards: The rulesets, as the child takes them.
        limit: Seconds it has for one request.
        command: What is run instead of the child's own program.
    """

    def __init__(
        self, shards: Sequence[Any], *, limit: float = LIMIT, command: list[str] | None = None
    ) -> None:
        self._shards = shards
        self._limit = limit
        self._command = command
        self._lock = threading.Lock()
        self._children: list[_Child] = []
        weakref.finalize(self, _stop, self._children)
        _WORKERS.add(self)

    @property
    def pid(self) -> int | None:
        """The number of the running process, if there is one."""
        children = self._children[:1]
        return children[0].process.pid if children else None

    def start(self) -> None:
        """
        Start the child and let it build the networks, if it does not run.

        Raises:
            MissingExtraError: The library is not installed, or cannot be loaded.
            EngineError: The child died, hung, or refused.
        """
        with self._lock:
            self._running()

    def ask(self, messages: list[dict[str, int | str]]) -> list[list[int]]:
        """
        Return the numbers of what fires, for each message.

        Raises:
            MissingExtraError: The library is not installed, or cannot be loaded.
            EngineError: The child died, hung, or refused; the next call starts another.
        """
        with self._lock:
            child = self._running()
            hits: Any = self._asked(child, {"match": messages}).get("hits")
            if not self._sensible(hits, len(messages)):
                self._drop()
                raise _unavailable("its process gave no sensible answer")
            found: list[list[int]] = hits
            return found

    def close(self) -> None:
        """End the child; a later question starts another."""
        with self._lock:
            _stop(self._children)

    def renew(self) -> None:
        """In a forked process: begin without a child, and with a lock that nobody holds."""
        self._lock = threading.Lock()
        while self._children:
            self._children.pop().forget()

    def _sensible(self, hits: Any, count: int) -> bool:
        """Return whether hits are lists, one for each message, of numbers of conjunctions."""
        most = sum(len(shard) for shard in self._shards)
        return (
            isinstance(hits, list)
            and len(hits) == count
            and all(isinstance(each, list) for each in hits)
            and all(type(hit) is int and 0 <= hit < most for each in hits for hit in each)
        )

    def _running(self) -> _Child:
        if self._children:
            return self._children[0]
        command = self._command or _command()
        try:
            child = _Child(command)
        except OSError as error:
            raise _unavailable(f"its process cannot be started ({error.strerror})") from error
        self._children.append(child)
        reply = self._asked(child, {"build": self._shards})
        if "missing" in reply:
            self._drop()
            raise _missing()
        if "built" not in reply:
            self._drop()
            raise _unavailable("its process gave no sensible answer")
        return child

    def _asked(self, child: _Child, request: dict[str, Any]) -> dict[str, Any]:
        try:
            reply = child.ask(request, self._limit)
        except TimeoutError as error:
            self._drop()
            raise _unavailable(f"no answer within {self._limit:g} s") from error
        except (OSError, ValueError, TypeError, RecursionError) as error:
            self._drop()
            raise _unavailable("its process ended, or wrote what is no answer") from error
        except BaseException:
            self._drop()  # half an answer may wait in the socket
            raise
        if "error" in reply:
            self._drop()
            raise EngineError(f"the engine `{NAME}` refused: {reply['error']}", engine=NAME)
        return reply

    def _drop(self) -> None:
        _stop(self._children)


def _stop(children: list[_Child]) -> None:
    while children:
        children.pop().stop()


def _unavailable(why: str) -> EngineError:
    return EngineError(f"the engine `{NAME}` is unavailable: {why}", engine=NAME)


def _missing() -> MissingExtraError:
    return MissingExtraError("durable", f"the engine `{NAME}`")


def _command() -> list[str]:
    """Return what starts a child: this Python, isolated, with the library's folder alone."""
    found = importlib.util.find_spec(LIBRARY)
    if found is None or found.origin is None:
        raise _missing()
    return [sys.executable, "-I", "-S", str(PROGRAM), str(Path(found.origin).parent)]


_WORKERS: Final[weakref.WeakSet[Worker]] = weakref.WeakSet()


def _after_fork() -> None:
    for worker in list(_WORKERS):
        worker.renew()


os.register_at_fork(after_in_child=_after_fork)
