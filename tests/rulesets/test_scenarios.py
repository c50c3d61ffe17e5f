"""Every shipped ruleset answers all its scenarios, and those of the rulesets it extends."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaint_rules.report import as_text
from complaint_rules.testing import run

RULESETS = sorted(
    path.parent
    for path in (Path(__file__).resolve().parents[2] / "rulesets").glob("*/ruleset.yaml")
)


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda path: path.name)
def test_its_scenarios_hold(ruleset: Path) -> None:
    """No scenario fails and no file has a problem, not even a scenario nobody has reviewed."""
    done = run(ruleset, strict=True)
    told = [as_text(report) for report in done.reports] + [result.text for result in done.failed]
    assert done.results
    assert told == []
