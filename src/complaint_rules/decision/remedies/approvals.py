"""Who approves a voluntary remedy by its amount (semantics 29)."""

from __future__ import annotations

from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.gathering.terms import Terms
from complaint_rules.decision.remedies.amounts import in_currency
from complaint_rules.exactly import Exact


def by_amount(scene: Scene, terms: Terms, amount: Exact) -> str:
    """
    Return who approves a remedy by its own tiers.

    Args:
        scene: The decision under way.
        terms: The remedy's.
        amount: Its final amount, 0 where it costs no money. A tier reaches up to its bound
            inclusive; one whose bound is unknown leaves only the highest.
    """
    for tier in terms.tiers:
        bound = tier.bound
        if tier.formula is not None:
            bound, waiting = in_currency(scene, tier.formula, terms.remedy.id)
            if bound is None:
                scene.wait(terms.remedy.id, waiting)
                break
        if bound is None or amount <= bound:
            return tier.by
    return terms.highest
