"""A scenario file in the reading: its parts by their shape, and the faults found so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from complaint_rules.document import Entry, Mapping, Node, Scalar, to_data
from complaint_rules.document import Sequence as Listed
from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span
from complaint_rules.spelling import help_for
from complaint_rules.testing.instants import CURE, is_instant

ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}", re.ASCII)
YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}
_LONGEST: Final = 300


class Page:
    """
    One scenario file being read.

    Attributes:
        source: Its text.
        problems: Its faults so far.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def tell(self, code: str, message: str, span: Span, cure: str, label: str = "") -> None:
        """Note a fault."""
        self.problems.append(Problem(code, message, span, label, cure))

    def mapping(self, node: Node, what: str, keys: Iterable[str] | None = None) -> Mapping | None:
        """
        Return a node that must be a mapping; `None` after its fault was noted.

        Args:
            node: The node.
            what: What it is, for the message.
            keys: The keys it may have; `None`: any.
        """
        if not isinstance(node, Mapping):
            self.wrong(node, what, "a mapping of keys to values")
            return None
        if keys is not None:
            known = tuple(keys)
            for key, entry in node.entries.items():
                if key not in known:
                    told = f"unknown key `{key}` in {what}"
                    self.tell("unknown-key", told, entry.key.span, help_for(key, known, "keys"))
        return node

    def items(self, node: Node, what: str) -> Sequence[Node]:
        """Return the items of a node that must be a list."""
        if isinstance(node, Listed):
            return node.items
        self.wrong(node, what, "a list")
        return ()

    def wrong(self, node: Node, what: str, wanted: str) -> None:
        """Note that a node has another shape than its place asks for."""
        if isinstance(node, Scalar) and not node.text.strip():
            cure = "write what belongs here, or take the key out"
            self.tell("empty-value", f"{what} is empty", node.span, cure)
            return
        found = _SHAPES[type(node)]
        message = f"{what} must be {wanted}, not {found}"
        self.tell("wrong-shape", message, node.span, f"write {wanted}", found)

    def scalar(self, entry: Entry | None, what: str) -> Scalar | None:
        """Return a value that must be one word or text."""
        if entry is None:
            return None
        node = entry.value
        if not isinstance(node, Scalar) or not node.text.strip():
            self.wrong(node, what, "a text")
            return None
        return node

    def text(self, entry: Entry | None, what: str) -> str:
        """Return a value that must be a text on one line; empty where there is none."""
        node = self.scalar(entry, what)
        if node is None:
            return ""
        text = " ".join(node.text.split())
        if len(text) > _LONGEST:
            told = f"{what} has {len(text):,} characters, more than {_LONGEST:,}"
            cure = "say it in one line; what a reader needs besides goes in comments"
            self.tell("too-long", told, node.span, cure)
        return text

    def words(self, node: Node | None, what: str) -> tuple[Scalar, ...]:
        """Return the words of a node: one, or a list of them."""
        if node is None:
            return ()
        if isinstance(node, Scalar) and (node.text or node.quoted):
            return (node,)
        if not isinstance(node, Listed):
            self.wrong(node, what, "a list of words")
            return ()
        found = []
        for item in node.items:
            if isinstance(item, Scalar) and item.text:
                found.append(item)
            else:
                self.wrong(item, f"an entry of {what}", "a word")
        return tuple(found)

    def flag(self, entry: Entry | None, what: str) -> bool:
        """Return a value that must be yes or no; no where there is none."""
        node = self.scalar(entry, what)
        if node is None:
            return False
        if node.text not in YES_NO:
            told = f"`{node.text}` is neither yes nor no"
            self.tell("bad-value", told, node.span, "write `yes` or `no`")
            return False
        return YES_NO[node.text]

    def id(self, node: Node, what: str) -> Scalar | None:
        """Return a node that must be an id."""
        if not isinstance(node, Scalar) or not ID.fullmatch(node.text):
            if isinstance(node, Scalar) and node.text:
                cure = "use lower-case letters, digits, `-` and `_`"
                self.tell("bad-id", f"`{node.text}` cannot be {what}", node.span, cure)
            else:
                self.wrong(node, what, "a word")
            return None
        return node

    def instant(self, entry: Entry | None, what: str) -> Scalar | None:
        """Return a value that must be an instant."""
        node = self.scalar(entry, what)
        if node is not None and not is_instant(node.text):
            self.tell("bad-instant", f"`{node.text}` is not an instant", node.span, CURE)
            return None
        return node


_SHAPES: Final = {Mapping: "a mapping", Listed: "a list", Scalar: "a text"}


def is_none(node: Node) -> bool:
    """Return whether a node says that nothing is there: ``none``, or a plain ``null`` or ``~``."""
    return isinstance(node, Scalar) and (node.text == "none" or _is_null(node))


def _is_null(node: Scalar) -> bool:
    return bool(node.text) and to_data(node) is None
