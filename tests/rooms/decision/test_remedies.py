"""Remedies: what is owed, the room, caps, rank, groups, approvals (semantics 9, 22, 27 to 32)."""

from __future__ import annotations

import itertools
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rooms.decision.shop import amounts, decided, ids, rule, shop

from complaint_rules.decision.answer.as_json import dumps, from_json
from complaint_rules.decision.answer.shape import Choice, Decision
from complaint_rules.decision.remedies.shares import most_taken
from complaint_rules.money import Money

FACTS = """
facts:
  fault: {kind: choice, values: [company, customer], learn_by: investigate}
  loss: {kind: money}
  fixed: {kind: yes_no, default: no}
actions:
  investigate: {owner: agent}
"""


def eur(text: str) -> dict[str, str]:
    """Return an amount as a host gives it."""
    return {"amount": text, "currency": "EUR"}


def withheld(decision: Decision) -> dict[str, tuple[Any, ...]]:
    """Return why remedies are withheld."""
    return {each.remedy: (each.reason, each.waiting_for) for each in decision.withheld}


# ---------------------------------------------------------------------- owed


def test_owed_is_cut_by_nothing() -> None:
    """A total cap of 0 and an exhausted room leave what is owed as it is; it has no approver."""
    policy = shop(
        FACTS
        + f"""
remedies:
  refund: {{owed: yes, amount: amount_paid, due: {{from: received_at, due: 14 d}}}}
  gift: {{amount: 5 EUR}}
rules: [{rule("cap", "always", "cap: {total: 0 EUR}")}]
"""
    )
    decision = decided(
        policy, {"amount_paid": eur("99.995"), "received_at": "2026-11-24T09:00:00+01:00"}
    )
    (refund,) = decision.owed
    assert refund.amount == Money(Decimal("100.00"), "EUR")
    assert refund.rules == ("refund",)
    assert refund.due == decision.at - 3 * 3600 + 14 * 86400
    assert withheld(decision) == {"gift": ("cap", ())}
    assert decision.withheld[0].rules == ("cap", "gift")


def test_owed_of_unknown_amount_is_listed_and_asked() -> None:
    """`amount: null`, with the facts it waits for, and the room becomes unknown with it."""
    policy = shop(
        FACTS
        + """
remedies:
  damages: {owed: yes, amount: loss}
  gift: {amount: 5 EUR}
"""
    )
    decision = decided(policy, {"amount_paid": eur("10")})
    (damages,) = decision.owed
    assert (damages.amount, damages.waiting_for) == (None, ("loss",))
    assert decision.room is None
    assert withheld(decision) == {"gift": ("waiting", ("loss",))}
    assert [(ask.fact, ask.blocks) for ask in decision.asks] == [("loss", ("damages", "gift"))]


def test_an_owed_remedy_of_unknown_condition_waits() -> None:
    """As long as nobody knows whether it is owed it is withheld, `waiting`, never listed."""
    policy = shop(FACTS + "remedies: {refund: {owed: yes, when: {fault: company}, amount: loss}}")
    decision = decided(policy)
    assert decision.owed == ()
    assert withheld(decision) == {"refund": ("waiting", ("fault",))}
    assert ids(decision.actions) == ["investigate"]
    assert decided(policy, {"fault": "customer"}).withheld == ()


def test_owed_of_nothing_is_not_listed() -> None:
    """A formula that comes to 0 or less owes nothing; a remedy without money is listed."""
    policy = shop(
        FACTS
        + """
remedies:
  repair: {owed: yes}
  interest: {owed: yes, amount: loss - 10 EUR}
"""
    )
    assert ids(decided(policy, {"loss": eur("10")}).owed) == ["repair"]
    assert ids(decided(policy, {"loss": eur("10.01")}).owed) == ["interest", "repair"]


