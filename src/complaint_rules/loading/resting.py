"""
The garbage collector rests while a ruleset is loaded.

A load makes hundreds of thousands of objects, nearly all of which stay or go by themselves; the
collector would look through all of them, and through all the host's, dozens of times, and find
nothing. It is one for the whole process, so care is taken to leave it as it was found.
"""

from __future__ import annotations

import contextlib
import gc
import os
import threading
from collections.abc import Iterator

import attrs


@attrs.define(eq=False)
class Rest:
    """
    A rest of the collector that several loads share.

    Attributes:
        loads: How many run now.
        ran: Whether the collector ran before the first of them.
    """

    loads: int = 0
    ran: bool = False
    lock: threading.Lock = attrs.field(factory=threading.Lock)

    def begin(self) -> None:
        """Take note of a load that begins."""
        with self.lock:
            if self.loads == 0:
                self.ran = gc.isenabled()
                gc.disable()
            self.loads += 1

    def end(self) -> None:
        """Take note of a load that is over."""
        with self.lock:
            self.loads -= 1
            if self.loads == 0 and self.ran:
                gc.enable()

    def forget(self) -> None:
        """Begin anew in a forked process: the threads that were loading are not in it."""
        self.lock = threading.Lock()
        if self.loads and self.ran:
            gc.enable()
        self.loads = 0


_REST = Rest()
if hasattr(os, "register_at_fork"):  # pragma: no branch - there is none on Windows
    os.register_at_fork(after_in_child=_REST.forget)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """
    Let the garbage collector rest; it runs again, if it ran before, once no load is going on.

    Any number of threads may be inside at once. A host that switches the collector on meanwhile
    has it on; one that switches it off meanwhile finds it on again.
    """
    _REST.begin()
    try:
        yield
    finally:
        _REST.end()
