"""What a search stands on: one complaint, looked at and decided under many changes."""

from __future__ import annotations

from typing import Final

from complaint_rules.decision import Decision, decide
from complaint_rules.decision.seeing.situation import Look, look
from complaint_rules.engines import Engine
from complaint_rules.errors import StateError
from complaint_rules.explanation.change import Change, apply, frozen
from complaint_rules.policy import Policy
from complaint_rules.state import State

MOST_LOOKS: Final = 2_000
"""How often a complaint is looked at under changes, before solvers stop trying things out."""


class Ground:
    """
    One complaint at an instant, with all that was seen of it under changes.

    Attributes:
        policy: The policy.
        state: The state as given.
        at: The instant, in whole seconds.
        tries: How many changes were decided.
    """

    def __init__(self, policy: Policy, state: State, at: int, engine: str | Engine) -> None:
        self.policy, self.state, self.at, self._engine = policy, state, at, engine
        self.tries = 0
        self._looks: dict[object, Look | None] = {}
        self._decisions: dict[object, Decision | None] = {}

    def first(self) -> tuple[Decision, Look]:
        """
        Return the complaint as it is: what is decided of it, and how it is seen.

        Raises:
            StateError: As `decide` does.
        """
        decided = decide(self.policy, self.state, at=self.at, engine=self._engine)
        seen = look(self.policy, self.state, self.at)
        self._decisions[()], self._looks[()] = decided, seen
        return decided, seen

    def look(self, change: Change) -> Look | None:
        """Return the complaint as it is seen with a change; `None` where it is no valid state."""
        key = frozen(change)
        if key not in self._looks:
            try:
                self._looks[key] = look(self.policy, apply(self.state, change), self.at)
            except StateError:
                self._looks[key] = None
        return self._looks[key]

    def glance(self, change: Change) -> Look | None:
        """Return the same to a solver that tries something out; `None` once it tried too much."""
        if len(self._looks) >= MOST_LOOKS and frozen(change) not in self._looks:
            return None
        return self.look(change)

    def decide(self, change: Change) -> Decision | None:
        """Return what is decided with a change; `None` where it makes no valid state."""
        key = frozen(change)
        if key not in self._decisions:
            self.tries += 1
            try:
                state = apply(self.state, change)
                decided = decide(self.policy, state, at=self.at, engine=self._engine)
                self._decisions[key] = decided
            except StateError:
                self._decisions[key] = None
        return self._decisions[key]
