"""Offsets in a text as lines and columns; and nodes that learn where they stand when asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.document import Scalar, read_yaml
from complaint_rules.document.texts import position
from complaint_rules.source import Source, Span

TEXTS = st.text(st.sampled_from("ab é中\t\n\r"), max_size=30)


@given(TEXTS, st.data())
def test_a_span_is_where_its_offsets_are(text: str, data: st.DataObject) -> None:
    """Lines end with CR, LF or both; the text's very end is the end of its last line."""
    places = [i for i in range(len(text) + 1) if text[i - 1 : i + 1] != "\r\n" or i == 0]
    start = data.draw(st.sampled_from(places))
    end = data.draw(st.sampled_from([i for i in places if i >= start]))
    expected = Span("f", *position(text, start), *position(text, end))
    assert Source("f", text).span(start, end) == expected


def test_a_node_keeps_its_span() -> None:
    """A node's span is made once, of its text's offsets or as it was given."""
    node, problems = read_yaml(Source("f", "a: b\n"))
    assert node is not None
    assert not problems
    assert node.span == Span("f", 1, 1, 1, 5)
    assert node.span is node.span
    given_span = Span("f", 1, 2, 3, 4)
    assert Scalar("x", given_span).span is given_span
