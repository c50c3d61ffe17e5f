"""A handbook as one page of HTML that needs nothing else: style within, no script, no network."""

from __future__ import annotations

from importlib.resources import files

from complaint_rules.explanation.forms.html import direction
from complaint_rules.handbook.book import (
    Block,
    Book,
    Cell,
    Chapter,
    Code,
    Entry,
    Front,
    Grid,
    Heading,
    Inline,
    Line,
    Lines,
    Link,
    Mark,
    Para,
    Words,
)
from complaint_rules.handbook.forms.markup import EMPTY, Markup, join, tag, text


def as_html(book: Book) -> str:
    """Return a handbook as one page that names its language and direction."""
    style = files("complaint_rules.handbook.forms").joinpath("handbook.css").read_text("utf-8")
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", _plain(book.title)),
        # The style is the package's own file: nothing of a ruleset stands in it.
        Markup(f"<style>\n{style}</style>"),
    )
    chapters = (
        _chapter(number, chapter)
        for number, chapter in zip(book.numbers, book.chapters, strict=True)
    )
    body = tag("body", _front(book, book.front), _contents(book), tag("main", *chapters))
    page = tag("html", head, body, lang=book.language, dir=direction(book.language))
    return f"<!DOCTYPE html>\n{page.html}\n"


def _plain(words: str) -> str:
    return words.translate({0x2068: None, 0x2069: None})


# ------------------------------------------------------------------- first pages


def _front(book: Book, front: Front) -> Markup:
    rows = (tag("div", tag("dt", label), tag("dd", _words(words))) for label, words in front.rows)
    asked, labels = front.sign
    lines = (tag("div", tag("span", label), class_="line") for label in labels)
    return tag(
        "header",
        tag("p", front.kicker, class_="kicker"),
        tag("h1", book.title),
        tag("p", front.text, class_="lead") if front.text else EMPTY,
        tag("dl", *rows),
        tag("section", tag("h2", asked), *lines, class_="sign"),
        class_="front",
    )


def _contents(book: Book) -> Markup:
    lines = (
        tag("li", tag("a", tag("span", number, class_="number"), chapter.title, href=f"#{anchor}"))
        for number, chapter in zip(book.numbers, book.chapters, strict=True)
        for anchor in (chapter.anchor,)
    )
    return tag("nav", tag("h2", book.front.contents), tag("ol", *lines))


# --------------------------------------------------------------------- chapters


def _chapter(number: str, chapter: Chapter) -> Markup:
    title = tag("h2", tag("span", number, class_="number"), chapter.title)
    blocks = (_block(block) for block in chapter.blocks)
    return tag("section", title, *blocks, class_="chapter", id=chapter.anchor)


def _block(block: Block | Heading) -> Markup:
    match block:
        case Para(words, kind):
            return tag("p", _words(words), class_=kind or None)
        case Lines(lines, ordered):
            return _lines(lines, ordered=ordered)
        case Grid():
            return _grid(block)
        case Entry():
            return _entry(block)
        case _:
            return tag("h3", block.text, class_="part")


def _entry(entry: Entry) -> Markup:
    marks = join(_inline(mark) for mark in entry.marks)
    title = tag("h3", entry.title, " ", _inline(Code(entry.id)), " ", marks)
    rows = (
        tag("div", tag("dt", label), tag("dd", *(_block(block) for block in blocks)))
        for label, blocks in entry.rows
        if blocks
    )
    return tag(
        "article",
        title,
        tag("p", entry.text, class_="said") if entry.text else EMPTY,
        tag("dl", *rows),
        id=entry.anchor,
    )


def _lines(lines: tuple[Line, ...], *, ordered: bool = False) -> Markup:
    items = (
        tag("li", _words(line.words), _lines(line.under) if line.under else EMPTY) for line in lines
    )
    return tag("ol" if ordered else "ul", *items)


def _grid(grid: Grid) -> Markup:
    heads: list[Markup] = []
    if grid.corner:
        wide = len(grid.heads) - 1
        over = tag("th", grid.corner, colspan=wide, scope="colgroup", class_="corner")
        heads.append(tag("tr", tag("th", grid.heads[0], rowspan=2, scope="col"), over))
        heads.append(tag("tr", *(tag("th", head, scope="col") for head in grid.heads[1:])))
    else:
        heads.append(tag("tr", *(tag("th", head, scope="col") for head in grid.heads)))
    rows = (tag("tr", *(_cell(cell) for cell in row)) for row in grid.rows)
    table = tag("table", tag("thead", *heads), tag("tbody", *rows), class_=grid.kind or None)
    return tag("div", table, class_="wide")


def _cell(cell: Cell) -> Markup:
    blocks = tuple(_block(block) for block in cell.blocks)
    return tag("th", *blocks, scope="row") if cell.head else tag("td", *blocks)


# ------------------------------------------------------------------------ words


def _words(words: Words) -> Markup:
    return join(_inline(word) for word in words)


def _inline(word: Inline) -> Markup:
    match word:
        case Code(told):
            return tag("code", told, dir="ltr")
        case Link(anchor, told):
            return tag("a", told, href=f"#{anchor}")
        case Mark(kind, told):
            return tag("span", told, class_=f"mark {kind}")
        case _:
            return text(word)
