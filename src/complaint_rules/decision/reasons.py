"""Why each rule, row, target and remedy that a decision names counts (semantics F)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from complaint_rules.decision.answer.fresh import blank
from complaint_rules.decision.answer.shape import Reason, Shown
from complaint_rules.decision.answer.shown import shown
from complaint_rules.decision.gathering.asking import PROMISE
from complaint_rules.decision.gathering.prepared import Origin
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.remedies.owed import ENTITLEMENT

_Told: TypeAlias = dict[tuple[str, ...], dict[str, Shown]]

_blank: Final = blank(Reason)
_NOWHERE: Final = Origin((), None, (), 0)
_OF_THE_PACKAGE: Final[Mapping[str, Origin]] = {
    PROMISE: Origin((), None, ("promises",), 0),
    ENTITLEMENT: Origin(
        (), None, ("entitlement.amount", "entitlement.kinds", "entitlement.source"), 0
    ),
}
"""What the package itself brings about, and the facts it reads for that."""
_AS_THEY_ARE: Final = (bool, str)
"""Values that are shown so; most are."""


def reasons(scene: Scene, named: Sequence[str], others: Iterable[str] = ()) -> dict[str, Reason]:
    """
    Return the reason of each id, sorted; those that read the same facts share their mapping.

    Args:
        scene: The decision under way.
        named: Ids of rules, rows, targets and remedies, ``promise`` and ``entitlement``; quickest
            where they are sorted.
        others: More of them.
    """
    known, unknown = scene.prepared.origins, scene.match.unknown
    ids = sorted([*named, *sorted({*others}.difference(named))])
    origins = [known.get(name) or _OF_THE_PACKAGE.get(name, _NOWHERE) for name in ids]
    facts = _facts(scene, origins)
    found: dict[str, Reason] = {}
    for name, origin in zip(ids, origins, strict=True):
        reason = _blank()
        # One that is false now has set a target's due time by the types of its start (7).
        reason.truth = "unknown" if unknown & origin.bit else "true"
        reason.source = origin.source
        reason.span = origin.span
        reason.facts = facts[origin.facts]
        reason.__class__ = Reason
        found[name] = reason
    return found


def _facts(scene: Scene, origins: Iterable[Origin]) -> _Told:
    """Return the known facts that each origin reads, as they are shown, by their names."""
    values, declared = scene.situation.values, scene.policy.facts
    calendar = scene.situation.calendar
    written: dict[str, Shown | None] = {}  # each is written once
    found: _Told = {}
    for origin in origins:
        if origin.facts in found:
            continue
        told = found[origin.facts] = {}
        for name in origin.facts:
            if name in written:
                text = written[name]
            else:
                value = values.get(name)
                if value is None or name not in declared:
                    text = None
                elif isinstance(value, _AS_THEY_ARE):
                    text = value
                else:
                    text = shown(value, declared[name], calendar)
                written[name] = text
            if text is not None:
                told[name] = text
    return found
