"""What every engine is: a name, and an answer to one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from complaint_rules.state import Situation


class Match(NamedTuple):
    """
    Which conditions hold: bit i stands for condition number i of `Policy.conditions`.

    Attributes:
        true: The conditions that are true.
        unknown: The conditions that are neither true nor false.
    """

    true: int
    unknown: int

    def truth(self, number: int) -> bool | None:
        """Return the truth of one condition; `None` if it is unknown."""
        if self.true >> number & 1:
            return True
        return None if self.unknown >> number & 1 else False


class Engine(Protocol):
    """
    An engine for one policy.

    Engines agree: which of them is asked never changes an answer.
    """

    @property
    def name(self) -> str:
        """Its name."""
        ...

    def match(self, situation: Situation) -> Match:
        """Return which conditions of its policy hold in a situation."""
        ...
