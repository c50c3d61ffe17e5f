"""Source and Span: places in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.source import Source, Span

SPAN = Span("a.yaml", 2, 5, 2, 11)


def test_a_span_is_told_by_file_line_and_column() -> None:
    """A span prints as editors expect a place to be written."""
    assert str(SPAN) == "a.yaml:2:5"


@pytest.mark.parametrize(
    ("start", "end", "columns"),
    [(0, 6, (5, 11)), (1, 3, (6, 8)), (2, 2, (7, 8)), (6, 6, (11, 12))],
)
def test_a_part_of_a_span(start: int, end: int, columns: tuple[int, int]) -> None:
    """A part counts from the span's first character and is never empty."""
    part = SPAN.part(start, end)
    assert (part.column, part.end_column) == columns


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 7)])
def test_a_part_outside_the_span_is_the_whole(start: int, end: int) -> None:
    """Offsets that do not lie in the span give the span itself."""
    assert SPAN.part(start, end) == SPAN


def test_a_span_of_several_lines_has_no_parts() -> None:
    """Offsets in folded text have no columns, so the whole span is returned."""
    span = Span("a", 1, 1, 2, 9)
    assert span.part(0, 1) == span


def test_lines_by_number() -> None:
    """Lines count from 1, whatever ends them; there is nothing before or past them."""
    source = Source("a", "one\r\ntwo\rthree\nfour")
    assert [source.line(n) for n in range(6)] == ["", "one", "two", "three", "four", ""]


@given(st.text(), st.integers())
def test_any_line_of_any_text(text: str, number: int) -> None:
    """Asking for any line of any text gives text."""
    assert isinstance(Source("a", text).line(number), str)
