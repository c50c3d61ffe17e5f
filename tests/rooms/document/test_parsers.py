"""The two parsers of PyYAML, the one in C and the one in Python, read alike; no text crashes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from complaint_rules.document import Mapping, Node, Scalar, read_yaml, to_data, yaml_reader
from complaint_rules.problem import Report
from complaint_rules.report import as_text
from complaint_rules.source import Source

TOKENS = [
    *("a", "b: ", "c:\n", "k: [1, 2]\n", "k: {a: b}\n", "- ", " - x\n", "\n", "\n  ", "\n    "),
    *("[", "]", "{", "}", ", ", ": ", "? ", "'x'", '"y"', '"\\n"', "'", '"', "#c\n", " # d"),
    *("> 5", ">= 5", "!= 3", "[1..5)", "]1..5]", "%X", "@", "`", "-", "|\n", "|-\n   ", ">2\n"),
    *("&a ", "*a", "!t ", "<<: ", "\r\n", "\r", "---\n", "...\n", "é", "۱", "中", "1.10", " "),
]
TEXTS = st.lists(st.sampled_from(TOKENS), max_size=14).map("".join)
# Where the two are known to differ: directives nobody knows, and `?` in brackets.
ALIKE = st.lists(st.sampled_from([t for t in TOKENS if t not in ("%X", "? ")]), max_size=14).map(
    "".join
)
needs_c = pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML has no C parser")


def shape(node: Node | None) -> Any:
    """Return everything there is to know of a node; nothing at all has no place of its own."""
    if node is None or (isinstance(node, Scalar) and not node.text and not node.quoted):
        return None
    if isinstance(node, Scalar):
        return (node.text, node.span, node.quoted)
    if isinstance(node, Mapping):
        items = [(k, shape(e.key), shape(e.value)) for k, e in node.entries.items()]
        return (items, node.span)
    return ([shape(item) for item in node.items], node.span)


def read_with(loader: Any, text: str) -> tuple[Any, list[str]]:
    """Read a text with one parser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "LOADER", loader)
        node, problems = read_yaml(Source("f", text))
    return shape(node), [p.code for p in problems]


def test_the_c_parser_is_used_where_there_is_one() -> None:
    """Reading a ruleset is quick wherever PyYAML can be."""
    assert yaml_reader.LOADER is getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@needs_c
@settings(max_examples=400)
@given(ALIKE)
@example("a: |\n  x\n\n# c\nb: 1")
@example("{severity: s1, s2}")
@example("a:\tx\t\nb: [1,\t2]\n")
def test_both_parsers_give_the_same_tree(text: str) -> None:
    """A text that either parser finds sound has the same nodes and spans with both."""
    ours, our_codes = read_with(yaml.CSafeLoader, text)
    theirs, their_codes = read_with(yaml.SafeLoader, text)
    assert ours == theirs
    assert bool(our_codes) == bool(their_codes)
    if ours is not None:
        assert our_codes == their_codes


@settings(max_examples=400)
@given(TEXTS | st.text(max_size=40))
def test_any_text_gives_a_tree_or_problems(text: str) -> None:
    """Any text is read or refused with problems that print; never neither, never a crash."""
    source = Source("f", text)
    node, problems = read_yaml(source)
    assert node is not None or problems
    assert "f:" in as_text(Report.of(problems, {"f": source})) or not problems
    if node is not None:
        to_data(node)


@settings(max_examples=300)
@given(TEXTS)
def test_spans_lie_where_their_text_is(text: str) -> None:
    """The span of a plain one-line scalar holds exactly its text."""
    source = Source("f", text)
    node, _ = read_yaml(source)
    waiting = [node] if node is not None else []
    while waiting:
        here = waiting.pop()
        if isinstance(here, Scalar):
            span = here.span
            if not here.quoted and span.line == span.end_line:
                line = source.line(span.line)
                assert line[span.column - 1 : span.end_column - 1] == here.text
        elif isinstance(here, Mapping):
            waiting += [n for e in here.entries.values() for n in (e.key, e.value)]
        else:
            waiting += here.items
