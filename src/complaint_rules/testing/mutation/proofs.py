"""
Proofs that a change of conditions changes no decision: a search for a state that tells them apart.

Where the search ends without one, there is none: every state is among the choices. It is given up
after a bounded number of steps. Besides their truth, conditions must agree in what keeps them
unknown, for that is asked, and asking may bring actions with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Final

from complaint_rules.conditions import walk
from complaint_rules.conditions.tree import All, Condition, Test
from complaint_rules.facts import Fact
from complaint_rules.policy import Policy
from complaint_rules.state import Situation
from complaint_rules.testing.mutation.choices import Choices
from complaint_rules.testing.mutation.formulas import (
    FALSE,
    TRUE,
    UNKNOWN,
    Fixed,
    Formula,
    Guarded,
    Leaf,
    Least,
    Made,
    opposite,
    surely,
)

MOST_STEPS: Final = 4_000
"""After so many steps a search is given up."""
_SETTLED: Final = (TRUE, FALSE, UNKNOWN)


class Prover:
    """
    Proves for one policy.

    Args:
        policy: The policy.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._nowhere = _nowhere(policy)

    def same(
        self,
        left: Condition,
        right: Condition,
        facts: Mapping[str, Fact] | None = None,
        most: int = MOST_STEPS,
        *,
        unless: Iterable[Condition] = (),
        surely_only: bool = False,
    ) -> bool:
        """
        Return whether two conditions are proved to be one in every state.

        Args:
            left: One condition.
            right: The other.
            facts: The facts they test; `None` for the policy's.
            most: How many steps to search.
            unless: They need not agree where one of these is true.
            surely_only: Whether they are true is all that counts.
        """
        barred = tuple(unless)
        facts = self.policy.facts if facts is None else facts
        choices = Choices(self.policy, facts, self._nowhere, (left, right, *barred))
        sides = [choices.formula(each) for each in (left, right)]
        if surely_only:
            sides = [surely(each) for each in sides]
        if barred:
            free = opposite(surely(Least(1, tuple(map(choices.formula, barred)))))
            sides = [Least(2, (free, each)) for each in sides]
        own = [{n for n in walk(tree) if isinstance(n, Test)} for tree in (left, right)]
        changed = [choices.formula(each) for each in sorted(own[0] ^ own[1], key=repr)]
        return _agree(sides[0], sides[1], changed, choices.sizes, most)

    def never(self, *conditions: Condition, most: int = MOST_STEPS) -> bool:
        """Return whether some conditions are proved never to be true together."""
        choices = Choices(self.policy, self.policy.facts, self._nowhere, conditions)
        formula = surely(choices.formula(All(conditions)))
        return _agree(formula, Fixed(FALSE), [], choices.sizes, most)


def _agree(
    left: Formula, right: Formula, first: list[Formula], sizes: list[int], most: int
) -> bool:
    """
    Return whether two formulas agree for all choices.

    Args:
        left: One formula.
        right: The other.
        first: Formulas to settle first: what is in one of the two only.
        sizes: By choice, how many classes there are.
        most: How many steps to search.
    """
    made: Made = [-1] * len(sizes)
    path: list[int] = []
    for _ in range(most):
        choice = _open(left, right, first, made)
        if choice is None:
            return False
        if choice >= 0:
            path.append(choice)
            made[choice] = 0
            continue
        while path and made[path[-1]] == sizes[path[-1]] - 1:
            made[path.pop()] = -1
        if not path:
            return True
        made[path[-1]] += 1
    return False


_AGREED: Final = -1


def _open(left: Formula, right: Formula, first: list[Formula], made: Made) -> int | None:
    """Return a choice to make; `_AGREED` where they agree so far, `None` where they differ."""
    one, other = left.mask(made), right.mask(made)
    if not one & other:
        return None
    if one == other and one in (TRUE, FALSE):
        return _AGREED
    if one == other == UNKNOWN:
        return _waiting(left, right, made)
    for each in first:
        if each.mask(made) not in _SETTLED:
            return each.pick(made)
    return (left if one not in _SETTLED else right).pick(made)


def _waiting(left: Formula, right: Formula, made: Made) -> int | None:
    """Return as `_open` does for two formulas that are unknown: they may wait for other facts."""
    waits: list[set[str]] = []
    for side in (left, right):
        names: set[str] = set()
        stack: list[Formula | str] = [side]
        while stack:
            each = stack.pop()
            if isinstance(each, str):
                names.add(each)
                continue
            choice, beneath = _asked(each, made)
            if choice is not None:
                return choice
            stack.extend(beneath)
        waits.append(names)
    return _AGREED if waits[0] == waits[1] else None


def _asked(each: Formula, made: Made) -> tuple[int | None, Iterable[Formula | str]]:
    """Return an open choice beneath what may be unknown, else what keeps it so."""
    mask = each.mask(made)
    if mask not in _SETTLED:
        return each.pick(made), ()
    if mask != UNKNOWN:
        return None, ()
    if isinstance(each, Leaf | Guarded):
        choice = each.choice if isinstance(each, Leaf) else each.gate.choice
        if made[choice] < 0:
            return choice, ()
    return None, each.beneath(made)


def _nowhere(policy: Policy) -> Situation:
    return Situation(
        values={},
        now=0,
        calendar=policy.calendars[policy.calendar],
        event_date=datetime.date(1970, 1, 1),
        settings={},
        done=(),
        round_start=None,
        currency=policy.currency,
    )
