"""The next actions of a complaint, all but their due times: who takes which, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

import attrs

from complaint_rules.decision.answer.fresh import maker
from complaint_rules.decision.answer.shape import DecidedAction
from complaint_rules.decision.gathering.combine import Ids
from complaint_rules.decision.gathering.order import Orders
from complaint_rules.decision.gathering.wants import Want
from complaint_rules.decision.timing.alone import Dues
from complaint_rules.decision.timing.resolved import NO_DUE

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
        lines: What each of them shows whenever it is due.
        plain: Each of them as it is told where it has no due time at all.
        rules: Who asks for each of them.
    """

    dues: Dues
    lines: tuple[Line, ...]
    plain: tuple[DecidedAction, ...]
    rules: tuple[Ids, ...]


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
            name: rank
            for group, rank in zip(self.groups, ranks, strict=True)
            for name, *_ in group.lines
        }
        places = {name: place for place, name in enumerate(dues)}
        return tuple([places[name] for name in orders.of(dues, steps)])


class Lines:
    """
    Groups of a policy's actions; equal ones are one object, and so are the same lines of two.

    Hundreds of lineups hold the same lines, and a processor keeps few things at hand.
    """

    __slots__ = ("_groups", "_lines")

    def __init__(self) -> None:
        self._lines: dict[Line, tuple[Line, DecidedAction]] = {}
        self._groups: dict[tuple[Dues, tuple[Line, ...], tuple[Ids, ...]], Group] = {}

    def groups(self, wants: Iterable[Want]) -> tuple[Group, ...]:
        """Return some actions, each once, in groups that are due together."""
        groups: dict[Dues, list[Want]] = {}
        for want in wants:
            groups.setdefault(want.dues, []).append(want)
        return tuple([self._group(dues, group) for dues, group in groups.items()])

    def _group(self, dues: Dues, wants: list[Want]) -> Group:
        lines = tuple([(each.name, each.owner, each.approver, each.told) for each in wants])
        key = (dues, lines, tuple([each.rules for each in wants]))
        known = self._groups.get(key)
        if known is None:
            told = [self._line(line) for line in lines]
            if len(self._groups) >= _MOST_LINES:
                self._groups.clear()
            shown = tuple([line for line, _ in told]), tuple([plain for _, plain in told])
            known = self._groups[key] = Group(dues, *shown, key[2])
        return known

    def _line(self, line: Line) -> tuple[Line, DecidedAction]:
        known = self._lines.get(line)
        if known is None:
            name, owner, approver, rules = line
            plain = _ACTION(name, owner, None, None, NO_DUE.status, None, approver, rules)
            if len(self._lines) >= _MOST_LINES:
                self._lines.clear()
            known = self._lines[line] = line, plain
        return known


def ranks_of(dues: Sequence[int]) -> Ranks:
    """Return which of some due times comes before which."""
    return tuple(map(sorted(dues).index, dues))
