"""An explanation: a tree of sentences, each with the data it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs


@attrs.frozen
class Explanation:
    """
    One sentence of an explanation, and what stands under it.

    Attributes:
        kind: What it tells: ``decision``, ``section``, ``action``, ``reason``, ``fact`` and so on.
        text: The sentence in the language asked for. Words that run in the other direction stand
            between the Unicode isolates U+2068 and U+2069.
        children: What stands under it, in order.
        data: The same as data, ready for JSON; the root's has the ``language``.
    """

    kind: str
    text: str
    children: tuple[Explanation, ...] = ()
    data: Mapping[str, Any] = attrs.field(factory=dict)

    @property
    def language(self) -> str:
        """The language the whole is told in, if this is its root; else English."""
        return str(self.data.get("language", "en"))


def as_data(tree: Explanation) -> dict[str, Any]:
    """Return an explanation as nested mappings and lists, ready for JSON; without isolates."""
    return {
        "kind": tree.kind,
        "text": tree.text.translate(_NO_ISOLATES),
        "data": dict(tree.data),
        "children": [as_data(child) for child in tree.children],
    }


_NO_ISOLATES = {0x2068: None, 0x2069: None}
