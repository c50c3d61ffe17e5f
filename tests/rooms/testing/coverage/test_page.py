"""Coverage as a page: the ruleset's own text, coloured, with what is missing beside its line."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from complaint_rules.testing.coverage import Coverage, Point, texts_of
from complaint_rules.testing.coverage.html import as_html

if TYPE_CHECKING:
    from conftest import Bench

NASTY = "<script>alert('x')</script> & \"quotes\""


class Reader(HTMLParser):
    """Collects the tags of a page, and its texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


def page(bench: Bench) -> str:
    """Return the page of the shop."""
    return as_html(bench.cover(), texts_of(bench.folder).sources)


def line_of(text: str, words: str) -> tuple[str, str]:
    """Return the class of the line in which words stand, and the notes under it."""
    found = re.search(rf'<li class="(\w*)"[^>]*><code[^>]*>[^<]*{re.escape(words)}.*?</li>', text)
    assert found is not None
    return found[1], html.unescape(" ".join(re.findall(r"<small>(.*?)</small>", found[0])))


def test_lines_have_the_colour_of_what_is_shown(bench: Bench) -> None:
    """A line is shown, partly shown, missed or unreachable; others have no colour."""
    text = page(bench.scenarios("state: {channel: phone, seen_at: 2026-11-24 09:30}"))
    assert line_of(text, "id: thanks") == ("full", "")
    assert line_of(text, "id: often-too")[0] == "part"
    assert line_of(text, "id: often")[0] == "miss"
    assert line_of(text, "severity: s2, due: 3 h")[0] == "part"
    assert line_of(text, "edition")[0] == ""


def test_the_missing_side_is_told_beside_its_line(bench: Bench) -> None:
    """Each side that is missing is told under the line, and what is unreachable with its reason."""
    text = page(bench.scenarios("state: {contacts: 5}"))
    assert "missed: often: `contacts: &gt;= 5` false" in text
    assert "missed: often: `contacts: &gt;= 5` just outside" in text
    assert "unreachable: answer#3 hit: row `answer#2` stands before it" in text
    assert "`contacts: &gt;= 5` true, by first/n1" in text


def test_a_line_that_nothing_can_show(bench: Bench) -> None:
    """A line of which all is unreachable has a colour of its own."""
    found = bench.scenarios("tags: [x]").cover()
    only = {p: why for p, why in found.unreachable.items() if p.side == "hit"}
    text = as_html(
        Coverage(found.policy, {}, only, frozenset(), 1, 0), texts_of(bench.folder).sources
    )
    assert line_of(text, "severity: s2, due: 3 h")[0] == "never"


def test_nothing_of_a_ruleset_gets_out_of_its_place(bench: Bench) -> None:
    """Markup in a ruleset's text stays text: the page has no script and no unknown tag."""
    text = (bench.folder / "ruleset.yaml").read_text(encoding="utf-8")
    bench.ruleset(text.replace("title: A shop", f"title: '{NASTY.replace(chr(39), chr(39) * 2)}'"))
    reader = Reader()
    reader.feed(page(bench.scenarios("tags: [x]")))
    assert "script" not in reader.tags
    assert any(NASTY.replace("'", "''") in each for each in reader.texts)


def test_the_page_needs_nothing_else(bench: Bench) -> None:
    """The page loads nothing, and its index leads to every file that has something to show."""
    text = page(bench.scenarios("tags: [x]"))
    assert not re.search(r"(?:src|href)=\"(?!#)", text)
    assert set(re.findall(r'href="#([\w-]+)"', text)) <= set(re.findall(r'id="([\w-]+)"', text))
    assert 'href="#file-0"' in text


def test_points_without_a_place_are_not_on_the_page(bench: Bench) -> None:
    """What is written nowhere stands in no line; shares of nothing are whole."""
    nowhere = Point("fired", "rules", "x")
    bare = Coverage(bench.policy, {nowhere: "n1"}, {nowhere: "why"}, frozenset(), 1, 0)
    assert "<li" not in as_html(bare, texts_of(bench.folder).sources)
    empty = Coverage(bench.policy, {}, {}, frozenset(), 0, 0)
    assert "100.0 %" in as_html(empty, {})
