"""Who is eligible for which voluntary remedy; no amount is reckoned (semantics 9, 22, 30)."""

from __future__ import annotations

from typing import Final

from complaint_rules.decision.answer.shape import Withheld
from complaint_rules.decision.gathering.agenda import Screened, Voluntary
from complaint_rules.decision.gathering.prepared import TOTAL
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.policy import Remedy, Rule

ABSENT: Final = Withheld("", "", (), ())
"""Stands for a remedy that is not there at all."""
_MOST_KEPT: Final = 64


def screening(scene: Scene) -> Screened:
    """Return the voluntary remedies there may be; what follows from the match alone is kept."""
    match, bits = scene.match, scene.prepared.offer_bits
    kept, key = scene.agenda.screened, (match.true & bits, match.unknown & bits)
    known = kept.get(key)
    if known is None:
        known = _screenings(scene, key[0] | key[1])
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = known
    return known


def _screenings(scene: Scene, possible: int) -> Screened:
    withheld: list[Withheld] = []
    priced: list[Remedy] = []
    hanging: list[Remedy] = []
    for remedy in scene.prepared.voluntary:
        if not possible >> remedy.when & 1:
            continue
        if _hangs(scene, remedy):
            hanging.append(remedy)
            continue
        refused = screened_out(scene, remedy)
        if refused is None:
            priced.append(remedy)
        else:
            withheld.append(refused)
    nothing = None
    if not priced and not hanging and TOTAL not in scene.combined.caps:
        nothing = Voluntary((), (), tuple(withheld))
    return Screened(tuple(withheld), tuple(priced), tuple(hanging), nothing)


def _hangs(scene: Scene, remedy: Remedy) -> bool:
    """Return whether more than the match says why a remedy is not reckoned: facts, or the day."""
    if scene.holds(remedy.when) is None or remedy.id in scene.combined.withhold_maybe:
        return True
    group = scene.policy.groups[remedy.group] if remedy.group else None
    if remedy.valid is not None or group is None:
        return remedy.valid is not None
    return group.valid is not None or scene.holds(group.opens) is None


def screened_out(scene: Scene, remedy: Remedy) -> Withheld | None:
    """Return why a remedy is not even reckoned; `None` where it is (semantics 9, 22, 30)."""
    if scene.holds(remedy.when) is None:
        return waiting_for(remedy, scene.wait_for(remedy.id, remedy.when))
    rules = scene.combined.withhold.get(remedy.id, ())
    if rules:
        return Withheld(remedy.id, "rule", (), rules)
    waiting = scene.combined.withhold_maybe.get(remedy.id, ())
    if waiting:
        return _withheld_maybe(scene, remedy, waiting)
    return _grouped(scene, remedy) if remedy.group else None


def _withheld_maybe(scene: Scene, remedy: Remedy, rules: tuple[Rule, ...]) -> Withheld:
    facts: set[str] = set()
    for rule in rules:
        facts.update(scene.wait_for(remedy.id, rule.when))
    ids = tuple(rule.id for rule in rules)
    return Withheld(remedy.id, "waiting", tuple(sorted(facts)), ids)


def _grouped(scene: Scene, remedy: Remedy) -> Withheld | None:
    group = scene.policy.groups[remedy.group]
    if not scene.valid(group):
        return ABSENT
    held = scene.holds(group.opens)
    if held is None:
        return waiting_for(remedy, scene.wait_for(remedy.id, group.opens))
    return None if held else Withheld(remedy.id, "later", (), (remedy.id,))


def waiting_for(remedy: Remedy, facts: tuple[str, ...]) -> Withheld:
    """Return a remedy that waits for facts."""
    return Withheld(remedy.id, "waiting", facts, (remedy.id,))
