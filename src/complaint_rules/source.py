"""Where a piece of ruleset text stands: a file's text and a stretch of it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

import attrs


@attrs.frozen(order=True)
class Span:
    """
    A stretch of one file.

    Lines and columns count from 1; columns count characters (code points), not bytes.
    The end is exclusive: a one-character span has ``end_column == column + 1``.

    Attributes:
        file: The file's name relative to the ruleset's folder, with forward slashes.
        line: First line.
        column: First column.
        end_line: Line of the end.
        end_column: Column just past the end.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def part(self, start: int, end: int) -> Span:
        """
        Return the stretch from character `start` to `end` (exclusive) of a one-line span.

        Offsets count from 0 at this span's first character; a span of several lines is
        returned whole, because offsets in folded text do not map to columns.
        """
        if self.line != self.end_line or not 0 <= start <= end <= self.end_column - self.column:
            return self
        begin = self.column
        return Span(self.file, self.line, begin + start, self.line, begin + max(end, start + 1))


@attrs.frozen(eq=False)
class Source:
    """
    One text a ruleset is made of.

    Attributes:
        name: The file's name relative to the ruleset's folder, with forward slashes.
        text: The decoded text.
    """

    name: str
    text: str = attrs.field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """Return the stretch from character `start` to `end` (exclusive); offsets from 0."""
        first, last = bisect_right(self._begins, start), bisect_right(self._begins, end)
        column, end_column = start - self._begins[first - 1], end - self._begins[last - 1]
        return Span(self.name, first, column + 1, last, end_column + 1)

    @cached_property
    def _begins(self) -> list[int]:
        """Offsets at which the lines begin."""
        *lines, _ = f"{self.text}x".splitlines(keepends=True)
        return list(accumulate(map(len, lines), initial=0))

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return self.text.splitlines()

    def line(self, number: int) -> str:
        """Return line `number` (from 1), or an empty string past the last line."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""
