"""Keys of `words` that look like slips: a warning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaint_rules.problem import Problem, Severity

HEAD = """
facts:
  mood: {kind: choice, values: [happy, gloomy]}
  parcels: {kind: records, fields: {state: {kind: choice, values: [broken, missing]}}}
  town: {kind: text}
actions:
  call: {owner: courier, channel: telephone, source: [charter]}
  shout: {conduct: yes}
targets: {answer: {from: received_at, met_by: round_start, due: 1 h, source: [handbook-07]}}
rules:
  - {id: r, text: R, source: [statute], when: {town: vienna}, then: {escalate: manager, do: call}}
"""


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("hapy", "happy"),
        ("mood.gloomyy", "mood.gloomy"),
        ("brokn", "broken"),
        ("state.missin", "state.missing"),
        ("couriers", "courier"),
        ("telefone", "telephone"),
        ("mangaer", "manager"),
        ("statut", "statute"),
        ("handbok", "handbook"),
    ],
)
def test_a_slip_is_told(only: Callable[[str], Problem], word: str, meant: str) -> None:
    """A value, role, channel or source that nobody means, near one without a word."""
    found = only(HEAD + f"words: {{{word}: {{title: {{en: W}}}}}}\n")
    assert (found.code, found.severity) == ("unused-word", Severity.WARNING)
    assert found.help == f"did you mean `{meant}`?"


@pytest.mark.parametrize("word", ["happy", "handbook", "EUR", "vienna", "courier", "state.broken"])
def test_other_words_pass(problems: Callable[[str], list[Problem]], word: str) -> None:
    """What is called so passes, and so do currencies and values of texts."""
    assert problems(HEAD + f"words: {{{word}: {{title: {{en: W}}}}}}\n") == []


def test_the_plural_beside_its_word_passes(problems: Callable[[str], list[Problem]]) -> None:
    """Where what it is near has a word of its own, it may be meant for something else."""
    words = "words: {happy: {title: {en: H}}, hapy: {title: {en: W}}}\n"
    assert problems(HEAD + words) == []
