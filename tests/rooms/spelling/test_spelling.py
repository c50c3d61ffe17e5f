"""Did you mean: nearness, ties, and the help made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.spelling import did_you_mean, help_for

FACTS = ["order_value", "amount_paid", "fault", "severity", "s1", "s2", "fa", "hu"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("order_valeu", "order_value"),  # a swap counts one
        ("Order-Value", "order_value"),  # case and hyphens are free
        ("ordervalue", "order_value"),
        ("order value", "order_value"),
        ("oder_valu", "order_value"),  # two letters missing
        ("oder_vlu", None),  # three are too many
        ("fualt", "fault"),
        ("falut", "fault"),
        ("flt", None),  # two slips in a short word
        ("faults", "fault"),
        ("S1", "s1"),
        ("s3", None),  # two letters: nothing but case is forgiven
        ("en", None),
        ("", None),
        ("x" * 101, None),
    ],
)
def test_nearest_word(word: str, expected: str | None) -> None:
    """The nearest known word is found within the allowance for its length, else none."""
    assert did_you_mean(word, FACTS) == expected


def test_ties_go_to_length_then_alphabet() -> None:
    """Of words equally near the one of nearer length wins, then the first in the alphabet."""
    assert did_you_mean("cap", ["capp", "cat", "car"]) == "car"
    assert did_you_mean("cap", ["cat", "capp", "car"]) == "car"


def test_a_known_word_of_separators_only_is_never_meant() -> None:
    """A known word that is empty without its hyphens is passed over."""
    assert did_you_mean("-", ["-", "_"]) is None


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=8))
def test_order_of_known_words_does_not_matter(word: str, known: list[str]) -> None:
    """The answer is the same for any order of the known words, and is one of them."""
    answer = did_you_mean(word, known)
    assert answer == did_you_mean(word, reversed(known))
    assert answer is None or answer in known


@given(st.text(alphabet="abcdefgh", min_size=3, max_size=9), st.data())
def test_one_swap_is_always_forgiven(word: str, data: st.DataObject) -> None:
    """A word with two neighbours swapped is told as the word itself."""
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert did_you_mean(swapped, [word]) == word


def test_help_asks_for_the_near_word() -> None:
    """A near word becomes a question."""
    assert help_for("order_valeu", FACTS) == "did you mean `order_value`?"


def test_help_lists_what_is_known() -> None:
    """Without a near word at most eight known ones are shown; a list keeps its order."""
    assert help_for("zzzz", ["s4", "s3"], "levels") == "known levels: `s4`, `s3`"
    assert help_for("zzzz", {"b", "a"}) == "known: `a`, `b`"
    many = help_for("zzzz", [str(n) for n in range(9)])
    assert many == "known: `0`, `1`, `2`, `3`, `4`, `5`, `6`, `7` …"


def test_help_says_when_nothing_is_known() -> None:
    """With no known word at all the help says so."""
    assert help_for("x", ()) == "no names are declared"
    assert help_for("x", (), "facts") == "no facts are declared"
