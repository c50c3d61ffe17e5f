"""Which files a file includes: names, patterns, circles, files outside."""

from __future__ import annotations

import attrs

from complaint_rules.composition.files import Files
from complaint_rules.composition.folder import OUTSIDE
from complaint_rules.composition.names import is_csv, is_pattern, is_yaml, matching, normal
from complaint_rules.composition.pieces import Layer, words
from complaint_rules.document import Node, Scalar
from complaint_rules.source import Span


@attrs.frozen
class Asked:
    """
    A file that is to be read.

    Attributes:
        name: Its name.
        span: Where it is included.
        chain: The files that led to it, the first one first.
    """

    name: str
    span: Span
    chain: tuple[str, ...]


@attrs.define(eq=False)
class Includes:
    """What one layer includes, each file once."""

    layer: Layer
    files: Files
    included: dict[str, Span] = attrs.field(factory=dict)

    def asked_by(self, node: Node, chain: tuple[str, ...]) -> list[Asked]:
        """Return the YAML files that an ``include`` names, in its order."""
        return [
            Asked(name, word.span, chain)
            for word in words(node)
            for name in self.named(word, chain)
            if self.usable(name, word, chain)
        ]

    def named(self, word: Scalar, chain: tuple[str, ...]) -> list[str]:
        """Return the files that one word of an ``include`` names."""
        name = normal(word.text)
        if name is None:
            message = f"`{_shown(word)}` {OUTSIDE.message}"
            self.files.whole = False
            self.files.tell(OUTSIDE.code, message, word.span, "not inside", OUTSIDE.help)
            return []
        if not is_pattern(name):
            return [name]
        names = self.files.names(self.layer.root, word.span)
        if names is None:
            return []
        found = matching(name, names)
        found = [other for other in found if other != chain[-1]]
        if not found:
            self.files.whole = False
            message = f"no file fits `{_shown(word)}`"
            cure = "`*` stays within one part of a name; names are relative to the ruleset's folder"
            self.files.tell("empty-include", message, word.span, "fits nothing", cure)
        return found

    def usable(self, name: str, word: Scalar, chain: tuple[str, ...]) -> bool:
        """Return whether a file is to be read as YAML, and tell why if it cannot be."""
        if name in chain:
            ring = " → ".join((*chain[chain.index(name) :], name))
            self.files.tell(
                "include-cycle",
                f"`{name}` is included by what it includes: {ring}",
                word.span,
                "closes the circle",
                "remove this include",
            )
            return False
        if name in self.included:
            self.files.tell(
                "included-twice",
                f"`{name}` is included twice",
                word.span,
                f"first at {self.included[name]}",
                "remove one of the two",
            )
            return False
        self.included[name] = word.span
        if is_csv(name):
            self.layer.tables[name] = word.span
            return False
        if not is_yaml(name):
            message = f"`{name}` is neither YAML nor CSV"
            cure = "name files that end in `.yaml` or `.csv`"
            self.files.tell("include-kind", message, word.span, "unknown ending", cure)
            return False
        return True


def _shown(word: Scalar) -> str:
    return " ".join(word.text.split())[:80].replace("`", "'")
