"""The JSON Schema of scenario files takes what the reader takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from complaint_rules.document import read_yaml, to_data
from complaint_rules.source import Source
from complaint_rules.testing.schema import scenarios_schema

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "rulesets").glob("*/scenarios/**/*.yaml"))


def data_of(path: Path) -> Any:
    """Return what stands in a file, its decimals as text."""
    node, problems = read_yaml(Source(path.name, path.read_text(encoding="utf-8")))
    assert node is not None, problems
    return _plain(to_data(node))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | bool | None) else str(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_shipped_files_fit(path: Path) -> None:
    """Every scenario file that ships is valid by the schema."""
    jsonschema.Draft202012Validator(scenarios_schema()).validate(data_of(path))


def test_the_schema_is_one() -> None:
    """The schema is valid itself and refuses a key that nobody knows."""
    schema = scenarios_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema)
    scenario = {"id": "a", "story": "x", "expect": {"targets": {"status": {"answer": "overdu"}}}}
    assert not checker.is_valid({"format": 1, "scenarios": [scenario]})
    assert not checker.is_valid({"format": 1})
    assert checker.is_valid({"format": 1, "scenarios": []})
