"""What a scenario may expect: the keys of a decision, taken from its published schema."""

from __future__ import annotations

import enum
import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from complaint_rules.decision import decision_schema
from complaint_rules.decision.answer.shape import Decision

NONE: Final = "none"
RANK: Final = "rank"
TESTS: Final = ("has", "lacks", "exactly", "order", "first")
ORDERED: Final = ("actions", "choices", "goodwill", "asks")
"""Sections whose order says something."""
_SCALARS: Final = ("stage", "room", "review_at")
_WORDS: Final = ("side", "assumed")
_ITEMS: Final = (
    "types", "actions", "manner", "targets", "owed", "choices", "goodwill", "withheld",
    "prohibitions", "asks", "escalations", "notices",
)  # fmt: skip
_RANKED: Final = ("choices", "goodwill")
_KEYS: Final = ("id", "type", "remedy", "fact", "to", "code")
_OF_THE_RULESET: Final = ("rules", "overrode")
"""Fields that hold ids of rules: a scenario says what a handler sees."""


class Sort(enum.Enum):
    """What sort of value a field has."""

    TEXT = "a word"
    WORDS = "a list of words"
    INSTANT = "an instant"
    MONEY = "an amount"
    FLAG = "yes or no"
    WHOLE = "a whole number"
    DURATION = "a duration"


@attrs.frozen
class Field:
    """
    One field of an item, or a section that is one value.

    Attributes:
        sort: What sort of value it has.
        words: The words it is one of; empty: any.
    """

    sort: Sort
    words: tuple[str, ...] = ()


@attrs.frozen
class Section:
    """
    One key of a decision.

    Attributes:
        name: The key.
        key: The field its items are called by; empty where they are words themselves.
        fields: The fields of its items that may be expected.
        value: What the section is, if it is one value.
        ordered: Its order says something.
    """

    name: str
    key: str = ""
    fields: Mapping[str, Field] = MappingProxyType({})
    value: Field | None = None
    ordered: bool = False

    def ids(self, decision: Decision) -> tuple[str, ...]:
        """Return the ids of the section's items, in the decision's order."""
        items = getattr(decision, self.name)
        return tuple(getattr(item, self.key) for item in items) if self.key else tuple(items)

    def items(self, decision: Decision, wanted: str) -> tuple[tuple[int, Any], ...]:
        """Return the items of an id, each with its rank from 1."""
        items = getattr(decision, self.name)
        return tuple(
            (rank, item) for rank, item in enumerate(items, 1) if getattr(item, self.key) == wanted
        )


@functools.cache
def sections() -> Mapping[str, Section]:
    """Return what may be expected, by its key, in the decision's order."""
    schema = decision_schema()["properties"]
    return MappingProxyType(
        {
            name: _section(name, part)
            for name, part in schema.items()
            if name in (*_SCALARS, *_WORDS, *_ITEMS)
        }
    )


def _section(name: str, schema: Mapping[str, Any]) -> Section:
    if name in _SCALARS:
        return Section(name, value=_field(name, schema))
    if name in _WORDS:
        return Section(name)
    item = schema["items"]["properties"]
    key = next(key for key in _KEYS if key in item)
    fields = {
        field: _field(field, part)
        for field, part in item.items()
        if field != key and field not in _OF_THE_RULESET
    }
    if name in _RANKED:
        fields[RANK] = Field(Sort.WHOLE)
    return Section(name, key, MappingProxyType(fields), ordered=name in ORDERED)


def _field(name: str, schema: Mapping[str, Any]) -> Field:
    """Return what a field is, from its JSON Schema."""
    for branch in schema.get("anyOf", ()):
        if branch["type"] != "null":
            schema = branch
    if "enum" in schema:
        return Field(Sort.TEXT, tuple(schema["enum"]))
    if schema.get("format") == "date-time":
        return Field(Sort.INSTANT)
    if name.endswith("_s"):
        return Field(Sort.DURATION)
    return Field(_SORTS[schema["type"]])


_SORTS: Final = {
    "string": Sort.TEXT,
    "array": Sort.WORDS,
    "object": Sort.MONEY,
    "boolean": Sort.FLAG,
    "integer": Sort.WHOLE,
}
