"""Batch runs in processes of their own: rows a second by jobs, and peak memory by rows."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.whole import core_states

SMALL = """\
{"format": 1, "id": "small", "edition": "1", "title": "Small", "currency": "EUR",
 "calendar": "always",
 "calendars": {"always": {"timezone": "Europe/Budapest", "hours": {"mon-sun": ["00:00-24:00"]}}},
 "actions": {"answer": {"title": "Answer", "owner": "agent"}},
 "facts": {"channel": {"kind": "choice", "values": ["email", "phone"]}},
 "rules": [{"id": "answer", "text": "Answer", "source": ["us"], "when": {"channel": "email"},
            "then": {"do": ["answer"]}}]}
"""
CODE = """\
import sys
from pathlib import Path
from complaint_rules import load, loads
from complaint_rules.batch import run
path = Path(sys.argv[2])
policy = loads(Path(sys.argv[1]).read_text()) if sys.argv[1] != "core" else load("core")
print("ready", flush=True)
sys.stdin.readline()
done = run(policy, path, path.with_suffix(".out.jsonl"), at=int(sys.argv[4]), jobs=int(sys.argv[3]))
sys.exit(done.rejected.total() * 99 > done.decided)
"""
TURNS = 3
"""How often one and two jobs take turns on `core`; of each the best is told."""
AT = 1_795_860_000
"""2026-11-28, after almost everything that happens in core's scenarios."""


@dataclass
class Run:
    """One batch run: rows a second, and the most memory of all its processes at once in MB."""

    what: str
    rows: int
    jobs: int
    a_second: float
    megabytes: float


def run(core_rows: int = 20_000, memory_rows: tuple[int, ...] = (10_000, 100_000)) -> list[Run]:
    """
    Return runs of `core` with one and two jobs, and of a small policy on ever more rows.

    Args:
        core_rows: Rows decided by `core`; so many that what a process does once, such as to keep
            what comes again, counts for little.
        memory_rows: Rows decided by the small policy, with two jobs.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        _filled(path / "core.jsonl", core_states(), core_rows)
        (path / "small.json").write_text(SMALL, encoding="utf-8")
        found = [
            _measured("`core`", "core", path / "core.jsonl", core_rows, jobs)
            for jobs in (1, 2) * TURNS
        ]
        best = [max(found[jobs - 1 :: 2], key=lambda each: each.a_second) for jobs in (1, 2)]
        for count in memory_rows:
            _filled(path / "small.jsonl", [{"channel": "email"}], count)
            given = path / "small.jsonl"
            best.append(_measured("one rule", str(path / "small.json"), given, count, 2))
        return best


def _filled(path: Path, states: list[dict[str, Any]], count: int) -> None:
    """Write so many rows, states over and over, each a complaint of its own."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row = {**states[number % len(states)], "complaint_id": f"row-{number}"}
            file.write(json.dumps(row) + "\n")


def _measured(what: str, ruleset: str, path: Path, rows: int, jobs: int) -> Run:
    """Return one run, in a process of its own, the load of the policy not counted."""
    command = [sys.executable, "-c", CODE, ruleset, str(path), str(jobs), str(AT)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        watcher = _Watcher(process.pid)
        watcher.start()
        began = time.perf_counter()
        process.stdin.write("\n")
        process.stdin.flush()
        code = process.wait()
        took = time.perf_counter() - began
        watcher.stop()
    if code:
        raise RuntimeError(f"the batch run ended with {code}, or rejected more than one row in 100")
    return Run(what, rows, jobs, rows / took, watcher.most / 1024)


class _Watcher(threading.Thread):
    """Looks five times a second at the memory of a process and its children (Linux)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.2):
            # Where a process begins or ends between two looks, others have its share, too: that
            # is counted twice in one round of looks, not in the next.
            rounds = [sum(map(proportional, _family(self._pid))) for _ in range(2)]
            self.most = max(self.most, min(rounds))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *map(int, children)]


def proportional(pid: int) -> int:
    """Return the memory of a process in kB, what it shares with others counted in part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:"), 0)
