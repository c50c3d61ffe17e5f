"""How two decisions of one complaint differ, told in what a handler would notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from complaint_rules.decision import Decision
from complaint_rules.decision.answer.shape import DecidedAction
from complaint_rules.diff.offers import remedies
from complaint_rules.diff.telling import Answer, Kind, due, sets, words

_ALIKE: Final[Mapping[Kind, tuple[Kind, ...]]] = {
    "now timed": ("due appears",),
    "no longer timed": ("due falls away",),
    "other status": ("due appears", "due falls away"),
}
"""What happens to the actions of a target; to those of any other kind the same as to it."""


def answers(old: Decision, new: Decision) -> tuple[Answer, ...]:
    """
    Return how two decisions of one complaint differ.

    By which rules they came, what they assume and when to look again do not count. Actions that are
    due otherwise because their target is stand with the target.

    Args:
        old: What the old edition decides.
        new: What the new one decides.
    """
    return tuple(_answers(old, new))


def _answers(old: Decision, new: Decision) -> Iterator[Answer]:
    yield from _standing(old, new)
    yield from remedies(old, new)
    moved = list(_moved(old, new))
    targets = [_with(each, moved, old, new) for each in _targets(old, new)]
    yield from targets
    gathered = {(kind, name) for each in targets for kind in _alike(each) for name in each.along}
    yield from (each for each in moved if (each.kind, each.about) not in gathered)
    yield from _actions(old, new)
    before, after = (each.id for each in old.prohibitions), (each.id for each in new.prohibitions)
    yield from sets("prohibition", "no longer forbidden", "now forbidden", before, after)
    before, after = (each.to for each in old.escalations), (each.to for each in new.escalations)
    yield from sets("escalation", "no longer escalated", "now escalated", before, after)
    before, after = (each.id for each in old.manner), (each.id for each in new.manner)
    yield from sets("manner", "no longer manner", "now manner", before, after)
    before, after = (each.fact for each in old.asks), (each.fact for each in new.asks)
    yield from sets("fact", "no longer asked", "now asked", before, after)


def _standing(old: Decision, new: Decision) -> Iterator[Answer]:
    """Yield where the complaint stands otherwise, and what kind of customer it comes from."""
    if old.stage != new.stage:
        about = f"{old.stage or 'none'} → {new.stage or 'none'}"
        yield Answer("other stage", "stage", about, old.stage or None, new.stage or None)
    yield from sets("stage", "no longer at", "now at", old.side, new.side)
    before = {each.type: each.status for each in old.types}
    after = {each.type: each.status for each in new.types}
    yield from sets("type", "no longer of type", "now of type", before, after)
    yield from words("type", "other standing", before, after)


def _targets(old: Decision, new: Decision) -> Iterator[Answer]:
    before = {each.id: each for each in old.targets}
    after = {each.id: each for each in new.targets}
    for name in sorted({*before, *after}):
        one, two = before.get(name), after.get(name)
        if one is None or two is None:
            kind: Kind = "now timed" if one is None else "no longer timed"
            before_due, after_due = (None if each is None else each.due for each in (one, two))
            yield Answer(kind, "target", name, before_due, after_due)
            continue
        moved = list(due("target", name, one.due, two.due))
        yield from moved
        if not moved and one.status != two.status:
            yield Answer("other status", "target", name, one.status, two.status)
        if one.opens != two.opens:
            yield Answer("opens otherwise", "target", name, one.opens, two.opens)


def _moved(old: Decision, new: Decision) -> Iterator[Answer]:
    """Yield the actions that are due, or may be begun, at another instant."""
    before, after = _by_id(old), _by_id(new)
    for name in sorted(before.keys() & after.keys()):
        one, two = before[name], after[name]
        yield from due("action", name, one.due, two.due)
        if one.opens != two.opens:
            yield Answer("opens otherwise", "action", name, one.opens, two.opens)


def _alike(answer: Answer) -> tuple[Kind, ...]:
    return _ALIKE.get(answer.kind, (answer.kind,))


def _with(answer: Answer, moved: list[Answer], old: Decision, new: Decision) -> Answer:
    """Return what is said of a target, with the actions that move as it does."""
    before, after = _by_id(old), _by_id(new)
    along = [
        each.about
        for each in moved
        if each.kind in _alike(answer)
        and {before[each.about].target, after[each.about].target} - {None} == {answer.about}
    ]
    return attrs.evolve(answer, along=tuple(along))


def _actions(old: Decision, new: Decision) -> Iterator[Answer]:
    before, after = _by_id(old), _by_id(new)
    yield from sets("action", "no longer to do", "now to do", before, after)
    owners = [{name: each.owner for name, each in side.items()} for side in (before, after)]
    yield from words("action", "other owner", *owners)
    roles = [{name: each.approver for name, each in side.items()} for side in (before, after)]
    yield from words("action", "other approver", *roles)
    both = before.keys() & after.keys()
    orders = [[each.id for each in side.actions if each.id in both] for side in (old, new)]
    if orders[0] != orders[1]:
        start = next(n for n, pair in enumerate(zip(*orders, strict=True)) if pair[0] != pair[1])
        told = [", ".join(order[start : start + 3]) for order in orders]
        yield Answer("other order", "", "actions", told[0], told[1])


def _by_id(decision: Decision) -> dict[str, DecidedAction]:
    return {each.id: each for each in decision.actions}
