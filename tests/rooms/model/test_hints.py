"""Hints: what the schema says of a place."""

from __future__ import annotations

from complaint_rules.model.hints import description_at, keys_at, words_at


def test_keys_of_a_place() -> None:
    """The keys a mapping may have are known at every depth, through lists and choices."""
    assert "met_by" in keys_at(("targets", "first"))
    assert keys_at(("facts", "a", "derive", "first", 0)) == ["is", "when"]
    assert {"first", "count", "latest", "table", "when"} <= set(keys_at(("facts", "a", "derive")))
    assert keys_at(("actions", "a", "due", 0)) == ["due", "from"]
    assert keys_at(("rules", 0, "when", "all", 3, "not", "at_least")) == ["n", "of"]
    assert keys_at(("settings", "a", "value", 0)) == ["valid", "value"]
    assert keys_at(("nowhere", "at", "all")) == []


def test_words_of_a_place() -> None:
    """The words of a fixed list are known in their order."""
    assert words_at(("facts", "a", "kind"))[:2] == ["yes_no", "count"]
    assert words_at(("rules", 0, "when")) == ["always"]
    assert words_at(("id",)) == []


def test_descriptions_of_a_place() -> None:
    """What a value is can be told, and nothing is told where the schema says nothing."""
    assert description_at(("targets", "a", "met_by")) == "an instant: what meets it"
    assert description_at(("nowhere",)) == ""
    assert description_at(()) == ""
