"""Conditions, amounts and lengths of time in words, in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from string import Formatter

import pytest

from complaint_rules.calendar import Close, Duration, Unit
from complaint_rules.conditions.tree import (
    All,
    Any,
    AtLeast,
    Constant,
    FieldValue,
    Not,
    SettingValue,
    Truth,
)
from complaint_rules.conditions.tree import Test as OneTest
from complaint_rules.errors import StateError
from complaint_rules.facts import Kind
from complaint_rules.handbook import Book, Story, handbook
from complaint_rules.handbook.book import Lines
from complaint_rules.handbook.conditions import Conditions
from complaint_rules.handbook.lengths import length
from complaint_rules.handbook.pen import Pen
from complaint_rules.handbook.phrases import BY_LANGUAGE
from complaint_rules.handbook.sums import constant, total
from complaint_rules.policy import Policy

Read = Callable[[Book, str], str]
COUNTED = (".one", ".two", ".few")


def _plain(phrases: Mapping[str, str]) -> dict[str, set[str | None]]:
    fields = Formatter()
    return {
        key: {name for _, name, _, _ in fields.parse(text) if name is not None}
        for key, text in phrases.items()
        if not key.endswith(COUNTED)
    }


@pytest.mark.parametrize("language", ["fa", "hu", "ar"])
def test_every_language_has_every_phrase_with_the_same_parts(language: str) -> None:
    """A phrase of English stands in each language, and names the same parts."""
    assert _plain(BY_LANGUAGE[language]) == _plain(BY_LANGUAGE["en"])


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_persian_and_arabic_phrases_hold_no_latin_letters(language: str) -> None:
    """Outside the braces no Latin letter stands in them."""
    told = {re.sub(r"{\w+}", "", text) for text in BY_LANGUAGE[language].values()}
    assert [text for text in told if re.search("[A-Za-z]", text)] == []


@pytest.mark.parametrize(
    ("language", "amount", "words"),
    [
        ("en", 1, "1 working day"),
        ("en", 3, "3 working days"),
        ("fa", 3, "۳ روز کاری"),
        ("hu", 3, "3 munkanap"),
        ("ar", 1, "يوم عمل واحد"),
        ("ar", 2, "يوما عمل"),
        ("ar", 3, "٣ أيام عمل"),
        ("ar", 11, "١١ يوم عمل"),
    ],
)
def test_a_length_of_time_is_counted_as_the_language_counts(
    shop: Policy, language: str, amount: int, words: str
) -> None:
    """Arabic has a form for one, two, few and many; digits are the language's own."""
    assert length(Pen(shop, language, {}), Duration(amount, Unit.BD)) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (Duration(0, Unit.M), "at once"),
        (Duration(0, Unit.D, Close.DAY), "the same day, to its end"),
        (Duration(0, Unit.BD, Close.BUSINESS), "the same day, before closing time"),
        (Duration(2, Unit.BD, Close.DAY), "2 working days, to the end of the day"),
    ],
)
def test_a_length_of_nothing_and_ends_of_days(shop: Policy, duration: Duration, words: str) -> None:
    """No length at all is at once, or the end of the same day."""
    assert length(Pen(shop, "en", {}), duration) == words


def test_amounts_are_told_as_sums(book: Book, words: Read) -> None:
    """Shares are percentages, settings stand as figures, brackets where the sum needs them."""
    gift = words(book, "remedy-gift")
    assert "the smallest of (the greatest of (12.5% × loss; 5 EUR); 50 EUR)" in gift
    assert "At most The rate × loss" in gift
    facts = words(book, "facts")
    assert "= (score − 1 ÷ 3) rounded" in facts or "= (score − 1/3) rounded" in facts
    assert "+ (−score) without its sign" in facts
    assert "(receipt) and then (2 working days)" in facts
    assert "(Severity) raised by 1, when:" in facts


def test_a_condition_tells_what_must_hold(book: Book, words: Read) -> None:
    """Groups within groups are told as lists; a yes-or-no fact as itself or its contrary."""
    loud = words(book, "type-loud")
    assert "At least 2 of these: Visits is at least 3 All of these: It is paid" in loud
    assert "One of these: Not so: score is at least 1, and score is less than 5" in loud
    assert "Not so: It is paid" in words(book, "rule-loud-softly")


def test_conditions_turn_round_under_a_not(shop: Policy) -> None:
    """Not all is any not; not any is all not; not two of three is two of three not."""
    tests = Conditions(Pen(shop, "en", {}))
    paid = _of(shop, "paid")
    grave = Not(paid)
    assert [line.words for line in tests.lines(Not(Any((paid, grave))))] == [
        ("Not so: It is paid",),
        ("It is paid",),
    ]
    told = tests.lines(Not(AtLeast(2, (paid, paid, paid))))
    assert told[0].words == ("At least 2 of these:",)
    assert len(told[0].under) == 3
    assert tests.lines(Not(Truth()))[0].words == ("Never",)
    assert tests.lines(AtLeast(2, (paid, paid))) == tests.lines(All((paid, paid)))
    assert tests.block(All((paid, paid))) == (Lines(tests.lines(All((paid, paid)))),)


def _of(policy: Policy, fact: str) -> OneTest:
    return next(
        item
        for condition in policy.conditions
        for item in getattr(condition, "items", (condition,))
        if isinstance(item, OneTest)
        and item.fact == fact
        and not getattr(item.check, "negated", 1)
        and True in getattr(item.check, "values", ())
    )


def test_fields_and_dated_settings_stand_by_their_names(shop: Policy) -> None:
    """A field of a record is named; a setting with dates is named, as its figure changes."""
    pen = Pen(shop, "en", {})
    assert total(pen, FieldValue("expected", Kind.INSTANT)) == "expected"
    assert total(pen, SettingValue("rate", Kind.NUMBER)) == "The rate"
    assert total(pen, SettingValue("floor", Kind.NUMBER)) == "-0.5"
    assert constant(pen, "s1", Kind.LEVEL) == "s1"
    assert total(pen, Constant("letter", Kind.CHOICE)) == "letter"


def test_a_negative_number_keeps_its_sign_on_the_left_in_persian(shop: Policy) -> None:
    """The mark before the sign keeps it in front of digits that run to the right."""
    assert total(Pen(shop, "fa", {}), SettingValue("floor", Kind.NUMBER)) == "\u200e-۰٫۵"


def test_an_unknown_language_is_refused(shop: Policy) -> None:
    """There is no handbook in a language without phrases."""
    with pytest.raises(StateError, match="unknown-language"):
        handbook(shop, language="xx")


def test_stories_stand_with_their_sources(shop: Policy, words: Read) -> None:
    """English shows lines and names, at most four, and how many more; others only names."""
    stories = [Story(f"file/case-{n}", f"Story {n}") for n in range(6)]
    shown = {"S1": stories, "S2": [Story("file/silent")], "LAW": stories[:5]}
    english = words(handbook(shop, stories=shown), "rule-loud-softly")
    assert "Story 0 file/case-0" in english
    assert "Story 3 file/case-3 and 3 more" in english
    persian = words(handbook(shop, language="fa", stories=shown), "rule-all-greeted")
    assert "file/case-0 ، file/case-1" in persian
    assert "Story" not in persian
    assert "و ۱ مورد دیگر" in persian
    told = words(handbook(shop, stories=shown), "action-shout")
    assert told.endswith("Shown by file/silent")
