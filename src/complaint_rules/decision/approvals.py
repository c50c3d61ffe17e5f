"""Who approves: by the final amount, and by rules, the highest of them (semantics 22, 29)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from complaint_rules.decision.amounts import in_currency
from complaint_rules.decision.scene import Scene
from complaint_rules.policy import Remedy


def lowest(scene: Scene) -> str:
    """Return the role that stands for no approval; empty where the ruleset names no roles."""
    return scene.policy.approvals[0] if scene.policy.approvals else ""


def by_amount(scene: Scene, remedy: Remedy, amount: Fraction) -> str:
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


def by_rules(
    scene: Scene, names: Iterable[str], role: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """
    Return the highest of a role and the roles that true rules name, and the rules that raise it.

    Args:
        scene: The decision under way.
        names: What the rules may name: a remedy, its group, ``total``; or an action.
        role: The role it starts from; `None` for nobody.
    """
    ranks = {name: rank for rank, name in enumerate(scene.policy.approvals)}
    named = [pair for name in names for pair in scene.combined.approvers.get(name, ())]
    highest = max((ranks.get(each, -1) for _, each in named), default=-1)
    if highest <= (-1 if role is None else ranks.get(role, -1)):
        return role, ()
    winner = scene.policy.approvals[highest]
    return winner, tuple(sorted({rule for rule, each in named if each == winner}))
