"""Why each rule, row, target and remedy that a decision names counts (semantics F)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from complaint_rules.decision.actions import PROMISE
from complaint_rules.decision.fresh import maker
from complaint_rules.decision.owed import ENTITLEMENT
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.shape import Reason, Shown
from complaint_rules.decision.shown import shown

_REASON: Final = maker(Reason)
_OF_THE_PACKAGE: Final[Mapping[str, tuple[str, ...]]] = {
    PROMISE: ("promises",),
    ENTITLEMENT: ("entitlement.amount", "entitlement.kinds", "entitlement.source"),
}
"""What the package itself brings about, and the facts it reads for that."""


def reasons(scene: Scene, named: Sequence[str], others: Iterable[str] = ()) -> dict[str, Reason]:
    """
    Return the reason of each id, sorted.

    Args:
        scene: The decision under way.
        named: Ids of rules, rows, targets and remedies, ``promise`` and ``entitlement``; quickest
            where they are sorted.
        others: More of them.
    """
    origins, unknown = scene.prepared.origins, scene.match.unknown
    ids = sorted([*named, *sorted({*others}.difference(named))])
    known = _Facts(scene)
    found: dict[str, Reason] = {}
    for name in ids:
        origin = origins.get(name)
        if origin is None:
            facts = _OF_THE_PACKAGE.get(name, ())
            found[name] = _REASON("true", (), None, known.of(facts))
        else:
            # One that is false now has set a target's due time by the types of its start (7).
            truth = "unknown" if unknown & origin.bit else "true"
            found[name] = _REASON(truth, origin.source, origin.span, known.of(origin.facts))
    return found


class _Facts:
    """The known facts of a complaint as they are shown; each is written once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._written: dict[str, Shown | None] = {}

    def of(self, names: Iterable[str]) -> dict[str, Shown]:
        """Return the known ones of these facts."""
        written, found = self._written, {}
        for name in names:
            try:
                value = written[name]
            except KeyError:
                value = written[name] = self._of(name)
            if value is not None:
                found[name] = value
        return found

    def _of(self, name: str) -> Shown | None:
        value = self._scene.situation.values.get(name)
        declared = self._scene.policy.facts.get(name)
        if value is None or declared is None:
            return None
        return shown(value, declared, self._scene.situation.calendar)
