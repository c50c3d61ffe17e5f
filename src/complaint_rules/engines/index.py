"""
The index engine: for each fact, which clauses its value lets stand; and-ed over the facts.

Bit = clause. A fact's value gives one mask, whatever the number of rules; an unknown fact gives
two, of the clauses that hold without knowing and of those that do not fail (semantics 36).
Nothing is generated and evaluated; what is remembered is bounded and follows from the policy
alone, so an index may be shared between threads.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.truth import holds
from complaint_rules.engines.clauses import clauses
from complaint_rules.engines.layout import Layout
from complaint_rules.engines.masks import Kept, sole_fact
from complaint_rules.engines.protocol import Match
from complaint_rules.engines.rows import (
    Amounts,
    Hidden,
    Numbers,
    Ordered,
    Rows,
    Sets,
    Words,
    sorted_out,
)
from complaint_rules.facts import NOT_YET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from complaint_rules.conditions.tree import Condition
    from complaint_rules.facts import Fact
    from complaint_rules.state import Situation

Known: TypeAlias = Callable[[str], Any]
"""Gives the value of a fact, `None` where it is unknown."""

_EVERY: Final = -1


@attrs.frozen(eq=False)
class Index:
    """
    A bit-vector index over the conditions of a policy.

    Attributes:
        name: ``index``.
        layout: Where the clauses stand.
        words, ordered, numbers, amounts, sets: Masks of the facts, by what their values are.
        unknown: What is left of all clauses where a fact is unknown, by the fact's bit.
        hidden: What is answered by reading the tree.
    """

    layout: Layout
    words: tuple[Words, ...]
    ordered: tuple[Ordered, ...]
    numbers: tuple[Numbers, ...]
    amounts: tuple[Amounts, ...]
    sets: tuple[Sets, ...]
    unknown: tuple[tuple[int, int], ...]
    hidden: tuple[Hidden, ...]
    name: str = attrs.field(default="index", init=False)
    _names: tuple[tuple[str, ...], tuple[str, ...]] = attrs.field(init=False, repr=False)
    _patterns: Kept[tuple[int, int]] = attrs.field(init=False, factory=Kept, repr=False)

    @_names.default
    def _names_alone(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the facts of `words` and of `ordered`, whose values are fetched in bulk."""
        return tuple(each.name for each in self.words), tuple(each.name for each in self.ordered)

    @classmethod
    def of(cls, conditions: Sequence[Condition], facts: Mapping[str, Fact]) -> Index:
        """Return the index of a list of conditions over declared facts."""

        def sole(condition: Condition) -> bool:
            return sole_fact(condition, facts) is not None

        layout, placed = Layout.of([clauses(each, sole) for each in conditions])
        demands, hidden = sorted_out(placed, facts, layout.every)
        rows = Rows()
        for place, each in enumerate(demands):
            rows.add(each, facts[each.name].kind, 1 << place)
        return cls(
            layout,
            tuple(rows.words),
            tuple(rows.ordered),
            tuple(rows.numbers),
            tuple(rows.amounts),
            tuple(rows.sets),
            tuple(each.masks(None) for each in demands),
            hidden,
        )

    def match(self, situation: Situation) -> Match:
        """Return which conditions are true in a situation, and which are unknown."""
        known: Known = situation.values.get
        possible = self.layout.every
        unknown = 0
        names, others = self._names
        for value, (_, words, other, bit) in zip(map(known, names), self.words, strict=True):
            if value is None:
                unknown |= bit
            else:
                possible &= words.get(value, other)
        for value, (_, breaks, masks, not_yet, bit) in zip(
            map(known, others), self.ordered, strict=True
        ):
            if value is None:
                unknown |= bit
            elif value is NOT_YET:
                possible &= not_yet
            else:
                possible &= masks[bisect_right(breaks, value)]
        if self.sets:
            possible, unknown = self._members(known, possible, unknown)
        true = possible
        if self.numbers or self.amounts:
            true, possible, unknown = self._exact(known, possible, unknown)
        if unknown:
            pair = self._patterns.get(unknown) or self._pattern(unknown)
            true &= pair[0]
            possible &= pair[1]
        if self.hidden:
            true, possible = self._hide(situation, true, possible)
        held = self.layout.conditions(true)
        return Match(held, 0 if possible is true else self.layout.conditions(possible) ^ held)

    def _members(self, known: Known, possible: int, unknown: int) -> tuple[int, int]:
        """And the masks of sets, each remembered as a whole."""
        for name, demands, kept, bit in self.sets:
            members = known(name)
            if members is None:
                unknown |= bit
            else:
                mask = kept.get(members)
                possible &= kept.keep(members, demands.passed(members)) if mask is None else mask
        return possible, unknown

    def _exact(self, known: Known, possible: int, unknown: int) -> tuple[int, int, int]:
        """And the masks of exact numbers and amounts; the latter may leave a test unknown."""
        for name, bounds, masks, not_yet, bit in self.numbers:
            value = known(name)
            if value is None:
                unknown |= bit
            elif value is NOT_YET:
                possible &= not_yet
            else:
                after = bisect_right(bounds, value)
                at = after > 0 and bounds[after - 1] == value
                possible &= masks[2 * after - at]
        true = possible
        sure: list[int] | None
        for name, currencies, other, not_yet, bit in self.amounts:
            value = known(name)
            if value is None:
                unknown |= bit
            elif value is NOT_YET:
                true &= not_yet
                possible &= not_yet
            else:
                bounds, masks, sure = currencies.get(value.currency, other)
                amount = value.amount
                after = bisect_right(bounds, amount)
                place = 2 * after - (after > 0 and bounds[after - 1] == amount)
                possible &= masks[place]
                true &= masks[place] if sure is None else sure[place]
        return true, possible, unknown

    def _pattern(self, unknown: int) -> tuple[int, int]:
        """Return what is left of all clauses where just these facts are unknown."""
        true = possible = _EVERY
        for place, pair in enumerate(self.unknown):
            if unknown >> place & 1:
                true &= pair[0]
                possible &= pair[1]
        return self._patterns.keep(unknown, (true, possible))

    def _hide(self, situation: Situation, true: int, possible: int) -> tuple[int, int]:
        """And the masks of conditions answered by reading, where a clause still waits for one."""
        scope = Scope(situation)
        for condition, standing, free in self.hidden:
            if possible & ~free:
                found = holds(condition, scope)
                if found is None:
                    true &= free
                else:
                    possible &= standing[found]
                    true &= standing[found]
        return true, possible
