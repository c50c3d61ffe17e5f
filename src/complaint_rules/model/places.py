"""A place of a ruleset in the author's words: `when` in rule `late-parcel`."""

from __future__ import annotations

from typing import Any

from complaint_rules.document import Mapping, Node, Scalar, find, key_span
from complaint_rules.model.hints import Path
from complaint_rules.source import Span

SINGULAR = {
    "settings": "setting",
    "facts": "fact",
    "calendars": "calendar",
    "customer_types": "customer type",
    "actions": "action",
    "manner": "manner",
    "targets": "target",
    "remedies": "remedy",
    "groups": "group",
    "words": "word",
    "sequences": "sequence",
    "stages": "stage",
    "sides": "side state",
    "rules": "rule",
}
"""The sections of a ruleset, and what one item of each is called."""


def item_id(node: Node, path: Path) -> str | None:
    """Return the id of the item that `path` leads into, if it leads into one that has an id."""
    if len(path) < 2 or path[0] not in SINGULAR:
        return None
    if isinstance(path[1], str):
        return path[1]
    item = find(node, path[:2])
    entry = item.entries.get("id") if isinstance(item, Mapping) else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else None


def owner(node: Node, path: Path) -> str:
    """Return the item that `path` leads into, in words; the ruleset where it leads into none."""
    if len(path) < 2 or path[0] not in SINGULAR:
        return "the ruleset"
    what = SINGULAR[str(path[0])]
    name = item_id(node, path)
    if name is None:
        return f"{what} {int(path[1]) + 1}"
    return f"{what} {quoted(name)}"


def thing(node: Node, path: Path) -> str:
    """Return what stands at `path`, in words: a key in an item, or the item."""
    written = _reached(node, path)
    in_item = len(path) >= 2 and path[0] in SINGULAR
    inner = [step for step in written[2 if in_item else 0 :] if isinstance(step, str)]
    if not inner:
        return owner(node, path)
    if not in_item and len(inner) == 1:
        return quoted(inner[-1])
    return f"{quoted(inner[-1])} in {owner(node, path)}"


def _reached(node: Node, path: Path) -> list[str | int]:
    """Return the steps of a path that lead somewhere: models add steps nobody wrote."""
    steps: list[str | int] = []
    for step in path:
        inner = find(node, (step,))
        if inner is not node:
            steps.append(step)
            node = inner
    return steps


def item_span(node: Node, path: Path) -> Span:
    """Return the span that stands for the mapping at `path`: its key, or the id it holds."""
    here = find(node, path)
    if path and isinstance(path[-1], int) and isinstance(here, Mapping):
        entry = here.entries.get("id") or next(iter(here.entries.values()), None)
        return entry.key.span if entry else here.span
    if path:
        return key_span(node, path)
    first = next(iter(here.entries.values()), None) if isinstance(here, Mapping) else None
    return first.key.span if first else here.span


def quoted(text: str, most: int = 60) -> str:
    """Return an author's words in backticks, on one line and not too long."""
    line = " ".join(text.split()).replace("`", "'")
    return f"`{line if len(line) <= most else line[: most - 1] + '…'}`"


def shape(value: Any) -> str:
    """Return what a value is, in words."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "a text" if isinstance(value, str) else "a number"
