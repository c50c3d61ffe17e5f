"""One ruleset by itself: its first file and all it includes, as items by section."""

from __future__ import annotations

import attrs

from complaint_rules.composition.files import Files
from complaint_rules.composition.folder import Root
from complaint_rules.composition.includes import Asked, Includes
from complaint_rules.composition.pieces import (
    HEADER,
    LISTS,
    MAPPINGS,
    SECTIONS,
    Layer,
    Piece,
    describe,
    is_nothing,
)
from complaint_rules.composition.tables import Tables
from complaint_rules.composition.validity import with_validity
from complaint_rules.document import Entry, Mapping, Node, Scalar, Sequence
from complaint_rules.source import Span
from complaint_rules.spelling import help_for


def read_layer(root: Root, files: Files, asked: Span | None) -> Layer | None:
    """
    Read a ruleset's first file and all it includes.

    Args:
        root: Where it begins.
        files: Collects texts and faults.
        asked: Where its name is written, if it is a parent.

    Returns:
        The layer, or None if the first file cannot be read as a mapping.
    """
    node = files.yaml(root, root.main, asked)
    if node is None:
        return None
    if not isinstance(node, Mapping):
        _not_a_ruleset(files, node)
        return None
    header = {key: e for key, e in node.entries.items() if key not in (*SECTIONS, "include")}
    name = header["id"].value if "id" in header else None
    layer = Layer(root, name.text if isinstance(name, Scalar) else "", header, node)
    _Reader(layer, files, Includes(layer, files), Tables(layer, files)).read(node)
    return layer


def _not_a_ruleset(files: Files, node: Node) -> None:
    files.whole = False
    span = attrs.evolve(node.span, end_line=node.span.line, end_column=node.span.column + 1)
    files.tell(
        "not-a-ruleset",
        f"this is no ruleset: it is {describe(node)}, not a mapping of keys to values",
        span,
        "not `key: value`",
        "write keys with values, as in `format: 1`",
    )


@attrs.define(eq=False)
class _Reader:
    """Takes the sections of a layer's files, in the order they are included."""

    layer: Layer
    files: Files
    includes: Includes
    tables: Tables
    first: dict[tuple[str, str], Span] = attrs.field(factory=dict)

    def read(self, main: Mapping) -> None:
        """Take the sections of the first file and of all it includes."""
        root = self.layer.root
        self.take(main, first=True)
        waiting = self.asked_by(main, (root.main,), first=True)
        while waiting:
            asked = waiting.pop(0)
            node = self.files.yaml(root, asked.name, asked.span)
            if node is None:
                continue
            if not isinstance(node, Mapping):
                _not_a_ruleset(self.files, node)
                continue
            self.take(node, first=False)
            waiting = self.asked_by(node, (*asked.chain, asked.name), first=False) + waiting
        self.tables.tell_unused()

    def asked_by(self, node: Mapping, chain: tuple[str, ...], *, first: bool) -> list[Asked]:
        """Return the files that a file includes; the first file's shape is the model's to check."""
        entry = node.entries.get("include")
        if entry is None:
            return []
        if isinstance(entry.value, Mapping) or is_nothing(entry.value):
            if not first:
                self.wrong_shape(entry, "a list of files")
            return []
        return self.includes.asked_by(entry.value, chain)

    def take(self, node: Mapping, *, first: bool) -> None:
        """Take the sections of one file."""
        for key, entry in node.entries.items():
            if key in MAPPINGS:
                self.take_mapping(key, entry)
            elif key in LISTS:
                self.take_list(key, entry)
            elif not first and key != "include":
                self.misplaced(key, entry)

    def take_mapping(self, section: str, entry: Entry) -> None:
        """Take the items of a section that stand under their ids."""
        if not isinstance(entry.value, Mapping):
            self.wrong_shape(entry, "a mapping of ids to items")
            return
        for key, item in entry.value.entries.items():
            self.add(Piece(section, key, item.key, item.value))

    def take_list(self, section: str, entry: Entry) -> None:
        """Take the items of a section that lists them."""
        if not isinstance(entry.value, Sequence):
            self.wrong_shape(entry, "a list of items")
            return
        for item in entry.value.items:
            named = item.entries.get("id") if isinstance(item, Mapping) else None
            key = named.value if named and isinstance(named.value, Scalar) else None
            self.add(Piece(section, key.text if key else None, key, item))

    def add(self, piece: Piece) -> None:
        """Take one item, unless its id is taken."""
        place = (piece.section, piece.id or "")
        if piece.id is not None and place in self.first:
            self.files.tell(
                "id-taken",
                f"`{piece.id}` is declared twice under `{piece.section}`",
                piece.span,
                f"first at {self.first[place]}",
                "give one of the two another id, or remove it",
            )
            return
        self.first[place] = piece.span
        node = self.tables.filled(with_validity(piece, self.layer.header.get("valid")))
        owned = Piece(piece.section, piece.id, piece.key, node, self.layer.id)
        self.layer.pieces[piece.section].append(owned)

    def wrong_shape(self, entry: Entry, expected: str) -> None:
        """Tell that a section is not what it must be."""
        self.files.whole = False
        key = entry.key.text
        if is_nothing(entry.value):
            cure = f"write a value after `{key}:`, or remove the key"
            self.files.tell("empty-value", f"`{key}` has no value", entry.key.span, "empty", cure)
            return
        found = describe(entry.value)
        message = f"`{key}` must be {expected}, not {found}"
        self.files.tell("wrong-shape", message, entry.value.span, found, f"write {expected}")

    def misplaced(self, key: str, entry: Entry) -> None:
        """Tell that an included file holds what it may not hold."""
        span = entry.key.span
        if key in HEADER:
            cure = f"move it to `{self.layer.root.main}`"
            message = f"`{key}` stands in an included file"
            self.files.tell("misplaced-key", message, span, "not a section", cure)
            self.layer.header.setdefault(key, entry)
            return
        self.files.whole = False
        cure = help_for(key, (*SECTIONS, "include"), "sections")
        message = f"unknown key `{key}` in an included file"
        self.files.tell("unknown-key", message, span, "not a section", cure)
