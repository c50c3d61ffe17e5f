"""The catalogue: every problem code that the package can tell, and no other."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import complaint_rules
from complaint_rules import catalogue
from complaint_rules.catalogue import CATALOGUE, NOTICES, Entry

SOURCE = Path(complaint_rules.__file__).parent
KEBAB = re.compile(r"[a-z]+(-[a-z0-9]+)+")
NO_CODES = {"complaint-rules", "date-time", "utf-8", "utf-8-sig", "utf-16"}
"""Words of that shape that are something else: formats, encodings, the program's name."""

PREFIXES = ("unknown-", "missing-", "empty-")
"""Beginnings that the package completes with the name of what is unknown, missing or empty."""

TELLERS = ("Problem", "Fault", "Trouble", "PydanticCustomError")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules of the package, the catalogue itself left out."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "catalogue" not in path.relative_to(SOURCE).parts:
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def words() -> frozenset[str]:
    """Return every constant of the package that looks like a code."""
    return frozenset(
        node.value
        for _, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and KEBAB.fullmatch(node.value)
    )


def test_every_code_of_the_package_is_catalogued() -> None:
    """Each word of a code's shape in the source is a problem code or a notice."""
    assert words() - NO_CODES - set(CATALOGUE) - set(NOTICES) == set()


def test_every_told_code_is_catalogued() -> None:
    """Whatever is given as the code of a problem is in the catalogue, hyphen or not."""
    stray = []
    for name, module in modules():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not isinstance(
                node.func, ast.Name | ast.Attribute
            ):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            first = node.args[0] if node.args else None
            if (
                called in TELLERS
                and isinstance(first, ast.Constant)
                and first.value not in CATALOGUE
            ):
                stray.append(f"{name}:{node.lineno}: {first.value}")
    assert stray == []


def test_every_catalogued_code_is_used() -> None:
    """No entry is left of a code that nothing tells any more."""
    unused = {code for code in CATALOGUE if code not in words() and not code.startswith(PREFIXES)}
    assert unused == set()
    assert set(NOTICES) - words() == set()


def test_codes_are_told_once() -> None:
    """No two entries have one code."""
    families = (getattr(catalogue, name) for name in dir(catalogue))
    entries = [entry for family in families for entry in getattr(family, "ENTRIES", ())]
    assert len({entry.code for entry in entries}) == len(entries) == len(CATALOGUE)
    assert list(CATALOGUE) == sorted(CATALOGUE)


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_entries_are_sentences(entry: Entry) -> None:
    """An entry has a title without a full stop, and whole sentences for the rest."""
    assert KEBAB.fullmatch(entry.code)
    assert entry.title[0].isupper() or entry.title[0] == "`"
    assert not entry.title.endswith(".")
    for text in (entry.what, entry.why, entry.cure):
        assert text.endswith((".", "…"))
        assert "\n" not in text
    assert entry.about in ("ruleset", "state", "batch", "scenario", "explanation")


def test_notices_are_sentences() -> None:
    """Each notice is one sentence."""
    assert all(text.endswith(".") for text in NOTICES.values())
