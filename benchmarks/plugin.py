"""The pytest plugin: scenarios of `core`, collected and run as in a repository of one's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from complaint_rules.testing import read_suite

CORE = Path("rulesets/core")
_LONGEST = 300


@dataclass
class Plugged:
    """One run of pytest: its cases, and the seconds it took, on the clock and of processors."""

    cases: int
    seconds: float
    processor: float


def run(least: int = 400, core: Path = CORE) -> Plugged:
    """
    Return a run of whole scenario files of `core`, in one process that begins with the run.

    Args:
        least: Cases to run; files are taken in the order of their names until there are so many.
        core: The folder of the ruleset.
    """
    suite = read_suite(core)
    found = Counter(Path(case.file).relative_to(core).as_posix() for case in suite.cases)
    files: list[str] = []
    for file in sorted(found):
        if sum(found[each] for each in files) < least:
            files.append(file)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(core, Path(folder) / core.name)
        taken = [f"{core.name}/{file}" for file in files]
        return _measured(Path(folder), taken, sum(found[each] for each in files))


def _measured(folder: Path, files: list[str], cases: int) -> Plugged:
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    used, began = _used(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--no-header", *files],
        cwd=folder,
        env=keep,
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST,
    )
    took = time.perf_counter() - began
    if done.returncode or f" {cases} passed" not in done.stdout:
        raise RuntimeError(f"pytest ended with {done.returncode}: {done.stdout[-2000:]}")
    return Plugged(cases, took, _used() - used)


def _used() -> float:
    """Return the processors' seconds that processes begun here have taken so far."""
    used = os.times()
    return used.children_user + used.children_system
