"""The JSON Schema of a written ruleset, for editors: it completes keys and underlines slips."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from pydantic.json_schema import GenerateJsonSchema

from complaint_rules.model.base import WORD_PATTERN
from complaint_rules.model.ruleset import Part, RulesetModel

Schema: TypeAlias = dict[str, Any]

_SCALAR = ["string", "number", "boolean"]
_MEMBERS = {"type": [*_SCALAR, "array"], "items": {"type": _SCALAR}, "minItems": 1}
_PER_CURRENCY = {
    "type": "object",
    "description": "a value per currency",
    "patternProperties": {"^[A-Z]{3}$": {"type": _SCALAR}},
    "additionalProperties": False,
    "minProperties": 1,
}
_CELL = {
    "description": "an S-FEEL unary test, or a value: `>= 3`, `[1..5)`, `not(a, b)`, `known`, "
    "`-` for any; a list is one of; put in quotes what YAML would misread",
    "anyOf": [
        {"type": _SCALAR},
        {"type": "array", "items": {"type": _SCALAR}, "minItems": 1},
        {
            "type": "object",
            "description": "what a set must hold",
            "properties": {
                "all": _MEMBERS | {"description": "all of these"},
                "any": _MEMBERS | {"description": "at least one of these"},
                "none": _MEMBERS | {"description": "none of these"},
                "count": {"type": ["string", "number"], "description": "a test of its size"},
            },
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
    ],
}
_SETTING = {
    "anyOf": [{"type": _SCALAR}, {"type": "array", "items": {"type": _SCALAR}}, _PER_CURRENCY]
}
_DATED_VALUE = {
    "type": "object",
    "description": "a value and the dates it holds between",
    "properties": {
        "valid": {"$ref": "#/$defs/Valid"},
        "value": {"$ref": "#/$defs/SettingValue"},
    },
    "required": ["valid", "value"],
    "additionalProperties": False,
}
_SETTINGS = {
    "anyOf": [
        {"type": _SCALAR},
        {"type": "array", "items": {"type": _SCALAR}},
        {"type": "array", "items": _DATED_VALUE},
        _PER_CURRENCY,
    ]
}
_VALUE = {
    "description": "a value or formula",
    "anyOf": [{"type": _SCALAR}, {"type": "array", "items": {"type": _SCALAR}}],
}
_MARKED = {"cell": "Cell", "value": "Value", "setting": "SettingValue", "settings": "SettingValues"}
_NULL = {"type": "null"}
_INHERITED = ("title", "currency")


class _Untitled(GenerateJsonSchema):
    """pydantic's generator, without the titles it makes up from field names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def ruleset_schema() -> Schema:
    """
    Return the JSON Schema (draft 2020-12) of ``ruleset.yaml`` and of the files it includes.

    It checks what an editor can see in one file: keys, shapes and words of a fixed list. A file
    with none of the keys that stand in a ruleset's first file is taken for an included one; what
    a ruleset inherits need not be repeated, and an item that ``amends`` may leave everything out.
    """
    schema = RulesetModel.model_json_schema(by_alias=True, schema_generator=_Untitled)
    definitions = schema.pop("$defs")
    definitions |= {
        "Cell": _CELL,
        "Value": _VALUE,
        "SettingValue": _SETTING,
        "SettingValues": _SETTINGS,
    }
    for definition in definitions.values():
        definition.pop("title", None)
        _ease(definition)
    rows = definitions["Table"]["properties"]["rows"]
    named = {"type": "string", "pattern": r"\.csv$", "description": "a CSV file"}
    listed = {key: rows.pop(key) for key in ("type", "items", "minItems")}
    rows["anyOf"] = [named, listed]
    bare = {"anyOf": [{"$ref": "#/$defs/SettingModel"}, {"$ref": "#/$defs/SettingValues"}]}
    schema["properties"]["settings"]["patternProperties"] = {WORD_PATTERN: bare}
    own = [key for key in schema.pop("required") if key not in _INHERITED]
    header = [key for key in schema["properties"] if key not in Part.model_fields]
    marked = _replace_marks(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **schema,
            "title": "complaint_rules ruleset, format 1",
            "if": {"anyOf": [{"required": [key]} for key in header]},
            "then": {
                "required": own,
                "anyOf": [{"required": list(_INHERITED)}, {"required": ["extends"]}],
            },
            "$defs": dict(sorted(definitions.items())),
        }
    )
    return cast("Schema", marked)


def _ease(definition: Schema) -> None:
    """Let an item that amends an inherited one leave out what it does not change."""
    required = definition.get("required", [])
    eased = [key for key in required if key != "id"]
    if "amends" not in definition.get("properties", {}) or not eased:
        return
    kept = [key for key in required if key == "id"]
    definition.pop("required")
    definition["anyOf"] = [{"required": ["amends"]}, {"required": eased}]
    if kept:
        definition["required"] = kept


def _replace_marks(value: Any) -> Any:
    """
    Return `value` as an author sees it.

    What is marked points to the definition that describes it, and nothing may be null, because an
    empty value is a problem (semantics 11).
    """
    if isinstance(value, list):
        return [_replace_marks(item) for item in value]
    if not isinstance(value, dict):
        return value
    mark = value.get("$comment")
    if isinstance(mark, str) and mark in _MARKED:
        reference = {"$ref": f"#/$defs/{_MARKED[mark]}"}
        return reference | {key: value[key] for key in ("description",) if key in value}
    plain = {key: _replace_marks(item) for key, item in value.items() if key != "anyOf"}
    if "patternProperties" in plain:
        plain["additionalProperties"] = False
    if "default" in plain and plain["default"] is None:
        del plain["default"]
    branches = [_replace_marks(item) for item in value.get("anyOf", ()) if item != _NULL]
    if len(branches) == 1:
        return branches[0] | plain
    return plain | ({"anyOf": branches} if branches else {})
