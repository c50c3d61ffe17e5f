"""Which rulesets a ruleset builds on, and in what order they apply (semantics 23)."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from complaint_rules.composition.files import Files
from complaint_rules.composition.folder import Root
from complaint_rules.composition.layer import read_layer
from complaint_rules.composition.pieces import Layer, words
from complaint_rules.composition.shelf import packaged, packaged_names
from complaint_rules.document import Mapping, Scalar
from complaint_rules.spelling import help_for

MOST_RULESETS = 50


@attrs.define(eq=False)
class _Line:
    """The walk from a ruleset to its parents, and theirs."""

    files: Files
    layers: dict[str, Layer | None] = attrs.field(factory=dict)
    parents: dict[str, list[str]] = attrs.field(factory=dict)
    done: dict[str, tuple[Layer, frozenset[str]]] = attrs.field(factory=dict)
    """The finished rulesets by identity, in order, with the ids of their ancestors."""

    def walk(self, top: Layer) -> None:
        """Visit every ruleset once, parents before children and left before right."""
        self.layers[top.root.identity] = top
        path = [top]
        waiting = [self.asked_by(top)]
        while path:
            if not waiting[-1]:
                self.finish(path.pop())
                waiting.pop()
                continue
            layer = self.parent(waiting[-1].pop(0), path)
            if layer is not None:
                path.append(layer)
                waiting.append(self.asked_by(layer))

    def asked_by(self, layer: Layer) -> list[Scalar]:
        """Return the words of a ruleset's ``extends``."""
        entry = layer.header.get("extends")
        if entry is None or isinstance(entry.value, Mapping):
            return []
        return words(entry.value)

    def parent(self, word: Scalar, path: list[Layer]) -> Layer | None:
        """Return a parent that is to be walked into; None where it is done, or cannot be."""
        root = find_parent(path[-1].root, word.text)
        if root is None:
            known = packaged_names()
            self.files.whole = False
            self.files.tell(
                "unknown-parent",
                f"there is no ruleset `{' '.join(word.text.split())[:80]}` to extend",
                word.span,
                "not found",
                help_for(word.text, known, "rulesets"),
            )
            return None
        identities = [layer.root.identity for layer in path]
        if root.identity in identities:
            self.cycle(word, path[identities.index(root.identity) :])
            return None
        if root.identity not in self.layers and len(self.layers) >= MOST_RULESETS:
            self.files.whole = False
            message = f"the ruleset is too large: it builds on more than {MOST_RULESETS} others"
            self.files.tell("ruleset-too-large", message, word.span, "", "extend fewer")
            return None
        self.parents.setdefault(identities[-1], []).append(root.identity)
        if root.identity in self.layers:
            return None
        self.layers[root.identity] = layer = read_layer(root, self.files, word.span)
        return layer

    def cycle(self, word: Scalar, ring: list[Layer]) -> None:
        """Tell that a ruleset builds on itself."""
        names = [layer.id for layer in ring]
        self.files.whole = False
        self.files.tell(
            "extends-cycle",
            f"`{word.text}` builds on itself: {' → '.join((*names, names[0]))}",
            word.span,
            "closes the circle",
            "remove it here",
        )

    def finish(self, layer: Layer) -> None:
        """Note a ruleset as applied after all its parents."""
        identity = layer.root.identity
        ancestors: set[str] = set()
        for parent in self.parents.get(identity, ()):
            if parent in self.done:
                ancestors |= {self.done[parent][0].id, *self.done[parent][1]}
        self.done[identity] = (layer, frozenset(ancestors))


def lineage(top: Layer, files: Files) -> Iterator[tuple[Layer, frozenset[str]]]:
    """
    Yield `top` and all it builds on, parents first, each once, with its ancestors' ids.

    Args:
        top: The ruleset that is composed.
        files: Collects texts and faults.
    """
    line = _Line(files)
    line.walk(top)
    yield from line.done.values()


def find_parent(child: Root, name: str) -> Root | None:
    """
    Return the ruleset that `name` stands for in an ``extends``: a packaged one, or a neighbour.

    Args:
        child: Where the extending ruleset begins; neighbours stand in the same directory.
        name: The word under ``extends``.
    """
    root = packaged(name) or child.beside(name)
    return attrs.evolve(root, prefix=f"{name}/") if root else None
