"""A handbook as HTML and as Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from complaint_rules.handbook import FORMS, Book, as_html, as_markdown, handbook
from complaint_rules.handbook.book import Cell, Chapter, Code, Grid, Line, Lines, Link, Para
from complaint_rules.handbook.forms.markup import join, tag
from complaint_rules.policy import Policy

VOID = {"meta"}


class _Page(HTMLParser):
    """Collects ids and links, and sees that every tag is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.add(tag)
        self.ids += [told["id"]] if told.get("id") else []
        self.links += [told["href"]] if told.get("href") else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(params=["en", "fa", "hu", "ar"])
def page(request: pytest.FixtureRequest, shop: Policy) -> tuple[str, _Page]:
    """The page in a language, read."""
    text = as_html(handbook(shop, language=request.param))
    reader = _Page()
    reader.feed(text)
    return text, reader


def test_a_page_is_well_formed_and_its_links_lead_somewhere(page: tuple[str, _Page]) -> None:
    """Every tag is closed, every id is one of its kind, every link has its place."""
    _, reader = page
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)


def test_a_page_needs_nothing_else(page: tuple[str, _Page]) -> None:
    """No script, no picture, no address of anything."""
    text, reader = page
    assert not reader.tags & {"script", "img", "link", "iframe"}
    assert "http" not in text
    assert "url(" not in text
    assert "@page" in text
    assert "break-before: page" in text


def test_a_page_says_its_language_and_direction(shop: Policy) -> None:
    """Persian and Arabic run from right to left."""
    assert '<html lang="fa" dir="rtl">' in as_html(handbook(shop, language="fa"))
    assert '<html lang="hu" dir="ltr">' in as_html(handbook(shop, language="hu"))


def test_what_a_ruleset_writes_is_escaped(book: Book) -> None:
    """Signs of HTML and Markdown in texts stay signs."""
    assert "<h1>Shop &lt;policy&gt;</h1>" in as_html(book)
    assert "<policy>" not in as_html(book)
    assert as_markdown(book).startswith("# Shop &lt;policy&gt;\n")


def test_markup_escapes_by_construction() -> None:
    """Plain strings are escaped wherever they come in, in attributes too."""
    made = tag("p", "<b>", tag("i", "&"), title='"', class_="x", id=None)
    assert made.html == '<p title="&quot;" class="x">&lt;b&gt;<i>&amp;</i></p>'
    assert join(["<", tag("b")], "-").html == "&lt;-<b></b>"


def test_markdown_runs_from_right_to_left_in_a_block(shop: Policy) -> None:
    """Persian stands in a block that says its direction; English in none."""
    text = as_markdown(handbook(shop, language="fa"))
    assert text.startswith('<div dir="rtl" lang="fa">\n\n# ')
    assert text.endswith("\n\n</div>\n")
    assert not as_markdown(handbook(shop)).startswith("<div")


def test_the_tables_of_markdown_are_whole(book: Book) -> None:
    """All rows of a table have as many cells as its head."""
    tables = re.findall(r"(?:^\|.*\|\n)+", as_markdown(book), re.MULTILINE)
    assert len(tables) > 5
    for table in tables:
        bars = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(bars) == 1


def test_markdown_flattens_what_stands_in_a_cell(book: Book) -> None:
    """Lists in cells become breaks, what stands under a line brackets, bars are escaped."""
    under = Line(("one",), (Line(("two",)), Line(("three",))))
    cell = Cell((Lines((under,)), Para((Code("a|`b"), " ", Link("x", "y")))))
    chapter = Chapter("c", "C", (Grid(("H",), ((cell,),)), Lines((under,), ordered=True)))
    text = as_markdown(Book("T", "en", book.front, ("1",), (chapter,)))
    assert "| one (two; three)<br>`a\\|'b` [y](#x) |" in text
    assert "1. one\n    1. two" in text or "1. one\n    - two" in text


def test_forms_are_named_by_their_files_ending() -> None:
    """HTML and Markdown."""
    assert list(FORMS) == ["html", "md"]


def test_a_ruleset_without_a_text_has_none_on_its_title_page(child: Policy) -> None:
    """Nothing stands between the kind of book and what names the ruleset."""
    assert "*Handbook*\n\n- Ruleset: `child`" in as_markdown(handbook(child))
    assert '<p class="lead"></p>' not in as_html(handbook(child))
