"""Settings without a value are noticed wherever something unknown reads them."""

from __future__ import annotations

import pytest
from tests.rooms.decision.shop import decided, rule, shop

from complaint_rules.decision.unset import SETTING_UNSET

LAST_YEAR = {"event_date": "2025-06-01", "amount_paid": {"amount": "9", "currency": "EUR"}}
SETTINGS = """
settings:
  rate: {source: house, value: [{valid: {from: 2026-01-01}, value: 6 EUR}]}
  few: {source: house, kind: count, value: [{valid: {from: 2026-01-01}, value: 3}]}
"""


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("facts: {a: {kind: money, derive: 2 * rate}}", ["rate"]),
        ("facts: {a: {kind: yes_no, derive: {when: {amount_paid: '> rate'}}}}", ["rate"]),
        (
            (
                "facts: {a: {kind: count, derive: "
                "{first: [{when: {amount_paid: '> rate'}, is: few}], else: 0}}}"
            ),
            ["few", "rate"],
        ),
        (
            (
                "facts: {a: {kind: money, derive: {table: {hit: F, out: [is], rows: [{row: r, "
                "kind: '-', is: rate}], else: {is: 0}}}}}"
            ),
            ["rate"],
        ),
        (
            (
                "facts: {b: {kind: records, fields: {cost: {kind: money}}}, "
                "a: {kind: count, derive: {count: b, where: {cost: '> rate'}}}}"
            ),
            ["rate"],
        ),
        (
            (
                "remedies: {tea: {amount: {table: {hit: F, out: [is], rows: [{row: r, kind: '-', "
                "is: rate}], else: {is: 0 EUR}}}}}"
            ),
            ["rate"],
        ),
        ("remedies: {tea: {amount: 1 EUR, cap: rate}}", ["rate"]),
        ("remedies: {tea: {approval: [{up_to: rate, by: agent}, {by: lead}]}}", ["rate"]),
        ("stages: [{id: late, when: {amount_paid: '> rate'}}]", ["rate"]),
        ("customer_types: {vip: {recognise: {amount_paid: '> rate'}}}", ["rate"]),
        ("remedies: {tea: {amount: rate, when: {kind: none}}}", []),
        ("remedies: {tea: {amount: rate, valid: {from: 2026-01-01}}}", []),
        (
            "actions: {thank: {owner: agent}}\nrules: ["
            + rule("r", "{amount_paid: '> rate'}", "do: [thank]")
            + "]",
            ["rate"],
        ),
        (
            "remedies: {tea: {amount: 1 EUR}}\nrules: ["
            + rule("r", "always", "cap: {total: rate}")
            + "]",
            ["rate"],
        ),
    ],
)
def test_what_lacks_a_setting_says_so(text: str, about: list[str]) -> None:
    """Derived facts, conditions, amounts and caps name the setting; what stands aside does not."""
    found = decided(shop(f"{SETTINGS}\n{text}"), LAST_YEAR)
    assert [each.about for each in found.notices if each.code == SETTING_UNSET] == about


def test_with_a_value_nothing_is_said() -> None:
    """On a date on which every setting has a value there is no notice."""
    of = shop(f"{SETTINGS}\nfacts: {{a: {{kind: money, derive: 2 * rate}}}}")
    assert decided(of, {"event_date": "2026-06-01"}).notices == ()
