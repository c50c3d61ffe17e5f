"""Voluntary remedies ranked, cut to the room there is, and given an approver (semantics 29, 31)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from complaint_rules.decision.amounts import ZERO, rounded
from complaint_rules.decision.approvals import by_amount
from complaint_rules.decision.combine import highest
from complaint_rules.decision.offers import GOODWILL, Offer, offers, total_cap
from complaint_rules.decision.owed import Room
from complaint_rules.decision.prepared import TOTAL
from complaint_rules.decision.scene import Scene
from complaint_rules.decision.shape import Choice, Owed, Withheld
from complaint_rules.exactly import Exact, minus, plus
from complaint_rules.money import Money

MOST_SHOWN: Final = 4
"""How many choices are shown, and how many remedies of goodwill."""


@attrs.frozen
class Voluntary:
    """What may be given freely: choices and goodwill by rank, and what is withheld."""

    choices: tuple[Choice, ...]
    goodwill: tuple[Choice, ...]
    withheld: tuple[Withheld, ...]


def voluntary(scene: Scene, room: Room, owed: Iterable[Owed]) -> Voluntary:
    """
    Return the voluntary remedies of a complaint.

    Args:
        scene: The decision under way.
        room: What may still be given; where it is unknown, what costs money waits.
        owed: What is owed beside it, which it may exclude.
    """
    passed, withheld = offers(scene)
    if not passed and TOTAL not in scene.combined.caps:
        return Voluntary((), (), tuple(withheld))
    passed.sort(key=lambda offer: offer.rank)
    sharing = _Sharing(scene, room, withheld)
    choices = sharing.share([each for each in passed if each.remedy.group != GOODWILL])
    goodwill = sharing.share([each for each in passed if each.remedy.group == GOODWILL])
    beside = frozenset(offer.remedy.id for offer, _ in choices + goodwill)
    beside |= {line.remedy for line in owed}
    return Voluntary(
        tuple(_told(scene, offer, amount, beside) for offer, amount in choices),
        tuple(_told(scene, offer, amount, beside) for offer, amount in goodwill),
        tuple(withheld),
    )


class _Sharing:
    """Offers taken in the order of their rank, each cut to what earlier ones leave."""

    def __init__(self, scene: Scene, room: Room, withheld: list[Withheld]) -> None:
        self.scene, self.room, self.withheld = scene, room, withheld
        self.taken: dict[str, Exact] = {}
        bound = total_cap(scene)
        self.limit: Exact | None = room.left
        if self.limit is not None and bound is not None:
            self.limit = min(self.limit, bound)

    def share(self, ranked: list[Offer]) -> list[tuple[Offer, Money | None]]:
        """Return the offers that are shown, with their final amounts; withhold the others."""
        shown: list[tuple[Offer, Money | None]] = []
        for offer in ranked:
            amount = self._cut(offer)
            refused = self._refused(offer, amount, len(shown))
            if refused is not None:
                self.withheld.append(refused)
                continue
            if amount is not None:
                self.taken[offer.remedy.id] = amount.amount
            shown.append((offer, amount))
        return shown

    def _cut(self, offer: Offer) -> Money | None:
        """Return an offer's amount, rounded, within what earlier combinable offers leave."""
        if offer.amount is None or self.limit is None:
            return None
        conflicts = self.scene.prepared.conflicts
        beside = [name for name in self.taken if name not in conflicts[offer.remedy.id]]
        left: Exact = self.limit
        if beside:
            left = minus(left, most_taken(beside, self.taken, conflicts))
        return rounded(self.scene, min(offer.amount, left), self.scene.situation.currency)

    def _refused(self, offer: Offer, amount: Money | None, shown: int) -> Withheld | None:
        name = offer.remedy.id
        if offer.amount is not None and self.limit is None:
            return Withheld(name, "waiting", self.scene.wait(name, self.room.waiting), (name,))
        if amount is not None and amount.amount <= 0:
            return Withheld(name, "cap", (), offer.rules)
        return Withheld(name, "limit", (), (name,)) if shown == MOST_SHOWN else None


def most_taken(
    names: list[str],
    amounts: Mapping[str, Exact],
    conflicts: Mapping[str, frozenset[str]],
) -> Exact:
    """
    Return the most that remedies which can stand beside each other come to together.

    Args:
        names: The remedies, at most twice `MOST_SHOWN` of them.
        amounts: What each comes to.
        conflicts: Which of them exclude which.
    """
    best: Exact = ZERO
    sets: list[tuple[frozenset[str], Exact]] = [(frozenset(), ZERO)]
    for name in names:
        grown = [
            (chosen | {name}, plus(total, amounts[name]))
            for chosen, total in sets
            if conflicts[name].isdisjoint(chosen)
        ]
        best = max([best, *(total for _, total in grown)])
        sets += grown
    return best


def _told(scene: Scene, offer: Offer, amount: Money | None, beside: frozenset[str]) -> Choice:
    """Return an offer as the decision lists it, with its approver."""
    remedy = offer.remedy
    own = by_amount(scene, remedy, ZERO if amount is None else amount.amount)
    names = [name for name in (remedy.id, remedy.group, TOTAL) if name]
    approver, raised = highest(scene.policy.approvals, scene.combined, names, own)
    return Choice(
        remedy=remedy.id,
        amount=amount,
        cap=None if offer.cap is None else Money(offer.cap, scene.situation.currency),
        approver=approver or "",
        group=remedy.group,
        excludes=tuple(sorted(scene.prepared.conflicts[remedy.id] & beside)),
        fits=offer.fits,
        rules=tuple(sorted({*offer.rules, *raised})),
    )
