"""The shapes a text is read into: every key, value and cell knows its span."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

from complaint_rules.source import Span

if TYPE_CHECKING:
    from complaint_rules.source import Source

Where: TypeAlias = "Span | tuple[Source, int, int]"
"""A span; or a text and two offsets, of which the span is made when somebody asks for it."""


class _Placed:
    """What stands somewhere. Most nodes are never asked where."""

    __slots__ = ()
    _where: Where

    @property
    def span(self) -> Span:
        """Where it stands in the file, whole: quotes and brackets included."""
        where = self._where
        if isinstance(where, Span):
            return where
        source, start, end = where
        span = source.span(start, end)
        object.__setattr__(self, "_where", span)  # two threads would make equal spans
        return span


@attrs.frozen(eq=False)
class Scalar(_Placed):
    """
    One word or text.

    Attributes:
        text: The text as the file's rules of quoting and folding give it.
        span: What stands in the file, quotes included.
        quoted: True in any style of quotes or as a block of text: then it is always text and
            never a number, a yes or no, or nothing.
    """

    text: str
    _where: Where = attrs.field(alias="span")
    quoted: bool = False

    def inner(self, start: int, end: int) -> Span:
        """
        Return where characters `start` to `end` (exclusive) of `text` stand in the file.

        Offsets count from 0. A text that the file writes with escapes, folded or on several lines
        has no such place, so its whole span is returned; so it is for offsets outside the text.
        """
        span = self.span
        around = span.end_column - span.column - len(self.text)
        one_line = span.line == span.end_line
        inside = 0 <= start <= end <= len(self.text)
        if not (one_line and inside) or around not in (0, 2) or not self.text:
            return span
        # Quotes are the only two characters a one-line scalar can have beyond its text:
        # the shortest escape of all, a doubled single quote, makes it three.
        return span.part(start + around // 2, end + around // 2)


@attrs.frozen(eq=False)
class Entry:
    """
    A key and its value.

    Attributes:
        key: The key as written.
        value: What stands under it.
    """

    key: Scalar
    value: Node


@attrs.frozen(eq=False)
class Mapping(_Placed):
    """
    Keys and values.

    Attributes:
        entries: The entries by the text of their key, in the file's order.
        span: From the first key to the end of the last value.
    """

    entries: dict[str, Entry]
    _where: Where = attrs.field(alias="span")


@attrs.frozen(eq=False)
class Sequence(_Placed):
    """
    A list.

    Attributes:
        items: The items in the file's order.
        span: From the first item (its dash or the bracket) to the end of the last.
    """

    items: tuple[Node, ...]
    _where: Where = attrs.field(alias="span")


Node = Mapping | Sequence | Scalar


@attrs.frozen(eq=False)
class Table(_Placed):
    """
    A table read from CSV: every row has as many cells as the header.

    Attributes:
        header: The names of the columns.
        rows: The rows in the file's order.
        span: From the header to the end of the last row.
    """

    header: tuple[Scalar, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    _where: Where = attrs.field(alias="span")
