"""What may stand at a place of a ruleset: the schema, asked by a path."""

from __future__ import annotations

import functools
from typing import Any, TypeAlias

from complaint_rules.model.schema import Schema, ruleset_schema

Path: TypeAlias = tuple[str | int, ...]


def keys_at(path: Path) -> list[str]:
    """Return the keys that a mapping at `path` may have, sorted."""
    return sorted({key for schema in _schemas_at(path) for key in schema.get("properties", ())})


def words_at(path: Path) -> list[str]:
    """Return the words of the fixed list that `path` takes one of, in their written order."""
    words: dict[str, None] = {}
    for schema in _schemas_at(path):
        listed = [schema["const"]] if "const" in schema else schema.get("enum", ())
        words.update(dict.fromkeys(str(word) for word in listed))
    return list(words)


def description_at(path: Path) -> str:
    """Return what the value at `path` is, in the schema's words; empty where it says nothing."""
    schema: Schema = ruleset_schema_once()
    found = ""
    for step in path:
        inner = next((s for part in _flat(schema) for s in _steps(part, step)), None)
        if inner is None:
            return ""
        schema, found = inner, str(inner.get("description", ""))
    return found


@functools.cache
def ruleset_schema_once() -> Schema:
    """Return the schema, built on first use; never to be changed by who asks."""
    return ruleset_schema()


def _schemas_at(path: Path) -> list[Schema]:
    schemas = _flat(ruleset_schema_once())
    for step in path:
        schemas = [flat for schema in schemas for s in _steps(schema, step) for flat in _flat(s)]
    return schemas


def _flat(schema: Schema) -> list[Schema]:
    """Return a schema's branches, references followed."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _flat(ruleset_schema_once()["$defs"][name])
    branches = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    return [schema, *(flat for branch in branches for flat in _flat(branch))]


def _steps(schema: Schema, step: str | int) -> list[Schema]:
    if isinstance(step, int):
        inner: Any = schema.get("items")
    elif step in schema.get("properties", ()):
        inner = schema["properties"][step]
    elif "patternProperties" in schema:
        inner = next(iter(schema["patternProperties"].values()))
    else:
        inner = schema.get("additionalProperties")
    return [inner] if isinstance(inner, dict) else []
