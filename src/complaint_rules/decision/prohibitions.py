"""What must not be said or done, and whose actions that takes out (semantics 9, 22)."""

from __future__ import annotations

from complaint_rules.decision.agenda import Course
from complaint_rules.decision.scene import Scene
from complaint_rules.policy import Rule


def prohibitions(scene: Scene) -> Course:
    """
    Return what is forbidden, by id, and what is left of what rules ask for.

    A prohibition binds if one of its rules is true, or unknown; one that is only unknown does not
    bind on the action that learns a fact it waits for. It overrides the rules that ask for the
    action, those that are law apart.
    """
    agenda = scene.agenda
    binding = tuple([_binding(scene, name, maybe) for name, maybe in agenda.doubtful])
    return agenda.course(scene.combined, binding)


def _binding(scene: Scene, action: str, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """Return the unknown rules that wait for nothing the action learns."""
    return tuple(
        [rule.id for rule in rules if action not in scene.learners(scene.waiting(rule.when))]
    )
