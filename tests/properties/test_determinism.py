"""The same facts give the same bytes: in any process, with any hash seed, in any order."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from tests.properties.fresh import digest

PROCESSES, FUZZED, PARTS = 20, 1_000, 20


def digests(root: Path, seeds: Iterable[int]) -> set[str]:
    """Return what fresh processes say, each with its own hash seed and order of facts."""
    return {_digest(root, seed) for seed in seeds}


def _digest(root: Path, seed: int) -> str:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COV")},
        "PYTHONHASHSEED": str(seed),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.properties.fresh", str(seed)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("part", range(2))
def test_fresh_processes_say_the_same(root: Path, part: int) -> None:
    """Twenty processes with different hash seeds and orders answer byte for byte as this one."""
    half = PROCESSES // 2
    assert digests(root, range(1 + part * half, 1 + (part + 1) * half)) == {digest("0")}


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(PARTS))
def test_a_thousand_processes(
    root: Path, part: int, record_property: Callable[[str, object], None]
) -> None:
    """So do a thousand."""
    many = FUZZED // PARTS
    assert digests(root, range(100 + part * many, 100 + (part + 1) * many)) == {digest("0")}
    record_property("fresh processes", many)
