"""Why each rule, row, target and remedy that a decision names counts (semantics F)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from complaint_rules.decision.actions import PROMISE
from complaint_rules.decision.owed import ENTITLEMENT
from complaint_rules.decision.prepared import Origin
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.shape import Reason, Shown
from complaint_rules.decision.shown import shown

_OF_THE_PACKAGE: Final[Mapping[str, tuple[str, ...]]] = {
    PROMISE: ("promises",),
    ENTITLEMENT: ("entitlement.amount", "entitlement.kinds", "entitlement.source"),
}
"""What the package itself brings about, and the facts it reads for that."""


def reasons(scene: Scene, ids: Iterable[str]) -> dict[str, Reason]:
    """
    Return the reason of each id, sorted.

    Args:
        scene: The decision under way.
        ids: Ids of rules, rows, targets and remedies, ``promise`` and ``entitlement``.
    """
    known: dict[str, Shown] = {}
    return {name: _reason(scene, name, known) for name in sorted(set(ids))}


def _reason(scene: Scene, name: str, known: dict[str, Shown]) -> Reason:
    origin = scene.prepared.origins.get(name)
    if origin is None:
        facts = _OF_THE_PACKAGE.get(name, ())
        return Reason("true", (), None, _facts(scene, facts, known))
    return Reason(
        _truth(scene, origin), origin.source, origin.span, _facts(scene, origin.facts, known)
    )


def _truth(scene: Scene, origin: Origin) -> str:
    """
    Return whether a condition counts as true or as unknown.

    One that is false now has set a target's due time by the types of its start (semantics 7).
    """
    return "unknown" if scene.holds(origin.number) is None else "true"


def _facts(scene: Scene, names: Iterable[str], known: dict[str, Shown]) -> dict[str, Shown]:
    """Return the known ones of these facts as they are shown; each is written once."""
    values, declared = scene.situation.values, scene.policy.facts
    found: dict[str, Shown] = {}
    for name in names:
        if name not in known:
            if name not in values or name not in declared:
                continue
            known[name] = shown(values[name], declared[name], scene.situation.calendar)
        found[name] = known[name]
    return found