def test_vouchers_are_owed_only_if_accepted() -> None:
    """A voucher needs the customer's word; unknown, it waits (semantics 28)."""
    policy = shop(FACTS + "remedies: {voucher: {owed: yes, voucher: yes, fits: [paper]}}")
    assert decided(policy).owed == ()
    assert ids(decided(policy, {"accepted": ["voucher"]}).owed) == ["voucher"]
    assert ids(decided(policy, {"accepted": ["paper"]}).owed) == ["voucher"]
    unknown = decided(policy, {"accepted": "unknown"})
    assert withheld(unknown) == {"voucher": ("waiting", ("accepted",))}


def test_items_outside_their_validity_are_absent() -> None:
    """Remedies and groups are read by the event date (semantics 21)."""
    policy = shop(
        FACTS
        + """
remedies:
  old: {owed: yes, valid: {to: 2000-01-01}}
  gone: {valid: {to: 2000-01-01}}
  grouped: {group: past}
  fresh: {group: present}
groups:
  past: {valid: {to: 2000-01-01}}
  present: {}
"""
    )
    decision = decided(policy)
    assert (ids(decision.owed), ids(decision.choices)) == ([], ["fresh"])
    assert decision.withheld == ()
    then = decided(policy, {"event_date": "1999-12-31"})
    assert (ids(then.owed), ids(then.choices)) == (["old"], ["fresh", "gone", "grouped"])


def test_the_given_entitlement_is_owed() -> None:
    """Its amount may be in any currency; kinds without money need no amount."""
    policy = shop(
        FACTS + "remedies: {refund: {amount: amount_paid}, repair: {}, gift: {amount: 1 EUR}}"
    )
    facts = {"entitlement": {"amount": {"amount": "7", "currency": "HUF"}, "source": "law"}}
    (owed,) = decided(policy, facts).owed
    assert (owed.remedy, owed.amount) == ("entitlement", Money(Decimal("7.00"), "HUF"))
    assert owed.rules == ("entitlement",)
    reason = decided(policy, facts).reasons["entitlement"]
    assert (reason.truth, reason.span) == ("true", None)
    assert reason.facts["entitlement.source"] == "law"
    (repair,) = decided(policy, {"entitlement": {"kinds": ["repair"]}}).owed
    assert (repair.amount, repair.waiting_for) == (None, ())
    (refund,) = decided(policy, {"entitlement": {"kinds": ["refund"]}}).owed
    assert refund.waiting_for == ("entitlement.amount",)
    assert decided(policy, {"entitlement": {"source": "law"}}).owed == ()
    assert decided(policy, {"entitlement": {"kinds": []}}).owed == ()


# ---------------------------------------------------------------------- room


@pytest.mark.parametrize(
    ("facts", "room"),
    [
        ({"amount_paid": eur("33.33")}, "49.99"),
        ({"amount_paid": eur("100"), "voluntary_given": eur("30")}, "120.00"),
        ({"amount_paid": eur("100"), "voluntary_given": eur("200")}, "0.00"),
        ({"amount_paid": eur("100"), "entitlement": {"amount": eur("40")}}, "110.00"),
        (
            {"amount_paid": eur("100"), "entitlement": {"kinds": ["law"], "amount": eur("40")}},
            "150.00",
        ),
        ({"amount_paid": eur("100"), "entitlement": {"kinds": ["repair"]}}, "150.00"),
        ({"amount_paid": eur("100"), "fault": "company"}, "100.00"),
        ({}, None),
        ({"amount_paid": eur("100"), "voluntary_given": "unknown"}, None),
        (
            {
                "amount_paid": eur("1"),
                "entitlement": {"amount": {"amount": "1", "currency": "HUF"}},
            },
            None,
        ),
    ],
)
def test_room_is_150_percent_less_what_is_owed_and_given(
    facts: dict[str, Any], room: str | None
) -> None:
    """Rounded down, at least 0; what statute owes is not counted (semantics 29)."""
    policy = shop(
        FACTS
        + """
remedies:
  law: {owed: yes, statutory: yes, amount: 20 EUR, when: {fault: company}}
  refund: {owed: yes, amount: 50 EUR, when: {fault: company}}
  repair: {owed: yes}
"""
    )
    decision = decided(policy, facts)
    assert decision.room == (None if room is None else Money(Decimal(room), "EUR"))


