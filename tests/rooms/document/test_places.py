"""From a path in the data to a place in the text."""

from __future__ import annotations

import pytest

from complaint_rules.document import Node, find, key_span, read_yaml, to_data, value_span
from complaint_rules.source import Source

TEXT = """\
rules:
  - id: one
    when: {fault: company}
  - id: two
"""


@pytest.fixture
def node() -> Node:
    """Return the tree of the text above."""
    root, problems = read_yaml(Source("f", TEXT))
    assert root is not None
    assert problems == ()
    return root


@pytest.mark.parametrize(
    ("path", "data", "value", "key"),
    [
        (("rules", 1, "id"), "two", "f:4:9", "f:4:5"),
        (("rules", 0, "when", "fault"), "company", "f:3:19", "f:3:12"),
        (("rules", 0, "when", "Conditions", "fault"), "company", "f:3:19", "f:3:12"),
        (("rules", 0), None, "f:2:5", "f:2:5"),
        (("rules", 1, "when"), {"id": "two"}, "f:4:5", "f:4:5"),
        (("rules", 7), None, "f:2:3", "f:1:1"),
        (("rules", -1), None, "f:2:3", "f:1:1"),
        (("rules", "0"), None, "f:2:3", "f:1:1"),
        ((0,), None, "f:1:1", "f:1:1"),
        ((), None, "f:1:1", "f:1:1"),
        (("rules", 1, "id", "deeper"), "two", "f:4:9", "f:4:5"),
    ],
)
def test_paths(node: Node, path: tuple[str | int, ...], data: object, value: str, key: str) -> None:
    """A path leads to the deepest node it reaches; steps that lead nowhere are passed over."""
    assert data is None or to_data(find(node, path)) == data
    assert str(value_span(node, path)) == value
    assert str(key_span(node, path)) == key
