"""An explanation as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.explanation.tree import Explanation


def as_text(tree: Explanation) -> str:
    """
    Return an explanation as indented lines, without a line feed at the end.

    Words that run the other way stay between Unicode isolates, which terminals follow or hide.
    """
    lines = [tree.text]
    after_section = False
    for child in tree.children:
        if child.kind == "section":
            lines += ["", child.text]
            for each in child.children:
                lines += _lines(each, 0)
        else:
            lines += [""] if after_section else []
            lines += _lines(child, 0, "" if child.kind == "line" else "- ")
        after_section = child.kind == "section"
    return "\n".join(lines)


def _lines(tree: Explanation, depth: int, mark: str = "- ") -> Iterator[str]:
    yield f"{'  ' * depth}{mark}{tree.text}"
    for child in tree.children:
        yield from _lines(child, depth + 1)
