"""Collections while they are being read."""

from __future__ import annotations

import attrs

from complaint_rules.document.nodes import Entry, Mapping, Node, Scalar, Sequence
from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span


@attrs.frozen
class Stretch:
    """
    What an event of the parser covers.

    Attributes:
        start: Offset of its first character in the text, from 0.
        end: Offset past its last character.
        span: The same as lines and columns.
    """

    start: int
    end: int
    span: Span


@attrs.frozen
class Piece:
    """
    A node with its offsets in the text.

    Attributes:
        node: The node.
        start: Offset of its first character, from 0.
        end: Offset past its last character.
        flow: True for a collection in brackets.
    """

    node: Node
    start: int
    end: int
    flow: bool = False


@attrs.define(eq=False)
class ListFrame:
    """A list whose end has not come yet."""

    source: Source
    opened: Stretch
    flow: bool
    items: list[Node] = attrs.field(factory=list)

    def take(self, piece: Piece, problems: list[Problem]) -> None:  # noqa: ARG002 - as MapFrame
        """Take the next item."""
        self.items.append(piece.node)

    def closed(self, closing: Stretch, problems: list[Problem]) -> Piece:  # noqa: ARG002
        """Return the list, now that its end has come."""
        last = self.items[-1].span if self.items else None
        span = _around(self.opened, closing, None if self.flow else last)
        node = Sequence(tuple(self.items), span)
        return Piece(node, self.opened.start, closing.end, self.flow)


@attrs.define(eq=False)
class MapFrame:
    """A mapping whose end has not come yet."""

    source: Source
    opened: Stretch
    flow: bool
    entries: dict[str, Entry] = attrs.field(factory=dict)
    last: Span | None = None
    _key: Piece | None = None
    _previous: Entry | None = None
    _bare: list[Scalar] = attrs.field(factory=list)

    def take(self, piece: Piece, problems: list[Problem]) -> None:
        """Take the next key, or the value of the last one."""
        self.last = piece.node.span
        if self._key is None:
            self._key = piece
            return
        key, self._key = self._key, None
        if not isinstance(key.node, Scalar) or (not key.node.text and not key.node.quoted):
            problems.append(_complex_key(key.node))
        elif key.node.text == "<<" and not key.node.quoted:
            problems.append(_merge_key(key.node))
        elif self.flow and piece.start == piece.end and self._is_bare(key, piece):
            self._bare.append(key.node)
        else:
            self._flush(problems)
            self._enter(Entry(key.node, piece.node), problems)

    def closed(self, closing: Stretch, problems: list[Problem]) -> Piece:
        """Return the mapping, now that its end has come."""
        self._flush(problems)
        span = _around(self.opened, closing, None if self.flow else self.last)
        return Piece(Mapping(self.entries, span), self.opened.start, closing.end, self.flow)

    def _is_bare(self, key: Piece, value: Piece) -> bool:
        """Return whether a key in braces has not even a colon."""
        return ":" not in self.source.text[key.end : value.start]

    def _enter(self, entry: Entry, problems: list[Problem]) -> None:
        self._previous = entry
        first = self.entries.get(entry.key.text)
        if first is None:
            self.entries[entry.key.text] = entry
            return
        problems.append(
            Problem(
                "duplicate-key",
                f"key `{entry.key.text}` stands twice",
                entry.key.span,
                f"first on line {first.key.span.line}",
                "keep one of them; two tests on one fact go under `all`",
            )
        )

    def _flush(self, problems: list[Problem]) -> None:
        """Tell the words without colon met so far, and add them to the value before them."""
        if not self._bare:
            return
        first, last = self._bare[0].span, self._bare[-1].span
        words: list[Node] = [*self._bare]
        self._bare = []
        written = ""
        if self._previous is not None:
            words.insert(0, self._previous.value)
            written = f"{self._previous.key.text}: "
        shown = ", ".join(w.text if isinstance(w, Scalar) else "…" for w in words)
        prose = any(isinstance(w, Scalar) and " " in w.text for w in words)
        mended = f'quotes: `{written}"{shown}"`' if prose else f"brackets: `{written}[{shown}]`"
        problems.append(
            Problem(
                "missing-brackets",
                "a word in braces has no `key:` before it",
                attrs.evolve(first, end_line=last.end_line, end_column=last.end_column),
                "no key",
                f"put a text that holds a comma in {mended}"
                if prose
                else f"write a list in square {mended}",
            )
        )
        if self._previous is None:
            return
        begun = words[0].span
        span = attrs.evolve(begun, end_line=last.end_line, end_column=last.end_column)
        entry = attrs.evolve(self._previous, value=Sequence(tuple(words), span))
        self.entries[entry.key.text] = entry


def _around(opened: Stretch, closing: Stretch, last: Span | None) -> Span:
    """Return the span of a collection: to its closing bracket, or to the end of `last`."""
    begin, end = opened.span, last or closing.span
    return Span(begin.file, begin.line, begin.column, end.end_line, end.end_column)


def _complex_key(key: Node) -> Problem:
    if isinstance(key, Scalar):
        return Problem(
            "complex-key", "a colon has no key before it", key.span, "no key", "write the key"
        )
    kind = "list" if isinstance(key, Sequence) else "mapping"
    return Problem(
        "complex-key",
        f"a {kind} stands where a key is wanted",
        key.span,
        "not a word",
        "use a word as the key; a text in brackets goes in quotes",
    )


def _merge_key(key: Scalar) -> Problem:
    return Problem(
        "yaml-alias",
        "merge key `<<` is used, and a ruleset has no references",
        key.span,
        "merge key",
        "write the keys out wherever they are needed",
    )
