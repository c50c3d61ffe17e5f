"""The invariants of complaint handling, on every shipped ruleset; and that each can be broken."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.properties.invariants import INVARIANTS, Case, broken

from complaint_rules import Decision, Policy, decide, load
from complaint_rules.money import Money
from complaint_rules.testing.strategies import states

RULESETS = sorted(path.parent.name for path in Path("rulesets").glob("*/ruleset.yaml"))
AT = 1_795_518_000
"""2026-11-24, noon in Budapest."""
FEW = 25
MANY = int(os.environ.get("COMPLAINT_RULES_FUZZ_STATES", "20000"))
QUIET = list(HealthCheck)


@functools.cache
def policy(name: str) -> Policy:
    """Return a shipped policy."""
    return load(name)


@pytest.mark.parametrize("name", RULESETS)
def test_invariants_hold(name: str) -> None:
    """Some dozens of drawn complaints of each shipped ruleset break no invariant."""

    @settings(max_examples=FEW, deadline=None, suppress_health_check=QUIET, derandomize=True)
    @given(states(policy(name), at=AT))
    def holds(state: dict[str, Any]) -> None:
        assert broken(Case(policy(name), state, AT)) == []

    holds()


@pytest.mark.fuzz
@pytest.mark.parametrize("name", RULESETS)
def test_invariants_hold_for_many(name: str) -> None:
    """
    Twenty thousand complaints of core break no invariant, nor does a fifth of it of each sector.

    The number of complaints is printed; COMPLAINT_RULES_FUZZ_STATES sets it.
    """
    count = MANY if name == "core" else MANY // 5
    seen = paid = 0

    @seed(20261124)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        suppress_health_check=QUIET,
        phases=[Phase.generate, Phase.shrink],
    )
    @given(states(policy(name), at=AT))
    def holds(state: dict[str, Any]) -> None:
        nonlocal seen, paid
        case = Case(policy(name), state, AT)
        seen += 1
        paid += any(each.amount for each in (*case.decision.choices, *case.decision.owed))
        assert broken(case) == []

    holds()
    print(f"\n{len(INVARIANTS)} invariants, {name}: {seen} complaints, {paid} of them with money")
    assert seen >= count * 9 // 10


# ------------------------------------------------------------------ each can be broken

OPEN = {
    "channel": "email",
    "received_at": "2026-11-24T09:00:00+01:00",
    "severity": "s2",
    "customer_types": ["calm"],
}
PAYING = {
    **OPEN,
    "first_response_at": "2026-11-24T09:10:00+01:00",
    "owner": "Dora",
    "opened": True,
    "validity": "upheld",
    "fault": "company",
    "cause_code": "damaged",
    "amount_paid": {"amount": "80", "currency": "EUR"},
    "entitlement": {"kinds": ["refund"], "amount": {"amount": "80", "currency": "EUR"}},
}
PUBLIC = {**OPEN, "channel": "review_own", "comments_disabled_since": "2026-11-24T11:00:00+01:00"}
DONE = {"action": "state_follow_up_time", "at": "2026-11-24T11:50:00+01:00"}
FOLLOWED = {**PUBLIC, "first_response_at": "2026-11-24T11:50:00+01:00", "done": [DONE]}
RESOLVED = {
    **OPEN,
    "resolved_at": "2026-11-24T11:00:00+01:00",
    "satisfied": True,
    "author_status": "verified_customer",
    "review": {"exists": True, "negative": True, "platform_control": "third_party"},
}

UNPLEASED = {**RESOLVED, "satisfied": False}

Tamper = Callable[[Decision], Decision]


def shifted(name: str, seconds: int) -> Tamper:
    """Return what moves the due time of a target."""

    def tamper(decision: Decision) -> Decision:
        moved = [
            attrs.evolve(each, due=each.due + seconds)
            if each.id == name and each.due is not None
            else each
            for each in decision.targets
        ]
        return attrs.evolve(decision, targets=tuple(moved))

    return tamper


def without(section: str) -> Tamper:
    """Return what empties a section."""
    return lambda decision: attrs.evolve(decision, **{section: ()})


def richer(decision: Decision) -> Decision:
    """Make every choice a euro richer."""
    euro = Money(1, "EUR")
    lines = [
        attrs.evolve(each, remedy="gift", amount=Money((each.amount or euro).amount + 1, "EUR"))
        for each in decision.choices
    ]
    return attrs.evolve(decision, choices=tuple(lines))


def with_action(name: str) -> Tamper:
    """Return what brings an action back."""

    def tamper(decision: Decision) -> Decision:
        first = attrs.evolve(decision.actions[0], id=name)
        return attrs.evolve(decision, actions=(first, *decision.actions))

    return tamper


def on_time(decision: Decision) -> Decision:
    """Call every target due."""
    targets = tuple(attrs.evolve(each, status="due") for each in decision.targets)
    return attrs.evolve(decision, targets=targets)


@attrs.frozen(eq=False)
class Tampered(Case):
    """A case whose decisions with other facts are not what `decide` gives."""

    tamper: Tamper

    def but(self, **facts: Any) -> Decision:
        return self.tamper(super().but(**facts))


@attrs.frozen(eq=False)
class Spoilt(Case):
    """A case whose own decision is not what `decide` gives."""

    spoil: Tamper

    @property
    def decision(self) -> Decision:  # type: ignore[override]
        return self.spoil(decide(self.policy, self.state, at=self.at))


BREAKS: list[tuple[str, dict[str, Any], type[Case], Tamper]] = [
    ("faster", OPEN, Tampered, shifted("first_response", 86_400)),
    ("forbidden_stays", OPEN, Tampered, without("prohibitions")),
    ("owed_to_everybody", PAYING, Tampered, without("owed")),
    ("exploitative_gets_the_entitlement", PAYING, Tampered, richer),
    ("mood_buys_nothing", PAYING, Tampered, richer),
    ("survey_in_its_window", RESOLVED, Spoilt, shifted("survey", 60)),
    ("comments_soon_open", PUBLIC, Spoilt, shifted("comment_release", 1)),
    ("follow_up_within_the_hour", FOLLOWED, Spoilt, shifted("follow_up", 60)),
    (
        "review_ladder",
        {**RESOLVED, "satisfied": False},
        Spoilt,
        with_action("request_review_update"),
    ),
    ("unknown_decides_nothing", PAYING, Tampered, with_action("decline_unreasonable_demand")),
    ("done_is_done", OPEN, Tampered, with_action("thank")),
]


@pytest.mark.parametrize(("name", "state", "kind", "tamper"), BREAKS, ids=[b[0] for b in BREAKS])
def test_an_invariant_can_be_broken(
    name: str, state: dict[str, Any], kind: Any, tamper: Tamper
) -> None:
    """A decision spoilt in one way breaks the invariant that watches it; unspoilt none is."""
    core = policy("core")
    assert broken(Case(core, state, AT)) == []
    found = broken(kind(core, state, AT, tamper))
    assert any(fault.startswith(name) for fault in found)


def test_un_breaching_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A breach that time heals is told."""
    case = Case(policy("core"), {**OPEN, "received_at": "2026-11-20T09:00:00+01:00"}, AT)
    assert any(each.status == "overdue" for each in case.decision.targets)
    later = "tests.properties.invariants.decide"
    monkeypatch.setattr(later, lambda *args, **kwargs: on_time(decide(*args, **kwargs)))
    assert any(fault.startswith("breaches_stay") for fault in broken(case))


def test_an_order_that_matters_would_be_seen() -> None:
    """A decision that hangs on the order of its facts is told."""
    case = Spoilt(policy("core"), OPEN, AT, without("manner"))
    assert any(fault.startswith("always_the_same") for fault in broken(case))
