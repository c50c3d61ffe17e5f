"""The door of one policy: a pydantic adapter that validates a whole state in one pass."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import Annotated, Any

import attrs
from pydantic import ConfigDict, PlainValidator, TypeAdapter, WithJsonSchema
from typing_extensions import TypedDict

from complaint_rules.facts import Fact, Kind
from complaint_rules.intake.json_kinds import json_kind
from complaint_rules.intake.quick import Readers
from complaint_rules.intake.readers import (
    read_instant,
    read_text,
    reader,
    word_reader,
)
from complaint_rules.policy import Policy

_typed_dict: Any = TypedDict
_STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


@attrs.frozen(eq=False)
class Door:
    """
    What intake needs to know of a policy.

    Attributes:
        adapter: Validates a mapping of given facts, records nested.
        given: Names of the facts that may be given, records by their bare name.
        derived: Names of the facts that may not, because the policy works them out.
        readers: What reads the same facts one by one.
        amounts: The facts that are amounts of money, fields of records by their dotted names.
    """

    adapter: TypeAdapter[dict[str, Any]]
    given: frozenset[str]
    derived: frozenset[str]
    readers: Readers
    amounts: frozenset[str]


_doors: weakref.WeakKeyDictionary[Policy, Door] = weakref.WeakKeyDictionary()


def door(policy: Policy) -> Door:
    """Return the door of `policy`; it is made once."""
    made = _doors.get(policy)
    if made is None:
        made = _doors[policy] = _make(policy)
    return made


def _make(policy: Policy) -> Door:
    given = {
        name: fact
        for name, fact in policy.facts.items()
        if "." not in name and not fact.derived and name != "done"
    }
    shape: dict[str, Any] = {name: _annotation(fact) for name, fact in given.items()}
    shape["done"] = list[_closed("Done", _done(policy))]  # type: ignore[misc]
    types = tuple(policy.types)
    shape["type_basis"] = dict[_word(types), _closed("TypeBasis", _BASIS)]  # type: ignore[misc]
    derived = frozenset(name for name, fact in policy.facts.items() if fact.derived) - {"done"}
    names = frozenset(shape)
    adapter = TypeAdapter[dict[str, Any]](_closed("State", shape))
    amounts = frozenset(name for name, fact in policy.facts.items() if fact.kind is Kind.MONEY)
    return Door(adapter, names, derived - names, Readers.of(policy, names), amounts)


def _closed(name: str, shape: dict[str, Any]) -> Any:
    """Return a TypedDict of optional keys that refuses every other key."""
    made = _typed_dict(name, shape, total=False)
    made.__pydantic_config__ = _STRICT
    return made


def _annotation(fact: Fact) -> Any:
    if fact.kind is Kind.RECORD:
        return _closed(fact.name, {name: _annotation(field) for name, field in fact.fields.items()})
    if fact.kind is Kind.RECORDS:
        record = {name: _listed(field) for name, field in fact.fields.items()}
        return list[_closed(fact.name, record)]  # type: ignore[misc]
    schema = json_kind(fact)
    return Annotated[Any, PlainValidator(reader(fact)), WithJsonSchema(schema)]


def _listed(field: Fact) -> Any:
    """
    Return the annotation of a field of listed records, which may say ``unknown`` itself.

    Such a field stands in its record as `None`, so that it takes no default (semantics 1).
    """
    read = reader(field)

    def read_or_unknown(value: Any) -> Any:
        return None if isinstance(value, str) and value == "unknown" else read(value)

    return Annotated[Any, PlainValidator(read_or_unknown), WithJsonSchema(json_kind(field))]


def _word(values: Iterable[str]) -> Any:
    listed = tuple(values)
    return Annotated[
        str, PlainValidator(word_reader(listed)), WithJsonSchema({"enum": sorted(listed)})
    ]


_INSTANT = Annotated[
    Any,
    PlainValidator(read_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
_WORDS = Annotated[str, PlainValidator(read_text), WithJsonSchema({"type": "string"})]
_BASIS: dict[str, Any] = {
    "signals": list[_WORDS],
    "confirmed_by": _WORDS,
    "since": _INSTANT,
    "expires_at": _INSTANT,
}


def _done(policy: Policy) -> dict[str, Any]:
    actions = [action.id for action in policy.actions.values() if not action.conduct]
    return {"action": _word(actions), "at": _INSTANT}
