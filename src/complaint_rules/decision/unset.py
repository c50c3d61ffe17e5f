"""Settings without a value that something unknown reads: nobody can be asked for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from complaint_rules.conditions import settings_of, truth
from complaint_rules.conditions.tree import Condition, Expression
from complaint_rules.decision.answer.shape import Notice
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.seeing.derive import parts_of
from complaint_rules.policy import Remedy, TableOf

SETTING_UNSET: Final = "setting-unset"

_Node: TypeAlias = Condition | Expression


def unset_settings(scene: Scene) -> Iterator[Notice]:
    """
    Yield a notice of each setting that has no value now and that something unknown reads.

    A dated setting may have none on the event date, one of several amounts none in the complaint's
    currency (semantics 21, 27). What reads it is unknown, and waits for no fact at all.
    """
    settings = scene.situation.settings
    if len(settings) == len(scene.policy.settings):
        return
    read = frozenset[str]().union(*(settings_of(node) for node in _unknown(scene)))
    for name in sorted(read - settings.keys()):
        yield Notice(SETTING_UNSET, name)


def _unknown(scene: Scene) -> Iterator[_Node]:
    """Yield what is unknown, and amounts that count: they may be."""
    yield from _conditions(scene)
    values, policy = scene.situation.values, scene.policy
    for name, derivation in policy.derivations.items():
        if name not in values:
            yield from parts_of(derivation)
    for remedy in policy.remedies.values():
        if scene.valid(remedy) and scene.holds(remedy.when):
            yield from _of_remedy(scene, remedy)
    for caps in scene.combined.caps.values():
        yield from (cap for _, cap in caps)


def _conditions(scene: Scene) -> Iterator[Condition]:
    """Yield the conditions that are unknown."""
    policy, unknown = scene.policy, scene.match.unknown
    yield from (each for place, each in enumerate(policy.conditions) if unknown >> place & 1)
    settled = [each.when for each in (*policy.stages, *policy.sides)]
    settled += [each.recognise for each in policy.types.values() if each.recognise is not None]
    yield from (each for each in settled if truth(each, scene.situation) is None)


def _of_remedy(scene: Scene, remedy: Remedy) -> Iterator[_Node]:
    if isinstance(remedy.amount, TableOf):
        yield from parts_of(remedy.amount)
    elif remedy.amount is not None:
        yield remedy.amount
    group = scene.policy.groups[remedy.group].cap if remedy.group else None
    yield from (each for each in (remedy.cap, remedy.cost, group) if each is not None)
    yield from (tier.up_to for tier in remedy.approval if tier.up_to is not None)
