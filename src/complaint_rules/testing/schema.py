"""The JSON Schema of scenario files, so that an editor completes and underlines."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from complaint_rules.testing.sections import RANK, TESTS, Field, Section, Sort, sections

Schema: TypeAlias = dict[str, Any]

_ID: Final = r"^[a-z0-9][a-z0-9_-]*$"
_NONE: Final[Schema] = {"enum": ["none", None]}
_WORDS: Final[Schema] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
}
_FLAG: Final[Schema] = {"enum": ["yes", "no", True, False]}
_AT: Final[Schema] = {
    "type": "string",
    "description": "an instant: local `2026-11-24 10:00`, with its offset, or `+30 m`, `-3 d`",
}
_STATE: Final[Schema] = {
    "type": "object",
    "description": "facts; `review.outcome` sets one field of a record, null takes a fact away",
}
_NOTE: Final[Schema] = {"type": "string", "description": "for the authors; never shown"}


def scenarios_schema() -> Schema:
    """Return the JSON Schema (2020-12) of a scenario file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenarios of a ruleset, format 1",
        **_closed(
            {
                "format": {"const": 1},
                "ruleset": _text("the ruleset, where the file stands elsewhere: name or path"),
                "tags": {**_WORDS, "description": "tags of every scenario"},
                "at": {**_AT, "description": f"instant of every scenario; {_AT['description']}"},
                "state": {**_STATE, "description": "facts every scenario starts from"},
                "scenarios": {"type": "array", "items": {"$ref": "#/$defs/scenario"}},
                "deviations": {"type": "array", "items": {"$ref": "#/$defs/deviation"}},
                "note": _NOTE,
            },
            "format",
        ),
        "anyOf": [{"required": ["scenarios"]}, {"required": ["deviations"]}],
        "$defs": {
            "scenario": _scenario(),
            "step": _step(),
            "table": _table(),
            "deviation": _deviation(),
            "expect": _closed({name: _section(part) for name, part in sections().items()}),
        },
    }


def _closed(properties: Schema, *required: str) -> Schema:
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": list(required)} if required else made


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _expect(description: str) -> Schema:
    return {"$ref": "#/$defs/expect", "description": description}


def _scenario() -> Schema:
    return _closed(
        {
            "id": {"type": "string", "pattern": _ID, "description": "unique in the file"},
            "story": _text("what it is about, in one line as an owner would say it"),
            "tags": {**_WORDS, "description": "tags beside those of the file"},
            "shows": {**_WORDS, "description": "ids of the sources it shows"},
            "like": _text("the scenario it starts from: `id`, `file/id`, `id#2` after a step"),
            "at": _AT,
            "state": _STATE,
            "expect": _expect("what holds in this situation"),
            "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
            "table": {"$ref": "#/$defs/table"},
            "expected_failure": _text("why it fails for now; when it passes, that is a failure"),
            "unreviewed": {**_FLAG, "description": "nobody has looked at what it expects"},
            "note": _NOTE,
        },
        "id",
        "story",
    )


def _step() -> Schema:
    return _closed(
        {
            "at": {**_AT, "description": "when; relative to the step before"},
            "story": _text("what happens"),
            "state": {**_STATE, "description": "facts that change"},
            "done": {**_WORDS, "description": "actions done at that instant"},
            "expect": _expect("what holds then"),
            "note": _NOTE,
        }
    )


def _table() -> Schema:
    return _closed(
        {
            "state": {**_WORDS, "description": "columns that set facts, also `at`"},
            "expect": {**_WORDS, "description": "columns that expect: `targets.due.update`"},
            "rows": {
                "type": "object",
                "description": "one cell for each column; `-` says nothing",
                "patternProperties": {_ID: {"type": "array"}},
                "additionalProperties": False,
            },
        },
        "rows",
    )


def _deviation() -> Schema:
    step = _closed({"story": _text("what happens"), "expect": _expect("what holds"), "note": _NOTE})
    return _closed(
        {
            "of": _text("the parent's scenario: `core:first-response/angry-email`, `[row]`"),
            "because": _text("why this ruleset answers otherwise"),
            "expect": _expect("what holds instead in the first situation"),
            "steps": {"type": "array", "items": step},
            "note": _NOTE,
        },
        "of",
        "because",
    )


def _section(section: Section) -> Schema:
    if section.value is not None:
        return _value(section.value)
    tests: Schema = dict.fromkeys(TESTS if section.ordered else TESTS[:3], _WORDS)
    by_id = {
        name: {"type": "object", "additionalProperties": _value(field, rank=name == RANK)}
        for name, field in section.fields.items()
    }
    return {"anyOf": [_NONE, _WORDS, _closed({**tests, **by_id})]}


def _value(field: Field, *, rank: bool = False) -> Schema:
    if field.words:
        return {"enum": [*field.words, "none", None]}
    if field.sort is Sort.WORDS:
        return {"anyOf": [_NONE, _WORDS]}
    if field.sort is Sort.FLAG:
        return {"enum": [*_FLAG["enum"], "none", None]}
    if rank:
        return {"type": "integer", "minimum": 1}
    kinds = ["string", "null"] if field.sort is not Sort.MONEY else ["string", "number", "null"]
    return {"type": kinds, "description": field.sort.value}
