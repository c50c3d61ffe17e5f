"""From bytes to text: encodings, sizes, and characters that no text should hold."""

from __future__ import annotations

import codecs
import re
import unicodedata

from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span

LARGEST = 4 * 1024 * 1024
"""Most bytes (and characters) a file may have."""

MOST_PROBLEMS = 1000
"""Most problems told of one file."""

_MOST_TOLD = 20

# What YAML forbids, and four more that are always a slip: NEL, LINE SEPARATOR and PARAGRAPH
# SEPARATOR, whose lines editors count in different ways, and a byte order mark inside the text.
_FORBIDDEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_NAMES = {"\0": "NUL", "\x7f": "DELETE", "\x85": "NEXT LINE", "\ufeff": "BYTE ORDER MARK"}
_HELPS = {
    "\0": "remove it; if the file is UTF-16, save it as UTF-8",
    "\ufeff": "remove it; a byte order mark may only stand first",
    **dict.fromkeys("\x85\u2028\u2029", "replace it with an ordinary line end"),
}


def decode(name: str, data: bytes) -> tuple[Source | None, tuple[Problem, ...]]:
    """
    Read bytes as text: UTF-8 with or without byte order mark, or UTF-16 with one.

    Args:
        name: The file's name relative to the ruleset's folder, with forward slashes.
        data: The file's content.

    Returns:
        The source, and what is wrong with it. The source is None if there is no text at all
        (`file-too-large`, `bad-encoding`); with `bad-character` it is there so that a report can
        show the line, and no reader will read it.
    """
    if len(data) > LARGEST:
        return None, (_too_large(name, len(data), "bytes"),)
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return None, (_bad_encoding(name, "", "the file is UTF-32"),)
    encoding = "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(name, data.decode(encoding))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        what = f"byte 0x{data[error.start]:02X} is no {encoding.upper()}"
        return None, (_bad_encoding(name, before, what),)
    return source, text_problems(source)


def text_problems(source: Source) -> tuple[Problem, ...]:
    """
    Return what is wrong with a text before it is read as anything: its size, its characters.

    Each forbidden character is told once, at its first place.
    """
    if len(source.text) > LARGEST:
        return (_too_large(source.name, len(source.text), "characters"),)
    first: dict[str, Problem] = {}
    for match in _FORBIDDEN.finditer(source.text):
        if match[0] not in first:
            first[match[0]] = _bad_character(source, match.start())
            if len(first) == _MOST_TOLD:
                break
    return tuple(first.values())


def has_forbidden(text: str) -> bool:
    """Return whether `text`, made by escapes, holds a character that no text should hold."""
    return _FORBIDDEN.search(text) is not None


def position(text: str, index: int) -> tuple[int, int]:
    """Return line and column, from 1, of the character at `index` of `text`."""
    lines = (text[:index] + "x").splitlines()
    return len(lines), len(lines[-1])


def _bad_character(source: Source, index: int) -> Problem:
    character = source.text[index]
    line, column = position(source.text, index)
    known = _NAMES.get(character) or unicodedata.name(character, "")
    name = f" ({known})" if known else ""
    count = source.text.count(character)
    return Problem(
        "bad-character",
        f"character U+{ord(character):04X}{name} is not allowed in a text file",
        Span(source.name, line, column, line, column + 1),
        "not allowed" if count == 1 else f"the first of {count:,}",
        _HELPS.get(character, "remove it"),
    )


def _too_large(name: str, size: int, unit: str) -> Problem:
    return Problem(
        "file-too-large",
        f"the file has {size:,} {unit}, more than {LARGEST:,}",
        Span(name, 1, 1, 1, 2),
        help="split it and include the parts",
    )


def _bad_encoding(name: str, before: str, what: str) -> Problem:
    line, column = position(before, len(before))
    return Problem(
        "bad-encoding",
        what,
        Span(name, line, column, line, column + 1),
        "not readable as text",
        "save the file as UTF-8",
    )
