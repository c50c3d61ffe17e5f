"""The JSON Schema of a fact's values: what intake reads, told to other programs."""

from __future__ import annotations

from typing import Any, Final

from complaint_rules.facts import Fact, Kind

_AMOUNT: Final = {
    "oneOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "properties": {
                "amount": {"type": ["string", "number"]},
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            },
            "required": ["amount"],
            "additionalProperties": False,
        },
    ],
    "description": "an exact amount, 0 or more",
}
_SCHEMAS: Final[dict[Kind, dict[str, Any]]] = {
    Kind.YES_NO: {"oneOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}]},
    Kind.COUNT: {"type": ["integer", "string"], "minimum": 0},
    Kind.NUMBER: {"type": ["number", "string"]},
    Kind.MONEY: _AMOUNT,
    Kind.DURATION: {
        "type": ["integer", "string"],
        "description": "elapsed whole seconds, or a text such as `90 m`",
    },
    Kind.BUSINESS_DURATION: {
        "type": ["integer", "string"],
        "description": "open whole seconds, or a text such as `4 bh`",
    },
    Kind.INSTANT: {
        "oneOf": [{"type": "string", "format": "date-time"}, {"const": "not_yet"}],
        "description": "RFC 3339 with its offset",
    },
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TEXT: {"type": "string"},
}


def json_kind(fact: Fact) -> dict[str, Any]:
    """Return the JSON Schema of what may be given for `fact`, ``unknown`` and null included."""
    if fact.kind is Kind.SET:
        schema: dict[str, Any] = {
            "type": "array",
            "items": {"enum": list(fact.values)},
            "uniqueItems": True,
        }
    elif fact.kind in (Kind.CHOICE, Kind.LEVEL):
        schema = {"enum": list(fact.values)}
    else:
        schema = _SCHEMAS[fact.kind]
    titled = {"title": fact.title["en"]} if "en" in fact.title else {}
    return {**titled, "anyOf": [schema, {"const": "unknown"}, {"type": "null"}]}
