"""Rulesets that build on others: left to right, each once (semantics 23)."""

from __future__ import annotations

import attrs

from complaint_rules.composition.files import Files
from complaint_rules.composition.pieces import Layer, Piece, is_law, words
from complaint_rules.document import Entry, Mapping, Scalar
from complaint_rules.source import Span
from complaint_rules.spelling import help_for

_NEW_FIRST = ("sequences", "stages")
"""Lists of which the first fitting item counts: an extending ruleset's items come first."""


@attrs.define(eq=False)
class Heap:
    """
    The items of all rulesets applied so far.

    Attributes:
        files: Collects faults.
        pieces: The items by section and id, in order; listed items without an id under a number.
        dropped: Ids taken out, by section and id, with the ruleset that did.
    """

    files: Files
    pieces: dict[str, dict[str | int, Piece]] = attrs.field(factory=dict)
    dropped: dict[tuple[str, str], str] = attrs.field(factory=dict)

    def apply(self, layer: Layer, ancestors: frozenset[str]) -> None:
        """Add a ruleset's items, amend and drop inherited ones."""
        _Applying(self, layer, ancestors).run()


@attrs.define(eq=False)
class _Applying:
    """One ruleset laid over its parents."""

    heap: Heap
    layer: Layer
    ancestors: frozenset[str]

    def run(self) -> None:
        """Drop first, then add and amend; new entries of ordered lists come first."""
        self.drop()
        for section, pieces in self.layer.pieces.items():
            inherited = self.heap.pieces.setdefault(section, {})
            new: dict[str | int, Piece] = {}
            for piece in pieces:
                self.place(piece, inherited, new)
            first, second = (new, inherited) if section in _NEW_FIRST else (inherited, new)
            self.heap.pieces[section] = {**first, **second}

    def place(
        self, piece: Piece, inherited: dict[str | int, Piece], new: dict[str | int, Piece]
    ) -> None:
        """Put one item where it belongs: among the new ones, or over the one it changes."""
        amends = amended_ruleset(piece)
        before = inherited.get(piece.id) if piece.id is not None else None
        if piece.id is None:
            new[len(inherited) + len(new)] = piece
        elif amends is not None:
            after = self.amended(piece, before, amends)
            if after is not None:
                inherited[piece.id] = after
        elif before is None:
            new[piece.id] = piece
        elif self.may_redeclare(piece, before):
            inherited[piece.id] = attrs.evolve(
                piece, changers=(*before.changers, before.owner, self.layer.id)
            )

    def may_redeclare(self, piece: Piece, before: Piece) -> bool:
        """Return whether an item may stand in place of an inherited one; tell if it may not."""
        if not self.from_ancestors(before):
            self.two_parents(piece.span, piece, before)
            return False
        if is_law(before.node):
            self.law_fixed(piece.span, before)
            return False
        if piece.section == "settings":
            return True
        self.tell(
            "id-taken",
            f"`{piece.id}` is inherited from `{before.owner}`",
            piece.span,
            f"declared at {before.span}",
            f"write `amends: {before.owner}` in it to change the inherited one, or rename it",
        )
        return False

    def amended(self, piece: Piece, before: Piece | None, amends: Scalar) -> Piece | None:
        """Return the inherited item with what `piece` says otherwise; None if it may not."""
        if before is None:
            self.nothing_to_amend(piece, amends)
            return None
        if not self.from_ancestors(before):
            self.two_parents(piece.span, piece, before)
            return None
        if amends.text not in (before.owner, *before.changers):
            self.tell(
                "wrong-parent",
                f"`{piece.id}` is not declared by `{amends.text}`",
                amends.span,
                "not its ruleset",
                f"write `amends: {before.owner}`",
            )
            return None
        if is_law(before.node):
            self.law_fixed(amends.span, before)
            return None
        changers = (*before.changers, self.layer.id)
        return attrs.evolve(before, node=_merged(before, piece), key=piece.key, changers=changers)

    def nothing_to_amend(self, piece: Piece, amends: Scalar) -> None:
        """Tell that the item to amend is not there."""
        by = self.heap.dropped.get((piece.section, piece.id or ""))
        if by is not None and by not in self.ancestors:
            self.two_parents(piece.span, piece, None, by)
            return
        known = [str(key) for key in self.heap.pieces.get(piece.section, {})]
        self.heap.files.lost.add(piece.id or "")
        self.tell(
            "nothing-to-amend",
            f"`{piece.id}` is inherited from no ruleset",
            amends.span,
            "nothing to amend",
            help_for(piece.id or "", sorted(known), piece.section.replace("_", " "))
            if known
            else "remove `amends`, or name the ruleset under `extends`",
        )

    def drop(self) -> None:
        """Take out what the ruleset's ``drop`` names."""
        entry = self.layer.header.get("drop")
        if entry is None or not isinstance(entry.value, Mapping):
            return
        for section, listed in entry.value.entries.items():
            for word in words(listed.value):
                self.drop_one(section, word)

    def drop_one(self, section: str, word: Scalar) -> None:
        """Take out one item."""
        known = self.heap.pieces.get(section, {})
        piece = known.get(word.text)
        if piece is None:
            self.tell(
                "nothing-to-drop",
                f"`{word.text}` is not inherited, so it cannot be dropped",
                word.span,
                "not inherited",
                help_for(word.text, sorted(str(key) for key in known), section.replace("_", " ")),
            )
        elif is_law(piece.node):
            self.law_fixed(word.span, piece)
        elif not self.from_ancestors(piece):
            self.two_parents(word.span, piece, piece)
        else:
            del known[word.text]
            self.heap.dropped[section, word.text] = self.layer.id

    def from_ancestors(self, before: Piece) -> bool:
        """Return whether an item was declared and changed by rulesets this one extends."""
        return self.ancestors.issuperset((before.owner, *before.changers))

    def two_parents(self, span: Span, piece: Piece, before: Piece | None, by: str = "") -> None:
        """Tell that two rulesets that do not know each other say what an item is."""
        known = (before.owner, *before.changers) if before else ()
        other = by or next(who for who in known if who not in self.ancestors)
        self.tell(
            "id-from-two-parents",
            f"`{piece.id}` comes from `{self.layer.id}` and from `{other}`",
            span,
            f"also at {before.span}" if before else f"dropped by `{other}`",
            "rename one of the two, or extend only one of these rulesets",
        )

    def law_fixed(self, span: Span, before: Piece) -> None:
        """Tell that law is not changed by an extending ruleset."""
        self.tell(
            "law-fixed",
            f"`{before.id}` is law in `{before.owner}`: no ruleset changes or drops it",
            span,
            f"law at {before.span}",
            "add an item of your own beside it; the strictest deadline and what is owed stay",
        )

    def tell(self, code: str, message: str, span: Span, label: str, cure: str) -> None:
        """Add a problem."""
        self.heap.files.tell(code, message, span, label, cure)


def amended_ruleset(piece: Piece) -> Scalar | None:
    """Return the id of the ruleset that an item says it amends."""
    if not isinstance(piece.node, Mapping):
        return None
    entry = piece.node.entries.get("amends")
    named = entry.value if entry else None
    return named if isinstance(named, Scalar) and named.text else None


def _merged(before: Piece, piece: Piece) -> Mapping:
    """Return the inherited item in which every key that `piece` gives has its value."""
    inherited = before.node.entries if isinstance(before.node, Mapping) else {}
    given = piece.node.entries if isinstance(piece.node, Mapping) else {}
    entries: dict[str, Entry] = {**inherited, **given}
    entries.pop("amends", None)
    return Mapping(entries, piece.node.span)
