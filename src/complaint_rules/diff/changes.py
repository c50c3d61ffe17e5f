"""What changed between two editions, in the words of their authors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final, Literal, TypeAlias

import attrs

How: TypeAlias = Literal["added", "dropped", "changed"]
Plain: TypeAlias = Any
"""JSON's own types: numbers as text, yes and no as an author writes them."""

_APART: Final = ("format", "include", "extends", "drop")
"""How a ruleset is put together: what comes of it is compared, not how."""
_AMENDS: Final = "amends"
_KEYS: Final = ("id", "row")
"""What names an item of a list."""
_IN_ORDER: Final = ("stages", "sides", "sequences")
"""Sections whose order means something."""


@attrs.frozen
class Change:
    """
    One change.

    Attributes:
        section: The part of the ruleset: ``rules``, ``settings`` …, or a key at its top.
        id: The item's id; empty for a key at the top.
        how: ``added``, ``dropped`` or ``changed``.
        what: Which key of the item changed, dotted; empty where all of it is new or gone.
        before: What stood there; `None` where nothing did.
        after: What stands there now; `None` where nothing does.
        title: What a reader calls the item, in English if it has that; may be empty.
    """

    section: str
    id: str
    how: How
    what: str = ""
    before: Plain = None
    after: Plain = None
    title: str = ""


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """
    Return what changed between two composed rulesets, sorted by section, id and key.

    The order of items that have none does not count, nor in which file they stand.

    Args:
        before: The old ruleset as plain data.
        after: The new one.
    """
    found: list[Change] = []
    for section in sorted({*before, *after} - {*_APART, _AMENDS}):
        found += _section(section, plain(before.get(section)), plain(after.get(section)))
    return tuple(found)


def _section(section: str, before: Plain, after: Plain) -> Iterator[Change]:
    old, new = _named(before), _named(after)
    if old is None or new is None:
        yield from _differences(section, "", "", before, after)
        return
    for name in sorted({*old, *new}):
        title = title_of(new.get(name) or old.get(name))
        if name in old and name in new:
            found = _differences(section, name, "", old[name], new[name])
            yield from (attrs.evolve(each, title=title) for each in found)
        else:
            change = _change(section, name, "", old.get(name), new.get(name))
            yield attrs.evolve(change, title=title)
    both = old.keys() & new.keys()
    orders = [[name for name in side if name in both] for side in (old, new)]
    if section in _IN_ORDER and orders[0] != orders[1]:
        yield Change(section, "", "changed", "order", orders[0], orders[1])


def _differences(
    section: str, name: str, path: str, before: Plain, after: Plain
) -> Iterator[Change]:
    """Yield the smallest parts of an item that differ."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        old, new = before, after
    elif _rows(before) and _rows(after):
        one, two = _named(before), _named(after)
        if one is None or two is None:
            yield from _lists(section, name, path, before, after)
            return
        old, new = one, two
    else:
        yield _change(section, name, path, before, after)
        return
    for key in [*old, *(key for key in new if key not in old)]:
        inner = f"{path}.{key}" if path else key
        yield from _differences(section, name, inner, old.get(key), new.get(key))


def _lists(
    section: str, name: str, path: str, before: list[Plain], after: list[Plain]
) -> Iterator[Change]:
    """Yield the differences of two lists whose items have no names."""
    texts = [[text_of(each) for each in side] for side in (before, after)]
    matcher = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for same, start, end, new_start, new_end in matcher.get_opcodes():
        if same == "equal":
            continue
        one, two = before[start:end], after[new_start:new_end]
        for number in range(max(len(one), len(two))):
            pair = [side[number] if number < len(side) else None for side in (one, two)]
            place = start if pair[1] is None else new_start
            yield from _differences(section, name, f"{path}[{place + number + 1}]", *pair)


def _rows(value: Plain) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _named(value: Plain) -> dict[str, Plain] | None:
    """Return the items of a section or table by id; `None` where not all have one of their own."""
    if value is None:
        return {}
    if isinstance(value, dict):
        return value if all(isinstance(each, dict) for each in value.values()) else None
    if not _rows(value):
        return None
    names = [next((each[key] for key in _KEYS if key in each), None) for each in value]
    if None in names or len(set(map(str, names))) < len(names):
        return None
    return dict(zip(map(str, names), value, strict=True))


def _change(section: str, name: str, what: str, before: Plain, after: Plain) -> Change:
    how: How = "added" if before is None else "dropped" if after is None else "changed"
    return Change(section, name, how, what, before, after)


def title_of(item: Plain) -> str:
    """Return what a reader calls an item: its title or text, in English if it has that."""
    if not isinstance(item, dict):
        return ""
    for key in ("title", "text"):
        told = item.get(key)
        if isinstance(told, dict):
            told = told.get("en") or next(iter(told.values()), None)
        if isinstance(told, str) and told:
            return told
    return ""


def text_of(value: Plain) -> str:
    """Return plain data on one line, as an author writes it."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {text_of(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(text_of(each) for each in value) + "]"
        case _:
            return " ".join(str(value).split())


def plain(value: Any) -> Plain:
    """Return what a document holds as JSON's own types, without what amends what."""
    match value:
        case Mapping():
            return {str(key): plain(each) for key, each in value.items() if key != _AMENDS}
        case list() | tuple():
            return [plain(each) for each in value]
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return format(value, "f")
        case None:
            return None
        case _:
            return str(value)
