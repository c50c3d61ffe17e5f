"""`review_at` is honest: nothing changes before it, and following it takes few steps."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from tests.properties.honesty import MOST_STEPS, changed, scanned, walked
from tests.properties.rulesets import made_up
from tests.properties.states import DAY, HOUR, MINUTE, complaint, instant, shrunk

from complaint_rules import Policy, StateError, decide, load, read_state

START = 1_793_000_000
LIFE = 60 * DAY
MADE_UP = "made-up"


@pytest.fixture(scope="module")
def core() -> Policy:
    """Return the packaged policy."""
    return load("core")


def received(chance: Random) -> int:
    """Return when a complaint came in: on any day of three months with two changes of the clock."""
    return START + chance.randint(-30 * DAY, 60 * DAY)


def told(policy: Policy, facts: dict[str, Any], at: int, moment: int) -> str:
    """Return a missed change with the fewest facts that show it."""

    def fails(fewer: dict[str, Any]) -> bool:
        try:
            first = decide(policy, fewer, at=at)
        except StateError:
            return False
        until = first.review_at
        before = until is None or moment < until
        return before and bool(changed(policy, first, decide(policy, fewer, at=moment)))

    return f"{policy.id} at {instant(at)}, changed at {instant(moment)}: {shrunk(facts, fails)}"


def honest(policy: Policy, seed: str, looks: int, days: int) -> int:
    """Walk one complaint of a policy by `review_at`; return how many decisions were looked at."""
    chance = Random(seed)
    start = received(chance)
    facts = complaint(policy, chance, start, start)
    state = read_state(policy, facts)
    walk = walked(policy, state, start, start + days * DAY, chance, looks)
    assert not walk.missed, f"{seed}: {told(policy, facts, *walk.missed[0][:2])}"
    # A made-up amount that grows by the hour has a review every hour, and no end.
    assert walk.steps <= MOST_STEPS or policy.id == MADE_UP, seed
    return walk.decided


def scan(policy: Policy, seed: str, days: int) -> int:
    """Decide one complaint at every minute of some days; return how often it was decided."""
    chance = Random(seed)
    start = received(chance) // MINUTE * MINUTE
    facts = complaint(policy, chance, start, start)
    state = read_state(policy, facts)
    found = scanned(policy, state, range(start, start + days * DAY, MINUTE))
    assert not found.missed, f"{seed}: {told(policy, facts, *found.missed[0][:2])}"
    return found.decided


@pytest.mark.parametrize("part", range(2))
def test_walks_of_the_packaged_policy(core: Policy, part: int) -> None:
    """From receipt on, two months of reviews miss nothing and stay under 300 steps."""
    assert sum(honest(core, f"core {part} {number}", 2, 60) for number in range(8)) > 50


@pytest.mark.parametrize("part", range(2))
def test_walks_of_made_up_policies(part: int) -> None:
    """Rulesets full of clocks are walked just as honestly."""
    for number in range(4):
        _, policy = made_up(Random(f"walked {part} {number}"))
        assert policy is not None
        assert honest(policy, f"made up {part} {number}", 1, 6) >= 0


def test_hours_minute_by_minute(core: Policy) -> None:
    """A scan of every minute of the first hours finds no change that was not told."""
    for number in range(3):
        chance = Random(f"minutes {number}")
        start = received(chance)
        state = read_state(core, complaint(core, chance, start, start))
        assert scanned(core, state, range(start, start + 2 * HOUR, MINUTE)).missed == []


def life(policy: Policy, chance: Random) -> tuple[int, int]:
    """Handle a complaint from receipt to close; return the steps it took and when it was closed."""
    now = start = received(chance)
    facts: dict[str, Any] = complaint(policy, chance, start, start)
    kept = ("channel", "severity", "customer_types", "sentiment", "time_sensitive", "promises")
    facts = {name: value for name, value in facts.items() if name in kept}
    facts |= {"received_at": instant(start), "kind": "complaint", "done": []}
    steps = 0
    plan = _plan(start, chance)
    while steps <= MOST_STEPS:
        steps += 1
        decision = decide(policy, facts, at=now)
        if decision.stage == "closed" and not plan:
            return steps, now
        following = plan[0][0] if plan else start + LIFE
        review = decision.review_at
        if review is not None and review < following:
            now = review
            continue
        if not plan:
            return steps, now
        now, news = plan.pop(0)
        facts = facts | {name: value for name, value in news.items() if name != "done"}
        facts["done"] = [*facts["done"], *news.get("done", ())]
    return steps, now


def _plan(start: int, chance: Random) -> list[tuple[int, dict[str, Any]]]:
    """Return what the handlers do, and when: the way from the first answer to the closing."""
    ways = (
        ("first_response_at", {"owner": "anna"}),
        ("last_update_at", {"validity": "upheld", "cause_code": "late", "fault": "company"}),
        (None, {"accepted": ["refund"]}),
        ("solution_sent_at", {}),
        ("resolved_at", {"solution_check": "verified"}),
    )
    now, plan = start, []
    for name, news in ways:
        now += chance.choice((5 * MINUTE, 3 * HOUR, DAY, 3 * DAY))
        plan.append((now, {**news, **({name: instant(now)} if name else {})}))
    for action in ("check_satisfaction", "send_survey", "log_complaint"):
        now += chance.choice((5 * MINUTE, DAY, 2 * DAY))
        plan.append((now, {"done": [{"action": action, "at": instant(now)}]}))
    return plan


def test_from_receipt_to_close(core: Policy) -> None:
    """A complaint that is handled is closed after a few hundred reviews at most."""
    for number in range(10):
        steps, _ = life(core, Random(f"life {number}"))
        assert steps <= MOST_STEPS


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(10))
def test_many_walks(
    part: int, core: Policy, record_property: Callable[[str, object], None]
) -> None:
    """More complaints, more instants between reviews, whole lives."""
    decided = sum(honest(core, f"core fuzz {part} {number}", 6, 60) for number in range(30))
    for number in range(20):
        _, policy = made_up(Random(f"walked fuzz {part} {number}"))
        if policy is not None:
            seeds = (f"made up fuzz {part} {number} {each}" for each in range(3))
            decided += sum(honest(policy, seed, 4, 20) for seed in seeds)
        assert life(core, Random(f"life fuzz {part} {number}"))[0] <= MOST_STEPS
    record_property("walks by review_at", 30 + 60 + 20)
    record_property("decisions between two reviews", decided)


@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(4))
def test_days_minute_by_minute(
    part: int, core: Policy, record_property: Callable[[str, object], None]
) -> None:
    """A scan of every minute of whole days finds no change that `review_at` missed."""
    decided = sum(scan(core, f"scan {part} {number}", 3) for number in range(2))
    for number in range(6):
        _, policy = made_up(Random(f"scanned {part} {number}"))
        if policy is not None:
            decided += scan(policy, f"made up scan {part} {number}", 2)
    record_property("minutes scanned", decided)
