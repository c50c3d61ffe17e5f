"""A ruleset's own dates, given to each of its items that has none (semantics 21)."""

from __future__ import annotations

from complaint_rules.composition.pieces import Piece
from complaint_rules.document import Entry, Mapping, Node, Sequence


def with_validity(piece: Piece, valid: Entry | None) -> Node:
    """
    Return an item with its ruleset's `valid`, unless it has one or only amends.

    It is done before parents and children are composed, because the dates of a parent hold for
    the parent's items and not for its children's.

    Args:
        piece: The item.
        valid: The entry of the ruleset, if it has one.
    """
    node = piece.node
    if valid is None or not isinstance(valid.value, Mapping):
        return node
    if piece.section == "settings" and _is_bare(node):
        return Mapping({"valid": valid, "value": Entry(valid.key, node)}, node.span)
    if not isinstance(node, Mapping) or "valid" in node.entries or "amends" in node.entries:
        return node
    return Mapping({**node.entries, "valid": valid}, node.span)


def _is_bare(node: Node) -> bool:
    """Return whether a setting is written as its value alone, and that value has no dates."""
    if isinstance(node, Mapping):
        return bool(node.entries) and all(len(k) == 3 and k.isupper() for k in node.entries)
    if isinstance(node, Sequence):
        return not any(isinstance(item, Mapping) for item in node.items)
    return node.text != ""
