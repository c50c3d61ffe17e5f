"""Collections while they are being read."""

from __future__ import annotations

import attrs

from complaint_rules.document.nodes import Entry, Mapping, Node, Scalar, Sequence
from complaint_rules.problem import Problem
from complaint_rules.source import Source


@attrs.define(eq=False)
class ListFrame:
    """
    A list whose end has not come yet.

    Attributes:
        source: The text.
        start: Offset of its first character, from 0.
        flow: True for a list in brackets.
        items: What has come of it.
        end: Offset past the last item.
    """

    source: Source
    start: int
    flow: bool
    items: list[Node] = attrs.field(factory=list)
    end: int | None = None

    def take(self, node: Node, start: int, end: int, problems: list[Problem]) -> None:  # noqa: ARG002 - as MapFrame
        """Take the next item."""
        self.items.append(node)
        self.end = end

    def closed(self, end: int, problems: list[Problem]) -> Sequence:  # noqa: ARG002
        """Return the list, which goes to `end`, now that its end has come."""
        return Sequence(tuple(self.items), (self.source, self.start, end))


@attrs.define(eq=False)
class MapFrame:
    """
    A mapping whose end has not come yet.

    Attributes:
        source: The text.
        start: Offset of its first character, from 0.
        flow: True for a mapping in braces.
        entries: What has come of it.
        end: Offset past the last key or value.
    """

    source: Source
    start: int
    flow: bool
    entries: dict[str, Entry] = attrs.field(factory=dict)
    end: int | None = None
    _key: Node | None = None
    _key_end: int = 0
    _previous: Entry | None = None
    _bare: list[Scalar] = attrs.field(factory=list)

    def take(self, node: Node, start: int, end: int, problems: list[Problem]) -> None:
        """Take the next key, or the value of the last one; it goes from `start` to `end`."""
        self.end = end
        key = self._key
        if key is None:
            self._key, self._key_end = node, end
            return
        self._key = None
        if not isinstance(key, Scalar) or (not key.text and not key.quoted):
            problems.append(_complex_key(key))
        elif key.text == "<<" and not key.quoted:
            problems.append(_merge_key(key))
        elif self.flow and start == end and self._is_bare(start):
            self._bare.append(key)
        else:
            if self._bare:
                self._flush(problems)
            self._enter(Entry(key, node), problems)

    def closed(self, end: int, problems: list[Problem]) -> Mapping:
        """Return the mapping, which goes to `end`, now that its end has come."""
        if self._bare:
            self._flush(problems)
        return Mapping(self.entries, (self.source, self.start, end))

    def _is_bare(self, value: int) -> bool:
        """Return whether a key in braces has not even a colon before its value."""
        return ":" not in self.source.text[self._key_end : value]

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
