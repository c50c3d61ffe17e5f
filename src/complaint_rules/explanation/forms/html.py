"""An explanation as a fragment of HTML; everything in it is escaped."""

from __future__ import annotations

import html

from complaint_rules.explanation.speaker import CLOSE, OPEN, RTL
from complaint_rules.explanation.tree import Explanation


def as_html(tree: Explanation) -> str:
    """Return an explanation as one ``section`` element that names its language and direction."""
    lines = [
        f'<section lang="{tree.language}" dir="{direction(tree.language)}">',
        f"<h1>{_escaped(tree.text)}</h1>",
    ]
    for child in tree.children:
        if child.kind == "section":
            lines += [f"<h2>{_escaped(child.text)}</h2>", *_list(child.children)]
        elif child.kind == "line":
            lines.append(f"<p>{_escaped(child.text)}</p>")
        else:
            lines += _list((child,))
    return "\n".join([*lines, "</section>"])


def direction(language: str) -> str:
    """Return in which direction a language is written."""
    return "rtl" if language in RTL else "ltr"


def isolated(text: str) -> str:
    """Return an escaped text with its Unicode isolates as ``bdi`` elements."""
    return text.replace(OPEN, "<bdi>").replace(CLOSE, "</bdi>")


def _escaped(text: str) -> str:
    return isolated(html.escape(text))


def _list(items: tuple[Explanation, ...]) -> list[str]:
    if not items:
        return []
    lines = ["<ul>"]
    for item in items:
        lines += [f"<li>{_escaped(item.text)}", *_list(item.children), "</li>"]
    return [*lines, "</ul>"]
