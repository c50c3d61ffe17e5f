"""HTML that is escaped by construction: text can only come in through `Markup.of`."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Final, TypeAlias

import attrs

from complaint_rules.explanation.forms.html import isolated


@attrs.frozen
class Markup:
    """A piece of HTML; only `tag`, `text` and `join` make any."""

    html: str


Content: TypeAlias = Markup | str
EMPTY: Final = Markup("")


def text(words: str) -> Markup:
    """Return words with everything escaped, and their isolates as ``bdi`` elements."""
    return Markup(isolated(html.escape(words)))


def join(parts: Iterable[Content], between: str = "") -> Markup:
    """Return pieces in a row; plain strings among them are escaped."""
    return Markup(between.join(each.html for each in map(_markup, parts)))


def tag(name: str, *content: Content, **attributes: str | int | None) -> Markup:
    """
    Return an element.

    Args:
        name: Its name.
        content: What stands in it; plain strings are escaped.
        attributes: Its attributes; `None` ones are left out, ``class_`` is ``class``.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{told}>{join(content).html}</{name}>")


def _markup(content: Content) -> Markup:
    return content if isinstance(content, Markup) else text(content)
