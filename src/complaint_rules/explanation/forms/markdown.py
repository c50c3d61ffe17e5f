"""An explanation as Markdown; what a ruleset or a host wrote is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from complaint_rules.explanation.forms.html import direction, isolated
from complaint_rules.explanation.tree import Explanation

_MARKS: Final = re.compile(r"([\\`*_\[\]|~#!$^{}])")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_OPENING: Final = re.compile(r"^([0-9]+)([.)])|^([-+=])")


def as_markdown(tree: Explanation) -> str:
    """
    Return an explanation as Markdown: a heading, sections and nested lists.

    Persian and Arabic stand in a block that runs from right to left.
    """
    lines = [f"# {escaped(tree.text)}"]
    for child in tree.children:
        if child.kind == "section":
            lines += ["", f"## {escaped(child.text)}", ""]
            for each in child.children:
                lines += _lines(each, 0)
        elif child.kind == "line":
            lines += ["", escaped(child.text)]
        else:
            lines += ["", *_lines(child, 0)]
    text = "\n".join(lines)
    side = direction(tree.language)
    if side == "ltr":
        return text
    return f'<div dir="{side}" lang="{tree.language}">\n\n{text}\n\n</div>'


def _lines(tree: Explanation, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {escaped(tree.text)}"
    for child in tree.children:
        yield from _lines(child, depth + 1)


def escaped(text: str) -> str:
    """Return words with everything that Markdown or HTML would obey escaped."""
    for plain, entity in _ENTITIES.items():
        text = text.replace(plain, entity)
    text = _MARKS.sub(r"\\\1", text)
    text = _OPENING.sub(lambda found: _quiet(*found.groups()), text)
    return isolated(text)


def _quiet(number: str | None, point: str | None, sign: str | None) -> str:
    """Return what would open a list or a rule so that it does not."""
    return f"{number}\\{point}" if number else f"\\{sign}"
