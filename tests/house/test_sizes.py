"""The house stays small: bounds on modules, functions and the front door."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import complaint_rules

PACKAGE = Path(complaint_rules.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FUNCTION = 60


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_longer_than_400_lines() -> None:
    """Every module has at most 400 lines."""
    assert {p.name: _lines(p) for p in MODULES if _lines(p) > 400} == {}


def test_nine_modules_in_ten_have_at_most_250_lines() -> None:
    """Nine modules in ten have at most 250 lines, and the median about 120."""
    sizes = sorted(_lines(p) for p in MODULES)
    assert sizes[int(len(sizes) * 0.9)] <= 250
    assert statistics.median(sizes) <= 150


def test_a_function_fits_one_screen() -> None:
    """No function is longer than a screen, its docstring not counted."""
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                if length > LONGEST_FUNCTION:
                    long[f"{path.name}:{node.name}"] = length
    assert long == {}


def test_the_front_door_has_at_most_25_names() -> None:
    """`complaint_rules.__all__` is written out, sorted, true and short."""
    names = complaint_rules.__all__
    assert len(names) <= 25
    assert list(names) == sorted(names)
    assert all(hasattr(complaint_rules, name) for name in names)
