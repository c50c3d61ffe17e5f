"""From a path in the data back to its place in the text."""

from __future__ import annotations

from collections.abc import Iterable

from complaint_rules.document.nodes import Entry, Mapping, Node, Sequence
from complaint_rules.source import Span

Step = str | int


def find(node: Node, path: Iterable[Step]) -> Node:
    """
    Return the deepest node that `path` reaches from `node`.

    Steps that lead nowhere are passed over, because a validator's path also names the branches
    it took, and because the place of a missing key is the place of what lacks it.

    Args:
        node: Where the path starts.
        path: Keys (text) and positions in lists (from 0).
    """
    for step in path:
        reached = _reach(node, step)
        if reached is not None:
            node = reached.value if isinstance(reached, Entry) else reached
    return node


def value_span(node: Node, path: Iterable[Step]) -> Span:
    """Return the span of the deepest value that `path` reaches from `node`."""
    return find(node, path).span


def key_span(node: Node, path: Iterable[Step]) -> Span:
    """
    Return the span of the last key that `path` reaches from `node`.

    For an item of a list, which has no key, it is the item's span; for a path that leads
    nowhere, the span of `node`.
    """
    span = node.span
    for step in path:
        reached = _reach(node, step)
        if isinstance(reached, Entry):
            node, span = reached.value, reached.key.span
        elif reached is not None:
            node, span = reached, reached.span
    return span


def _reach(node: Node, step: Step) -> Entry | Node | None:
    if isinstance(node, Mapping):
        return node.entries.get(step) if isinstance(step, str) else None
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
