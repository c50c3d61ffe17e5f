"""From the parser's events to nodes, without recursion and within bounds."""

from __future__ import annotations

from collections.abc import Callable
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
from complaint_rules.document.texts import has_forbidden
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
    _size: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._size = len(self.source.text)

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
            start, end = self._ends(event)
            self._place(Scalar("", (self.source, start, end), quoted=True), start, end)
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
        start, _ = self._ends(event)
        self._frames.append(frame(self.source, start, bool(event.flow_style)))
        return True

    def _close(self, event: CollectionEndEvent) -> None:
        frame = self._frames.pop()
        _, end = self._ends(event)
        if frame.end is not None and not frame.flow:
            end = frame.end  # blank lines and comments may follow
        node = frame.closed(end, self.problems)
        if frame.flow and isinstance(node, Sequence) and len(node.items) == 1:
            self._suspect(node.items[0])
        self._place(node, frame.start, end)

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
        start, end = self._ends(event)
        written = self.source.text[start:end]
        slip = self.slips.get(start) if self.slips else None
        if slip is not None and slip.end == end:
            self.met.append(slip)
            node = Scalar(slip.text, (self.source, start, end), quoted=True)
        elif event.style:
            self._look_at_styled(event, written)
            if event.style in ("|", ">"):
                end = start + len(written.rstrip())  # without blank lines, and what comes next
            node = Scalar(event.value, (self.source, start, end), quoted=True)
        elif written == event.value != "-":  # so are most
            node = Scalar(written, (self.source, start, end))
        else:
            node = self._plain(event.value, written, end)
        self._place(node, start, end)

    def _look_at_styled(self, event: ScalarEvent, written: str) -> None:
        """Look at a text in quotes, or a block of text."""
        if event.style in ("|", ">"):
            self.suspect = self.suspect or (
                not event.value and any(c.isdecimal() for c in written.splitlines()[0])
            )
        elif event.style == '"' and "\\" in written and has_forbidden(event.value):
            self.unsound = True
            self.problems.append(BAD_ESCAPE.problem(self._span(event)))

    def _plain(self, text: str, written: str, end: int) -> Scalar:
        """Return a text without quotes that ends at `end`."""
        start = end - len(written)
        if text != written and len(written.splitlines()) == 1:
            # The very characters, even where a tab had to become a blank to be read; and
            # without a tag or an anchor that stands before them.
            start = end - len(text)
            text = self.source.text[start:end]
        node = Scalar(text, (self.source, start, end))
        if text == "-":
            self._refuse_dash(node.span)
        return node

    def _refuse_dash(self, span: Span) -> None:
        """Refuse the test for anything between the marks of a list, where YAML lets it pass."""
        told, cure = "`-` stands without quotes", 'put the test in quotes: `"-"`'
        label = "YAML 1.2 keeps this sign for lists"
        self.problems.append(Problem("unquoted-test", told, span, label, cure))

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
        return self.source.span(*self._ends(event))

    def _ends(self, event: Any) -> tuple[int, int]:
        """Return the offsets of an event's first character and past its last."""
        # Every event of either parser has both its marks. Past a last line that has no end the
        # two parsers count differently.
        start, end = event.start_mark.index, event.end_mark.index
        return (start, end) if end < self._size else (min(start, self._size), self._size)
