"""
Chunks decided by several processes, and taken in their order.

A process is given its next chunk when it has handed in the one before, so no pipe ever fills up
at both ends; at most a few chunks for each process are on their way, so memory stays bounded.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final

import attrs

from complaint_rules.batch.chunks import Cargo, Chunk
from complaint_rules.batch.deciding import Done, Work
from complaint_rules.batch.faults import fault, reason
from complaint_rules.errors import RulesetError

MOST_JOBS: Final = 256
"""Most processes of one run."""
_AHEAD: Final = 3
"""Chunks for each process that may be under way or wait for their turn."""
_PATIENCE: Final = 5.0
"""Seconds in which a process must end when it is told to."""


def jobs_of(jobs: int) -> int:
    """
    Return how many processes are meant; 0 means one for each core.

    Raises:
        RulesetError: There are none or too many (`bad-jobs`).
    """
    if not 0 <= jobs <= MOST_JOBS:
        cure = f"give a number from 1 to {MOST_JOBS}, or 0 for one process a core"
        raise fault("bad-jobs", f"`{jobs}` is no number of processes", cure)
    return jobs or min(_cores(), MOST_JOBS)


def _cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return os.cpu_count() or 1 if affinity is None else len(affinity(0))


def decided(work: Work, chunks: Iterator[Chunk], jobs: int) -> Iterator[tuple[Chunk, Done]]:
    """
    Yield each chunk with what became of it, in their order.

    Args:
        work: How rows are decided.
        chunks: The chunks; an error of theirs is raised after the chunks before it.
        jobs: How many processes; with 1 everything is done in this one.

    Raises:
        RulesetError: A process ended, or could not be started (`worker-died`).
    """
    if jobs == 1:
        for chunk in chunks:
            yield chunk, work.chunk(chunk.cargo)
        return
    crew = Crew(work, jobs)
    try:
        yield from crew.decided(chunks)
    finally:
        crew.dismiss()


@attrs.define(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    place: int = 0
    chunk: Chunk | None = None


class Crew:
    """Processes that decide chunks; each is started when there is a chunk for it."""

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._given = self._taken = 0
        self._done: dict[int, tuple[Chunk, Done]] = {}
        self._ahead: Chunk | None = None
        self._failed: Exception | None = None
        self._ended = False

    def decided(self, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, Done]]:
        """Yield each chunk with what became of it, in their order."""
        while True:
            self._give_out(chunks)
            if self._taken in self._done:
                yield self._done.pop(self._taken)
                self._taken += 1
                continue
            busy = {worker.pipe: worker for worker in self._workers if worker.chunk is not None}
            if not busy:
                break
            self._read_ahead(chunks)
            ready = wait(list(busy))
            for pipe, worker in busy.items():
                if pipe in ready:
                    self._collect(worker)
        if self._failed is not None:
            raise self._failed

    def _give_out(self, chunks: Iterator[Chunk]) -> None:
        """Give a chunk to each process that has none, as far as chunks may go ahead."""
        while self._given < self._taken + self._jobs * _AHEAD:
            worker = next((each for each in self._workers if each.chunk is None), None)
            if worker is None and len(self._workers) == self._jobs:
                return
            self._read_ahead(chunks)
            if self._ahead is None:
                return
            worker = worker or self._hire()
            worker.chunk, worker.place, self._ahead = self._ahead, self._given, None
            self._given += 1
            try:
                worker.pipe.send(worker.chunk.cargo)
            except OSError:
                raise _died(worker) from None

    def _read_ahead(self, chunks: Iterator[Chunk]) -> None:
        """Have the next chunk ready, if there is one."""
        if self._ahead is None and not self._ended:
            try:
                self._ahead = next(chunks, None)
            except Exception as error:  # noqa: BLE001 - raised after the chunks before it
                self._failed = error
            self._ended = self._ahead is None

    def _collect(self, worker: _Worker) -> None:
        """Take what a process hands in."""
        try:
            done: Done = worker.pipe.recv()
        except (EOFError, OSError):
            raise _died(worker) from None
        assert worker.chunk is not None  # noqa: S101 - only busy ones hand in
        self._done[worker.place] = (worker.chunk, done)
        worker.chunk = None

    def _hire(self) -> _Worker:
        context = multiprocessing.get_context()
        ours, theirs = context.Pipe()
        # A process that holds our ends, too, never learns that we are gone while it hands in.
        forked = context.get_start_method() == "fork"
        ends = (ours, *(each.pipe for each in self._workers)) if forked else ()
        # A daemon, so that it ends with us even if nobody dismisses it.
        process = context.Process(target=begin, args=(theirs, self._work, ends), daemon=True)
        try:
            with theirs, _no_interrupts():
                process.start()
        except OSError as error:
            ours.close()
            told = f"no further process can be started: {reason(error)}"
            raise fault("worker-died", told, "give fewer `--jobs`") from None
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def dismiss(self) -> None:
        """End all processes, whatever they are at."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            worker.process.kill()
            worker.process.join()
            worker.process.close()
            worker.pipe.close()
        self._workers.clear()


def _died(worker: _Worker) -> RulesetError:
    """Return the error for a process that is no more."""
    worker.process.join(_PATIENCE)
    code = worker.process.exitcode or 0
    how = f"by signal {-code}" if code < 0 else f"with code {code}"
    rows = f"rows {worker.chunk.first:,} to {worker.chunk.last:,}" if worker.chunk else "rows"
    told = f"a process ended {how} while it decided {rows}"
    cure = "see whether memory ran out, and give fewer `--jobs`"
    return fault("worker-died", told, cure)


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Hold interrupts back: what is started now never gets any, and we get ours a moment later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin(pipe: Connection, work: Work, ends: Sequence[Connection] = ()) -> None:
    """
    Begin a process: no handler of the host's answers signals in it; then serve.

    Args:
        pipe: Where chunks come from and go to.
        work: How rows are decided.
        ends: What belongs to the host alone and came along with a fork.
    """
    for end in ends:
        end.close()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if not hasattr(signal, "pthread_sigmask"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(pipe, work)


def serve(pipe: Connection, work: Work) -> None:
    """Decide chunks until there are no more, or whoever asks for them is gone."""
    parent = multiprocessing.parent_process()
    others = [] if parent is None else [parent.sentinel]
    with contextlib.suppress(EOFError, OSError):
        while pipe in wait([pipe, *others]):
            cargo: Cargo = pipe.recv()
            pipe.send(work.chunk(cargo))
