"""
How much a peer's process grows by loading a policy: measured in a process of its own.

What the peer starts itself counts in full: the engine `durable` keeps its networks in a child.
"""

from __future__ import annotations

import gc
import math
import subprocess
import sys
from pathlib import Path

from benchmarks.peers import build
from benchmarks.synthetic import policy, states


def resident() -> float:
    """Return the resident memory of this process and its children in megabytes (Linux)."""
    tasks = Path("/proc/self/task").glob("*/children")
    children = [pid for task in tasks for pid in task.read_text(encoding="ascii").split()]
    return sum(map(_resident, ("self", *children))) / 1024


def _resident(pid: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def of(peer: str, size: int) -> float:
    """Return the megabytes that a policy of `size` rules takes in a peer; NaN if it cannot say."""
    command = [sys.executable, "-m", "benchmarks.memory", peer, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return float(done.stdout) if done.returncode == 0 else math.nan


def main(peer: str, size: int) -> None:
    """Print how much this process grows by loading."""
    build(peer, policy(1))
    rules = policy(size)
    gc.collect()
    before = resident()
    prepare, match = build(peer, rules)
    match(prepare(states(1)[0]))
    gc.collect()
    print(resident() - before)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
