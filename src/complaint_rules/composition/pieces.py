"""What a ruleset is made of: items by section, and what stands beside the sections."""

from __future__ import annotations

import attrs

from complaint_rules.composition.folder import Root
from complaint_rules.document import Entry, Mapping, Node, Scalar, Sequence
from complaint_rules.source import Span

MAPPINGS = (
    "settings",
    "facts",
    "calendars",
    "customer_types",
    "actions",
    "manner",
    "targets",
    "remedies",
    "groups",
    "words",
)
"""Sections whose items stand under their ids."""

LISTS = ("sequences", "stages", "sides", "rules")
"""Sections that list items, each with its ``id``."""

SECTIONS = MAPPINGS + LISTS

HEADER = (
    "format",
    "id",
    "edition",
    "title",
    "text",
    "note",
    "currency",
    "calendar",
    "approvals",
    "valid",
    "extends",
    "drop",
)
"""Keys that stand in a ruleset's first file only."""


@attrs.frozen(eq=False)
class Piece:
    """
    One item.

    Attributes:
        section: The section it stands in.
        id: Its id; `None` where a listed item has none.
        key: Its key, or the ``id`` of a listed item.
        node: What is written of it.
        owner: Id of the ruleset that declares it.
        changers: Ids of the rulesets that amended or redeclared it, in order.
    """

    section: str
    id: str | None
    key: Scalar | None
    node: Node
    owner: str = ""
    changers: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Where it is named."""
        return self.key.span if self.key else self.node.span


@attrs.define(eq=False)
class Layer:
    """
    One ruleset without its parents.

    Attributes:
        root: Where it begins.
        id: Its id; empty where it has none that can be read.
        header: What stands beside its sections, the first file's.
        pieces: Its items by section.
        tables: CSV files it includes, by name, with the place that names them.
    """

    root: Root
    id: str
    header: dict[str, Entry]
    node: Mapping
    pieces: dict[str, list[Piece]] = attrs.field(factory=lambda: {s: [] for s in SECTIONS})
    tables: dict[str, Span] = attrs.field(factory=dict)


def words(node: Node) -> list[Scalar]:
    """Return the words of a list, or the one word that stands for a list of one."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return [item for item in items if isinstance(item, Scalar) and item.text]


def describe(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, Mapping):
        return "a mapping"
    return "a list" if isinstance(node, Sequence) else "a text"


def is_nothing(node: Node) -> bool:
    """Return whether `node` is an empty value."""
    return isinstance(node, Scalar) and not node.quoted and node.text in ("", "~", "null")


def is_law(node: Node) -> bool:
    """Return whether an item is marked as law."""
    entry = node.entries.get("law") if isinstance(node, Mapping) else None
    mark = entry.value if entry else None
    return isinstance(mark, Scalar) and mark.text in ("yes", "true")