def test_money_waits_for_an_unknown_room() -> None:
    """Without `amount_paid` nothing that costs money is offered; what costs none is."""
    policy = shop(FACTS + "remedies: {gift: {amount: 5 EUR}, letter: {}}")
    decision = decided(policy)
    assert amounts(decision.choices) == {"letter": None}
    assert withheld(decision) == {"gift": ("waiting", ("amount_paid",))}
    assert [ask.fact for ask in decision.asks] == ["amount_paid"]


def test_each_line_is_cut_to_what_earlier_combinable_lines_leave() -> None:
    """Choices by rank, then goodwill; lines that exclude each other do not add up (29, 30)."""
    policy = shop(
        FACTS
        + """
remedies:
  a: {amount: 10 EUR, group: g}
  b: {amount: 20 EUR, group: g}
  c: {amount: 25 EUR}
  d: {amount: 30 EUR, excludes: [c]}
  z: {amount: 99 EUR, group: goodwill}
groups: {g: {}}
"""
    )
    decision = decided(policy, {"amount_paid": eur("40")})  # room 60
    assert amounts(decision.choices) == {"a": "10.00", "b": "20.00", "c": "25.00", "d": "30.00"}
    assert amounts(decision.goodwill) == {"z": "10.00"}
    by_id = {each.remedy: each for each in decision.choices}
    assert by_id["a"].excludes == ("b",)
    assert by_id["c"].excludes == ("d",)
    tight = decided(policy, {"amount_paid": eur("20")})  # room 30
    assert amounts(tight.choices) == {"a": "10.00", "b": "20.00", "c": "10.00", "d": "10.00"}
    assert withheld(tight) == {"z": ("cap", ())}


def test_a_choice_names_what_is_owed_that_it_excludes() -> None:
    """Instead of the repair that is owed a replacement may be picked: never both."""
    policy = shop("remedies: {repair: {owed: yes}, swap: {excludes: [repair]}}")
    assert decided(policy).choices[0].excludes == ("repair",)


# ---------------------------------------------------------------------- caps


def test_the_smallest_of_all_caps_binds_rounded_down() -> None:
    """Own cap, group cap and caps of rules for the remedy, its group and `total`."""
    policy = shop(
        FACTS
        + f"""
remedies:
  gift: {{amount: 50 EUR, cap: 40 EUR, group: goodwill}}
  visit: {{group: goodwill}}
groups: {{goodwill: {{cap: 30 EUR}}}}
rules:
  - {rule("c1", "{fixed: yes}", "cap: {gift: 9.999 EUR}")}
  - {rule("c2", "{fixed: yes}", "cap: {goodwill: 9.99 EUR}")}
  - {rule("c3", "{fixed: yes}", "cap: {total: 20 EUR}")}
"""
    )
    facts = {"amount_paid": eur("100")}
    gift, visit = sorted(decided(policy, facts).goodwill, key=lambda each: each.remedy)
    assert (gift.amount, gift.cap) == (Money(Decimal("30.00"), "EUR"),) * 2
    assert gift.rules == ("gift",)
    assert (visit.amount, visit.cap) == (None, None)
    capped = decided(policy, {**facts, "fixed": True}).goodwill
    gift = next(each for each in capped if each.remedy == "gift")
    assert gift.cap == gift.amount == Money(Decimal("9.99"), "EUR")
    assert gift.rules == ("c1", "c2", "gift")


def test_a_total_cap_bounds_the_sum() -> None:
    """`total` caps all voluntary lines together, not only each."""
    policy = shop(
        FACTS
        + f"""
remedies: {{a: {{amount: 6 EUR}}, b: {{amount: 6 EUR}}}}
rules: [{rule("cap", "always", "cap: {total: 10 EUR}")}]
"""
    )
    decision = decided(policy, {"amount_paid": eur("100")})
    assert amounts(decision.choices) == {"a": "6.00", "b": "4.00"}


