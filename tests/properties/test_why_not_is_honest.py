"""The change that `why_not` names brings the item, and no proper part of it does."""

from __future__ import annotations

import functools
import os
import time
from collections import Counter
from random import Random

import pytest
from tests.properties.rulesets import made_up
from tests.properties.states import HOUR, complaint
from tests.properties.turning import gives, honest, items
from tests.rooms.explanation.hall import hall

from complaint_rules import Policy, State, StateError, load, read_state
from complaint_rules.decision import decide
from complaint_rules.explanation import why_not

AT = 1_795_518_000
"""2026-11-24, noon in Budapest."""
NEVER = frozenset({"gesture_for_customer_error"})
"""Core allows no such gesture (its yearly number is 0): no change of facts brings it."""
COUNT = int(os.environ.get("COMPLAINT_RULES_FUZZ_WHY_NOT", "100"))


@functools.cache
def core() -> Policy:
    """Return the shipped policy."""
    return load("core")


def _state(policy: Policy, chance: Random) -> State | None:
    received = AT - chance.choice((1, 30, 24 * 9, 24 * 40)) * HOUR
    try:
        state = read_state(policy, complaint(policy, chance, received, AT))
        decide(policy, state, at=AT)
    except StateError:
        return None
    return state


def _tried(policy: Policy, seed: int, most: int, tally: Counter[str]) -> None:
    """Ask for up to `most` items that a made-up complaint does not get; check every answer."""
    chance = Random(seed)
    state = _state(policy, chance)
    if state is None:
        return
    decision = decide(policy, state, at=AT)
    wanted = [each for each in items(policy) if not gives(decision, *each)]
    for kind, name in chance.sample(wanted, min(most, len(wanted))):
        began = time.perf_counter()
        found = why_not(policy, state, f"{kind}:{name}", at=AT)
        tally["milliseconds"] += round((time.perf_counter() - began) * 1000)
        tally[found.outcome] += 1
        if found.outcome == "not_found":
            tally[f"not found: {name}"] += 1
        if found.found:
            fault = honest(policy, state, found.change, kind, name, AT)
            assert not fault, f"seed {seed}, {kind} {name}, {dict(found.change)}: {fault}"
            tally[f"facts: {len(found.change)}"] += 1


def _missed(tally: Counter[str]) -> set[str]:
    return {key.removeprefix("not found: ") for key in tally if key.startswith("not found: ")}


def test_core_changes_are_found_and_honest() -> None:
    """In made-up complaints of core every action and remedy that can come is brought about."""
    tally: Counter[str] = Counter()
    for seed in range(14):
        _tried(core(), seed, 7, tally)
    assert tally["found"] >= 60
    assert _missed(tally) <= NEVER


@pytest.mark.parametrize("seed", [57, 243, 244, 297])
def test_core_brings_the_question_of_the_wish_about(seed: int) -> None:
    """A type that would be possible is enough; these complaints seemed to need many facts."""
    state = _state(core(), Random(seed))
    assert state is not None
    found = why_not(core(), state, "action:ask_desired_remedy", at=AT)
    assert found.found
    assert len(found.change) <= 4
    assert not honest(core(), state, found.change, "action", "ask_desired_remedy", AT)


def test_changes_are_found_in_a_ruleset_of_everything() -> None:
    """The same in a small ruleset that has something of every sort."""
    tally: Counter[str] = Counter()
    for seed in range(12):
        _tried(hall(), seed, 25, tally)
    assert tally["found"] >= 100
    assert _missed(tally) == set()


def test_changes_are_honest_in_made_up_rulesets() -> None:
    """In made-up rulesets, many of which contradict themselves, what is found is honest."""
    tally: Counter[str] = Counter()
    for seed in range(14):
        _, policy = made_up(Random(seed))
        if policy is not None:
            _tried(policy, seed, 4, tally)
    assert tally["found"] >= 10


@pytest.mark.fuzz
@pytest.mark.parametrize("name", ["core", "hall"])
def test_many_changes_are_found_and_honest(name: str) -> None:
    """Hundreds of complaints, every item of each: the counts are printed."""
    policy = core() if name == "core" else hall()
    tally: Counter[str] = Counter()
    for seed in range(COUNT):
        _tried(policy, seed, 500, tally)
    asked = tally["found"] + tally["not_found"]
    print(f"\nwhy_not, {name}: {tally['found']} changes found of {asked} asked for; {dict(tally)}")
    assert _missed(tally) <= NEVER


@pytest.mark.fuzz
def test_changes_are_honest_in_many_made_up_rulesets() -> None:
    """Hundreds of made-up rulesets; the counts are printed."""
    tally: Counter[str] = Counter()
    for seed in range(COUNT):
        _, policy = made_up(Random(seed))
        if policy is not None:
            _tried(policy, seed, 500, tally)
    asked = tally["found"] + tally["not_found"]
    print(f"\nwhy_not, made up: {tally['found']} changes found of {asked} asked for; {dict(tally)}")
