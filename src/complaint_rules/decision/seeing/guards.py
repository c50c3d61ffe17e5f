"""
Guards: what a state must say something of for a fact to be otherwise than in a blank complaint.

A guard is a few sets of given facts, each set a mask with a bit for each fact. Unless the state
gives something of every set, what is guarded is as it is where nothing is given (see `blank`): a
condition ``all`` that is false stays so until each of its false items may have changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from complaint_rules.conditions import walk
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.reading import DONE_READERS
from complaint_rules.conditions.tree import (
    All,
    Any,
    AtLeast,
    Call,
    Condition,
    Expression,
    FactValue,
    Not,
    Now,
    Test,
    Truth,
)
from complaint_rules.conditions.truth import holds
from complaint_rules.decision.seeing.derive import parts_of
from complaint_rules.facts import NOT_YET
from complaint_rules.policy import Derivation, FirstOf, OverRecords, Policy, TableOf

Guard: TypeAlias = tuple[int, ...]

LOOSE: Final = 1
"""The bit that is always set: of what follows from the instant decided at or the event date."""
OPEN: Final[Guard] = (LOOSE,)
"""The guard of what may always be otherwise."""
DONE: Final = "done"
BASIS: Final = "type_basis"
"""What the host says of customer types; it has a bit as given facts have."""


def bits_of(policy: Policy) -> dict[str, int]:
    """
    Return the bit of each given fact that derived facts, stages or types follow from.

    The higher a bit, the fewer states give the fact: the package's own come first.
    """
    names = {DONE: None, BASIS: None, "customer_types": None, "kind": None}
    for node in _nodes(policy):
        names.update((name, None) for name in _reads(node))
    for derivation in policy.derivations.values():
        if isinstance(derivation, OverRecords):
            names[derivation.records] = None
    kept = {DONE, BASIS, "customer_types"}
    given = [name for name in names if name in kept or name not in policy.derivations]
    given.sort(key=lambda name: name in policy.facts and not policy.facts[name].reserved)
    return {name: 2 << place for place, name in enumerate(given)}


def _nodes(policy: Policy) -> Iterator[Condition | Expression]:
    yield from policy.defaults.values()
    for derivation in policy.derivations.values():
        yield from parts_of(derivation)
    yield from (each.when for each in (*policy.stages, *policy.sides))
    for each in policy.types.values():
        if each.recognise is not None:
            yield each.recognise


def _reads(node: Condition | Expression) -> Iterator[str]:
    """Yield the facts that a node reads."""
    for each in walk(node):
        match each:
            case Test(name) | FactValue(name):
                yield name
            case Call(function) if function in DONE_READERS:
                yield DONE
            case _:
                pass


def is_open(guard: Guard, touched: int) -> bool:
    """Return whether what has a guard may be otherwise in a state that touches these bits."""
    return all(mask & touched for mask in guard)


def either(guards: Iterable[Guard]) -> Guard:
    """Return the guard of what may change as soon as one of several does."""
    known = tuple(guards)
    if len(known) == 1:
        return known[0]
    together = 0
    for guard in known:
        # What has this guard changes with each of its masks only: so with the rarest.
        together |= max(guard, key=_rarity)
    return (together,)


def _rarity(mask: int) -> float:
    """Return how seldom a mask is touched: by its most common fact; never, if it is empty."""
    return (mask & -mask) or math.inf


def both(guards: Iterable[Guard]) -> Guard:
    """Return the guard of what may change only once several have."""
    return tuple(dict.fromkeys(mask for guard in guards for mask in guard))


class Guards:
    """
    The guards of one blank complaint.

    Args:
        bits: The bit of each given fact.
        scope: The blank complaint, as far as it is known.
    """

    def __init__(self, bits: Mapping[str, int], scope: Scope) -> None:
        self._bits, self._scope = bits, scope
        self._facts: dict[str, Guard] = {}

    def learn(self, name: str, guard: Guard) -> None:
        """Take in the guard of a fact that is derived, or has a default that is computed."""
        self._facts[name] = guard

    def fact(self, name: str) -> Guard:
        """Return the guard of a fact."""
        known = self._facts.get(name)
        return self.given(name) if known is None else known

    def given(self, name: str) -> Guard:
        """Return the guard of a fact that changes only where it is given."""
        return (self._bits.get(name, LOOSE),)

    def reads(self, node: Condition | Expression) -> Guard:
        """Return the guard of what changes with anything that it reads."""
        if any(isinstance(each, Now) for each in walk(node)):
            return OPEN
        return either(self.fact(name) for name in dict.fromkeys(_reads(node)))

    def condition(self, condition: Condition) -> Guard:
        """Return the guard of a condition: what settles it now must change."""
        match condition:
            case All(items):
                return self._group(items, settled_by=False)
            case Any(items):
                return self._group(items, settled_by=True)
            case AtLeast(_, items):
                return either(self.condition(each) for each in items)
            case Not(item):
                return self.condition(item)
            case Test(fact) if self._scope.values.get(fact) in (None, NOT_YET):
                return self.fact(fact)  # its bounds are not read
            case _:
                return self.reads(condition)

    def _group(self, items: tuple[Condition, ...], *, settled_by: bool) -> Guard:
        settling = [each for each in items if holds(each, self._scope) is settled_by]
        if settling:
            return both(self.condition(each) for each in settling)
        return either(self.condition(each) for each in items)

    def derivation(self, derivation: Derivation) -> Guard:
        """Return the guard of a derived fact that the package does not settle itself."""
        match derivation:
            case OverRecords(records=records):
                return self.fact(records)  # without records nothing is asked of them
            case TableOf(table) if any(row.valid for row in table.rows):
                return OPEN
            case FirstOf():
                return either(self._until_chosen(derivation))
            case _:
                return either(self._part(each) for each in parts_of(derivation))

    def _until_chosen(self, derivation: FirstOf) -> Iterator[Guard]:
        """Yield the guards of the cases up to the one that is chosen, and of what it gives."""
        for condition, value in derivation.cases:
            yield self.condition(condition)
            held = holds(condition, self._scope)
            if held is not False:
                yield self.reads(value)
                return
        yield self.reads(derivation.otherwise)

    def _part(self, node: Condition | Expression) -> Guard:
        if isinstance(node, Truth | Test | All | Any | Not | AtLeast):
            return self.condition(node)
        return self.reads(node)