def test_an_unknown_cap_makes_the_remedy_wait() -> None:
    """Nothing is paid while nobody knows how much at most."""
    policy = shop(
        FACTS + "remedies: {gift: {amount: 5 EUR, cap: loss}, odd: {amount: 5 EUR, cap: 4 EUR}}"
    )
    decision = decided(policy, {"amount_paid": eur("100")})
    assert withheld(decision) == {"gift": ("waiting", ("loss",))}
    assert amounts(decision.choices) == {"odd": "4.00"}


def test_a_cap_of_an_unknown_rule_does_not_bind() -> None:
    """`cap`, `approver` and `escalate` need true (semantics 9)."""
    policy = shop(
        FACTS
        + f"""
remedies: {{gift: {{amount: 5 EUR}}}}
rules:
  - {rule("r", "{fault: company}", "cap: {gift: 1 EUR}, approver: {gift: lead}, escalate: [lead]")}
"""
    )
    decision = decided(policy, {"amount_paid": eur("100")})
    assert amounts(decision.choices) == {"gift": "5.00"}
    assert decision.choices[0].approver == "none"
    assert decision.escalations == ()
    assert decision.asks[0].blocks == ("r",)


def test_negative_amounts_and_caps_offer_nothing() -> None:
    """An amount or a cap below 0 counts as 0: withheld, `cap`."""
    policy = shop(
        FACTS
        + """
remedies:
  a: {amount: loss - 10 EUR}
  b: {amount: 5 EUR, cap: loss - 10 EUR}
"""
    )
    decision = decided(policy, {"amount_paid": eur("100"), "loss": eur("1")})
    assert withheld(decision) == {"a": ("cap", ()), "b": ("cap", ())}


# ----------------------------------------------------------- eligibility, rank


def test_ineligible_is_not_listed_unknown_waits_withheld_is_told() -> None:
    """`when` false: nothing; unknown: waiting; `withhold` true: rule; unknown: waiting."""
    policy = shop(
        FACTS
        + f"""
remedies:
  never: {{when: {{fixed: yes}}}}
  maybe: {{when: {{fault: company}}}}
  kept: {{}}
  held: {{}}
rules:
  - {rule("w1", "always", "withhold: [kept]")}
  - {rule("w2", "{fault: customer}", "withhold: [held, kept]")}
"""
    )
    decision = decided(policy)
    assert withheld(decision) == {
        "held": ("waiting", ("fault",)),
        "kept": ("rule", ()),
        "maybe": ("waiting", ("fault",)),
    }
    assert [each.rules for each in decision.withheld] == [("w2",), ("w1",), ("maybe",)]
    assert decision.reasons["w2"].truth == "unknown"


def test_an_unknown_amount_waits() -> None:
    """A voluntary amount that is unknown is withheld, never guessed."""
    policy = shop(FACTS + "remedies: {gift: {amount: loss}}")
    decision = decided(policy, {"amount_paid": eur("100")})
    assert withheld(decision) == {"gift": ("waiting", ("loss",))}


def test_a_group_not_open_yet_is_later() -> None:
    """Before `opens` its remedies are `later`; an unknown `opens` makes them wait (30)."""
    policy = shop(
        FACTS
        + """
remedies: {gift: {group: goodwill}, call: {group: g}}
groups: {goodwill: {opens: {fixed: yes}}, g: {opens: {fault: company}}}
"""
    )
    decision = decided(policy)
    assert withheld(decision) == {"call": ("waiting", ("fault",)), "gift": ("later", ())}
    assert decision.reasons["gift"].facts == {"fixed": False}
    open_ = decided(policy, {"fixed": True, "fault": "company"})
    assert (ids(open_.choices), ids(open_.goodwill)) == (["call"], ["gift"])


