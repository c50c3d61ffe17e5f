"""How each part of a decision is written as JSON, read back, and described: one thing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

import attrs

from complaint_rules.calendar import BusinessCalendar, in_range, rfc3339, zone
from complaint_rules.decision.answer import text as texts
from complaint_rules.decision.answer.instants import moment_of, seconds_of
from complaint_rules.errors import StateError
from complaint_rules.money import MOST_DIGITS, Money, as_json, is_currency
from complaint_rules.problem import Problem, Report

Json: TypeAlias = Any
"""What the ``json`` module reads and writes."""

_QUOTED: Final = texts.everywhere(texts.quoted)
_INSTANT_LENGTH: Final = len("2026-11-22T10:00:00+01:00")
MOST_NESTING: Final = 4
"""Depth of a shown value: a list of records with lists in them needs three."""


@attrs.frozen
class Codec:
    """
    One sort of value.

    Attributes:
        write: Takes a value and the name of the complaint's zone; returns JSON.
        read: Takes JSON and its place; returns the value, or raises `StateError`.
        schema: JSON Schema of what `write` returns.
        text: Writes the JSON text of what `write` returns, in a zone.
    """

    write: Callable[[Any, str], Json]
    read: Callable[[Json, str], Any]
    schema: Mapping[str, Json]
    text: texts.Text


def refuse(place: str, wanted: str) -> StateError:
    """Return the error of JSON that is no decision: at `place` something else was `wanted`."""
    problem = Problem(
        code="not-a-decision",
        message=f"{wanted} is expected here",
        place=place or "decision",
        help="give the JSON of a decision exactly as it was written",
    )
    return StateError(Report.of([problem]))


@functools.lru_cache(maxsize=64)
def _clock(timezone: str) -> BusinessCalendar:
    """Return a calendar that is never open: it only lends its zone to `rfc3339`."""
    return BusinessCalendar(id="", timezone=timezone, week=((),) * 7)


def instant_text(at: int, timezone: str) -> str:
    """Return an instant (whole seconds) as RFC 3339 in a zone given by its IANA name."""
    return rfc3339(_clock(timezone), at)


def _same(value: Any, _timezone: str) -> Json:
    return value


def _instant(timezone: str) -> texts.Writing:
    return lambda at: texts.quoted(instant_text(at, timezone))


def _typed(kind: type, wanted: str, schema: Mapping[str, Json], text: texts.Text) -> Codec:
    def read(data: Json, place: str) -> Any:
        if type(data) is not kind:
            raise refuse(place, wanted)
        return data

    return Codec(_same, read, schema, text)


def _read_instant(data: Json, place: str) -> int:
    moment = moment_of(data) if type(data) is str and len(data) == _INSTANT_LENGTH else None
    if moment is None or moment.tzinfo is None or not in_range(at := seconds_of(moment)):
        raise refuse(place, "an instant with its offset")
    return at


def _read_zone(data: Json, place: str) -> str:
    if type(data) is not str or zone(data) is None:
        raise refuse(place, "the name of a time zone")
    return data


def _read_money(data: Json, place: str) -> Money:
    if not isinstance(data, dict) or set(data) != {"amount", "currency"}:
        raise refuse(place, "an amount with its currency")
    amount, currency = data["amount"], data["currency"]
    if type(currency) is not str or not is_currency(currency) or type(amount) is not str:
        raise refuse(place, "an amount with its currency")
    whole, point, rest = amount.partition(".")
    digits = whole.isdigit() and (rest.isdigit() or not point)
    if not digits or not amount.isascii() or len(amount) > MOST_DIGITS:
        raise refuse(f"{place}.amount", "a decimal")
    return Money(Decimal(amount), currency)


def _shown_json(value: Any, timezone: str) -> Json:
    if isinstance(value, tuple):
        return [_shown_json(item, timezone) for item in value]
    if isinstance(value, Mapping):
        return {key: _shown_json(value[key], timezone) for key in value}
    return value


def _shown_value(data: Json, place: str, nesting: int = MOST_NESTING) -> Any:
    if nesting and isinstance(data, list):
        return tuple(_shown_value(item, f"{place}[]", nesting - 1) for item in data)
    if nesting and isinstance(data, dict):
        return {
            key: _shown_value(item, f"{place}.{key}", nesting - 1) for key, item in data.items()
        }
    if type(data) not in {str, bool, int}:
        raise refuse(place, "a value without floats")
    return data


def one_of(*words: str) -> Codec:
    """Return the codec of a text that is one of `words`."""

    def read(data: Json, place: str) -> Any:
        if type(data) is not str or data not in words:
            raise refuse(place, "one of " + ", ".join(f"`{word}`" for word in words))
        return data

    return Codec(_same, read, {"enum": list(words)}, _QUOTED)


def maybe(codec: Codec) -> Codec:
    """Return the codec that also takes `None`, written ``null``."""

    def write(value: Any, timezone: str) -> Json:
        return None if value is None else codec.write(value, timezone)

    def read(data: Json, place: str) -> Any:
        return None if data is None else codec.read(data, place)

    schema = {"anyOf": [codec.schema, {"type": "null"}]}
    return Codec(write, read, schema, texts.maybe_none(codec.text))


def listed(codec: Codec) -> Codec:
    """Return the codec of a tuple, written as a list."""

    def write(values: Any, timezone: str) -> Json:
        return [codec.write(value, timezone) for value in values]

    def read(data: Json, place: str) -> Any:
        if not isinstance(data, list):
            raise refuse(place, "a list")
        return tuple(codec.read(item, f"{place}[{i}]") for i, item in enumerate(data))

    schema = {"type": "array", "items": codec.schema}
    return Codec(write, read, schema, texts.array(codec.text))


def mapped(codec: Codec) -> Codec:
    """Return the codec of a mapping from names."""

    def write(values: Any, timezone: str) -> Json:
        return {name: codec.write(values[name], timezone) for name in values}

    def read(data: Json, place: str) -> Any:
        if not isinstance(data, dict):
            raise refuse(place, "a mapping")
        return {name: codec.read(item, f"{place}.{name}") for name, item in data.items()}

    schema = {"type": "object", "additionalProperties": codec.schema}
    return Codec(write, read, schema, texts.names_to(codec.text))


def record(cls: type[Any], **fields: Codec) -> Codec:
    """Return the codec of one attrs class; its keys are its attributes, in this order."""

    def write(value: Any, timezone: str) -> Json:
        return {name: codec.write(getattr(value, name), timezone) for name, codec in fields.items()}

    def read(data: Json, place: str) -> Any:
        if not isinstance(data, dict) or data.keys() != fields.keys():
            raise refuse(place, "a mapping with the keys " + ", ".join(f"`{n}`" for n in fields))
        dot = f"{place}." if place else ""
        return cls(**{n: codec.read(data[n], f"{dot}{n}") for n, codec in fields.items()})

    schema = {
        "type": "object",
        "properties": {name: codec.schema for name, codec in fields.items()},
        "required": list(fields),
        "additionalProperties": False,
    }
    text = texts.fields_of({name: codec.text for name, codec in fields.items()})
    return Codec(write, read, schema, text)


def lasting(codec: Codec) -> Codec:
    """Return the codec of a value that can be hashed and is equal in many decisions."""
    return attrs.evolve(codec, text=texts.kept(codec.text))


TEXT: Final = _typed(str, "a text", {"type": "string"}, _QUOTED)
WHOLE: Final = _typed(int, "a whole number", {"type": "integer"}, texts.everywhere(str))
FLAG: Final = _typed(bool, "true or false", {"type": "boolean"}, texts.everywhere(texts.flag))
ZONE: Final = Codec(
    _same, _read_zone, {"type": "string", "description": "IANA name of a zone"}, _QUOTED
)
INSTANT: Final = Codec(
    instant_text,
    _read_instant,
    {
        "type": "string",
        "format": "date-time",
        "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$",
    },
    texts.kept(_instant),
)
MONEY: Final = Codec(
    lambda money, _timezone: as_json(money),
    _read_money,
    {
        "type": "object",
        "properties": {
            "amount": {"type": "string", "pattern": r"^\d+(\.\d+)?$"},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        },
        "required": ["amount", "currency"],
        "additionalProperties": False,
    },
    texts.everywhere(texts.money),
)
SHOWN: Final = Codec(
    _shown_json,
    _shown_value,
    {"type": ["string", "boolean", "integer", "array", "object"]},
    texts.everywhere(texts.shown),
)
IDS: Final = lasting(listed(TEXT))
