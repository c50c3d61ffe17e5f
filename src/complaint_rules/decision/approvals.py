"""Who approves: by the final amount, and by rules, the highest of them (semantics 22, 29)."""

from __future__ import annotations

from complaint_rules.decision.amounts import in_currency
from complaint_rules.decision.scene import Scene
from complaint_rules.exactly import Exact
from complaint_rules.policy import Remedy


def lowest(scene: Scene) -> str:
    """Return the role that stands for no approval; empty where the ruleset names no roles."""
    return scene.policy.approvals[0] if scene.policy.approvals else ""


def by_amount(scene: Scene, remedy: Remedy, amount: Exact) -> str:
    """
    Return who approves a remedy by its own tiers.

    Args:
        scene: The decision under way.
        remedy: The remedy.
        amount: Its final amount, 0 where it costs no money. A tier reaches up to its bound
            inclusive; one whose bound is unknown leaves only the highest.
    """
    for tier in remedy.approval:
        if tier.up_to is None:
            return tier.by
        bound, waiting = in_currency(scene, tier.up_to, remedy.id)
        if bound is None:
            scene.wait(remedy.id, waiting)
            break
        if amount <= bound:
            return tier.by
    return remedy.approval[-1].by if remedy.approval else lowest(scene)
