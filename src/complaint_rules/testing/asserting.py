"""Assertions on decisions that fail in words: what is there instead, and why."""

from __future__ import annotations

from complaint_rules.decision import Decision
from complaint_rules.testing.failing import (
    ANY,
    Amount,
    Because,
    Instant,
    Unsaid,
    absent,
    fail,
    listed,
    money,
    present,
    same,
    seconds,
)


def assert_action(
    decision: Decision,
    action: str,
    *,
    due: Instant = ANY,
    owner: str | Unsaid = ANY,
    status: str | Unsaid = ANY,
    approver: str | Unsaid | None = ANY,
    because: Because | None = None,
) -> None:
    """
    Assert that a decision asks for an action, and what it says of it.

    Example:
        ::

            assert_action(decision, "thank", due="+1 h", owner="agent")

    Args:
        decision: The decision.
        action: The action's id.
        due: Its due time.
        owner: The role whose task it is.
        status: ``not_started``, ``due``, ``at_risk``, ``overdue`` or ``unknown``.
        approver: The role that approves it; `None`: nobody has to.
        because: The policy and the state: a failure then tells the why, or the why-not.
    """
    __tracebackhide__ = True
    there = {each.id: each for each in decision.actions}
    if action not in there:
        absent(decision, f"action:{action}", "asked for", there, because)
    found = there[action]
    wanted = {"due": seconds(decision, due), "owner": owner, "status": status}
    same(decision, f"action:{action}", found, {**wanted, "approver": approver}, because)


def assert_no_action(decision: Decision, action: str, *, because: Because | None = None) -> None:
    """Assert that a decision does not ask for an action; arguments as for `assert_action`."""
    __tracebackhide__ = True
    if any(each.id == action for each in decision.actions):
        present(decision, f"action:{action}", "asked for", because)


def assert_order(decision: Decision, *actions: str) -> None:
    """Assert that a decision asks for actions in an order; others may stand between them."""
    __tracebackhide__ = True
    there = [each.id for each in decision.actions]
    if [each for each in there if each in actions] != list(actions):
        fail(f"expected the order {listed(actions)}", f"the order is: {listed(there)}")


def assert_offered(
    decision: Decision,
    remedy: str,
    *,
    amount: Amount = ANY,
    approver: str | Unsaid = ANY,
    rank: int | Unsaid = ANY,
    because: Because | None = None,
) -> None:
    """
    Assert that a decision lists a remedy as a choice or as goodwill, and what it says of it.

    Args:
        decision: The decision.
        remedy: The remedy's id.
        amount: Its amount.
        approver: The role that approves it.
        rank: Its place among the choices, or among what is goodwill; the first is 1.
        because: The policy and the state: a failure then tells the why, or the why-not.
    """
    __tracebackhide__ = True
    places = {
        each.remedy: (each, place)
        for listed in (decision.choices, decision.goodwill)
        for place, each in enumerate(listed, 1)
    }
    if remedy not in places:
        told = [f"{each.remedy} ({each.reason})" for each in decision.withheld]
        extra = (f"withheld: {listed(told)}",) if told else ()
        absent(decision, f"remedy:{remedy}", "offered", places, because, *extra)
    found, place = places[remedy]
    if rank is not ANY and rank != place:
        fail(f"expected `{remedy}` at place {rank}", f"it is at {place}: {listed(places)}")
    wanted = {"amount": money(amount), "approver": approver}
    same(decision, f"remedy:{remedy}", found, wanted, because)


def assert_not_offered(decision: Decision, remedy: str, *, because: Because | None = None) -> None:
    """Assert that a decision lists a remedy neither as a choice nor as goodwill."""
    __tracebackhide__ = True
    if any(each.remedy == remedy for each in (*decision.choices, *decision.goodwill)):
        present(decision, f"remedy:{remedy}", "offered", because)


def assert_withheld(
    decision: Decision,
    remedy: str,
    *,
    reason: str | Unsaid = ANY,
    because: Because | None = None,
) -> None:
    """
    Assert that a decision withholds a remedy.

    Args:
        decision: The decision.
        remedy: The remedy's id.
        reason: ``rule``, ``cap``, ``limit``, ``later`` or ``waiting``.
        because: The policy and the state: a failure then tells the why.
    """
    __tracebackhide__ = True
    there = {each.remedy: each for each in decision.withheld}
    if remedy not in there:
        if any(each.remedy == remedy for each in (*decision.choices, *decision.goodwill)):
            present(decision, f"remedy:{remedy}", "offered", because)
        fail(f"expected `{remedy}` to be withheld", f"withheld: {listed(there)}")
    same(decision, f"remedy:{remedy}", there[remedy], {"reason": reason}, because)


def assert_owed(
    decision: Decision,
    remedy: str,
    *,
    amount: Amount = ANY,
    due: Instant = ANY,
    because: Because | None = None,
) -> None:
    """Assert that a remedy is owed, and what the decision says of it."""
    __tracebackhide__ = True
    there = {each.remedy: each for each in decision.owed}
    if remedy not in there:
        absent(decision, f"remedy:{remedy}", "owed", there, because)
    wanted = {"amount": money(amount), "due": seconds(decision, due)}
    same(decision, f"remedy:{remedy}", there[remedy], wanted, because)


def assert_prohibited(decision: Decision, action: str, *, because: Because | None = None) -> None:
    """Assert that a decision forbids something."""
    __tracebackhide__ = True
    there = {each.id: each for each in decision.prohibitions}
    if action not in there:
        absent(decision, f"prohibition:{action}", "forbidden", there, because)


def assert_target(
    decision: Decision,
    target: str,
    *,
    due: Instant = ANY,
    status: str | Unsaid = ANY,
    because: Because | None = None,
) -> None:
    """
    Assert that a decision has a target, and what it says of it.

    Args:
        decision: The decision.
        target: The target's id.
        due: Its due time.
        status: ``not_started``, ``due``, ``at_risk``, ``overdue``, ``met``, ``met_late``,
            ``paused`` or ``unknown``.
        because: The policy and the state: a failure then tells the why, or the why-not.
    """
    __tracebackhide__ = True
    there = {each.id: each for each in decision.targets}
    if target not in there:
        absent(decision, f"target:{target}", "a target", there, because)
    wanted = {"due": seconds(decision, due), "status": status}
    same(decision, f"target:{target}", there[target], wanted, because)
