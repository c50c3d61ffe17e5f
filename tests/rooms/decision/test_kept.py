"""What is made once for each policy."""

from __future__ import annotations

import gc

from tests.rooms.decision.shop import shop

from complaint_rules.decision.seeing.kept import kept
from complaint_rules.policy import Policy

TEXT = "facts: {angry: {kind: yes_no}}"


def test_it_is_made_once_for_each_policy() -> None:
    """A policy that is equal to another has its own."""
    calls: list[Policy] = []

    @kept
    def made(policy: Policy) -> list[int]:
        calls.append(policy)
        return [len(calls)]

    one, other = shop(TEXT), shop(TEXT)
    assert made(one) is made(one)
    assert (made(one), made(other)) == ([1], [2])
    assert calls == [one, other]


def test_it_goes_with_the_policy() -> None:
    """A later policy in the same place of memory never meets it."""

    @kept
    def made(policy: Policy) -> list[int]:
        return [id(policy)]

    for _ in range(20):
        of = shop(TEXT)
        assert made(of) == [id(of)]
        made(of).append(0)
        del of
        gc.collect()
