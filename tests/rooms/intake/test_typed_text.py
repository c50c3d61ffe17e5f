"""Text as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.intake.fault import shown
from complaint_rules.intake.typed_text import folded, number_text, plain_digits


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("1,234", "1,234"),
        ("1,2345", "1.2345"),
        ("1 234", "1234"),
        ("1\u202f234,5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("-1,234,567", "-1234567"),
        ("1.234.567", "1234567"),
        ("1.234,567,8", "1.234,567,8"),
        ("12.34,5", "12.34,5"),
        ("۱٬۲۳۴", "1234"),
        ("\u200f۱۲", "12"),
    ],
)
def test_numbers_are_read_only_where_unambiguous(typed: str, read: str) -> None:
    """A decimal comma is read; what could be a thousands separator is left alone."""
    assert number_text(typed) == read


def test_two_spellings_of_a_word_fold_together() -> None:
    """Case, width, ye and kaf, blanks and hyphens make no difference."""
    assert folded("Light Blue") == folded("light-blue") == folded("ＬＩＧＨＴ_blue")
    assert folded("علي") == folded("علی")
    assert folded("كتاب") == folded("کتاب")


@given(st.text())
def test_reading_digits_twice_changes_nothing(text: str) -> None:
    """What is plain stays plain."""
    assert plain_digits(plain_digits(text)) == plain_digits(text)


def test_a_shown_value_is_short_and_visible() -> None:
    """Messages show values on one line, cut, without control characters."""
    assert shown("a\x1bb") == "`a\N{REPLACEMENT CHARACTER}b`"
    assert shown("x" * 100) == f"`{'x' * 60}…`"
    assert shown(5) == "`5`"
