"""What the parts of the search ask of the solver that joins them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from complaint_rules.conditions.tree import Condition, Expression
from complaint_rules.decision.seeing.situation import Look
from complaint_rules.explanation.change import New
from complaint_rules.explanation.search.want import YES, Accept, Fix, Want
from complaint_rules.policy import Policy
from complaint_rules.state import Situation


class Solving(Protocol):
    """Finds changes of given facts by which a condition holds or a fact has a wanted value."""

    @property
    def policy(self) -> Policy:
        """The policy."""

    @property
    def look(self) -> Look:
        """The complaint as it is seen."""

    @property
    def situation(self) -> Situation:
        """Its facts."""

    @property
    def now(self) -> Mapping[str, New]:
        """What the given facts are at present."""

    def after(self, fix: Fix) -> Solving | None:
        """Return the solver of the complaint after a change; nothing where that cannot be."""

    def hold(self, node: Condition, accept: Accept = YES) -> list[Fix]:
        """Return changes by which a condition is as accepted."""

    def all_of(self, goals: Iterable[tuple[Condition, Accept]]) -> list[Fix]:
        """Return changes by which several conditions are as accepted together."""

    def fact(self, name: str, want: Want) -> list[Fix]:
        """Return changes by which a fact has a wanted value."""

    def given(self, name: str, want: Want) -> list[Fix]:
        """Return changes of one given fact."""

    def value(self, node: Expression, want: Want) -> list[Fix]:
        """Return changes by which an expression has a wanted value."""
