"""What must not be said or done, and whose actions that takes out (semantics 9, 22)."""

from __future__ import annotations

from complaint_rules.decision.agenda import overrode
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
    agenda = scene.agenda
    found = []
    for name in agenda.doubtful:
        maybe = scene.combined.never_maybe[name]
        rules = tuple(rule.id for rule in maybe if not _learned_by(scene, rule, name))
        if rules:
            found.append(Prohibition(name, "unknown", overrode(scene.combined, name), rules))
    if not found:
        return agenda.forbidden
    return tuple(sorted((*agenda.forbidden, *found), key=lambda each: each.id))


def _learned_by(scene: Scene, rule: Rule, action: str) -> bool:
    """Return whether an action learns a fact that an unknown rule waits for."""
    return action in scene.learners(scene.waiting(rule.when))
