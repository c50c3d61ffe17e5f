"""An engine for a mutant: the ruleset's own answers, and a reading of what the mutant adds."""

from __future__ import annotations

import attrs

from complaint_rules.conditions import truth
from complaint_rules.conditions.tree import Condition
from complaint_rules.engines import Engine, Match
from complaint_rules.policy import Policy
from complaint_rules.state import Situation


@attrs.frozen(eq=False)
class Extended:
    """
    The engine of a policy whose first conditions are those of another one.

    Attributes:
        base: An engine for the other policy.
        first: Number of the first condition that `base` does not know.
        added: The conditions from there on.
        name: ``extended``.
    """

    base: Engine
    first: int
    added: tuple[Condition, ...]
    name: str = attrs.field(default="extended", init=False)

    @classmethod
    def of(cls, base: Engine, before: Policy, after: Policy) -> Engine:
        """Return an engine for `after`, given one for `before`, the policy it was made from."""
        first = len(before.conditions)
        added = after.conditions[first:]
        return cls(base, first, added) if added else base

    def match(self, situation: Situation) -> Match:
        """Return which conditions hold in a situation."""
        true, unknown = self.base.match(situation)
        for number, condition in enumerate(self.added, self.first):
            found = truth(condition, situation)
            if found:
                true |= 1 << number
            elif found is None:
                unknown |= 1 << number
        return Match(true, unknown)
