"""The next actions of a complaint, all but their due times: who takes which, and in what order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Final, TypeAlias

import attrs

from complaint_rules.decision.dues import Dues
from complaint_rules.decision.order import Orders
from complaint_rules.decision.wants import Want

Groups: TypeAlias = tuple[tuple[Dues, tuple[Want, ...]], ...]
"""Due times, each with the actions that have them; both in the order they were asked for."""
Order: TypeAlias = tuple[tuple[int, ...], tuple[Want, ...]]
"""Actions in an order, and beside them the numbers of their groups: few objects for a store."""
Ranks: TypeAlias = tuple[int | None, ...]
"""Which of some due times comes before which: equal numbers are one instant, `None` is never."""

_MOST_ORDERS: Final = 16
"""How many orders a lineup keeps: its due times follow each other in one of a few ways."""


@attrs.frozen(eq=False)
class Lineup:
    """
    Actions that are next, in groups that are due together.

    Attributes:
        groups: The actions.
    """

    groups: Groups
    _orders: dict[tuple[tuple[str, ...], Ranks], Order] = attrs.field(init=False, factory=dict)

    def order(self, ranks: Ranks, steps: tuple[str, ...], orders: Orders) -> Order:
        """
        Return the actions in the order to take them (semantics 25), and each one's group by number.

        It depends on which due time comes before which, not on the times themselves.

        Args:
            ranks: The rank of each group's due time.
            steps: The steps of the sequence that fits, in order.
            orders: The policy's orders found before; the same at every call.
        """
        key = (steps, ranks)
        found = self._orders.get(key)
        if found is None:
            found = self._ordered(ranks, steps, orders)
            if len(self._orders) >= _MOST_ORDERS:
                self._orders.clear()
            self._orders[key] = found
        return found

    def _ordered(self, ranks: Ranks, steps: tuple[str, ...], orders: Orders) -> Order:
        wants: dict[str, Want] = {}
        places: dict[str, int] = {}
        dues: dict[str, int | None] = {}
        for number, (_, group) in enumerate(self.groups):
            for want in group:
                name = want.name
                wants[name], places[name], dues[name] = want, number, ranks[number]
        names = orders.of(dues, steps)
        return tuple([places[name] for name in names]), tuple([wants[name] for name in names])


def groups_of(wants: Iterable[Want]) -> Groups:
    """Return some actions, each once, in groups that are due together."""
    groups: dict[Dues, list[Want]] = {}
    for want in wants:
        groups.setdefault(want.dues, []).append(want)
    return tuple([(dues, tuple(group)) for dues, group in groups.items()])


def ranks_of(dues: Iterable[int | None]) -> Ranks:
    """Return which of some due times comes before which."""
    times = [*dues]
    known = {*times}
    known.discard(None)
    places = dict(zip(sorted(known), count()))  # type: ignore[type-var]
    return tuple(map(places.get, times))
