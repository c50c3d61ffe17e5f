"""What a decision costs: its amounts by remedy, and the most that may be given together."""

from __future__ import annotations

from fractions import Fraction

from complaint_rules.decision import Decision
from complaint_rules.money import Money


def amounts(decision: Decision, *, owed: bool) -> dict[str, Money | None]:
    """Return the amounts that are owed, or those on offer, by remedy; `None` where it has none."""
    if owed:
        return {each.remedy: each.amount for each in decision.owed}
    return {each.remedy: each.amount for each in (*decision.choices, *decision.goodwill)}


def dearest(decision: Decision) -> dict[str, Fraction]:
    """
    Return what a decision costs if the dearest offers are taken, by currency.

    That is all that is owed, and of the offers, dearest first, each that may stand beside those
    taken before it: one of a group, and none that excludes another.
    """
    totals: dict[str, Fraction] = {}
    for owed in decision.owed:
        _add(totals, owed.amount)
    offers = [each for each in (*decision.choices, *decision.goodwill) if each.amount is not None]
    offers.sort(key=lambda each: (-_plain(each.amount), each.remedy))
    groups: set[str] = set()
    barred: set[str] = set()
    for offer in offers:
        if offer.remedy in barred or offer.group in groups:
            continue
        _add(totals, offer.amount)
        barred.update(offer.excludes)
        groups |= {offer.group} - {""}
    return totals


def _plain(amount: Money | None) -> Fraction:
    return Fraction(amount.amount) if amount is not None else Fraction(0)


def _add(totals: dict[str, Fraction], amount: Money | None) -> None:
    if amount is not None:
        totals[amount.currency] = totals.get(amount.currency, Fraction(0)) + _plain(amount)
