"""What changed is told by id, down to the smallest part that differs, and nothing else is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from complaint_rules.diff import Change, changes
from complaint_rules.diff.changes import plain, text_of, title_of
from complaint_rules.diff.forms.words import changed

RULE = {
    "id": "polite",
    "text": {"en": "Be polite"},
    "when": "always",
    "then": {"never": ["a", "b"]},
}


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return what changed, each with its words."""
    return [(c.section, c.id, c.what, changed(c, 60)) for c in changes(before, after)]


CASES: dict[str, tuple[Any, Any, list[tuple[str, str, str, str]]]] = {
    "the same": ({"rules": [RULE]}, {"rules": [RULE]}, []),
    "files do not count": ({"include": ["a"], "format": 1}, {"include": ["b"], "extends": "c"}, []),
    "a key at the top": (
        {"currency": "EUR"},
        {"currency": "USD"},
        [("currency", "", "", "EUR → USD")],
    ),
    "a key of its own": ({}, {"calendar": "office"}, [("calendar", "", "", "added: office")]),
    "an item": (
        {"rules": [RULE]},
        {"rules": []},
        [("rules", "polite", "", "dropped")],
    ),
    "a section": ({}, {"rules": [RULE]}, [("rules", "polite", "", "added")]),
    "an item without a title": (
        {},
        {"settings": {"x": {"value": Decimal("1.50")}}},
        [("settings", "x", "", "added: {value: 1.50}")],
    ),
    "words of a list": (
        {"rules": [RULE]},
        {"rules": [RULE | {"then": {"never": ["b", "c"]}}]},
        [("rules", "polite", "then.never", "without a; with c")],
    ),
    "words in another order": (
        {"rules": [RULE]},
        {"rules": [RULE | {"then": {"never": ["b", "a"]}}]},
        [("rules", "polite", "then.never", "[a, b] → [b, a]")],
    ),
    "a test": (
        {"rules": [RULE]},
        {"rules": [RULE | {"when": {"angry": True}}]},
        [("rules", "polite", "when", "always → {angry: yes}")],
    ),
    "a text": (
        {"rules": [RULE]},
        {"rules": [RULE | {"text": {"en": "Be kind"}}]},
        [("rules", "polite", "text.en", "Be polite → Be kind")],
    ),
    "items in another order": (
        {"rules": [{"id": "a"}, {"id": "b"}]},
        {"rules": [{"id": "b"}, {"id": "a"}]},
        [],
    ),
    "stages in another order": (
        {"stages": [{"id": "a"}, {"id": "b"}]},
        {"stages": [{"id": "b"}, {"id": "a"}]},
        [("stages", "", "order", "[a, b] → [b, a]")],
    ),
    "a row": (
        {
            "targets": {
                "t": {"table": {"rows": [{"row": "x", "due": "1 h"}, {"row": "y", "due": "2 h"}]}}
            }
        },
        {
            "targets": {
                "t": {"table": {"rows": [{"row": "y", "due": "3 h"}, {"row": "z", "due": "1 h"}]}}
            }
        },
        [
            ("targets", "t", "table.rows.x", "dropped: {row: x, due: 1 h}"),
            ("targets", "t", "table.rows.y.due", "2 h → 3 h"),
            ("targets", "t", "table.rows.z", "added: {row: z, due: 1 h}"),
        ],
    ),
    "tiers, which have no names": (
        {"remedies": {"r": {"approval": [{"up_to": "5", "by": "a"}, {"by": "b"}]}}},
        {
            "remedies": {
                "r": {
                    "approval": [{"up_to": "1", "by": "x"}, {"up_to": "5", "by": "a"}, {"by": "c"}]
                }
            }
        },
        [
            ("remedies", "r", "approval[1]", "added: {up_to: 1, by: x}"),
            ("remedies", "r", "approval[3].by", "b → c"),
        ],
    ),
    "tiers that go": (
        {"remedies": {"r": {"approval": [{"by": "a"}, {"by": "b"}, {"by": "c"}]}}},
        {"remedies": {"r": {"approval": [{"by": "b"}, {"by": "c"}]}}},
        [("remedies", "r", "approval[1]", "dropped: {by: a}")],
    ),
    "two rows of one name": (
        {"targets": {"t": {"rows": [{"row": "x", "a": 1}, {"row": "x", "a": 2}]}}},
        {"targets": {"t": {"rows": [{"row": "x", "a": 1}, {"row": "x", "a": 3}]}}},
        [("targets", "t", "rows[2].a", "2 → 3")],
    ),
    "what amends what": (
        {"targets": {"t": {"amends": "core", "due": "1 h"}}},
        {"targets": {"t": {"due": "1 h"}}},
        [],
    ),
    "a list that is no list of items": (
        {"approvals": ["a"]},
        {"approvals": ["a", "b"]},
        [("approvals", "", "", "with b")],
    ),
    "a mapping of words": (
        {"title": {"en": "A"}},
        {"title": {"en": "B"}},
        [("title", "", "en", "A → B")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_told(name: str) -> None:
    """Each pair brings exactly these changes."""
    before, after, expected = CASES[name]
    assert told(before, after) == expected


def test_values_stay_whole_as_data() -> None:
    """A change holds the values themselves, a report cuts them."""
    long = "x" * 500
    (change,) = changes({"a": {"b": {"text": "old"}}}, {"a": {"b": {"text": long}}})
    assert change == Change("a", "b", "changed", "text", "old", long, title=long)
    assert len(changed(change, 60)) < 100


def test_titles_are_found_where_there_are_some() -> None:
    """A title goes before a text, English before another language."""
    assert title_of({"title": {"en": "T"}, "text": "x"}) == "T"
    assert title_of({"title": {"hu": "H"}}) == "H"
    assert title_of({"title": {}, "text": "plain"}) == "plain"
    assert title_of({"id": "x"}) == ""
    assert title_of(None) == ""


def test_data_is_plain() -> None:
    """Every value becomes JSON's own, as an author writes it."""
    given = {"a": [True, False, None, Decimal("1E+3"), 5, ("x",)], "amends": "core"}
    assert plain(given) == {"a": ["yes", "no", None, "1000", "5", ["x"]]}
    assert text_of({"a": ["b", {"c": "d\n e"}]}) == "{a: [b, {c: d e}]}"
