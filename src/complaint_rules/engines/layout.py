"""
Where clauses stand in a mask, and back from clauses to conditions.

Condition number i has bit i for its first clause; up to four clauses stand in layers, each as
wide as there are conditions. Those of a condition with more stand side by side above, with an
empty guard bit over them: adding ones to all of them at once carries into the guard of each group
that is not empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from complaint_rules.engines.masks import Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from complaint_rules.engines.clauses import Clause


LAYERS: Final = 4
"""A condition of more clauses stands in a group of its own."""


@attrs.frozen(eq=False)
class Layout:
    """
    Places of the clauses of a list of conditions.

    Attributes:
        every: The mask of all clauses.
        low: The mask of all conditions.
        shifts: Where the layers above the first begin.
        base: Where the groups begin.
        ones: All clauses of the groups, counted from the base.
        guards: All guards, likewise.
        owners: Condition, as a bit, by the place of its guard.
    """

    every: int
    low: int
    shifts: tuple[int, ...]
    base: int
    ones: int
    guards: int
    owners: dict[int, int]
    _folded: Kept[int] = attrs.field(init=False, factory=Kept, repr=False)

    @classmethod
    def of(cls, groups: Sequence[Sequence[Clause]]) -> tuple[Layout, list[tuple[Clause, int]]]:
        """Return the layout of the clauses of each condition, and each clause with its bit."""
        width = len(groups)
        layers = max((len(group) for group in groups if len(group) <= LAYERS), default=1)
        base = width * max(layers, 1)
        placed: list[tuple[Clause, int]] = []
        ones = guards = every = top = 0
        owners: dict[int, int] = {}
        for number, group in enumerate(groups):
            if len(group) <= LAYERS:
                places = [number + layer * width for layer in range(len(group))]
            else:
                places = list(range(base + top, base + top + len(group)))
                ones |= ((1 << len(group)) - 1) << top
                top += len(group)
                guards |= 1 << top
                owners[top] = 1 << number
                top += 1
            for clause, place in zip(group, places, strict=True):
                placed.append((clause, 1 << place))
                every |= 1 << place
        shifts = tuple(range(width, base, width)) if width else ()
        return cls(every, (1 << width) - 1, shifts, base, ones, guards, owners), placed

    def conditions(self, clauses: int) -> int:
        """Return the conditions of which at least one clause is set, as a mask."""
        if clauses <= self.low:
            return clauses
        found = clauses
        for shift in self.shifts:
            found |= clauses >> shift
        found &= self.low
        rest = clauses >> self.base
        if not rest:
            return found
        full = (rest + self.ones) & self.guards
        owned = self._folded.get(full)
        return found | (self._folded.keep(full, self._owned(full)) if owned is None else owned)

    def _owned(self, guards: int) -> int:
        found = 0
        while guards:
            place = guards.bit_length() - 1
            found |= self.owners[place]
            guards ^= 1 << place
        return found
