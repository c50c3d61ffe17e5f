"""
The process in which the native code runs; this file is run by its path, alone.

It imports nothing of the package, reads requests from the socket that is its standard input, and
answers each: ``{"build": [ruleset, …]}``, then any number of ``{"match": [values, …]}``, each in
JSON behind its length. Whatever the native code does wrong ends here: an alarm ends a hang.
"""

from __future__ import annotations

import json
import math
import signal
import socket
import struct
import sys
from typing import Any, Final

LENGTH: Final = struct.Struct("!I")
LONGEST: Final = 60_000
LARGEST: Final = 2**53 - 1
_NATIVE: Final = {
    "=": None,
    "!=": "$neq",
    "<": "$lt",
    "<=": "$lte",
    ">": "$gt",
    ">=": "$gte",
}
_ASKED: Final = "k"
"""The field every rule tests first: the engine's own facts do not have it."""
_FACT: Final = "x"
_RETRACTED: Final = '{"id":"x","sid":"0"}'
_NOTHING_MATCHED: Final = 1


class RefusedError(ValueError):
    """A request that the native code must not see, or an answer that makes no sense."""


def receive(stream: socket.socket) -> Any:
    """Return the next message; `None` at the end."""
    head = _exactly(stream, LENGTH.size)
    if head is None:
        return None
    body = _exactly(stream, LENGTH.unpack(head)[0])
    return None if body is None else json.loads(body)


def _exactly(stream: socket.socket, size: int) -> bytes | None:
    found = bytearray()
    while len(found) < size:
        part = stream.recv(min(size - len(found), 1 << 20))
        if not part:
            return None
        found += part
    return bytes(found)


def send(stream: socket.socket, message: object) -> None:
    """Send a message."""
    body = json.dumps(message).encode("ascii")
    stream.sendall(LENGTH.pack(len(body)) + body)


class Networks:
    """Rulesets in the native code, each with one session in which nothing stays."""

    def __init__(self, native: Any) -> None:
        self._native = native
        self._rulesets: list[tuple[int, list[str], set[str]]] = []

    def build(self, shards: list[dict[str, list[list[Any]]]]) -> None:
        """Build rulesets; they are checked first."""
        for number, shard in enumerate(shards):
            rules = {
                f"c{name}": {"all": [{"m": {"$and": [{_ASKED: 1}, *map(_native, atoms)]}}]}
                for name, atoms in shard.items()
            }
            fields = sorted({field for atoms in shard.values() for field, _, _ in atoms})
            handle = self._native.create_ruleset(f"shard{number}", json.dumps(rules))
            self._rulesets.append((handle, fields, set(rules)))

    def match(self, values: dict[str, Any]) -> list[int]:
        """Return the numbers of the conjunctions that hold for some values."""
        for field, value in values.items():
            _checked(field, value)
        found: list[int] = []
        for handle, fields, names in self._rulesets:
            seen = {field: values[field] for field in fields if field in values}
            if seen:
                found += self._fired(handle, seen, names)
        return found

    def _fired(self, handle: int, seen: dict[str, Any], names: set[str]) -> list[int]:
        """Assert a fact, drain what it fires, retract it."""
        native = self._native
        text = json.dumps({_ASKED: 1, **seen, "id": _FACT, "sid": "0"})
        code, state = native.assert_fact(handle, text)
        if code == _NOTHING_MATCHED:
            return []
        if code != 0:
            raise RefusedError(f"error {code}")
        fired: list[int] = []
        action = native.start_action_for_state(handle, state)
        told = action[1] if action else None
        while told:
            name = told.split('"', 2)[1]
            if name not in names:
                raise RefusedError("an unknown rule fired")
            fired.append(int(name[1:]))
            told = native.complete_and_start_action(handle, state)
        native.retract_fact(handle, _RETRACTED)
        return fired


def _native(atom: list[Any]) -> dict[str, Any]:
    """Return a comparison as the native code has it; only the whitelisted are let through."""
    field, op, value = atom
    _checked(field, value)
    if op not in _NATIVE:
        raise RefusedError("an unknown operator")
    native = _NATIVE[op]
    return {field: value} if native is None else {native: {field: value}}


def _checked(field: str, value: object) -> None:
    if not (field[:1] == "f" and field[1:].isdecimal() and field.isascii()):
        raise RefusedError("an unknown field")
    if type(value) is int:
        if abs(value) > LARGEST:
            raise RefusedError("a number out of range")
    elif type(value) is not str or len(json.dumps(value)) > LONGEST:
        raise RefusedError("a value of an unknown kind")


def answer(networks: Networks, request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a request."""
    try:
        if "build" in request:
            networks.build(request["build"])
            return {"built": len(request["build"])}
        return {"hits": [networks.match(values) for values in request["match"]]}
    except Exception as error:  # noqa: BLE001 - told to the parent, which raises
        return {"error": f"{type(error).__name__}: {error}"[:500]}


def serve(stream: socket.socket, native: Any) -> None:
    """Answer requests until there are no more; a request that takes too long ends the process."""
    networks = Networks(native)
    while (request := receive(stream)) is not None:
        signal.alarm(math.ceil(request.get("limit", 0)))
        reply = answer(networks, request)
        signal.alarm(0)
        send(stream, reply)


def run(stream: socket.socket, folder: str) -> None:
    """Serve a socket with the library that lies in a folder; tell where it cannot be loaded."""
    sys.path.append(folder)
    try:
        import durable_rules_engine  # noqa: PLC0415 - it may fail, and that is told
    except ImportError as error:
        receive(stream)
        send(stream, {"missing": str(error)})
    else:
        serve(stream, durable_rules_engine)


if __name__ == "__main__":
    # A host that ignores or blocks alarms hands that on.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    run(socket.socket(fileno=0), sys.argv[1])
