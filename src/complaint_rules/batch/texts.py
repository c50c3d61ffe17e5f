"""Text in, line by line: never more in memory than one line, and that is bounded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

LONGEST: Final = 16 * 1024 * 1024
"""Most characters of one line: 16 Mi."""


def text_of(raw: BinaryIO, encoding: str | None) -> io.TextIOWrapper:
    """
    Return a file's text: UTF-8, or UTF-16 with its mark, or what is asked for.

    Bytes that are none become lone surrogates, so that only the row they stand in is refused.
    """
    mark = raw.read(2)
    raw.seek(0)
    if encoding is None:
        encoding = "utf-16" if mark in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return io.TextIOWrapper(raw, encoding, errors="surrogateescape", newline="")


def lines_of(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines with their ends; one that is too long ends as it begins, without its end."""
    while line := text.readline(LONGEST):
        yield line
        while len(line) == LONGEST and not line.endswith(("\n", "\r")):
            line = text.readline(LONGEST)


def is_sound(text: str) -> bool:
    """Return whether a text came from bytes of the encoding it was read by."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