def test_rank_is_fit_then_cost_then_id_and_four_are_shown() -> None:
    """What answers the demand first, then the cheapest; the fifth is `limit` (31)."""
    policy = shop(
        FACTS
        + """
remedies:
  a: {amount: 4 EUR}
  b: {amount: 3 EUR, cost: loss}
  c: {amount: 9 EUR, fits: [money_back]}
  d: {amount: 1 EUR}
  e: {}
  f: {}
"""
    )
    facts: dict[str, Any] = {"amount_paid": eur("100"), "loss": eur("2")}
    plain = decided(policy, facts)
    assert ids(plain.choices) == ["e", "f", "d", "b"]
    assert {each.fits for each in plain.choices} == {None}
    assert withheld(plain) == {"a": ("limit", ()), "c": ("limit", ())}
    asked = decided(policy, {**facts, "demand": {"kinds": ["money_back"]}})
    assert ids(asked.choices) == ["c", "e", "f", "d"]
    assert [each.fits for each in asked.choices] == [True, False, False, False]
    unknown = decided(policy, {"amount_paid": eur("100"), "demand": {"kinds": ["b", "money_back"]}})
    assert ids(unknown.choices) == ["c", "b", "e", "f"]


# ------------------------------------------------------------------- approvals


@pytest.mark.parametrize(
    ("paid", "approver"), [("100", "agent"), ("100.05", "lead"), ("1000", "manager")]
)
def test_the_approver_goes_by_the_final_amount(paid: str, approver: str) -> None:
    """`up_to` is inclusive and met after caps and rounding (29)."""
    policy = shop(
        FACTS
        + """
remedies:
  gift:
    amount: 20% * amount_paid
    approval: [{up_to: 20 EUR, by: agent}, {up_to: 50 EUR, by: lead}, {by: manager}]
"""
    )
    (gift,) = decided(policy, {"amount_paid": eur(paid)}).choices
    assert gift.approver == approver


def test_an_unknown_tier_means_the_highest() -> None:
    """Where a bound is unknown the last tier approves, and the fact is asked."""
    policy = shop(
        FACTS
        + "remedies: {gift: {amount: 1 EUR, approval: [{up_to: loss, by: agent}, {by: lead}]}}"
    )
    decision = decided(policy, {"amount_paid": eur("10")})
    assert decision.choices[0].approver == "lead"
    assert [ask.fact for ask in decision.asks] == ["loss"]


def test_rules_raise_the_approver_and_never_lower_it() -> None:
    """The highest of the tiers and all true rules, for the remedy, its group or `total`."""
    policy = shop(
        FACTS
        + f"""
remedies:
  gift: {{group: goodwill, approval: [{{by: lead}}]}}
  call: {{}}
rules:
  - {rule("low", "always", "approver: {gift: agent, total: agent}")}
  - {rule("high", "{fixed: yes}", "approver: {goodwill: manager}")}
"""
    )
    decision = decided(policy)
    assert decision.goodwill[0].approver == "lead"
    assert decision.goodwill[0].rules == ("gift",)
    assert (decision.choices[0].approver, decision.choices[0].rules) == ("agent", ("call", "low"))
    raised = decided(policy, {"fixed": True})
    assert (raised.goodwill[0].approver, raised.goodwill[0].rules) == ("manager", ("gift", "high"))


# -------------------------------------------------------------- tables, currency


TABLE = (
    FACTS
    + """
remedies:
  comp:
    owed: yes
    amount:
      table:
        hit: U
        out: [amount]
        rows:
          - {loss: "< 100 EUR", amount: 10 EUR}
          - {loss: ">= 100 EUR", amount: 20% * amount_paid, row: big}
        else: {amount: 0 EUR}
"""
)


def test_an_amount_may_be_looked_up_in_a_table() -> None:
    """The row that gives it is named, with its reason."""
    policy = shop(TABLE)
    (comp,) = decided(policy, {"loss": eur("5")}).owed
    assert (comp.amount, comp.rules) == (Money(Decimal("10.00"), "EUR"), ("comp", "comp#1"))
    big = decided(policy, {"loss": eur("100"), "amount_paid": eur("50")})
    assert big.owed[0].rules == ("comp", "comp#big")
    assert set(big.reasons["comp#big"].facts) == {"amount_paid", "loss"}


def test_an_unknown_table_asks_for_rows_and_outputs() -> None:
    """What its rows, or the output of the row that holds, wait for is asked."""
    policy = shop(TABLE)
    assert decided(policy).owed[0].waiting_for == ("loss",)
    assert decided(policy, {"loss": eur("100")}).owed[0].waiting_for == ("amount_paid",)


