"""The steps of a decision are timed without changing it, and the clocks are taken off again."""

from __future__ import annotations

import sys

import pytest
from benchmarks.steps import FLOOR, REASONS, REST, STEPS, run


def test_every_step_is_timed() -> None:
    """All steps have a time, the shares of all but the floor are a whole."""
    module = sys.modules["complaint_rules.decision.decide"]
    before = dict(vars(module))
    steps = {each.name: each for each in run(rounds=1, most=20)}
    assert set(steps) == {*STEPS.values(), REST, REASONS, FLOOR}
    assert all(each.p50 > 0 for each in steps.values())
    assert sum(e.share for e in steps.values() if e.name != FLOOR) == pytest.approx(1)
    assert dict(vars(module)) == before
