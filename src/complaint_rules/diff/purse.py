"""What remedies come to over many complaints, by either edition."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from complaint_rules.decision import Decision
from complaint_rules.diff.costs import amounts, dearest
from complaint_rules.diff.findings import TOTAL, Money

_Key: TypeAlias = tuple[bool, str, str, str]
"""Recorded, remedy, customer type, currency."""


class Purse:
    """Sums of amounts, gathered complaint by complaint."""

    def __init__(self) -> None:
        self._sums: dict[_Key, list[Fraction]] = {}
        self._moved: dict[_Key, int] = {}

    def take(self, old: Decision, new: Decision, types: Sequence[str], *, recorded: bool) -> None:
        """Add the amounts of a complaint."""
        for owed in (True, False):
            pair = amounts(old, owed=owed), amounts(new, owed=owed)
            for remedy in {*pair[0], *pair[1]}:
                given = [side.get(remedy) for side in pair]
                for code in {each.currency for each in given if each is not None}:
                    sums = [
                        Fraction(each.amount) if each and each.currency == code else Fraction(0)
                        for each in given
                    ]
                    self._add((recorded, remedy, "", code), sums)
        totals = dearest(old), dearest(new)
        for code in {*totals[0], *totals[1]}:
            sums = [side.get(code, Fraction(0)) for side in totals]
            for each in ("", *types):
                self._add((recorded, TOTAL, each, code), sums)

    def _add(self, key: _Key, sums: list[Fraction]) -> None:
        known = self._sums.setdefault(key, [Fraction(0), Fraction(0)])
        known[0] += sums[0]
        known[1] += sums[1]
        self._moved[key] = self._moved.get(key, 0) + (sums[0] != sums[1])

    def counted(self) -> tuple[Money, ...]:
        """Return the sums that moved, recorded complaints first, and all remedies together last."""
        keys = sorted(self._sums, key=lambda key: (not key[0], key[1] == TOTAL, *key[1:]))
        found: list[Money] = []
        for key in keys:
            if self._moved[key]:
                before, after = self._sums[key]
                found.append(Money(*key, before, after, self._moved[key]))
        return tuple(found)
