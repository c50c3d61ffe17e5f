"""Mood buys nothing, by no roundabout way either (semantics 32)."""

from __future__ import annotations

import pytest

from complaint_rules.loading import check

HEAD = """
format: 1
id: mood
edition: "1"
title: Mood
currency: EUR
customer_types:
  angry: {title: Angry}
  abusive: {title: Exploitative, recognise: {shouting: yes}}
  often: {title: Often, recognise: {count_known: yes}}
facts:
  shouting: {kind: yes_no, not_money: yes}
  count_known: {kind: yes_no}
  tier: {kind: choice, values: [standard, vip], not_money: yes}
  price: {kind: money, derive: {first: [{when: {tier: vip}, is: 1 EUR}], else: 200 EUR}}
"""
FLAGGED = "  customer_types: {not_money: [angry]}\n"
REMEDY = "remedies:\n  gift: {amount: 5 EUR, approval: [{by: agent}], "


def codes(text: str) -> list[str]:
    return [problem.code for problem in check(text.encode()).problems]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + FLAGGED + "groups: {g: {opens: {customer_types: angry}}}\n" + REMEDY + "group: g}\n",
        HEAD + "groups: {g: {opens: {tier: vip}}}\n" + REMEDY + "group: g}\n",
        HEAD + REMEDY + "cost: price}\n",
        HEAD + REMEDY + "when: {customer_types: {none: [abusive]}}}\n",
        HEAD + FLAGGED + REMEDY + "when: {customer_types: {none: [abusive]}}}\n",
    ],
    ids=["opens by type", "opens by tier", "cost", "recognised", "recognised, types flagged"],
)
def test_a_roundabout_way_is_told(text: str) -> None:
    """A group's opening, a remedy's cost and a type's signals count as money, too."""
    assert codes(text) == ["money-by-mood"]


def test_a_type_recognised_by_facts_is_allowed() -> None:
    """What is recognised by what happened may decide on money."""
    assert codes(HEAD + FLAGGED + REMEDY + "when: {customer_types: {none: [often]}}}\n") == []
