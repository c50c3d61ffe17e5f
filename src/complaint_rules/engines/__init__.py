"""
Engines: which conditions of a policy are true in a situation, and which unknown.

An engine is made once for a policy and asked any number of times, from any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.engines.index import Index
from complaint_rules.engines.protocol import Engine, Match
from complaint_rules.errors import EngineError

if TYPE_CHECKING:
    from complaint_rules.policy import Policy

__all__ = ["NAMES", "Engine", "Index", "Match", "build"]

NAMES = ("index",)
"""Names of the engines there are."""


def build(policy: Policy, name: str = "index") -> Engine:
    """
    Return an engine that answers for a policy.

    Args:
        policy: The policy.
        name: One of `NAMES`.

    Raises:
        EngineError: There is no engine of that name.
    """
    if name not in NAMES:
        known = ", ".join(f"`{each}`" for each in NAMES)
        raise EngineError(f"there is no engine `{name}`; known: {known}", engine=name)
    return Index.of(policy.conditions, policy.facts)
