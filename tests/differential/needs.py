"""Whether the second opinion can be asked here. Where it cannot, tests say why; CI may not skip."""

from __future__ import annotations

import importlib.util
import os

import pytest

HERE = importlib.util.find_spec("durable_rules_engine") is not None
IN_CI = os.environ.get("CI") == "true"
WHY = (
    "durable-rules is not installed: it is built from source, which needs a C compiler, Python's "
    "headers, and a Python before 3.13"
)
durable = pytest.mark.skipif(not HERE and not IN_CI, reason=WHY)
"""Marks tests that ask durable-rules."""


def engines(names: tuple[str, ...]) -> list[object]:
    """Return names of engines as parameters, `durable` marked."""
    return [
        pytest.param(name, marks=durable if name == "durable" else (), id=name) for name in names
    ]
