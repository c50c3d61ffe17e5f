"""The next actions of a complaint, all but their due times: who takes which, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

import attrs

from complaint_rules.decision.alone import Dues
from complaint_rules.decision.combine import Ids
from complaint_rules.decision.fresh import maker
from complaint_rules.decision.order import Orders
from complaint_rules.decision.resolved import NO_DUE
from complaint_rules.decision.shape import DecidedAction
from complaint_rules.decision.wants import Want

Line: TypeAlias = tuple[str, str, str | None, Ids]
"""What an action shows whenever it is due: its id, owner, approver and rules."""
Ranks: TypeAlias = tuple[int, ...]
"""Which of some due times comes before which: equal numbers are one instant."""

_ACTION: Final = maker(DecidedAction)
_MOST_LINES: Final = 4_096
_MOST_ORDERS: Final = 16
"""How many orders a lineup keeps: its due times follow each other in one of a few ways."""


class Group(NamedTuple):
    """
    Actions that are due together, in the order they were asked for.

    Attributes:
        dues: Their due times.
        wants: The actions.
        lines: What each of them shows whenever it is due.
        plain: Each of them as it is told where it has no due time at all.
    """

    dues: Dues
    wants: tuple[Want, ...]
    lines: tuple[Line, ...]
    plain: tuple[DecidedAction, ...]


@attrs.frozen(eq=False)
class Lineup:
    """
    Actions that are next, in groups that are due together.

    Attributes:
        groups: The actions.
        moving: Some are due at the instant decided at, whatever the complaint.
    """

    groups: tuple[Group, ...]
    moving: bool = attrs.field(init=False)
    _orders: dict[tuple[tuple[str, ...], Ranks], tuple[int, ...]] = attrs.field(
        init=False, factory=dict
    )

    @moving.default
    def _moves(self) -> bool:
        return any(group.dues.moving for group in self.groups)

    def order(self, dues: Sequence[int], steps: tuple[str, ...], orders: Orders) -> tuple[int, ...]:
        """
        Return the order to take the actions in (semantics 25): their places in the groups' row.

        It depends on which due time comes before which, not on the times themselves.

        Args:
            dues: When each group is due; `NEVER` where it has no due time.
            steps: The steps of the sequence that fits, in order.
            orders: The policy's orders found before; the same at every call.
        """
        ranks = ranks_of(dues)
        key = (steps, ranks)
        found = self._orders.get(key)
        if found is None:
            found = self._ordered(ranks, steps, orders)
            if len(self._orders) >= _MOST_ORDERS:
                self._orders.clear()
            self._orders[key] = found
        return found

    def _ordered(self, ranks: Ranks, steps: tuple[str, ...], orders: Orders) -> tuple[int, ...]:
        dues = {
            want.name: rank
            for group, rank in zip(self.groups, ranks, strict=True)
            for want in group.wants
        }
        places = {name: place for place, name in enumerate(dues)}
        return tuple([places[name] for name in orders.of(dues, steps)])


class Lines:
    """
    What actions of a policy show whenever they are due: equal lines are one object, and so short.

    Hundreds of lineups hold the same lines, and a processor keeps few things at hand.
    """

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Line, tuple[Line, DecidedAction]] = {}

    def groups(self, wants: Iterable[Want]) -> tuple[Group, ...]:
        """Return some actions, each once, in groups that are due together."""
        groups: dict[Dues, list[Want]] = {}
        for want in wants:
            groups.setdefault(want.dues, []).append(want)
        return tuple([self._group(dues, tuple(group)) for dues, group in groups.items()])

    def _group(self, dues: Dues, wants: tuple[Want, ...]) -> Group:
        lines = [self._line((each.name, each.owner, each.approver, each.told)) for each in wants]
        return Group(
            dues, wants, tuple([line for line, _ in lines]), tuple([plain for _, plain in lines])
        )

    def _line(self, line: Line) -> tuple[Line, DecidedAction]:
        known = self._kept.get(line)
        if known is None:
            name, owner, approver, rules = line
            plain = _ACTION(name, owner, None, None, NO_DUE.status, None, approver, rules)
            if len(self._kept) >= _MOST_LINES:
                self._kept.clear()
            known = self._kept[line] = line, plain
        return known


def ranks_of(dues: Sequence[int]) -> Ranks:
    """Return which of some due times comes before which."""
    return tuple(map(sorted(dues).index, dues))
