"""What must not be said or done, and whose actions that takes out (semantics 9, 22)."""

from __future__ import annotations

from complaint_rules.decision.asks import learn_by
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.shape import Prohibition
from complaint_rules.policy import Rule


def prohibitions(scene: Scene) -> tuple[Prohibition, ...]:
    """
    Return what is forbidden, by id.

    A prohibition binds if one of its rules is true, or unknown; one that is only unknown does not
    bind on the action that learns a fact it waits for. It overrides the rules that ask for the
    action, those that are law apart.
    """
    combined = scene.combined
    found = []
    for name in sorted({*combined.never, *combined.never_maybe}):
        rules, basis = combined.never.get(name, ()), "true"
        if not rules:
            basis = "unknown"
            rules = tuple(
                rule.id for rule in combined.never_maybe[name] if not _learned_by(scene, rule, name)
            )
        if rules:
            found.append(Prohibition(name, basis, _overrode(scene, name), rules))
    return tuple(found)


def _learned_by(scene: Scene, rule: Rule, action: str) -> bool:
    """Return whether an action learns a fact that an unknown rule waits for."""
    given = scene.tracer.given(scene.waiting(rule.when))
    return any(learn_by(scene.policy, fact) == action for fact in given)


def _overrode(scene: Scene, name: str) -> tuple[str, ...]:
    wanted, by_law = scene.combined.doing.get(name), scene.combined.by_law.get(name)
    if wanted is None:
        return ()
    kept = () if by_law is None else by_law.rules
    return tuple(rule for rule in wanted.rules if rule not in kept)
