"""What must not be said or done, and whose actions that takes out (semantics 9, 22)."""

from __future__ import annotations

from collections.abc import Sequence

from complaint_rules.decision.gathering.agenda import Course
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.seeing.seeds import AskSeed


def prohibitions(scene: Scene, waited: Sequence[AskSeed | None]) -> Course:
    """
    Return what is forbidden, by id, and what is left of what rules ask for.

    A prohibition binds if one of its rules is true, or unknown; one that is only unknown does not
    bind on the action that learns a fact it waits for. It overrides the rules that ask for the
    action, those that are law apart.

    Args:
        scene: The decision under way.
        waited: What each unknown rule waits for, see `waited`.
    """
    agenda = scene.agenda
    if not agenda.doubtful:
        return agenda.course(())
    binding = [
        tuple([rule for rule, place in maybe if not _learned_by(scene, waited[place], name)])
        for name, maybe in agenda.doubtful
    ]
    return agenda.course(tuple(binding))


def _learned_by(scene: Scene, seed: AskSeed | None, action: str) -> bool:
    """Return whether an action learns a fact that an unknown rule waits for."""
    return seed is not None and action in scene.learners(seed.facts)
