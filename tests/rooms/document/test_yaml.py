"""YAML as nodes: shapes, spans, plain data, and every way a text can be wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.document import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    read_yaml,
    to_data,
    yaml_reader,
)
from complaint_rules.document.texts import MOST_PROBLEMS
from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span


def read(text: str) -> Node:
    """Read a sound text."""
    node, problems = read_yaml(Source("f", text))
    assert problems == ()
    assert node is not None
    return node


def faults(text: str) -> list[tuple[str, str]]:
    """Return code and place of every problem of a text."""
    return [(p.code, str(p.span)) for p in read_yaml(Source("f", text))[1]]


def problem(text: str) -> Problem:
    """Return the only problem of a text."""
    (found,) = read_yaml(Source("f", text))[1]
    return found


def span(line: int, column: int, end_line: int, end_column: int) -> Span:
    """Return a span of the test's file."""
    return Span("f", line, column, end_line, end_column)


@pytest.fixture(params=["C", "Python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test with both parsers of PyYAML."""
    if request.param == "C" and not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML was built without its C parser")
    chosen = yaml.CSafeLoader if request.param == "C" else yaml.SafeLoader
    monkeypatch.setattr(yaml_reader, "LOADER", chosen)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("null", None),
        ("~", None),
        ("5", 5),
        ("-5", -5),
        ("0", 0),
        ("+5", "+5"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("5.", "5."),
        (".inf", ".inf"),
        ("12:30:45", "12:30:45"),
        ("2026-11-22", "2026-11-22"),
        ("1.10", Decimal("1.10")),
        ("-0.5", Decimal("-0.5")),
        ("٣", "٣"),
        ("9" * 4000, int("9" * 4000)),
        ("9" * 4001, "9" * 4001),
        ("1." + "9" * 4000, "1." + "9" * 4000),
        ('"5"', "5"),
        ("'true'", "true"),
        ('"~"', "~"),
        ("''", ""),
        ('"a\\tb\\u00e9"', "a\tbé"),
        ("'it''s'", "it's"),
        ("a\n  b", "a b"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
        ("|\n  5", "5"),
    ],
)
def test_scalars(text: str, value: object) -> None:
    """Scalars are read as YAML 1.2 means them: exactly, and quoted ones as text."""
    data = to_data(read(f"x: {text}"))
    assert data == {"x": value}
    assert type(data["x"]) is type(value)


def test_a_decimal_keeps_its_digits() -> None:
    """`1.10` is not `1.1`: an edition would change its name."""
    assert str(to_data(read("x: 1.10"))["x"]) == "1.10"


def test_nested_data() -> None:
    """Lists and mappings, in brackets or indented, keep their order."""
    text = "b: [1, {c: x, d: }]\na:\n- y\n- - z\n-\n"
    assert to_data(read(text)) == {"b": [1, {"c": "x", "d": None}], "a": ["y", ["z"], None]}
    assert list(to_data(read(text))) == ["b", "a"]


def test_spans_of_everything() -> None:
    """Keys, values, items and collections know where they stand, quotes included."""
    node = read('a: "é中"\nlist:\n  - x  # why\n  - {k: v}\n\n# the end\n')
    assert isinstance(node, Mapping)
    assert node.span == span(1, 1, 4, 11)
    assert node.entries["a"].key.span == span(1, 1, 1, 2)
    assert node.entries["a"].value.span == span(1, 4, 1, 8)
    items = node.entries["list"].value
    assert isinstance(items, Sequence)
    assert items.span == span(3, 3, 4, 11)
    assert [item.span for item in items.items] == [span(3, 5, 3, 6), span(4, 5, 4, 11)]


def test_spans_of_blocks_of_text() -> None:
    """A block of text ends with its last line, not with the blanks or comments below it."""
    node = read("a: |\n  one\n  two\n\n# comment\nb: >\n\nc: 'x\n\n  y'\nd:\n")
    assert isinstance(node, Mapping)
    spans = [entry.value.span for entry in node.entries.values()]
    assert spans == [span(1, 4, 3, 6), span(6, 4, 6, 5), span(8, 4, 10, 5), span(11, 3, 11, 3)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_counts(end: str) -> None:
    """Lines end in three ways and count the same."""
    node = read(end.join(["a: 1", "", "b: 2", ""]))
    assert isinstance(node, Mapping)
    assert node.entries["b"].key.span == span(3, 1, 3, 2)


def test_a_file_without_last_line_end() -> None:
    """Nothing depends on a line end after the last line."""
    node = read("a: [1,\n 2]")
    assert node.span == span(1, 1, 2, 4)
    assert read("? a").span == span(1, 1, 1, 4)


@pytest.mark.parametrize(
    ("text", "start", "end", "columns"),
    [
        ("x: abc", 0, 3, (4, 7)),
        ("x: abc", 1, 2, (5, 6)),
        ("x: 'abc'", 1, 2, (6, 7)),
        ('x: "abc"', 0, 3, (5, 8)),
        ('x: "中é"', 1, 2, (6, 7)),
        ('x: "abc"', 3, 3, (8, 9)),
        ('x: "a\\tc"', 1, 2, (4, 10)),  # an escape: the whole
        ("x: 'it''s'", 1, 2, (4, 11)),
        ("x: ''", 0, 0, (4, 6)),
        ("x: abc", 2, 5, (4, 7)),  # outside the text
        ("x: abc", -1, 2, (4, 7)),
    ],
)
def test_inner_spans(text: str, start: int, end: int, columns: tuple[int, int]) -> None:
    """Offsets in a scalar's text lead to the file where they can, else to the whole scalar."""
    node = read(text)
    assert isinstance(node, Mapping)
    value = node.entries["x"].value
    assert isinstance(value, Scalar)
    inner = value.inner(start, end)
    assert (inner.column, inner.end_column) == columns


def test_inner_span_of_several_lines_is_the_whole() -> None:
    """Folded text has no columns."""
    node = read("x: |\n  abc\n")
    assert isinstance(node, Mapping)
    value = node.entries["x"].value
    assert isinstance(value, Scalar)
    assert value.inner(0, 1) == value.span


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 'x\nb: 1\n", "bad-yaml", "f:1:4"),
        ("a: b: c\n", "bad-yaml", "f:1:5"),
        ("a: 1\n b: 2\n", "bad-yaml", "f:2:3"),
        ("a: 1\nword\n", "bad-yaml", "f:2:1"),
        ("a:\n\tb: 1\n", "bad-yaml", "f:2:1"),
        ("a: [1\n", "bad-yaml", "f:1:4"),
        ("a: {b: 1\n", "bad-yaml", "f:1:4"),
        ('a: "x" y\n', "bad-yaml", "f:1:8"),
        ("- a\nb: 1\n", "bad-yaml", "f:2:1"),
        ('a: "\\q"\n', "bad-yaml", "f:1:4"),
        ("a: >x\n", "unquoted-test", "f:1:4"),
        ("a: |x\n", "bad-yaml", "f:1:5"),
        ("@a: 1\n", "bad-yaml", "f:1:1"),
        ("{a: 1}}\n", "bad-yaml", "f:1:7"),
        ("a: *b\n", "yaml-alias", "f:1:4"),
        ("a: * b\n", "yaml-alias", "f:1:5"),
        ("a: &b 1\n", "yaml-alias", "f:1:4"),
        ("a: & 1\n", "yaml-alias", "f:1:5"),
        ("<<: {a: 1}\n", "yaml-alias", "f:1:1"),
        ("a: !!int 5\n", "yaml-tag", "f:1:4"),
        ("a: !x!y 5\n", "yaml-tag", "f:1:4"),
        ("a: !<x 5\n", "yaml-tag", "f:1:7"),
        ("[a]: b\n", "complex-key", "f:1:1"),
        ("? {a: b}\n: c\n", "complex-key", "f:1:3"),
        ("? \n: x\n", "complex-key", "f:1:2"),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", "f:3:1"),
        ("a: 1\n---\nb: 2\n", "several-documents", "f:2:1"),
        ("", "empty-file", "f:1:1"),
        ("# only this\n", "empty-file", "f:1:1"),
        ("---\n", "empty-file", "f:1:1"),
        ('a: "\\0"\n', "bad-character", "f:1:4"),
        ('a: "\\ud800"\n', "bad-character", "f:1:4"),
        ("{severity: s1, s2}\n", "missing-brackets", "f:1:16"),
        ("{s1, s2}\n", "missing-brackets", "f:1:2"),
    ],
)
def test_each_fault_has_its_code_and_place(text: str, code: str, place: str) -> None:
    """Every way a text can be wrong is told once, by its code, where it is."""
    found = problem(text)
    assert (found.code, str(found.span)) == (code, place)
    assert found.help
    assert found.message == found.message.strip(".\n")


def test_tabs_between_words_are_blanks() -> None:
    """A tab is no indentation, but between and after words it is a blank to either parser."""
    assert to_data(read("a:\tx\t\nb: y\t# why\nc: [1,\t2]\n")) == {"a": "x", "b": "y", "c": [1, 2]}


def test_tabs_without_end_are_given_up() -> None:
    """A file of nothing but tabs between words is not tried for ever."""
    text = "".join(f"k{n}:\tx\t\n" for n in range(300))
    node, problems = read_yaml(Source("f", text))
    assert node is not None or problems[0].message == "a tab stands in the indentation"


def test_all_duplicate_keys_are_told_and_the_first_counts() -> None:
    """One run tells every repeated key, with the line of the first."""
    node, problems = read_yaml(Source("f", "a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n"))
    assert node is not None
    assert to_data(node) == {"a": 1, "b": {"c": 1}}
    assert [p.label for p in problems] == ["first on line 1", "first on line 3", "first on line 1"]


def test_reading_goes_on_past_a_fault_that_leaves_the_shape_clear() -> None:
    """Tags, anchors, merge keys and complex keys do not hide the faults after them."""
    text = "a: !t x\nb: &n y\n<<: {z: 1}\n? [k]\n: {z: 1}\na: 2\nc: 1\n"
    node, problems = read_yaml(Source("f", text))
    assert node is not None
    assert to_data(node) == {"a": "x", "b": "y", "c": 1}
    codes = [p.code for p in problems]
    assert codes == ["yaml-tag", "yaml-alias", "yaml-alias", "complex-key", "duplicate-key"]


def test_the_span_of_a_tagged_value_is_the_value() -> None:
    """What stands before a value is no part of it."""
    node, _ = read_yaml(Source("f", "a: !t &n xyz\n"))
    assert isinstance(node, Mapping)
    assert node.entries["a"].value.span == span(1, 10, 1, 13)


def test_a_text_with_an_alias_gives_no_tree() -> None:
    """What an alias stands for is unknown, so nothing is built on it, but faults are told."""
    node, problems = read_yaml(Source("f", "a: &x 1\nb: *x\nb: 2\n"))
    assert node is None
    assert [p.code for p in problems] == ["yaml-alias", "yaml-alias", "duplicate-key"]


def test_an_alias_bomb_is_told_and_not_expanded() -> None:
    """Nested aliases are refused one by one; nothing grows."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    node, problems = read_yaml(Source("f", "\n".join(lines)))
    assert node is None
    assert {p.code for p in problems} == {"yaml-alias"}
    assert len(problems) == 10 + 81


def test_depth_is_bounded() -> None:
    """Sixty-four levels are read, the sixty-fifth is told."""
    assert to_data(read("[" * 64 + "]" * 64)) is not None
    for text in ("[" * 65 + "]" * 65, "- " * 100 + "x", "? " * 100 + "x", "{a: " * 100):
        assert problem(text).code == "too-deep"


def test_nodes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of too many keys and values is not read on."""
    monkeypatch.setattr("complaint_rules.document.building.MOST_NODES", 9)
    assert to_data(read("a: 1\nb: 2\nc: 3\nd: 4\n")) is not None
    assert problem("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n").code == "too-many-nodes"


def test_problems_are_bounded() -> None:
    """A file with more faults than anyone reads tells the first thousand."""
    assert len(faults("a: 1\n" * (MOST_PROBLEMS + 9))) == MOST_PROBLEMS


@pytest.mark.parametrize(
    ("text", "data", "cure"),
    [
        ("{severity: s1, s2}", {"severity": ["s1", "s2"]}, "severity: [s1, s2]"),
        ("{severity: s1, s2, s3, x: 1}", {"severity": ["s1", "s2", "s3"], "x": 1}, "[s1, s2, s3]"),
        ("{a: [x], b}", {"a": [["x"], "b"]}, "a: […, b]"),
        ("{s1, x: 1}", {"x": 1}, "`[s1]`"),
    ],
)
def test_words_without_key_join_the_list_that_was_meant(text: str, data: Any, cure: str) -> None:
    """`{severity: s1, s2}` is told with its cure and read as the list it was meant to be."""
    node, problems = read_yaml(Source("f", text))
    assert node is not None
    assert to_data(node) == data
    assert [p.code for p in problems] == ["missing-brackets"]
    assert cure in problems[0].help


def test_a_key_with_colon_and_no_value_is_no_missing_bracket() -> None:
    """In braces `b:` is a key whose value is missing, which is for others to tell."""
    assert to_data(read("{a: x, b: , c: }")) == {"a": "x", "b": None, "c": None}


def test_faults_that_are_no_yaml_errors_of_the_parser() -> None:
    """Numbers that Python cannot convert are told like any other unreadable text."""
    assert faults("%YAML " + "1" * 5000 + ".1\n---\na: 1\n")[0][0] == "bad-yaml"
    assert faults('a: "\\UFFFFFFFF"\n')[0][0] in ("bad-yaml", "bad-character")


def test_an_error_without_a_place() -> None:
    """If the parser names no place, the problem stands at the beginning."""

    class Broken(yaml.SafeLoader):
        def get_event(self) -> yaml.Event:
            raise yaml.MarkedYAMLError(problem="something")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "LOADER", Broken)
        assert faults("a: 1") == [("bad-yaml", "f:1:1")]


SAFE = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
EXACT = st.integers().map(lambda n: Decimal(f"{n}.{n % 1000:03}"))
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | EXACT | SAFE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SAFE, inner, max_size=4),
    max_leaves=12,
)


def written(value: Any) -> str:
    """Write data in YAML's flow style, every text in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(v) for v in value) + "]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return str(value)


@given(DATA)
def test_data_goes_through_text_and_back(value: Any) -> None:
    """What is written is what is read, with its kind and its digits."""
    assert repr(to_data(read(written(value)))) == repr(value)
