"""Terms of voluntary remedies: what is settled for all complaints, and what each one decides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rooms.decision.shop import amounts, decided, ids, rule, shop

from complaint_rules.decision.answer.shape import Decision
from complaint_rules.money import Money
from complaint_rules.policy import Policy

FACTS = """
facts:
  x: {kind: money}
  y: {kind: money}
  z: {kind: money}
  fixed: {kind: yes_no, default: no}
"""


def eur(text: str) -> dict[str, str]:
    """Return an amount as a host gives it."""
    return {"amount": text, "currency": "EUR"}


def offered(x: str, y: str, z: str) -> Policy:
    """Return a policy whose caps and bounds of approval are these formulas."""
    return shop(
        FACTS
        + f"""
remedies:
  a: {{amount: 20% * amount_paid, cap: {x}, approval: [{{up_to: {y}, by: agent}}, {{by: lead}}]}}
  b: {{amount: '{y}', cap: '{y}', approval: [{{up_to: {x}, by: agent}}, {{by: lead}}]}}
  c: {{amount: amount_paid / 3, cap: amount_paid / 3, group: g}}
  d: {{approval: [{{up_to: {z}, by: agent}}, {{by: manager}}], excludes: [a]}}
groups: {{g: {{cap: {z}}}}}
rules:
  - {rule("all", "{fixed: yes}", "cap: {total: " + x + "}")}
  - {rule("one", "{fixed: yes}", "cap: {c: " + y + ", g: " + z + "}")}
  - {rule("two", "{fixed: yes}", "cap: {c: " + y + "}, approver: {a: manager, g: agent}")}
"""
    )


ASKED = offered("x", "y", "z")
_SUMS = st.decimals(0, 400, places=3).map(str) | st.just("0")


@settings(max_examples=40, deadline=None)
@given(bounds=st.tuples(_SUMS, _SUMS, _SUMS), paid=st.lists(_SUMS, min_size=1, max_size=3))
def test_what_is_settled_is_as_if_each_complaint_gave_it(
    bounds: tuple[str, str, str], paid: list[str]
) -> None:
    """Constants as caps and bounds come to what facts of the same amounts come to."""
    settled = offered(*(f"{each} EUR" for each in bounds))
    given_ = dict(zip("xyz", map(eur, bounds), strict=True))
    for each in paid:
        for fixed in (False, True):
            facts = {"amount_paid": eur(each), "fixed": fixed}
            assert _given(decided(settled, facts)) == _given(decided(ASKED, facts | given_))


def _given(decision: Decision) -> tuple[object, ...]:
    return decision.choices, decision.goodwill, decision.withheld, decision.room


def test_terms_are_those_of_the_season_and_the_currency() -> None:
    """A dated setting, and one of several currencies, bind each complaint as it stands there."""
    policy = shop(
        """
settings:
  limit: {value: {EUR: 5, GBP: 4}}
  tier:
    value:
      - {valid: {to: 2025-12-31}, value: 3 EUR}
      - {valid: {from: 2026-01-01}, value: 30 EUR}
remedies:
  gift: {amount: amount_paid, cap: limit, approval: [{up_to: tier, by: agent}, {by: lead}]}
"""
    )
    for _ in range(2):
        for day, currency, cap, approver in (
            ("2026-03-01", "EUR", "5.00", "agent"),
            ("2025-03-01", "EUR", "5.00", "lead"),
            ("2026-03-01", "GBP", "4.00", "lead"),
        ):
            facts = {"amount_paid": {"amount": "9", "currency": currency}, "event_date": day}
            (gift,) = decided(policy, facts).choices
            assert gift.cap == gift.amount == Money(Decimal(cap), currency)
            assert gift.approver == approver


def test_a_setting_without_a_value_in_the_currency_is_no_cap_known() -> None:
    """The remedy waits for nothing that could be asked; so it is withheld."""
    policy = shop(
        "settings: {limit: {value: 5 EUR}}\nremedies: {gift: {amount: 0 EUR, cap: limit}}"
    )
    decision = decided(policy, {"amount_paid": {"amount": "9", "currency": "GBP"}})
    assert [(each.remedy, each.reason) for each in decision.withheld] == [("gift", "waiting")]
    assert [(each.code, each.about) for each in decision.notices] == [("currency-mismatch", "gift")]


def test_a_table_in_another_currency_gives_no_amount() -> None:
    """A voluntary remedy waits where a row's amount is in another currency, and that is noticed."""
    policy = shop(
        FACTS
        + """
remedies:
  gift:
    amount:
      table:
        hit: F
        out: [amount]
        rows: [{fixed: no, amount: 5 EUR}]
        else: {amount: 1 EUR}
"""
    )
    decision = decided(policy, {"amount_paid": {"amount": "9", "currency": "GBP"}})
    assert [(each.remedy, each.reason) for each in decision.withheld] == [("gift", "waiting")]
    assert [(each.code, each.about) for each in decision.notices] == [("currency-mismatch", "gift")]
    (gift,) = decided(policy, {"amount_paid": eur("9")}).choices
    assert gift.rules == ("gift", "gift#1")


def test_terms_are_kept_in_a_bounded_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the bound they are made again, and are the same."""
    monkeypatch.setattr("complaint_rules.decision.remedies.offers._MOST_KEPT", 1)
    monkeypatch.setattr("complaint_rules.decision.remedies.shares._MOST_TOLD", 1)
    policy = shop(
        "facts: {more: {kind: yes_no}}\n"
        "remedies:\n  a: {fits: [talk], excludes: [b]}\n  b: {when: {more: yes}}\n"
        "  c: {amount: amount_paid}\n"
    )
    for _ in range(2):
        for currency in ("EUR", "GBP"):
            paid = {"amount_paid": {"amount": "9", "currency": currency}}
            alone = decided(policy, {**paid, "more": False, "demand": {"kinds": ["talk"]}})
            assert amounts(alone.choices) == {"a": None, "c": "9.00"}
            assert (alone.choices[0].fits, alone.choices[0].excludes) == (True, ())
            both = decided(policy, {**paid, "more": True})
            assert ids(both.choices) == ["a", "b", "c"]
            assert [each.excludes for each in both.choices] == [("b",), ("a",), ()]
            assert [each.fits for each in both.choices] == [None, None, None]
