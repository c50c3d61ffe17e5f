"""
Engines: which conditions of a policy are true in a situation, and which unknown.

An engine is made once for a policy and asked any number of times, from any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.engines.index import Index
from complaint_rules.engines.protocol import Engine, Match, Owners
from complaint_rules.errors import EngineError

if TYPE_CHECKING:
    from complaint_rules.policy import Policy

__all__ = ["NAMES", "Engine", "Index", "Match", "Owners", "build"]

NAMES = ("index", "durable")
"""Names of the engines there are; ``durable`` is an extra."""


def build(policy: Policy, name: str = "index") -> Engine:
    """
    Return an engine that answers for a policy.

    Args:
        policy: The policy.
        name: One of `NAMES`.

    Raises:
        EngineError: There is no engine of that name; or (``durable``) it cannot express a rule,
            which is named, or its process is unavailable.
        MissingExtraError: The engine is an extra that is not installed.
    """
    if name not in NAMES:
        known = ", ".join(f"`{each}`" for each in NAMES)
        raise EngineError(f"there is no engine `{name}`; known: {known}", engine=name)
    if name == "durable":
        from complaint_rules.engines.durable import Durable  # noqa: PLC0415 - an extra

        return Durable.of(policy)
    return Index.of(policy.conditions, policy.facts)