def test_amounts_in_another_currency_are_unknown_beside_it() -> None:
    """A state in forint: euro amounts wait and are noticed; owed ones stand as they are (27)."""
    policy = shop(
        FACTS
        + """
remedies:
  fee: {owed: yes, amount: 3 EUR}
  gift: {amount: 5 EUR}
  part: {amount: 10% * amount_paid, approval: [{up_to: 20 EUR, by: agent}, {by: lead}]}
  bound: {amount: 10% * amount_paid, cap: 20 EUR}
"""
    )
    decision = decided(policy, {"amount_paid": {"amount": "1001", "currency": "HUF"}})
    assert decision.owed[0].amount == Money(Decimal("3.00"), "EUR")
    assert decision.room is None
    assert {notice.code for notice in decision.notices} == {"currency-mismatch"}
    assert withheld(decision)["gift"] == ("waiting", ())


def test_the_rounding_is_that_of_the_currency() -> None:
    """Half up to the currency's decimals, once, at the end."""
    policy = shop(
        """
facts: {loss: {kind: money}}
remedies: {half: {amount: 50% * amount_paid}, cheap: {amount: 5 EUR}}
"""
    )
    (half,) = decided(policy, {"amount_paid": {"amount": "1001", "currency": "JPY"}}).choices
    assert str(half.amount.amount if half.amount else None) == "501"


def test_an_approval_bound_in_another_currency_means_the_highest() -> None:
    """A tier that cannot be compared leaves only the last, with a notice."""
    policy = shop(
        "remedies: {part: {amount: 10% * amount_paid, approval: [{up_to: 9 EUR, by: agent}, "
        "{by: lead}]}}"
    )
    decision = decided(policy, {"amount_paid": {"amount": "1000", "currency": "HUF"}})
    assert decision.choices[0].approver == "lead"
    assert [(n.code, n.about) for n in decision.notices] == [("currency-mismatch", "part")]


@pytest.mark.parametrize("amount", ["9" * 9_999, "1E+9999", "1" * 4_001, "0." + "1" * 9_000])
def test_amounts_of_any_length_are_decided(amount: str) -> None:
    """Amounts past 4,000 digits are unknown, with a notice; no length breaks a decision."""
    policy = shop(
        FACTS
        + """
remedies:
  refund: {owed: yes, amount: amount_paid}
  gift: {amount: 20% * loss, cap: amount_paid, cost: loss}
"""
    )
    money = eur(amount)
    decision = decided(
        policy,
        {
            "amount_paid": money,
            "voluntary_given": money,
            "loss": money,
            "entitlement": {"kinds": ["refund"], "amount": money},
        },
    )
    assert from_json(json.loads(dumps(decision))) == decision
    noticed = {each.code for each in decision.notices}
    assert noticed == (set() if amount.startswith("0.") else {"number-too-long"})
    assert (decision.room is None) is bool(noticed)


# ------------------------------------------------------------------ properties


@given(
    sums=st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 9).map(Fraction)),
    pairs=st.sets(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg"))),
)
def test_most_taken_is_the_dearest_set_without_conflict(
    sums: dict[str, Fraction], pairs: set[tuple[str, str]]
) -> None:
    """Compared with trying every subset."""
    conflicts = {
        a: frozenset(b for b in "abcdefg" if a != b and ((a, b) in pairs or (b, a) in pairs))
        for a in "abcdefg"
    }
    names = sorted(sums)
    best = Fraction(0)
    for size in range(len(names) + 1):
        for chosen in itertools.combinations(names, size):
            if all(b not in conflicts[a] for a, b in itertools.combinations(chosen, 2)):
                best = max(best, sum((sums[name] for name in chosen), Fraction(0)))
    assert most_taken(names, sums, conflicts) == best


