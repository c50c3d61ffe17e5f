"""A mutant: a ruleset with one small fault in it, to see whether a scenario notices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import attrs

from complaint_rules.explanation.search.solve import Goal
from complaint_rules.policy import Policy
from complaint_rules.source import Span
from complaint_rules.testing.mutation.board import Board

T = TypeVar("T")
Touched: TypeAlias = Callable[[Board], int]
"""The moments, one bit each, that a mutant may decide otherwise than the ruleset did."""


Proved: TypeAlias = Callable[[int], bool]
"""Tries, in so many steps at most, to prove that a change changes no decision."""


def unproved(_: int) -> bool:
    """Prove nothing."""
    return False


@attrs.frozen(eq=False)
class Mutant:
    """
    One change of a policy.

    Attributes:
        kind: What was done: ``threshold``, ``end``, ``test dropped`` … .
        owner: Id of the rule, row, target, action, remedy … that was changed.
        told: The change in words.
        span: Where what was changed is written.
        change: Makes the changed policy; made only when it is played.
        touched: The moments that may be decided otherwise: too many, perhaps, never too few.
        goals: Where it is likely to show: wishes to fulfil together, one way or another.
        proved: Tries to prove that the change changes no decision, and says whether it did.
    """

    kind: str
    owner: str
    told: str
    span: Span | None
    change: Callable[[Policy], Policy]
    touched: Touched
    proved: Proved = unproved
    goals: tuple[tuple[Goal, ...], ...] = ()


def with_parts(item: T, parts: dict[str, Any]) -> T:
    """Return a frozen item with some of its parts replaced, their names worked out."""
    every: Any = item
    changed: T = attrs.evolve(every, **parts)
    return changed
