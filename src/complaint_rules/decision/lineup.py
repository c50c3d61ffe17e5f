"""The next actions of a complaint, all but their due times: who takes which, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import attrs

from complaint_rules.decision.dues import Dues
from complaint_rules.decision.order import ordered
from complaint_rules.decision.wants import Want

Ranks: TypeAlias = tuple[int | None, ...]
"""Which of some due times comes before which: equal numbers are one instant, `None` is never."""

_MOST_ORDERS: Final = 16
"""How many orders a lineup keeps: its due times follow each other in one of a few ways."""


@attrs.frozen(eq=False)
class Lineup:
    """
    Actions that are next, in groups that are due together.

    Attributes:
        groups: Due times, each with the actions that have them; both as they were asked for.
    """

    groups: tuple[tuple[Dues, tuple[Want, ...]], ...]
    _orders: dict[tuple[tuple[str, ...], Ranks], tuple[tuple[int, Want], ...]] = attrs.field(
        init=False, factory=dict
    )

    @classmethod
    def of(cls, wants: Iterable[Want]) -> Lineup:
        """Return the lineup of some actions, each once."""
        groups: dict[Dues, list[Want]] = {}
        for want in wants:
            groups.setdefault(want.dues, []).append(want)
        return cls(tuple((dues, tuple(group)) for dues, group in groups.items()))

    def order(
        self, ranks: Ranks, steps: tuple[str, ...], after: Mapping[str, Iterable[str]]
    ) -> tuple[tuple[int, Want], ...]:
        """
        Return the actions in the order to take them (semantics 25), each with its group's number.

        It depends on which due time comes before which, not on the times themselves.

        Args:
            ranks: The rank of each group's due time.
            steps: The steps of the sequence that fits, in order.
            after: By action, those it comes after; the same at every call.
        """
        key = (steps, ranks)
        found = self._orders.get(key)
        if found is None:
            found = self._ordered(ranks, steps, after)
            if len(self._orders) >= _MOST_ORDERS:
                self._orders.clear()
            self._orders[key] = found
        return found

    def _ordered(
        self, ranks: Ranks, steps: tuple[str, ...], after: Mapping[str, Iterable[str]]
    ) -> tuple[tuple[int, Want], ...]:
        places = {
            want.name: (number, want)
            for number, (_, group) in enumerate(self.groups)
            for want in group
        }
        dues = {name: ranks[number] for name, (number, _) in places.items()}
        return tuple(places[name] for name in ordered(dues, steps, after))


def ranks_of(dues: Iterable[int | None]) -> Ranks:
    """Return which of some due times comes before which."""
    times = [*dues]
    known = {*times}
    known.discard(None)
    places = {due: place for place, due in enumerate(sorted(known))}  # type: ignore[type-var]
    return tuple(map(places.get, times))
