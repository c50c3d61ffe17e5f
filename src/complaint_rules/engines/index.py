"""
The index engine: for each fact, which clauses its value lets stand; and-ed over the facts.

Bit = clause. A fact's value gives one mask, whatever the number of rules; an unknown fact gives
two, of the clauses that hold without knowing and of those that do not fail (semantics 36).
Nothing is generated and evaluated; what is remembered is bounded and follows from the policy
alone, so an index may be shared between threads.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, getitem, itemgetter, or_
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

import attrs

from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.truth import holding
from complaint_rules.engines.clauses import clauses
from complaint_rules.engines.layout import Layout
from complaint_rules.engines.masks import Kept, sole_fact
from complaint_rules.engines.protocol import Match
from complaint_rules.engines.rows import Hidden, Row, Rows, sorted_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from complaint_rules.conditions.tree import Condition
    from complaint_rules.facts import Fact, Value
    from complaint_rules.state import Situation, Steady

_new: Final = tuple.__new__  # past the named tuple's own constructor, which is written in Python


class Rest(NamedTuple):
    """What situations with one `Steady` let stand, and the rows of the facts in which they vary."""

    steady: int
    names: tuple[str, ...]
    masks: tuple[Row, ...]


class _Rests(Kept[Rest]):
    """As many as there may be beginnings of situations."""

    __slots__ = ()
    MOST: ClassVar[int] = 1_024


class _Answers(Kept[Match]):
    """As many as there may be sets of rules that hold."""

    __slots__ = ()
    MOST: ClassVar[int] = 1_024


class Asked(NamedTuple):
    """A hidden condition with the function that reads it; else as `Hidden`."""

    read: Callable[[Scope], bool | None]
    waiting: int
    standing: dict[bool, int]
    free: int


@attrs.frozen(eq=False)
class Index:
    """
    A bit-vector index over the conditions of a policy.

    Attributes:
        layout: Where the clauses stand.
        rows: Masks of the facts.
        hidden: What is answered by reading the tree.
    """

    layout: Layout
    rows: Rows
    hidden: tuple[Hidden, ...]
    name: str = attrs.field(default="index", init=False)
    _width: int = attrs.field(init=False, repr=False)
    _flags: int = attrs.field(init=False, repr=False)
    _plain: bool = attrs.field(init=False, repr=False)
    _pick: itemgetter[Any] = attrs.field(init=False, repr=False)
    _rests: _Rests = attrs.field(init=False, factory=_Rests, repr=False)
    _patterns: Kept[int] = attrs.field(init=False, factory=Kept, repr=False)
    _answers: _Answers = attrs.field(init=False, factory=_Answers, repr=False)
    _waiting: int = attrs.field(init=False, repr=False)
    _asked: Kept[tuple[Asked, ...]] = attrs.field(init=False, factory=Kept, repr=False)

    @_width.default
    def _bits_of_clauses(self) -> int:
        return self.layout.every.bit_length()

    @_flags.default
    def _all_flags(self) -> int:
        """Return the flags of a match in which every fact is known and none leaves a doubt."""
        return (2 << len(self.rows.unknown)) - 1 << self._width

    @_plain.default
    def _has_one_clause_each(self) -> bool:
        """Return whether clauses and conditions have the same bits."""
        return self.layout.every <= self.layout.low

    @_pick.default
    def _all_at_once(self) -> itemgetter[Any]:
        return itemgetter(*self.rows.names)

    @_waiting.default
    def _clauses_that_wait(self) -> int:
        return reduce(or_, [each.waiting for each in self.hidden], 0)

    @classmethod
    def of(cls, conditions: Sequence[Condition], facts: Mapping[str, Fact]) -> Index:
        """Return the index of a list of conditions over declared facts."""

        def sole(condition: Condition) -> bool:
            return sole_fact(condition, facts) is not None

        layout, placed = Layout.of([clauses(each, sole) for each in conditions])
        demands, hidden = sorted_out(placed, facts, layout.every)
        return cls(layout, Rows.of(demands, facts, layout.every.bit_length()), hidden)

    def match(self, situation: Situation) -> Match:
        """Return which conditions are true in a situation, and which are unknown."""
        layout, values, steady = self.layout, situation.values, situation.steady
        # One pass in C: a value's mask, and-ed with those before it.
        if steady is None:
            given: Iterable[Value | None]
            try:
                given = self._pick(values)  # twice as quick where every fact is known
            except KeyError:
                given = map(values.get, self.rows.names)
            found = reduce(and_, map(getitem, self.rows.masks, given))
        else:
            rest = self._rests.get(steady) or self._rest(steady, values)
            found = reduce(and_, map(getitem, rest.masks, map(values.get, rest.names)), rest.steady)
        true = possible = found & layout.every
        if found < self._flags:
            true &= self._sure(found >> self._width, values)
        waiting = possible & self._waiting
        if waiting:
            true, possible = self._hide(situation, waiting, true, possible)
        if self._plain:
            return _new(Match, (true, 0 if possible is true else possible ^ true))
        return self._answers.get((true, possible)) or self._answer(true, possible)

    def _answer(self, true: int, possible: int) -> Match:
        """Return which conditions hold, given the clauses that do and those that may."""
        conditions = self.layout.conditions
        holding, at_most = conditions(true), conditions(possible)
        return self._answers.keep((true, possible), Match(holding, at_most ^ holding))

    def _rest(self, steady: Steady, values: Mapping[str, Value]) -> Rest:
        """Return what is left to be looked up in situations that have all else in common."""
        mask, names, masks = self._flags | self.layout.every, list[str](), list[Row]()
        varying = frozenset(steady.varying)
        for name, row in zip(self.rows.names, self.rows.masks, strict=True):
            if name in varying:
                names.append(name)
                masks.append(row)
            else:
                mask &= row[values.get(name)]
        return self._rests.keep(steady, Rest(mask, tuple(names), tuple(masks)))

    def _sure(self, flags: int, values: Mapping[str, Value]) -> int:
        """Return the clauses that hold without knowing what these flags say is unknown."""
        true = self._patterns.get(flags)
        if true is None:
            true = self._pattern(flags)
        if not flags >> len(self.rows.unknown):
            for name, sure in self.rows.amounts:
                true &= sure[values.get(name)]
        return true

    def _pattern(self, flags: int) -> int:
        """Return what is left for sure of all clauses where just these facts are known."""
        true = self.layout.every
        for place, mask in enumerate(self.rows.unknown):
            if not flags >> place & 1:
                true &= mask
        return self._patterns.keep(flags, true)

    def _hide(
        self, situation: Situation, waiting: int, true: int, possible: int
    ) -> tuple[int, int]:
        """And the masks of conditions answered by reading, where a clause still waits for one."""
        scope = Scope(situation)
        for read, bits, standing, free in self._asked.get(waiting) or self._ask(waiting):
            if possible & bits:
                found = read(scope)
                if found is None:
                    true &= free
                else:
                    possible &= standing[found]
                    true &= standing[found]
        return true, possible

    def _ask(self, waiting: int) -> tuple[Asked, ...]:
        """Return what has to be read where these clauses wait."""
        asked = [
            Asked(holding(each.condition), each.waiting, each.standing, each.free)
            for each in self.hidden
            if each.waiting & waiting
        ]
        return self._asked.keep(waiting, tuple(asked))
