"""A handbook as a tree: chapters of paragraphs, lists, tables and entries, in no form yet."""

from __future__ import annotations

from typing import TypeAlias

import attrs


@attrs.frozen
class Code:
    """An id, a source or a figure of the machine: it runs from left to right everywhere."""

    text: str


@attrs.frozen
class Link:
    """Words that lead to another place of the handbook."""

    anchor: str
    text: str


@attrs.frozen
class Mark:
    """A short remark that stands out: ``law``, ``ours``, ``given``."""

    kind: str
    text: str


Inline: TypeAlias = str | Code | Link | Mark
Words: TypeAlias = tuple[Inline, ...]
"""A run of words; a text may hold the Unicode isolates U+2068 and U+2069."""


@attrs.frozen
class Para:
    """A paragraph; `kind` tells one that is not plain (``lead``, ``note``)."""

    words: Words
    kind: str = ""


@attrs.frozen
class Line:
    """A line of a list, and the lines under it."""

    words: Words
    under: tuple[Line, ...] = ()


@attrs.frozen
class Lines:
    """A list."""

    lines: tuple[Line, ...]
    ordered: bool = False


Simple: TypeAlias = Para | Lines
"""What a cell of a table or a row of an entry may hold."""


@attrs.frozen
class Cell:
    """One cell of a table; `head` names its row."""

    blocks: tuple[Simple, ...]
    head: bool = False


@attrs.frozen
class Grid:
    """
    A table.

    Attributes:
        heads: Heads of the columns.
        rows: The cells, row by row.
        kind: ``matrix`` where cells are short and stand in the middle, ``cases`` where the heads of
            rows are conditions.
        corner: Words above a matrix's columns: what the columns are.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: str = ""
    corner: str = ""


@attrs.frozen
class Entry:
    """
    One item of the ruleset.

    Attributes:
        anchor: Where links to it lead.
        title: What it is called.
        id: Its id in the ruleset.
        text: What it says, under the title; may be empty.
        marks: What stands out beside the title.
        rows: Labels, and what stands after each.
    """

    anchor: str
    title: str
    id: str
    text: str = ""
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[str, tuple[Simple | Grid, ...]], ...] = ()


Block: TypeAlias = Para | Lines | Grid | Entry


@attrs.frozen
class Heading:
    """The title of a part of a chapter."""

    text: str
    anchor: str = ""


@attrs.frozen
class Chapter:
    """One numbered chapter."""

    anchor: str
    title: str
    blocks: tuple[Block | Heading, ...]


@attrs.frozen
class Front:
    """
    The title page.

    Attributes:
        kicker: What kind of book it is.
        text: What the ruleset is, in a sentence; may be empty.
        rows: Label and words, one line each: id, edition, fingerprint and so on.
        sign: What is asked of who approves it, and the labels of the lines to sign on.
        contents: Title of the list of chapters.
    """

    kicker: str
    text: str
    rows: tuple[tuple[str, Words], ...]
    sign: tuple[str, tuple[str, ...]]
    contents: str


@attrs.frozen
class Book:
    """
    A whole handbook.

    Attributes:
        title: Its title.
        language: ``en``, ``fa``, ``hu`` or ``ar``.
        front: The title page.
        numbers: The chapters' numbers in this language's digits.
        chapters: The chapters.
    """

    title: str
    language: str
    front: Front
    numbers: tuple[str, ...]
    chapters: tuple[Chapter, ...]
