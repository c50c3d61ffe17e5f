"""Assertions on decisions: quiet where they hold, and readable where they do not."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from complaint_rules import decide, load, read_state
from complaint_rules.decision import Decision
from complaint_rules.errors import StateError
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.testing import (
    Because,
    assert_action,
    assert_no_action,
    assert_not_offered,
    assert_offered,
    assert_order,
    assert_owed,
    assert_prohibited,
    assert_target,
    assert_withheld,
)

if TYPE_CHECKING:
    from conftest import Lab

AT = "2026-11-24T10:00:00+01:00"
STATE = {
    "received_at": "2026-11-24T09:00:00+01:00",
    "channel": "email",
    "customer_types": ["angry"],
    "severity": "s1",
    "amount_paid": "100 EUR",
}


@pytest.fixture
def policy(lab: Lab) -> Policy:
    """Return the small shop."""
    return load(lab.folder)


@pytest.fixture
def decision(policy: Policy) -> Decision:
    """Return what it decides of an angry customer's e-mail."""
    return decide(policy, STATE, at=AT)


@pytest.fixture
def because(policy: Policy) -> Because:
    """Return where the decision comes from."""
    return Because(policy=policy, state=STATE)


def test_what_holds_is_quiet(decision: Decision) -> None:
    """Assertions that hold say nothing, in whatever words instants and amounts are given."""
    for due in (
        "+0 m",
        "2026-11-24 10:00",
        AT,
        datetime.datetime.fromisoformat(AT),
        decision.at,
    ):
        assert_action(decision, "thank", due=due, owner="agent", approver=None)
    assert_action(decision, "call", approver="lead", status="at_risk")
    assert_no_action(decision, "assign_owner")
    assert_order(decision, "thank", "apologise")
    assert_offered(decision, "voucher", amount="8 EUR", approver="lead", rank=2)
    assert_offered(decision, "card", amount=Money(Decimal(3), "EUR"))
    assert_not_offered(decision, "refund")
    assert_withheld(decision, "flowers", reason="later")
    assert_prohibited(decision, "excuse")
    assert_target(decision, "answer", due="2026-11-24 09:30", status="overdue")
    assert decision.actions


def test_what_is_owed_is_quiet(policy: Policy) -> None:
    """What is owed is asserted with its amount and due time."""
    decision = decide(policy, {**STATE, "channel": "phone", "paid": "7 EUR"}, at=AT)
    assert_owed(decision, "refund", amount="7 EUR", due=None)
    assert decision.owed


FAILURES: list[tuple[Callable[[Decision], None], list[str]]] = [
    (
        lambda d: assert_action(d, "log"),
        ["expected `log` to be asked for", "  asked for: thank, apologise, call"],
    ),
    (
        lambda d: assert_action(d, "thank", due="+1 h"),
        [
            "expected `thank` with due 2026-11-24T11:00:00+01:00",
            "  its due is 2026-11-24T10:00:00+01:00",
        ],
    ),
    (
        lambda d: assert_action(d, "call", approver=None),
        ["expected `call` with approver none", "  its approver is lead"],
    ),
    (lambda d: assert_no_action(d, "thank"), ["expected `thank` not to be asked for, but it is"]),
    (
        lambda d: assert_order(d, "apologise", "thank"),
        ["expected the order apologise, thank", "  the order is: thank, apologise, call"],
    ),
    (
        lambda d: assert_offered(d, "flowers"),
        [
            "expected `flowers` to be offered",
            "  offered: card, voucher",
            "  withheld: flowers (later)",
        ],
    ),
    (
        lambda d: assert_offered(d, "voucher", rank=1),
        ["expected `voucher` at place 1", "  it is at 2: card, voucher"],
    ),
    (
        lambda d: assert_offered(d, "voucher", amount="5 EUR"),
        ["expected `voucher` with amount 5 EUR", "  its amount is 8.00 EUR"],
    ),
    (
        lambda d: assert_not_offered(d, "voucher"),
        ["expected `voucher` not to be offered, but it is"],
    ),
    (
        lambda d: assert_withheld(d, "voucher"),
        ["expected `voucher` not to be offered, but it is"],
    ),
    (
        lambda d: assert_withheld(d, "refund"),
        ["expected `refund` to be withheld", "  withheld: flowers"],
    ),
    (
        lambda d: assert_withheld(d, "flowers", reason="rule"),
        ["expected `flowers` with reason rule", "  its reason is later"],
    ),
    (lambda d: assert_owed(d, "refund"), ["expected `refund` to be owed", "  owed: nothing"]),
    (
        lambda d: assert_prohibited(d, "shout"),
        ["expected `shout` to be forbidden", "  forbidden: excuse"],
    ),
    (
        lambda d: assert_target(d, "recall"),
        ["expected `recall` to be a target", "  a target: answer, solution"],
    ),
    (
        lambda d: assert_target(d, "answer", status="met"),
        ["expected `answer` with status met", "  its status is overdue"],
    ),
]


@pytest.mark.parametrize(("check", "lines"), FAILURES)
def test_a_failure_says_what_is_there(
    decision: Decision, check: Callable[[Decision], None], lines: list[str]
) -> None:
    """A failed assertion says what was expected and what is there instead."""
    with pytest.raises(AssertionError) as failed:
        check(decision)
    assert str(failed.value).splitlines() == lines


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (lambda d, b: assert_no_action(d, "thank", because=b), "Because: All are thanked"),
        (lambda d, b: assert_action(d, "thank", due="+1 h", because=b), "Because: All are"),
        (lambda d, b: assert_offered(d, "flowers", because=b), "its group does not open yet"),
        (lambda d, b: assert_owed(d, "refund", because=b), "Channel"),
        (lambda d, b: assert_action(d, "thnk", because=b), "did you mean `thank`?"),
    ],
)
def test_a_failure_says_why(
    decision: Decision, because: Because, check: Callable[[Decision, Because], None], words: str
) -> None:
    """With the policy and the state a failure says why the item is there, or why it is not."""
    with pytest.raises(AssertionError) as failed:
        check(decision, because)
    told = str(failed.value)
    assert words.lower() in told.lower()
    assert "\u2068" not in told


def test_a_state_that_was_read_will_do(policy: Policy, decision: Decision) -> None:
    """The state may be one that was validated already."""
    because = Because(policy=policy, state=read_state(policy, STATE))
    with pytest.raises(AssertionError, match="flowers"):
        assert_offered(decision, "flowers", because=because)


@pytest.mark.parametrize("due", ["soon", "2026-11-24T10:00"])
def test_what_is_no_instant_is_refused(decision: Decision, due: str) -> None:
    """A due time that is no instant is a mistake of the test itself."""
    if due == "soon":
        with pytest.raises(StateError):
            assert_action(decision, "thank", due=due)
    else:
        assert_action(decision, "thank", due=due)


def test_an_instant_beyond_all_years_is_refused(decision: Decision) -> None:
    """A due time outside the years there are is a mistake of the test itself."""
    with pytest.raises(ValueError, match="1900 to 2400"):
        assert_action(decision, "thank", due="+900000 w")


def test_assertions_hide_themselves_from_tracebacks() -> None:
    """A failure points at the line of the test: our frames are marked as hidden."""
    from complaint_rules.testing import asserting, failing

    public: list[Any] = [getattr(asserting, n) for n in dir(asserting) if n.startswith("assert_")]
    inner: list[Any] = [failing.same, failing.absent, failing.present, failing.fail]
    for each in (*public, *inner):
        assert "__tracebackhide__" in each.__code__.co_varnames, each
