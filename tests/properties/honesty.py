"""
Walking a complaint by `review_at`, and looking between two reviews for a change that it missed.

What moves with the instant itself is no change: that instant, `left_s`, a due time of ``now``, the
values of facts that run with the clock where reasons show them (`decision.review.steady`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

import attrs

from complaint_rules import Decision, Policy, State
from complaint_rules.decision import decide
from complaint_rules.decision.review import steady

DAY = 86_400
MOST_STEPS = 300


def changed(policy: Policy, first: Decision, later: Decision) -> list[str]:
    """Return the parts in which two decisions of one state differ."""
    one, other = steady(policy, _told(first, later)), steady(policy, _told(later, first))
    return [
        field.name
        for field in attrs.fields(Decision)
        if getattr(one, field.name) != getattr(other, field.name)
    ]


def _told(decision: Decision, other: Decision) -> Decision:
    """Return a decision whose due times of ``now`` are kept where the other has none there."""
    now = {each.id for each in other.actions if each.due == other.at}
    owed = {each.remedy for each in other.owed if each.due == other.at}
    if decision.at == other.at:
        return decision
    return attrs.evolve(
        decision,
        actions=tuple(
            attrs.evolve(each, due=-1) if each.due == decision.at and each.id in now else each
            for each in decision.actions
        ),
        owed=tuple(
            attrs.evolve(each, due=-1) if each.due == decision.at and each.remedy in owed else each
            for each in decision.owed
        ),
        at=0,
    )


@attrs.define
class Walk:
    """
    What a walk found.

    Attributes:
        steps: How many reviews it took.
        decided: How many decisions were made.
        missed: Changes that `review_at` missed: decided at, seen at, in which parts.
    """

    steps: int = 0
    decided: int = 0
    missed: list[tuple[int, int, list[str]]] = attrs.field(factory=list)


def walked(policy: Policy, state: State, start: int, end: int, chance: Random, looks: int) -> Walk:
    """
    Walk a state from `start` to `end` by `review_at`, looking at `looks` instants in between.

    The walk stops at the first change missed, and past `MOST_STEPS`.
    """
    walk = Walk()
    decision = decide(policy, state, at=start)
    while decision.review_at is not None and decision.at < end and walk.steps <= MOST_STEPS:
        until = decision.review_at
        if until <= decision.at:
            walk.missed.append((decision.at, until, ["review_at"]))
        for moment in _between(decision.at, until, chance, looks):
            walk.decided += 1
            parts = changed(policy, decision, decide(policy, state, at=moment))
            if parts:
                walk.missed.append((decision.at, moment, parts))
        if walk.missed:
            break
        walk.steps += 1
        decision = decide(policy, state, at=until)
    return walk


def scanned(policy: Policy, state: State, moments: Iterable[int]) -> Walk:
    """Decide at each of some growing instants; a change before the told review is missed."""
    walk = Walk()
    held: Decision | None = None
    for moment in moments:
        walk.decided += 1
        later = decide(policy, state, at=moment)
        if held is None or (held.review_at is not None and moment >= held.review_at):
            held = later
            walk.steps += 1
        elif parts := changed(policy, held, later):
            walk.missed.append((held.at, moment, parts))
            break
    return walk


def _between(start: int, until: int, chance: Random, looks: int) -> Iterator[int]:
    """Yield instants after one review and before the next: ends, round hours, others."""
    round_ones = {
        (start // 3600 + chance.randint(1, 30)) * 3600 + chance.choice((0, 1)) for _ in "ab"
    }
    drawn = {chance.randrange(start, until) for _ in range(looks)} if until > start else set()
    found: set[Any] = {start + 1, until - 1} | round_ones | drawn
    yield from sorted(moment for moment in found if start < moment < until)
