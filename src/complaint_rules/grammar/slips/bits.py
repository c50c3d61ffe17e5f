"""Any text cut into bits, and the page a slip is looked for on."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import attrs
from lark import Lark

from complaint_rules.grammar.fault import Fault, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaint_rules.grammar.modes import Mode


@attrs.frozen
class Bit:
    """
    One bit of a text.

    Attributes:
        kind: A terminal's name in ``bits.lark``.
        text: Its characters.
        start: Offset of the first.
        end: Offset just past the last.
    """

    kind: str
    text: str
    start: int
    end: int


@cache
def _cutter() -> Lark:
    return Lark(
        files(__package__).joinpath("bits.lark").read_text(encoding="utf-8"),
        parser="lalr",
        lexer="basic",
    )


@attrs.frozen
class Page:
    """
    A faulty text with its bits.

    Attributes:
        mode: What it should have been.
        text: The whole text.
        bits: The text cut up.
        at: Offset at which the parser stopped.
    """

    mode: Mode
    text: str
    bits: tuple[Bit, ...]
    at: int

    @classmethod
    def of(cls, text: str, mode: Mode, at: int) -> Page:
        """Cut `text` up; every text can be."""
        bits = (
            Bit(token.type, token.value, token.start_pos or 0, token.end_pos or 0)
            for token in _cutter().lex(text)
        )
        return cls(mode, text, tuple(bits), at)

    def pairs(self) -> Iterator[tuple[Bit, Bit]]:
        """Return every bit with the next one."""
        return zip(self.bits, self.bits[1:], strict=False)

    def kind(self, index: int) -> str:
        """Return the kind of the bit at `index`; empty past either end."""
        return self.bits[index].kind if 0 <= index < len(self.bits) else ""

    def word(self, index: int) -> str:
        """Return the text of the bit at `index`; empty past either end."""
        return self.bits[index].text if 0 <= index < len(self.bits) else ""

    def mended(self, start: int, end: int, instead: str) -> str:
        """Return the text in backticks with `instead` from `start` to `end`."""
        return shown(f"{self.text[:start]}{instead}{self.text[end:]}", 160)

    def fault(self, code: str, message: str, where: tuple[Bit, Bit], cure: str) -> Fault:
        """Return a fault from the first bit of `where` to its last."""
        return Fault(code, message, where[0].start, where[1].end, cure)

    def quote(self, first: Bit, last: Bit) -> str:
        """Return the author's words from `first` to `last` in backticks."""
        return shown(self.text[first.start : last.end])


def adjoin(left: Bit, right: Bit) -> bool:
    """Return whether nothing stands between two bits."""
    return left.end == right.start
