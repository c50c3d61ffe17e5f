"""A ruleset's files, tables and parents as one node (semantics 23)."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import Any

import attrs

from complaint_rules.composition.extend import Heap
from complaint_rules.composition.files import Files
from complaint_rules.composition.fingerprint import fingerprint
from complaint_rules.composition.folder import Root
from complaint_rules.composition.layer import read_layer
from complaint_rules.composition.lineage import lineage
from complaint_rules.composition.pieces import MAPPINGS, Layer
from complaint_rules.document import Entry, Mapping, Scalar, Sequence, to_data
from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span

_INHERITED = ("title", "currency", "calendar", "approvals")


@attrs.frozen(eq=False)
class Composed:
    """
    A ruleset with everything it includes and inherits.

    Attributes:
        node: The whole, every part with its span.
        sources: The texts it comes from, by the file name that spans have.
        whole: False if some text could not be read: names may be missing that were declared.
        lost: Ids of items left out because of a fault.
        read: What it says as plain data, where that was made already.
    """

    node: Mapping
    sources: Dict[str, Source]
    whole: bool = True
    lost: frozenset[str] = frozenset()
    read: Any = None

    @property
    def data(self) -> Any:
        """What it says, as plain data."""
        return to_data(self.node) if self.read is None else self.read

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what it says, reckoned when asked for; see `fingerprint`."""
        return fingerprint(self.data)


def compose(root: Root) -> tuple[Composed | None, list[Problem], Dict[str, Source]]:
    """
    Compose the ruleset that begins at `root`.

    Returns:
        The ruleset, or None if its first file cannot be read; every fault found; and the texts
        read, which a report of the faults needs.
    """
    files = Files()
    top = read_layer(root, files, None)
    if top is None:
        return None, files.problems, files.sources
    heap = Heap(files)
    inherited: dict[str, Entry] = {}
    for layer, ancestors in lineage(top, files):
        heap.apply(layer, ancestors)
        for key in _INHERITED:
            if key in layer.header:
                inherited[key] = layer.header[key]
    node = _whole(top, inherited, heap)
    composed = Composed(
        node,
        files.sources,
        files.whole,
        frozenset(files.lost),
    )
    return composed, files.problems, files.sources


def _whole(top: Layer, inherited: dict[str, Entry], heap: Heap) -> Mapping:
    entries = {**inherited, **top.header}
    valid = entries.get("valid")
    if valid is not None and isinstance(valid.value, Mapping):
        del entries["valid"]  # its items have it now
    if "include" in top.node.entries:
        entries["include"] = top.node.entries["include"]
    for section, pieces in heap.pieces.items():
        listed = list(pieces.values())
        if not listed:
            continue
        key = _section_key(top, section, listed[0].span)
        if section in MAPPINGS:
            items = {str(p.id): Entry(p.key, p.node) for p in listed if p.key is not None}
            entries[section] = Entry(key, Mapping(items, key.span))
        else:
            entries[section] = Entry(key, Sequence(tuple(p.node for p in listed), key.span))
    return Mapping(entries, top.node.span)


def _section_key(top: Layer, section: str, span: Span) -> Scalar:
    entry = top.node.entries.get(section)
    return entry.key if entry else Scalar(section, span)