MANY = shop(
    FACTS
    + f"""
remedies:
  a: {{amount: 20% * amount_paid, cap: 33.335 EUR, group: g}}
  b: {{amount: 'max(5 EUR, 7% * amount_paid)', group: g}}
  c: {{amount: 70% * amount_paid, excludes: [d]}}
  d: {{amount: loss}}
  e: {{}}
  gift: {{amount: 'min(max(20% * amount_paid, 5 EUR), 100 EUR)', group: goodwill}}
  extra: {{amount: loss / 3, excludes: [a], group: goodwill}}
groups: {{g: {{}}, goodwill: {{cap: 90.999 EUR}}}}
rules:
  - {rule("c1", "{fault: company}", "cap: {total: 50.555 EUR, c: 1 EUR}")}
  - {rule("c2", "{fault: customer}", "cap: {goodwill: 3.339 EUR}")}
"""
)

_SUMS = st.decimals(0, 10_000, places=3).map(str)


@settings(max_examples=150, deadline=None)
@given(
    paid=_SUMS,
    loss=_SUMS,
    given_=_SUMS,
    fault=st.sampled_from(["company", "customer", "unknown"]),
)
def test_no_choice_of_remedies_exceeds_its_caps_or_the_room(
    paid: str, loss: str, given_: str, fault: str
) -> None:
    """Whatever can be taken together stays within the room and the total cap; each in its cap."""
    decision = decided(
        MANY,
        {
            "amount_paid": eur(paid),
            "loss": eur(loss),
            "voluntary_given": eur(given_),
            "fault": fault,
        },
    )
    assert decision.room is not None
    limit = decision.room.amount
    if fault == "company":
        limit = min(limit, Decimal("50.55"))
    lines = [each for each in (*decision.choices, *decision.goodwill) if each.amount is not None]
    for each in lines:
        assert each.amount is not None
        assert each.amount.amount > 0
        assert each.cap is None or each.amount.amount <= each.cap.amount
    for size in range(1, len(lines) + 1):
        for chosen in itertools.combinations(lines, size):
            if _together(chosen):
                assert sum(each.amount.amount for each in chosen if each.amount) <= limit


def _together(chosen: tuple[Choice, ...]) -> bool:
    return all(b.remedy not in a.excludes for a, b in itertools.combinations(chosen, 2))


def test_a_formula_past_all_bounds_is_unknown() -> None:
    """A product of more than 4,000 digits is unknown, with a notice about its remedy."""
    policy = shop(FACTS + "remedies: {refund: {owed: yes, amount: loss * 1000}}")
    decision = decided(policy, {"loss": eur("9" * 3_999)})
    assert [(line.remedy, line.amount) for line in decision.owed] == [("refund", None)]
    assert [(each.code, each.about) for each in decision.notices] == [("number-too-long", "refund")]
    assert decided(policy, {"loss": eur("9" * 3_997)}).notices == ()


def test_a_formula_that_breaks_is_noticed() -> None:
    """A division by zero has no amount, and the notice names the remedy."""
    policy = shop(
        FACTS.replace("  loss:", "  parts: {kind: number}\n  loss:")
        + "remedies: {refund: {owed: yes, amount: loss / parts}}"
    )
    decision = decided(policy, {"loss": eur("9"), "parts": 0})
    assert [line.amount for line in decision.owed] == [None]
    assert [(each.code, each.about) for each in decision.notices] == [
        ("division-by-zero", "refund")
    ]


def test_a_formula_of_what_has_not_happened_has_no_amount() -> None:
    """So many days up to something that has not happened yet come to no amount of money."""
    policy = shop(
        FACTS.replace("  loss:", "  sent_back: {kind: instant}\n  loss:")
        + "remedies: {rent: {owed: yes, "
        "amount: 'days_between(received_at, sent_back) * 1 EUR'}}"
    )
    facts = {"received_at": "2026-11-20T09:00:00+01:00", "sent_back": "not_yet"}
    assert [line.amount for line in decided(policy, facts).owed] == [None]
    known = {**facts, "sent_back": "2026-11-22T09:00:00+01:00"}
    assert [line.amount for line in decided(policy, known).owed] == [Money(Decimal("2.00"), "EUR")]
