"""From the parser's events to nodes, without recursion and within bounds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import attrs
import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from complaint_rules.document.faults import BAD_ESCAPE, Fault
from complaint_rules.document.frames import ListFrame, MapFrame
from complaint_rules.document.nodes import Node, Scalar, Sequence
from complaint_rules.document.slips import Slip, looks_like_interval
from complaint_rules.document.texts import has_forbidden, position
from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span

DEEPEST = 64
"""Most collections that may stand one inside another."""

MOST_NODES = 200_000
"""Most keys, values and collections a file may have."""


@attrs.define(eq=False)
class Building:
    """
    One reading of one text.

    Attributes:
        source: The text as written, for its name and for what stands between tokens.
        slips: Stretches replaced by stand-ins before parsing, by their offset.
        root: The tree, once it is whole.
        problems: What was found on the way.
        met: The slips whose stand-in came back as a value.
        suspect: True if something valid was met that is likely an unquoted test.
        fault: Why the parser gave up, if it did.
        unsound: True if the tree is not what the author meant, so that it must not be used.
    """

    source: Source
    slips: dict[int, Slip]
    root: Node | None = None
    problems: list[Problem] = attrs.field(factory=list)
    met: list[Slip] = attrs.field(factory=list)
    suspect: bool = False
    fault: Fault | None = None
    unsound: bool = False
    _frames: list[ListFrame | MapFrame] = attrs.field(factory=list)
    _documents: int = 0
    _nodes: int = 0
    _name: str = attrs.field(init=False)
    _size: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._name, self._size = self.source.name, len(self.source.text)

    def run(self, text: str, loader: type[yaml.SafeLoader]) -> None:
        """Parse `text`, which is the source's text or a mended copy of equal length."""
        try:
            parser = loader(text)
            try:
                self._read(parser.get_event)
            finally:
                parser.dispose()
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            self.fault = Fault.of(error)

    def _read(self, following: Callable[[], yaml.Event | None]) -> None:
        """Take one event after the other, until there is none or no more is to be read."""
        event = following()
        while event and not isinstance(event, StreamEndEvent) and self._take(event):
            event = following()

    def _take(self, event: yaml.Event) -> bool:
        """Take one event; return False to read no further."""
        if isinstance(event, NodeEvent):
            return self._take_node(event)
        if isinstance(event, CollectionEndEvent):
            self._close(event)
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self.problems.append(
                    Problem(
                        "several-documents",
                        "a second document begins in the file",
                        self._span(event),
                        "second document",
                        "put it in a file of its own, and remove the `---`",
                    )
                )
                return False
        return True

    def _take_node(self, event: NodeEvent) -> bool:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            return self._stop(
                event,
                "too-many-nodes",
                f"the file has more than {MOST_NODES:,} keys and values",
                "split it into files that one includes",
            )
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            self._refuse_references(event)
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, CollectionStartEvent):
            return self._open(event)
        else:
            self.unsound = True
            start, end = _marks(event)
            self._place(Scalar("", self._span(event), quoted=True), start.index, end.index)
        return True

    def _open(self, event: CollectionStartEvent) -> bool:
        if len(self._frames) == DEEPEST:
            return self._stop(
                event,
                "too-deep",
                f"more than {DEEPEST} lists and mappings stand one inside another",
                "nest less deeply",
            )
        frame = MapFrame if isinstance(event, MappingStartEvent) else ListFrame
        start, _ = _marks(event)
        opened = frame(self.source, start.index, self._at(start), bool(event.flow_style))
        self._frames.append(opened)
        return True

    def _close(self, event: CollectionEndEvent) -> None:
        frame = self._frames.pop()
        _, end = _marks(event)
        node = frame.closed(self._at(end), self.problems)
        if frame.flow and isinstance(node, Sequence) and len(node.items) == 1:
            self._suspect(node.items[0])
        self._place(node, frame.start, end.index)

    def _stop(self, event: yaml.Event, code: str, message: str, cure: str) -> bool:
        self.unsound = True
        self.problems.append(Problem(code, message, self._span(event), "too much here", cure))
        return False

    def _place(self, node: Node, start: int, end: int) -> None:
        if self._frames:
            self._frames[-1].take(node, start, end, self.problems)
        else:
            self.root = node

    def _suspect(self, alone: Node) -> None:
        """Look at what stands alone in brackets: it may be an interval."""
        if isinstance(alone, Scalar) and not alone.quoted:
            self.suspect = self.suspect or looks_like_interval(alone.text)

    def _scalar(self, event: ScalarEvent) -> None:
        first, past = _marks(event)
        start, end = first.index, past.index
        span = self._span(event)
        written = self.source.text[start:end]
        slip = self.slips.get(start) if self.slips else None
        if slip is not None and slip.end == end:
            self.met.append(slip)
            node = Scalar(slip.text, span, quoted=True)
        elif event.style:
            node = self._styled(event, span, written)
        elif written == event.value != "-":  # so are most
            node = Scalar(written, span)
        else:
            node = self._plain(event.value, span, written)
        self._place(node, start, end)

    def _styled(self, event: ScalarEvent, span: Span, written: str) -> Scalar:
        """Return a text in quotes, or a block of text."""
        if event.style in ("|", ">"):
            self.suspect = self.suspect or (
                not event.value and any(c.isdecimal() for c in written.splitlines()[0])
            )
            span = self._block_span(span, written)
        elif event.style == '"' and "\\" in written and has_forbidden(event.value):
            self.unsound = True
            self.problems.append(BAD_ESCAPE.problem(span))
        return Scalar(event.value, span, quoted=True)

    def _plain(self, text: str, span: Span, written: str) -> Scalar:
        """Return a text without quotes."""
        if text != written and span.line == span.end_line:
            # The very characters, even where a tab had to become a blank to be read.
            text = written[len(written) - len(text) :]
            # A tag or an anchor may stand before it.
            span = attrs.evolve(span, column=span.end_column - len(text))
        if text == "-":
            self._refuse_dash(span)
        return Scalar(text, span)

    def _refuse_dash(self, span: Span) -> None:
        """Refuse the test for anything between the marks of a list, where YAML lets it pass."""
        told, cure = "`-` stands without quotes", 'put the test in quotes: `"-"`'
        label = "YAML 1.2 keeps this sign for lists"
        self.problems.append(Problem("unquoted-test", told, span, label, cure))

    def _block_span(self, span: Span, written: str) -> Span:
        """Cut the blank lines and the next line's indentation off the span of a block of text."""
        lines = written.rstrip().splitlines()
        last = span.line + len(lines) - 1
        column = len(lines[-1]) + (span.column if len(lines) == 1 else 1)
        return attrs.evolve(span, end_line=last, end_column=column)

    def _refuse_references(self, event: NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.suspect = self.suspect or tag.startswith("!=")
            self.problems.append(
                Problem(
                    "yaml-tag",
                    "a tag tells YAML to read a value in its own way",
                    self._span(event),
                    "tagged",
                    "remove the tag, or put a text that begins with `!` in quotes",
                )
            )
        if event.anchor is not None:
            alias = isinstance(event, yaml.AliasEvent)
            what = f"alias `*{event.anchor}`" if alias else f"anchor `&{event.anchor}`"
            self.problems.append(
                Problem(
                    "yaml-alias",
                    f"{what} is used, and a ruleset has no references",
                    self._span(event),
                    "alias" if alias else "anchor",
                    "write the value out wherever it is needed",
                )
            )

    def _span(self, event: yaml.Event) -> Span:
        start, end = _marks(event)
        if end.index >= self._size:
            return Span(self._name, *self._at(start), *self._at(end))
        return Span(self._name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _at(self, mark: yaml.Mark) -> tuple[int, int]:
        """Return line and column, from 1, of a mark."""
        # Past a last line that has no end the two parsers count differently.
        if mark.index >= self._size:
            return self._end
        return mark.line + 1, mark.column + 1

    @cached_property
    def _end(self) -> tuple[int, int]:
        return position(self.source.text, len(self.source.text))


def _marks(event: Any) -> tuple[yaml.Mark, yaml.Mark]:
    """Return where an event begins and ends: every event of either parser has both its marks."""
    return event.start_mark, event.end_mark
