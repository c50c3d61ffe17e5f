"""What a reader calls values, roles, calendars and currencies: the ruleset's own `words`."""

from __future__ import annotations

from decimal import Decimal

import pytest

from complaint_rules.explanation.speaker import Speaker
from complaint_rules.explanation.values import worded
from complaint_rules.loading import loads
from complaint_rules.money import Money
from complaint_rules.policy import Policy

TEXT = """
format: 1
id: shop
edition: "1"
title: {en: Shop, fa: فروشگاه}
currency: EUR
calendar: desk
words:
  wrong: {title: {en: wrong item, fa: کالای اشتباه}}
  cause.other: {title: {en: another cause, fa: علتی دیگر}}
  other: {title: {en: other, fa: دیگر}}
  agent: {title: {en: agent, fa: کارشناس}}
  EUR: {title: {fa: یورو, en: EUR}}
calendars:
  desk: {title: {en: The desk, fa: میز}, timezone: UTC, hours: {mon: ["09:00-17:00"]}}
facts:
  cause: {kind: choice, values: [wrong, other, odd]}
  channel: {kind: set, values: [other, wrong]}
remedies:
  gift: {title: {en: Gift, fa: هدیه}, when: always, fits: [goods]}
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    """A ruleset with words."""
    return loads(TEXT)


@pytest.mark.parametrize(
    ("fact", "value", "told"),
    [
        ("cause", "wrong", "کالای اشتباه"),
        ("cause", "other", "علتی دیگر"),
        ("cause", "odd", "\u2068odd\u2069"),
        ("channel", ("other", "wrong"), "دیگر، کالای اشتباه"),
        ("calendar", "desk", "میز"),
        ("accepted", ("gift", "goods"), "هدیه، \u2068goods\u2069"),
    ],
)
def test_a_value_is_called_by_its_word(policy: Policy, fact: str, value: object, told: str) -> None:
    """A fact's own word goes before the common one; items go by their titles; others stay."""
    assert worded(Speaker(policy, "fa", "UTC"), value, policy.facts[fact]) == told


def test_roles_and_currencies_are_called_by_their_words(policy: Policy) -> None:
    """A role and a currency without a word in this language stay what they are."""
    persian = Speaker(policy, "fa", "UTC")
    assert persian.word("agent") == "کارشناس"
    assert persian.money(Money(Decimal(5), "EUR")) == "۵ یورو"
    assert persian.money(Money(Decimal(5), "GBP")) == "\u2068۵ GBP\u2069"
    assert Speaker(policy, "hu", "UTC").money(Money(Decimal(5), "EUR")) == "5 EUR"
    assert Speaker(policy, "en", "UTC").name("calendar", "desk") == "The desk"


def test_a_source_is_called_by_its_word_and_number(policy: Policy) -> None:
    """A source of our own is a word, perhaps with a number; any other is called nothing."""
    persian = Speaker(policy, "fa", "UTC")
    assert persian.source("other") == "دیگر"
    assert persian.source("other-012") == "دیگر ۱۲"
    assert Speaker(policy, "en", "UTC").source("other-07") == "other 7"
    assert [persian.source(each) for each in ("other-x", "odd-1", "odd")] == [None] * 3


def test_the_sign_of_a_negative_number_stands_before_it_in_persian(policy: Policy) -> None:
    """Other languages write it as it is."""
    assert Speaker(policy, "fa", "UTC").number("-3") == "\u200e-۳"
    assert Speaker(policy, "ar", "UTC").number("-3") == "-٣"
