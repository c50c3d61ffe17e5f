"""Proofs that two actions are never next together, so that their order says nothing."""

from __future__ import annotations

from complaint_rules.conditions.tree import Any as AnyOf
from complaint_rules.conditions.tree import Condition
from complaint_rules.decision.seeing.promises import EXPLAIN_DELAY
from complaint_rules.policy import Policy
from complaint_rules.testing.mutation.mutant import Proved, unproved
from complaint_rules.testing.mutation.proofs import Prover


class Together:
    """
    Tells which actions are never next together.

    Args:
        policy: The policy.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy, self._prover = policy, Prover(policy)
        self._elsewhere = {EXPLAIN_DELAY, *(each.learn_by for each in policy.facts.values())}

    def never(self, one: str, other: str, when: int | None = None) -> Proved:
        """
        Return a proof that two actions are never next together.

        An action that learns a fact, or explains a delay, is asked for by more than rules: of it
        nothing is proved.

        Args:
            one: Id of an action.
            other: Id of the other.
            when: Number of a condition that is true besides; `None` for none.
        """
        if self._elsewhere & {one, other}:
            return unproved
        besides = () if when is None else (self._policy.conditions[when],)
        asked = (self._asked(one), self._asked(other), *besides)
        return lambda most: self._prover.never(*asked, most=most)

    def _asked(self, name: str) -> Condition:
        rules = [r for r in self._policy.rules if any(do.action == name for do in r.do)]
        return AnyOf(tuple(self._policy.conditions[rule.when] for rule in rules))
