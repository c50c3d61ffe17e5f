"""The fixed phrases: the same in every language, and each in its own words."""

from __future__ import annotations

import re
import string
from itertools import combinations

import pytest

from complaint_rules.explanation.phrases import BY_LANGUAGE

_HOLES = re.compile(r"\{[a-z_]*\}")
_SAME = {"list", "parts"}
"""Marks between words: two languages may share them."""


def _holes(phrase: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase)} - {None}


@pytest.mark.parametrize("language", sorted(BY_LANGUAGE))
def test_every_language_has_every_phrase(language: str) -> None:
    """All languages have the same keys in the same order, with the same parts to fill in."""
    english, phrases = BY_LANGUAGE["en"], BY_LANGUAGE[language]
    assert list(phrases) == list(english)
    assert {key: _holes(phrases[key]) for key in phrases} == {
        key: _holes(english[key]) for key in english
    }


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(BY_LANGUAGE), 2)))
def test_no_phrase_is_left_untranslated(one: str, other: str) -> None:
    """Two languages never share the words of a phrase."""
    same = {
        key
        for key, phrase in BY_LANGUAGE[one].items()
        if phrase == BY_LANGUAGE[other][key] and key not in _SAME
    }
    # Persian and Arabic have some words in common.
    assert same <= ({"fact.currency"} if {one, other} == {"ar", "fa"} else set())


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_persian_and_arabic_have_no_latin_letters(language: str) -> None:
    """Outside what is filled in, no Latin letter stands in a Persian or Arabic phrase."""
    mixed = {
        key: phrase
        for key, phrase in BY_LANGUAGE[language].items()
        if re.search("[A-Za-z]", _HOLES.sub("", phrase))
    }
    assert mixed == {}


def test_persian_uses_its_own_letters() -> None:
    """Persian texts have the Persian ye and kaf, Arabic ones the Arabic."""
    assert not re.search("[\u064a\u0643]", "".join(BY_LANGUAGE["fa"].values()))
    assert not re.search("[\u06cc\u06a9]", "".join(BY_LANGUAGE["ar"].values()))
