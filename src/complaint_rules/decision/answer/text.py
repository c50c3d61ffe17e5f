"""
JSON text of each sort of value, part by part: what the ``json`` module writes of the same data.

Writing the text at once takes a third of the time of building mappings first and encoding those.
What a policy says again in decision after decision, such as a list of ids, is encoded once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, Final, TypeAlias

from complaint_rules.money import Money, as_json

Writing: TypeAlias = Callable[[Any], str]
"""Takes a value; returns JSON text."""
Text: TypeAlias = Callable[[str], Writing]
"""Takes the name of the complaint's zone; returns the function that writes values in it."""

_MOST_KEPT: Final = 4_096

quoted: Final[Writing] = encode_basestring
"""Return a text in quotation marks, as JSON writes it; letters past ASCII stay."""


def everywhere(writing: Writing) -> Text:
    """Return the text of values that are written the same in every zone."""
    return lambda _timezone: writing


def flag(value: object) -> str:
    """Return yes or no as JSON."""
    return "true" if value else "false"


def money(value: Money) -> str:
    """Return an amount as JSON."""
    return _object([f"{quoted(key)}: {quoted(each)}" for key, each in as_json(value).items()])


def shown(value: Any) -> str:
    """Return a fact's value, as a decision shows it, as JSON."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return flag(value)
    if isinstance(value, tuple):
        return "[" + ", ".join([shown(each) for each in value]) + "]"
    if isinstance(value, Mapping):
        return _object([f"{quoted(key)}: {shown(value[key])}" for key in value])
    return str(value)


def maybe_none(text: Text) -> Text:
    """Return the text of what may be `None`, too."""

    def of(timezone: str) -> Writing:
        write = text(timezone)
        return lambda value: "null" if value is None else write(value)

    return of


def array(text: Text) -> Text:
    """Return the text of tuples of such values."""

    def of(timezone: str) -> Writing:
        write = text(timezone)
        return lambda values: "[" + ", ".join(map(write, values)) + "]"

    return of


def names_to(text: Text) -> Text:
    """Return the text of mappings from names to such values."""

    def of(timezone: str) -> Writing:
        write = text(timezone)
        return lambda values: _object([f"{quoted(name)}: {write(values[name])}" for name in values])

    return of


def fields_of(fields: Mapping[str, Text]) -> Text:
    """Return the text of objects with these attributes, two or more."""
    read = attrgetter(*fields)
    keys = [f"{quoted(name)}: " for name in fields]

    def of(timezone: str) -> Writing:
        writes = [text(timezone) for text in fields.values()]
        return lambda value: _object(
            [key + write(each) for key, write, each in zip(keys, writes, read(value), strict=True)]
        )

    return of


def kept(text: Text) -> Text:
    """
    Return a text that keeps what up to 4,096 values were written as, by zone.

    Args:
        text: Of values that can be hashed.
    """
    return lambda timezone: functools.lru_cache(_MOST_KEPT)(text(timezone))


def _object(items: list[str]) -> str:
    return "{" + ", ".join(items) + "}"
