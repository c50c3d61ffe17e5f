"""`state:` as it is written → the facts it sets, one by one."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.document import Mapping, Node, Scalar, to_data
from complaint_rules.testing.page import Page
from complaint_rules.testing.tree import Change


def changes_of(page: Page, node: Node) -> tuple[Change, ...]:
    """
    Return the facts that a `state` sets, in its order.

    A record written as a whole replaces all its fields; a dotted name sets one of them.

    Args:
        page: Takes the faults.
        node: What stands under `state`.
    """
    whole = page.mapping(node, "`state`")
    if whole is None:
        return ()
    return tuple(
        change for entry in whole.entries.values() for change in change_of(entry.key, entry.value)
    )


def change_of(key: Scalar, node: Node) -> Iterator[Change]:
    """Yield what setting one fact to a value changes."""
    if not isinstance(node, Mapping):
        yield Change(key.text, to_data(node), key.span, node.span)
        return
    yield Change(key.text, None, key.span, node.span)
    for field, entry in node.entries.items():
        name = f"{key.text}.{field}"
        yield Change(name, to_data(entry.value), entry.key.span, entry.value.span)
