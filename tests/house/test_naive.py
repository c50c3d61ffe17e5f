"""The third voice stands alone: it imports the ruleset as written, and nothing else of ours."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest
from tests.differential import needs

NAIVE = Path(__file__).resolve().parents[1] / "differential" / "naive"
ALLOWED = ("complaint_rules.model", "tests.differential.naive")


def imported(path: Path) -> set[str]:
    """Return the modules a file imports, by whatever statement."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, path
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", sorted(NAIVE.glob("*.py")), ids=lambda path: path.name)
def test_it_imports_the_model_only(path: Path) -> None:
    """Of the package it imports `complaint_rules.model`; of the tests, only itself."""
    ours = {name for name in imported(path) if name.split(".")[0] in ("complaint_rules", "tests")}
    assert {name for name in ours if not name.startswith(ALLOWED)} == set()


def test_ci_asks_the_second_opinion() -> None:
    """Where the library is missing its tests skip and say why; in CI it must be there."""
    assert needs.HERE or os.environ.get("CI") != "true", needs.WHY
