"""Voluntary remedies ranked, cut to the room there is, and given an approver (semantics 29, 31)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Final

from complaint_rules.decision.answer.shape import Choice, Owed, Withheld
from complaint_rules.decision.gathering.agenda import Voluntary
from complaint_rules.decision.gathering.combine import highest
from complaint_rules.decision.gathering.prepared import TOTAL
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.gathering.terms import Tariff
from complaint_rules.decision.remedies.amounts import ZERO
from complaint_rules.decision.remedies.approvals import by_amount
from complaint_rules.decision.remedies.offers import Offer, offers, smallest, tariff_of
from complaint_rules.decision.remedies.owed import Room
from complaint_rules.decision.remedies.screening import screening
from complaint_rules.exactly import Exact, minus, plus
from complaint_rules.money import Money, round_half_up

MOST_SHOWN: Final = 4
"""How many choices are shown, and how many remedies of goodwill."""
_MOST_TOLD: Final = 64
"""How many choices of one remedy that costs no money are kept."""
_RANK: Final = attrgetter("rank")


def voluntary(scene: Scene, room: Room, owed: Iterable[Owed]) -> Voluntary:
    """
    Return the voluntary remedies of a complaint.

    Args:
        scene: The decision under way.
        room: What may still be given; where it is unknown, what costs money waits.
        owed: What is owed beside it, which it may exclude.
    """
    screened = screening(scene)
    if screened.nothing is not None:
        return screened.nothing
    tariff = tariff_of(scene)
    passed, withheld = offers(scene, screened, tariff)
    if not passed and TOTAL not in scene.combined.caps:
        return Voluntary((), (), tuple(withheld))
    passed.sort(key=_RANK)
    shown = _Sharing(scene, room, tariff, withheld).share(passed)
    beside = {offer.terms.remedy.id for offer, _ in shown}
    beside.update([line.remedy for line in owed])
    choices: list[Choice] = []
    goodwill: list[Choice] = []
    for offer, amount in shown:
        lines = goodwill if offer.terms.goodwill else choices
        lines.append(_told(scene, offer, amount, beside))
    return Voluntary(tuple(choices), tuple(goodwill), tuple(withheld))


class _Sharing:
    """Offers taken in the order of their rank, each cut to what earlier ones leave."""

    def __init__(self, scene: Scene, room: Room, tariff: Tariff, withheld: list[Withheld]) -> None:
        self.scene, self.room, self.tariff, self.withheld = scene, room, tariff, withheld
        self.taken: dict[str, Decimal] = {}
        bound = smallest(scene, tariff.total, TOTAL, tariff.decimals)[0]
        self.limit = room.left
        if self.limit is not None and bound is not None:
            self.limit = min(self.limit, bound)

    def share(self, ranked: list[Offer]) -> list[tuple[Offer, Money | None]]:
        """Return the offers that are shown, with their final amounts; withhold the others."""
        shown: list[tuple[Offer, Money | None]] = []
        before = {False: 0, True: 0}
        for offer in ranked:
            goodwill = offer.terms.goodwill
            cut = None if offer.amount is None else self._cut(offer, offer.amount)
            refused = self._refused(offer, cut, before[goodwill])
            if refused is not None:
                self.withheld.append(refused)
                continue
            before[goodwill] += 1
            if cut is None:
                shown.append((offer, None))
            else:
                self.taken[offer.terms.remedy.id] = cut
                shown.append((offer, Money(cut, self.tariff.currency)))
        return shown

    def _cut(self, offer: Offer, amount: Exact) -> Decimal | None:
        """Return an offer's amount, rounded, within what earlier combinable offers leave."""
        if self.limit is None:
            return None
        left: Exact = self.limit
        if self.taken:
            conflicts = self.scene.prepared.conflicts
            beside = [name for name in self.taken if name not in offer.terms.conflicts]
            left = minus(left, most_taken(beside, self.taken, conflicts))
        return round_half_up(min(amount, left), self.tariff.decimals)

    def _refused(self, offer: Offer, amount: Decimal | None, shown: int) -> Withheld | None:
        name = offer.terms.remedy.id
        if amount is None:
            if offer.amount is not None:
                return Withheld(name, "waiting", self.scene.wait(name, self.room.waiting), (name,))
        elif amount <= 0:
            return Withheld(name, "cap", (), offer.rules)
        return Withheld(name, "limit", (), (name,)) if shown == MOST_SHOWN else None


def most_taken(
    names: list[str],
    amounts: Mapping[str, Decimal],
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


def _told(scene: Scene, offer: Offer, amount: Money | None, beside: set[str]) -> Choice:
    """Return an offer as the decision lists it; where it costs no money, the same one again."""
    terms = offer.terms
    excludes: tuple[str, ...] = ()
    if not terms.conflicts.isdisjoint(beside):
        excludes = tuple(sorted(terms.conflicts & beside))
    kept = terms.told if amount is None else None
    if kept is None:
        return _listed(scene, offer, amount, excludes)
    key = (offer.fits, excludes)
    known = kept.get(key)
    if known is None:
        known = _listed(scene, offer, None, excludes)
        if len(kept) >= _MOST_TOLD:
            kept.clear()
        kept[key] = known
    return known


def _listed(scene: Scene, offer: Offer, amount: Money | None, excludes: tuple[str, ...]) -> Choice:
    """Return an offer as the decision lists it, with its approver."""
    terms, cap = offer.terms, offer.cap
    approver: str | None = by_amount(scene, terms, ZERO if amount is None else amount.amount)
    rules = offer.rules
    if terms.named:
        approver, raised = highest(scene.policy.approvals, scene.combined, terms.named, approver)
        rules = tuple(sorted({*rules, *raised}))
    told = None
    if cap is not None:
        told = terms.caps.money if cap is terms.caps.least else Money(cap, scene.situation.currency)
    return Choice(
        remedy=terms.remedy.id,
        amount=amount,
        cap=told,
        approver=approver or "",
        group=terms.remedy.group,
        excludes=excludes,
        fits=offer.fits,
        rules=rules,
    )
