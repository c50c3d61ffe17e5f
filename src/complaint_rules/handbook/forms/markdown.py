"""A handbook as Markdown; what a ruleset wrote is escaped."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.explanation.forms.html import direction
from complaint_rules.explanation.forms.markdown import escaped
from complaint_rules.handbook.book import (
    Block,
    Book,
    Cell,
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


def as_markdown(book: Book) -> str:
    """
    Return a handbook as Markdown, with a line feed at the end.

    Persian and Arabic stand in a block that runs from right to left.
    """
    lines = [f"# {escaped(book.title)}", *_front(book.front), "", f"## {book.front.contents}", ""]
    chapters = list(zip(book.numbers, book.chapters, strict=True))
    lines += [f"- [{number}. {c.title}](#{c.anchor})" for number, c in chapters]
    for number, chapter in chapters:
        lines += ["", f'<a id="{chapter.anchor}"></a>', "", f"## {number}. {chapter.title}"]
        for block in chapter.blocks:
            lines += ["", *_block(block)]
    text = "\n".join(lines)
    side = direction(book.language)
    if side == "rtl":
        text = f'<div dir="{side}" lang="{book.language}">\n\n{text}\n\n</div>'
    return f"{text}\n"


def _front(front: Front) -> Iterator[str]:
    yield from ("", f"*{front.kicker}*", "")
    if front.text:
        yield from (escaped(front.text), "")
    for label, words in front.rows:
        yield f"- {label}: {_words(words)}"
    asked, labels = front.sign
    yield from ("", f"**{asked}**", "", *(f"- {label}: …" for label in labels))


def _block(block: Block | Heading) -> Iterator[str]:
    match block:
        case Para(words):
            yield _words(words)
        case Lines(lines, ordered):
            yield from _lines(lines, 0, ordered=ordered)
        case Grid():
            yield from _grid(block)
        case Entry():
            yield from _entry(block)
        case _:
            yield f"### {escaped(block.text)}"


def _entry(entry: Entry) -> Iterator[str]:
    marks = "".join(f" *{escaped(mark.text)}*" for mark in entry.marks)
    code = _inline(Code(entry.id))
    yield from (f'<a id="{entry.anchor}"></a>', "", f"### {escaped(entry.title)} {code}{marks}")
    if entry.text:
        yield from ("", escaped(entry.text))
    yield ""
    for label, blocks in entry.rows:
        tables = [block for block in blocks if isinstance(block, Grid)]
        rest = [block for block in blocks if not isinstance(block, Grid)]
        if rest or tables:
            yield from _row(label, rest)
        for table in tables:
            yield from ("", *_grid(table), "")


def _row(label: str, blocks: list[Para | Lines]) -> Iterator[str]:
    """Return a row of an entry: one paragraph beside its label, all else under it."""
    if len(blocks) == 1 and isinstance(blocks[0], Para):
        yield f"- **{label}:** {_words(blocks[0].words)}"
        return
    yield f"- **{label}:**"
    for block in blocks:
        if isinstance(block, Para):
            yield f"  - {_words(block.words)}"
        else:
            yield from _lines(block.lines, 1, ordered=block.ordered)


def _lines(lines: tuple[Line, ...], depth: int, *, ordered: bool = False) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        yield f"{'  ' * depth}{f'{number}.' if ordered else '-'} {_words(line.words)}"
        yield from _lines(line.under, depth + (2 if ordered else 1))


def _grid(grid: Grid) -> Iterator[str]:
    heads = [escaped(head) for head in grid.heads]
    if grid.corner:
        heads[1:] = [f"{escaped(grid.corner)}: {head}" for head in heads[1:]]
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in grid.rows:
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"


def _cell(cell: Cell) -> str:
    """Return a cell on one line: lists with breaks, what stands under a line in brackets."""
    told: list[str] = []
    for block in cell.blocks:
        if isinstance(block, Para):
            told.append(_words(block.words))
        else:
            told += [_flat(line) for line in block.lines]
    return "<br>".join(told)


def _flat(line: Line) -> str:
    under = "; ".join(_flat(each) for each in line.under)
    return f"{_words(line.words)} ({under})" if under else _words(line.words)


def _words(words: Words) -> str:
    return "".join(_inline(word) for word in words)


def _inline(word: Inline) -> str:
    match word:
        case Code(told):
            kept = told.replace("`", "'").replace("|", "\\|")
            return f"`{kept}`"
        case Link(anchor, told):
            return f"[{escaped(told)}](#{anchor})"
        case Mark(_, told):
            return f"*{escaped(told)}*"
        case _:
            return escaped(word)
