"""Foreseen slips: unquoted tests are told each by itself, mended, and read on."""

from __future__ import annotations

import pytest
import yaml

from complaint_rules.document import read_yaml, to_data, yaml_reader
from complaint_rules.document.slips import find_slips
from complaint_rules.source import Source


@pytest.fixture(params=["C", "Python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test with both parsers of PyYAML."""
    if request.param == "C" and not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML was built without its C parser")
    chosen = yaml.CSafeLoader if request.param == "C" else yaml.SafeLoader
    monkeypatch.setattr(yaml_reader, "LOADER", chosen)


@pytest.mark.parametrize(
    ("line", "test", "mended"),
    [
        ("x: >= 5", ">= 5", '`x: ">= 5"`'),
        ("x: >=5", ">=5", '`x: ">=5"`'),
        ("x: > 5", "> 5", '`x: "> 5"`'),
        ("x: >5", ">5", '`x: ">5"`'),
        ("x: >-5", ">-5", '`x: ">-5"`'),
        ("x: >55", ">55", '`x: ">55"`'),
        ("x: > 5 # why", "> 5", '`x: "> 5"`'),
        ("x: > 100 EUR", "> 100 EUR", '`x: "> 100 EUR"`'),
        ("x: != 3", "!= 3", '`x: "!= 3"`'),
        ("x: !=3", "!=3", '`x: "!=3"`'),
        ("x: != fact(y)", "!= fact(y)", '`x: "!= fact(y)"`'),
        ("x: [1..5)", "[1..5)", '`x: "[1..5)"`'),
        ("x: [1..5]", "[1..5]", '`x: "[1..5]"`'),
        ("x: [1..5[", "[1..5[", '`x: "[1..5["`'),
        ("x: ]1..5]", "]1..5]", '`x: "]1..5]"`'),
        ("x: [100 EUR..500 EUR)", "[100 EUR..500 EUR)", '`x: "[100 EUR..500 EUR)"`'),
        ("x: [1..5), [7..9]", "[1..5), [7..9]", '`x: "[1..5), [7..9]"`'),
        ("x: -", "-", '`x: "-"`'),
        ("x: -  # any", "-", '`x: "-"`'),
        ("x: %5", "%5", '`x: "%5"`'),
        ("x: @home", "@home", '`x: "@home"`'),
        ("x: `y`", "`y`", '`x: "`y`"`'),
        ('x: >= "a"', '>= "a"', "`x: '>= \"a\"'`"),
        ("x: >= 'a' \\ \"b\"", ">= 'a' \\ \"b\"", "`x: '>= ''a'' \\ \"b\"'`"),
        ("'x': >= 5", ">= 5", "`'x': \">= 5\"`"),
    ],
)
def test_a_value_left_unquoted(line: str, test: str, mended: str) -> None:
    """The problem underlines the test and shows the line mended; the value is read as meant."""
    node, problems = read_yaml(Source("f", f"a: 1\n{line}\nb: 2\n"))
    (problem,) = problems
    assert problem.code == "unquoted-test"
    assert problem.help == f"put the test in quotes: {mended}"
    assert problem.span is not None
    column = line.index(test) + 1
    assert (problem.span.line, problem.span.column) == (2, column)
    assert problem.span.end_column == column + len(test)
    assert node is not None
    assert to_data(node) == {"a": 1, "x": test, "b": 2}


@pytest.mark.parametrize(
    ("line", "test", "mended"),
    [
        ("- {x: >= 5, y: 1}", ">= 5", '`x: ">= 5"`'),
        ("- {y: 1, x: != 3}", "!= 3", '`x: "!= 3"`'),
        ("- {y: 1, x: !=3, z: 1}", "!=3", '`x: "!=3"`'),
        ("- {y: 1, x: [1..5), z: 1}", "[1..5)", '`x: "[1..5)"`'),
        ("- {y: 1, x: [1..5]}", "[1..5]", '`x: "[1..5]"`'),
        ("- {y: 1, x: (1..5]}", "(1..5]", '`x: "(1..5]"`'),
        ("- {y: 1, x: - }", "-", '`x: "-"`'),
        ("- {y: 1, x: >= max(1, 2)}", ">= max(1, 2)", '`x: ">= max(1, 2)"`'),
        ("- {y: [a, 'b, c'], x: > 5}", "> 5", '`x: "> 5"`'),
        ("- x: > 5", "> 5", '`- x: "> 5"`'),
        ("- > 5", "> 5", '`- "> 5"`'),
        ("- [a, > 5]", "> 5", '`"> 5"`'),
    ],
)
def test_a_value_left_unquoted_in_brackets_and_lists(line: str, test: str, mended: str) -> None:
    """In braces the test ends with its pair, and the help shows that pair."""
    _, problems = read_yaml(Source("f", line + "\n"))
    (problem,) = problems
    assert problem.code == "unquoted-test"
    assert problem.message == f"`{test}` stands without quotes"
    assert problem.help == f"put the test in quotes: {mended}"


def test_all_slips_of_a_file_are_told_in_one_run() -> None:
    """Each unquoted test is told, with the other faults of the file."""
    text = "a: >= 5\nb: [1..5)\nc: {d: > 1, e: !=2}\na: -\nf: [1\n"
    node, problems = read_yaml(Source("f", text))
    codes = [(p.code, p.span.line if p.span else 0) for p in problems]
    assert node is None
    assert codes == [
        ("bad-yaml", 5),
        ("unquoted-test", 1),
        ("unquoted-test", 2),
        ("unquoted-test", 3),
        ("unquoted-test", 3),
        ("unquoted-test", 4),
        ("duplicate-key", 4),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "x: 20% * y",
        "x: < 5",
        "x: = 5",
        "x: (1..5)",
        "x: (1..5]",
        "x: -5",
        "x: a-b",
        "x: [a, b]",
        "x: [../a.yaml]",
        "x: [a/..b]",
        "x: [wait...]",
        "x: ['1..5']",
        "x: [1..5, 7..9]",
        "x: >\n  folded\n  >= 5\n",
        "x: >2\n   text\n",
        "x: >-\n  text\n",
        "x: |\n  y: >= 5\n",
        "x: '>= 5'",
        "x: a # y: >= 5",
        "# x: >= 5\nx: 1",
        "x: >",
        "x: user@example.com",
        "- -\n",
        "-\n",
    ],
)
def test_what_yaml_reads_as_meant_is_no_slip(text: str) -> None:
    """Texts, blocks of text, lists and file names are left alone."""
    assert read_yaml(Source("f", text))[1] == ()


@pytest.mark.parametrize(("text", "column"), [("x: [-, a]", 5), ("x: {y: -}", 8), ("x: [a, -]", 8)])
def test_a_dash_in_a_flow_list_is_told_although_yaml_lets_it_pass(text: str, column: int) -> None:
    """`-` without quotes is a problem everywhere, once, and the tree is there all the same."""
    node, (problem,) = read_yaml(Source("f", text))
    assert node is not None
    assert (problem.code, problem.help) == ("unquoted-test", 'put the test in quotes: `"-"`')
    assert problem.span is not None
    assert (problem.span.column, problem.span.end_column) == (column, column + 1)


def test_what_is_no_value_is_not_mended_while_something_else_is() -> None:
    """Lines inside blocks and quotes that look like slips are kept when another line is one."""
    text = "a: |\n  b: >= 5\n  - @x\nc: 'one\n\n  >= 5 two'\n# d: >= 1\ne: > 1\n"
    node, problems = read_yaml(Source("f", text))
    assert [(p.code, str(p.span)) for p in problems] == [("unquoted-test", "f:8:4")]
    assert node is not None
    assert to_data(node) == {"a": "b: >= 5\n- @x\n", "c": "one\n>= 5 two", "e": "> 1"}


def test_a_slip_that_goes_on_over_lines_is_plain_bad_yaml() -> None:
    """Only a stretch that is a value by itself is called an unquoted test."""
    _, problems = read_yaml(Source("f", "a: >=\n  5\nb: 1\n"))
    assert [p.code for p in problems] == ["bad-yaml"]


def test_a_tag_that_only_begins_like_a_test_inside_a_long_line() -> None:
    """Very long lines are not searched, so there the tag is told as a tag."""
    _, problems = read_yaml(Source("f", f"x: !=3 {'k' * 2000}\n"))
    assert [p.code for p in problems] == ["yaml-tag"]


def test_a_long_mended_line_is_cut_to_the_test() -> None:
    """The help shows only the test where the line is too long to read."""
    _, problems = read_yaml(Source("f", f"{'k' * 100}: > 5\n"))
    assert problems[0].help == 'put the test in quotes: `"> 5"`'


def test_candidates_are_bounded() -> None:
    """A file of nothing but slips tells the first thousand."""
    slips = find_slips("x: > 5\n" * 999 + "x: [> 1, > 2, > 3]\n")
    assert len(slips) == 1000
    assert (slips[-1].line, slips[-1].text) == (1000, "> 1")


@pytest.mark.parametrize(
    "line",
    [
        "x: '>= 5",
        'x: "a',
        "x: [1..5",
        "x: ]a",
        "}",
        "x: - - - y",
        "x: > # c",
        "x: (1..5]",
        "{x: (1..5)}",
    ],
)
def test_broken_lines_are_walked_to_their_end(line: str) -> None:
    """A quote or bracket that never closes does not make a slip of what is none."""
    assert find_slips(line) == ()
