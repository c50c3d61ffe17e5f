"""Foreseen slips: tests that an author left unquoted and that YAML takes for its own signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from complaint_rules.problem import Problem
from complaint_rules.source import Span

_BLANKS = " \t"
_MOST = 1000
_LONGEST_SHOWN = 100
_LONGEST_LINE = 2000
_INTERVAL = re.compile(r"""[\[\](]([^\[\](){}"',]{1,200})[\[\])]""")


@attrs.frozen
class Slip:
    """
    A stretch of one line that may be an unquoted test.

    Attributes:
        start: Offset of its first character in the whole text, from 0.
        end: Offset past its last character.
        text: The stretch as written.
        before: What stands before it on its line or in its brackets, without indentation.
        line: Line, from 1.
        column: Column, from 1.
    """

    start: int
    end: int
    text: str
    before: str
    line: int
    column: int

    def problem(self, file: str) -> Problem:
        """Return the problem that tells this slip and shows the line mended."""
        quoted = f'"{self.text}"'
        if '"' in self.text or "\\" in self.text:
            quoted = "'" + self.text.replace("'", "''") + "'"
        mended = self.before + quoted
        if len(mended) > _LONGEST_SHOWN:
            mended = quoted
        span = Span(file, self.line, self.column, self.line, self.column + len(self.text))
        return Problem(
            "unquoted-test",
            f"`{self.text}` stands without quotes",
            span,
            "YAML reads this as signs of its own",
            f"put the test in quotes: `{mended}`",
        )


def looks_like_interval(text: str) -> bool:
    """Return whether `text`, found alone in a list, is the inside of an interval (`1..5`)."""
    low, dots, high = text.partition("..")
    return bool(dots and low.strip() and high.strip()) and not (
        low.endswith("/") or high.startswith((".", "/"))
    )


def find_slips(text: str) -> tuple[Slip, ...]:
    """
    Return the stretches of `text` that look like unquoted tests, in order, at most 1,000.

    Lines of up to 2,000 characters are looked at one by one, so a stretch inside a longer text
    may be among them: only what the YAML reader then meets as a value of its own is a slip.
    """
    found: list[Slip] = []
    offset = 0
    lines = text.splitlines(keepends=True)
    for number, whole in enumerate(lines, 1):
        line = whole.rstrip("\r\n") if len(whole) <= _LONGEST_LINE else ""
        next_line = lines[number] if number < len(lines) else ""
        for first, start, end in _Line(line, next_line).slips():
            before = line[first:start].lstrip(" ")
            found.append(
                Slip(offset + start, offset + end, line[start:end], before, number, start + 1)
            )
        if len(found) >= _MOST:
            break
        offset += len(whole)
    return tuple(found[:_MOST])


class _Line:
    """One line, walked from left to right: `fresh` where a value may begin, led in by `item`."""

    def __init__(self, line: str, next_line: str) -> None:
        self.line = line
        self.next_line = next_line
        self.at = 0
        self.brackets = 0
        self.item = 0
        self.fresh = True

    def slips(self) -> Iterator[tuple[int, int, int]]:
        while self.at < len(self.line):
            character = self.line[self.at]
            if character in _BLANKS:
                self.at += 1
            elif character == "#" and self.line[: self.at][-1:] in ("", *_BLANKS):
                return
            elif self.fresh and (end := self._slip_end()):
                yield self.item, self.at, end
                self.at, self.fresh = end, False
            else:
                self._pass(character)

    def _pass(self, character: str) -> None:
        """Go past what is no slip: a text in quotes, a bracket, or one character."""
        after = self.line[self.at + 1 : self.at + 2]
        if self.fresh and character in "\"'":
            closing = self.line.find(character, self.at + 1)
            self.at = closing if closing >= 0 else len(self.line)
            self.fresh = False
        elif character in "[{":
            self.brackets += self.fresh
            self.item = self.at + 1 if self.fresh else self.item
        elif character in "]}":
            self.brackets -= self.brackets > 0
            self.fresh = False
        elif character == ",":
            self.fresh = self.brackets > 0
            self.item = self.at + 1 if self.fresh else self.item
        elif character in ":-?":
            pause = after in ("", *_BLANKS) or (character == ":" and self.brackets > 0)
            self.fresh = pause and (character == ":" or self.fresh)
        else:
            self.fresh = False
        self.at += 1

    def _slip_end(self) -> int:
        """Return where the slip that begins here ends, or 0 if none does."""
        rest = self.line[self.at :]
        interval = self._interval_end()
        if interval:
            return interval if self.brackets else self._end(interval)
        if rest[0] in "%@`":
            return self._end() if self.at else 0
        if rest.startswith("!="):
            return self._end()
        if rest[0] == ">":
            return 0 if self._is_block_header(rest) else self._end()
        if rest[0] == "-" and self.line[: self.at].strip(" -"):
            return self.at + 1 if self._ends(rest[1:]) else 0
        return 0

    def _ends(self, rest: str) -> bool:
        """Return whether a value is over before `rest` begins."""
        after = rest.lstrip(_BLANKS)
        if after.startswith("#"):
            return after != rest
        return not after or (self.brackets > 0 and after[0] in ",]}")

    def _is_block_header(self, rest: str) -> bool:
        """Return whether a `>` opens a folded text, as YAML means it."""
        header = rest[1:].partition(" #")[0].strip(_BLANKS)
        if header.strip("+-") == "":
            return len(header) <= 1
        if len(header.strip("+-")) > 1 or header.strip("+-") not in "123456789":
            return False
        indent = len(self.line) - len(self.line.lstrip(" "))
        return len(self.next_line) - len(self.next_line.lstrip(" ")) > indent

    def _interval_end(self) -> int:
        """Return where the interval that begins here ends, or 0 if none does."""
        match = _INTERVAL.match(self.line, self.at)
        if match is None or not looks_like_interval(match[1]):
            return 0
        if match[0][0] == "(" and (self.brackets == 0 or match[0][-1] == ")"):
            return 0  # a text to YAML, as it is meant
        return match.end()

    def _end(self, start: int = 0) -> int:
        """Return where a test that begins here ends: at a comment, or what closes around it."""
        depth, end = 0, start or self.at
        while end < len(self.line):
            character = self.line[end]
            if character == "#" and self.line[end - 1] in _BLANKS:
                break
            if character in "([":
                depth += 1
            elif character in ")]}":
                depth -= 1
            if self.brackets and (depth < 0 or (character == "," and depth == 0)):
                break
            end += 1
        return self.at + len(self.line[self.at : end].rstrip(_BLANKS + ","))
