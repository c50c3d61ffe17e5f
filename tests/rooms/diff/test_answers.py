"""Every way in which two decisions may differ is told, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

from complaint_rules.decision import decide
from complaint_rules.diff import Complaint, Diff, answers, read_edition
from complaint_rules.diff.costs import dearest
from complaint_rules.diff.telling import KINDS
from complaint_rules.intake import read_state
from complaint_rules.money import Money

AT = 1_795_518_000
BASE = {"received_at": "2026-11-24T09:00:00+01:00", "insulted": "no", "amount_paid": "60 EUR"}
GRAVE = BASE | {"severity": "s1"}
DUE = "rows: [{row: small, severity: s2, due: 4 h}, {row: big, severity: s1, due: 1 h}]"
VOUCHER = "when: {angry: yes}\n    amount: 5 EUR"
CASES: dict[str, tuple[dict[str, str], list[tuple[str, str]], set[tuple[str, str]]]] = {
    "later": (BASE, [("due: 4 h", "due: 5 h")], {("due later", "answer")}),
    "earlier": (BASE, [("due: 4 h", "due: 3 h")], {("due earlier", "answer")}),
    "an action alone": (
        BASE,
        [("due: {from: received_at, due: 1 d}", "due: {from: received_at, due: 2 d}")],
        {("due later", "call")},
    ),
    "an action without a deadline": (
        BASE,
        [("owner: agent, due: {from: received_at, due: 1 d}", "owner: agent")],
        {("due falls away", "call")},
    ),
    "an action with one": (
        BASE | {"insulted": "yes"},
        [
            (
                "listen: {title: {en: Listen}, owner: agent",
                "listen: {title: {en: Listen}, owner: agent, due: answer",
            )
        ],
        {("due appears", "listen"), ("other order", "actions")},
    ),
    "no target": (
        BASE,
        [("    met_by: answered_at\n", "    met_by: answered_at\n    when: {severity: s1}\n")],
        {("no longer timed", "answer")},
    ),
    "more": (
        BASE,
        [("value: 20 EUR", "value: 25 EUR")],
        {("more money", "gift"), ("higher cap", "gift")},
    ),
    "less": (
        BASE,
        [("value: 20 EUR", "value: 8 EUR")],
        {("less money", "gift"), ("lower cap", "gift"), ("other approver", "gift")},
    ),
    "owed": (
        GRAVE,
        [("amount: amount_paid", "amount: 0.5 * amount_paid")],
        {("less money", "refund")},
    ),
    "owed later": (GRAVE, [("due: 14 d", "due: 20 d")], {("due later", "refund")}),
    "not owed": (
        GRAVE,
        [
            (
                "when: {severity: s1}\n    amount: amount_paid",
                "when: {severity: s1, angry: yes}\n    amount: amount_paid",
            )
        ],
        {("no longer owed", "refund")},
    ),
    "now owed": (
        BASE,
        [
            (
                "when: {severity: s1}\n    amount: amount_paid",
                "when: always\n    amount: amount_paid",
            )
        ],
        {("now owed", "refund")},
    ),
    "offered": (BASE, [(VOUCHER, "when: always\n    amount: 5 EUR")], {("now offered", "voucher")}),
    "not offered": (
        BASE | {"angry": "yes"},
        [(VOUCHER, "when: {angry: no}\n    amount: 5 EUR")],
        {("no longer offered", "voucher")},
    ),
    "withheld": (
        BASE,
        [
            (
                "    then: {do: [thank, apologise, call]",
                "    then: {withhold: [gift], do: [thank, apologise, call]",
            )
        ],
        {("no longer offered", "gift")},
    ),
    "no amount": (
        BASE | {"angry": "yes"},
        [(VOUCHER, "when: {angry: yes}")],
        {("no amount", "voucher")},
    ),
    "approver": (BASE, [("up_to: 10 EUR", "up_to: 20 EUR")], {("other approver", "gift")}),
    "prohibition": (BASE, [("never: [blame]", "never: []")], {("no longer forbidden", "blame")}),
    "manner": (BASE, [(", manner: [warm]", "")], {("no longer manner", "warm")}),
    "escalated": (
        GRAVE,
        [("then: {escalate: [lead]}", "then: {do: [listen]}")],
        {("no longer escalated", "lead"), ("now to do", "listen")},
    ),
    "action": (
        BASE,
        [("do: [thank, apologise, call]", "do: [thank, apologise]")],
        {("no longer to do", "call")},
    ),
    "owner": (
        BASE,
        [("call: {title: {en: Call}, owner: agent", "call: {title: {en: Call}, owner: lead")],
        {("other owner", "call")},
    ),
    "action approver": (
        BASE,
        [("manner: [warm]}", "manner: [warm], approver: {call: lead}}")],
        {("other approver", "call")},
    ),
    "stage": (
        BASE,
        [
            (
                "{id: solved, title: {en: Solved}, when: {answered_at: happened}}",
                "{id: solved, title: {en: Solved}, when: {severity: s2}}",
            )
        ],
        {("other stage", "open → solved")},
    ),
    "side": (
        GRAVE,
        [("title: {en: Grave}, when: {severity: s1}", "title: {en: Grave}, when: {severity: s2}")],
        {("no longer at", "grave")},
    ),
    "type": (
        BASE | {"angry": "yes"},
        [("recognise: {angry: yes}", "recognise: {angry: no}")],
        {("no longer of type", "shouting"), ("now of type", "calm")},
    ),
    "standing": (
        BASE | {"angry": "yes"},
        [("recognise: {angry: yes}", "confirm: human, recognise: {angry: yes}")],
        {
            ("other standing", "shouting"),
            ("now of type", "calm"),
            ("now asked", "type_basis.shouting.confirmed_by"),
        },
    ),
    "asked": (
        {k: v for k, v in BASE.items() if k != "insulted"},
        [("when: {insulted: yes}", "when: {angry: yes}")],
        {("no longer asked", "insulted"), ("no longer to do", "listen")},
    ),
    "status": (
        BASE | {"answered_at": "2026-11-24T10:00:00+01:00"},
        [("    met_by: answered_at", "    met_by: done_at(call)")],
        {("other status", "answer")},
    ),
    "opens": (
        BASE,
        [("    met_by: answered_at\n", "    met_by: answered_at\n    opens: 1 h\n")],
        {("opens otherwise", "answer")},
    ),
    "nothing": (BASE, [('edition: "1"', 'edition: "2"')], set()),
}


BESIDE = {"other order", "now to do", "no longer to do", "now offered", "withheld otherwise"}
"""What may follow from another difference."""


@pytest.mark.parametrize("name", CASES)
def test_a_difference_is_told(name: str, compared: Callable[..., Diff]) -> None:
    """An edit brings exactly these differences to a complaint."""
    facts, edits, expected = CASES[name]
    found = compared(*edits, complaints=[Complaint("one", facts, AT)])
    told = {(each.kind, each.about) for each in found.groups}
    assert expected <= told, told
    assert len(found.changes) >= 1
    assert found.differs == bool(expected)
    assert not found.broken
    assert {each for each in told - expected if each[0] not in BESIDE} == set()


def test_every_kind_is_known_once() -> None:
    """The order in which kinds are told names each once."""
    assert len(set(KINDS)) == len(KINDS)


def test_actions_stand_with_their_target(compared: Callable[..., Diff]) -> None:
    """What is due later because its target is, is one story; what is not, is another."""
    found = compared(
        ("due: 4 h", "due: 5 h"),
        ("due: {from: received_at, due: 1 d}", "due: {from: received_at, due: 2 d}"),
        complaints=[Complaint("one", BASE, AT)],
    )
    groups = {each.about: each for each in found.groups}
    assert set(groups) == {"answer", "call"}
    assert groups["answer"].along == {"apologise": 1, "thank": 1}
    assert groups["answer"].spread == {"s": (3600, 3600)}
    assert groups["call"].along == {}


def test_another_currency_is_no_more_and_no_less(write: Callable[..., Path]) -> None:
    """An amount in another currency is told, and never set beside the first."""
    policy = read_edition(write("shop")).policy
    old = decide(policy, read_state(policy, BASE | {"angry": "yes"}), at=AT)
    (gift, *rest) = old.choices
    new = attrs.evolve(old, choices=(attrs.evolve(gift, amount=Money(Decimal(25), "USD")), *rest))
    told = [(each.kind, each.about) for each in answers(old, new)]
    assert told == [("other currency", gift.remedy)]
    assert dearest(new)["USD"] == 25
    assert "USD" not in dearest(old)


def test_an_amount_that_becomes_known(compared: Callable[..., Diff]) -> None:
    """Where an owed amount was unknown it appears, and is not called more money."""
    facts = {k: v for k, v in GRAVE.items() if k != "amount_paid"}
    edit = ("amount: amount_paid\n    owed: yes", "amount: 7 EUR\n    owed: yes")
    found = compared(edit, complaints=[Complaint("one", facts, AT)])
    assert ("an amount", "refund") in {(each.kind, each.about) for each in found.groups}
