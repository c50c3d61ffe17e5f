"""The grammar's page in the reference shows the grammar that is used, and true examples."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from complaint_rules.grammar import Fault, parse_due, parse_duration, parse_expression, parse_test

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "grammar.md"


def section(title: str, end: str) -> list[str]:
    """Return the code spans of the first column of the tables between two headings."""
    text = PAGE.read_text(encoding="utf-8").split(title)[1].split(end)[0]
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    return [span for row in rows for span in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


def test_the_page_shows_the_grammar() -> None:
    """The rules on the page are those of the grammar file, character for character."""
    grammar = files("complaint_rules.grammar").joinpath("sfeel.lark").read_text(encoding="utf-8")
    shown = PAGE.read_text(encoding="utf-8").split("```lark\n")[1].split("```")[0]
    assert shown.startswith("// ----")
    assert grammar.endswith(shown)


@pytest.mark.parametrize("text", section("## Tests", "### Where"))
def test_tests(text: str) -> None:
    """Every test in the first table is read."""
    assert not isinstance(parse_test(text, words=False), Fault)


@pytest.mark.parametrize("text", section("## Expressions", "## Durations"))
def test_expressions(text: str) -> None:
    """Every expression in the table is read."""
    assert not isinstance(parse_expression(text), Fault)


@pytest.mark.parametrize("unit", section("## Durations", "## Due times"))
def test_units(unit: str) -> None:
    """Every unit in the table is one."""
    assert not isinstance(parse_duration(f"3 {unit}"), Fault)


@pytest.mark.parametrize("text", section("## Due times", "## In one piece"))
def test_due_times(text: str) -> None:
    """Every due time in the table is read."""
    assert not isinstance(parse_due(text), Fault)
