"""What an import costs and where the walls stand."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import complaint_rules

PACKAGE = Path(complaint_rules.__file__).parent
MODULES = sorted(
    "complaint_rules"
    + "".join(f".{part}" for part in path.relative_to(PACKAGE).with_suffix("").parts)
    for path in PACKAGE.rglob("*.py")
    if path.name != "__init__.py"
)
OPTIONAL = ("pyarrow", "polars", "rich", "z3", "durable", "pytest", "hypothesis", "starlette")


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_front_door_loads_no_optional_library() -> None:
    """`import complaint_rules` loads none of the optional libraries."""
    loaded = _run("import sys, complaint_rules; print(*{m.split('.')[0] for m in sys.modules})")
    assert set(loaded.split()).isdisjoint(OPTIONAL)


ROOMS = sorted({".".join(module.split(".")[:2]) for module in MODULES})


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_imports_alone(room: str) -> None:
    """Every room can be the first one imported: no order of imports is needed."""
    _run(f"import importlib; importlib.import_module({room!r})")


def test_no_text_is_ever_run_as_code() -> None:
    """No call of eval, exec or compile (other than `re.compile`) stands in the package."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "compile", "__import__"}, path
