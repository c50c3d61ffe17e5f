"""From the parser's events to nodes, without recursion and within bounds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import cast

import attrs
import yaml

from complaint_rules.document.faults import BAD_ESCAPE, Fault
from complaint_rules.document.frames import ListFrame, MapFrame, Piece, Stretch
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

    def run(self, text: str, loader: type[yaml.SafeLoader]) -> None:
        """Parse `text`, which is the source's text or a mended copy of equal length."""
        events: Iterable[yaml.Event] = yaml.parse(text, Loader=loader)
        try:
            for event in events:
                if not self._take(event):
                    return
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            self.fault = Fault.of(error)

    def _take(self, event: yaml.Event) -> bool:
        """Take one event; return False to read no further."""
        if isinstance(event, yaml.NodeEvent):
            return self._take_node(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self._place(self._frames.pop().closed(self._stretch(event), self.problems))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self.problems.append(
                    Problem(
                        "several-documents",
                        "a second document begins in the file",
                        self._stretch(event).span,
                        "second document",
                        "put it in a file of its own, and remove the `---`",
                    )
                )
                return False
        return True

    def _take_node(self, event: yaml.NodeEvent) -> bool:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            return self._stop(
                event,
                "too-many-nodes",
                f"the file has more than {MOST_NODES:,} keys and values",
                "split it into files that one includes",
            )
        self._refuse_references(event)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._open(event)
        if isinstance(event, yaml.ScalarEvent):
            self._place(self._scalar(event))
        else:
            self.unsound = True
            at = self._stretch(event)
            self._place(Piece(Scalar("", at.span, quoted=True), at.start, at.end))
        return True

    def _open(self, event: yaml.CollectionStartEvent) -> bool:
        if len(self._frames) == DEEPEST:
            return self._stop(
                event,
                "too-deep",
                f"more than {DEEPEST} lists and mappings stand one inside another",
                "nest less deeply",
            )
        mapping = isinstance(event, yaml.MappingStartEvent)
        frame = MapFrame if mapping else ListFrame
        self._frames.append(frame(self.source, self._stretch(event), bool(event.flow_style)))
        return True

    def _stop(self, event: yaml.Event, code: str, message: str, cure: str) -> bool:
        self.unsound = True
        self.problems.append(
            Problem(code, message, self._stretch(event).span, "too much here", cure)
        )
        return False

    def _place(self, piece: Piece) -> None:
        if self._frames:
            self._frames[-1].take(piece, self.problems)
        else:
            self.root = piece.node
        if piece.flow and isinstance(piece.node, Sequence) and len(piece.node.items) == 1:
            alone = piece.node.items[0]
            if isinstance(alone, Scalar) and not alone.quoted:
                self.suspect = self.suspect or looks_like_interval(alone.text)

    def _scalar(self, event: yaml.ScalarEvent) -> Piece:
        at = self._stretch(event)
        written, span = self.source.text[at.start : at.end], at.span
        slip = self.slips.get(at.start)
        if slip is not None and slip.end == at.end:
            self.met.append(slip)
            return Piece(Scalar(slip.text, span, quoted=True), at.start, at.end)
        if event.style in ("|", ">"):
            self.suspect = self.suspect or (
                not event.value and any(c.isdecimal() for c in written.splitlines()[0])
            )
            span = self._block_span(span, written)
        if event.style == '"' and "\\" in written and has_forbidden(event.value):
            self.unsound = True
            self.problems.append(BAD_ESCAPE.problem(span))
        text = event.value
        if not event.style and span.line == span.end_line:
            # The very characters, even where a tab had to become a blank to be read.
            text = written[len(written) - len(text) :]
            if span.end_column - len(text) != span.column:  # a tag or an anchor stands before it
                span = attrs.evolve(span, column=span.end_column - len(text))
            self._refuse_dash(text, span)
        return Piece(Scalar(text, span, quoted=bool(event.style)), at.start, at.end)

    def _refuse_dash(self, text: str, span: Span) -> None:
        """Refuse the test for anything between the marks of a list, where YAML lets it pass."""
        if text == "-":
            told, cure = "`-` stands without quotes", 'put the test in quotes: `"-"`'
            label = "YAML 1.2 keeps this sign for lists"
            self.problems.append(Problem("unquoted-test", told, span, label, cure))

    def _block_span(self, span: Span, written: str) -> Span:
        """Cut the blank lines and the next line's indentation off the span of a block of text."""
        lines = written.rstrip().splitlines()
        last = span.line + len(lines) - 1
        column = len(lines[-1]) + (span.column if len(lines) == 1 else 1)
        return attrs.evolve(span, end_line=last, end_column=column)

    def _refuse_references(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.suspect = self.suspect or tag.startswith("!=")
            self.problems.append(
                Problem(
                    "yaml-tag",
                    "a tag tells YAML to read a value in its own way",
                    self._stretch(event).span,
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
                    self._stretch(event).span,
                    "alias" if alias else "anchor",
                    "write the value out wherever it is needed",
                )
            )

    def _stretch(self, event: yaml.Event) -> Stretch:
        # Every event of either parser has both its marks.
        start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)
        first = (start.line + 1, start.column + 1)
        last = (end.line + 1, end.column + 1)
        # Past a last line that has no end the two parsers count differently.
        size = len(self.source.text)
        if end.index >= size:
            last = self._end
            first = last if start.index >= size else first
        return Stretch(start.index, end.index, Span(self.source.name, *first, *last))

    @cached_property
    def _end(self) -> tuple[int, int]:
        return position(self.source.text, len(self.source.text))
