"""
What a derived fact leans on: few facts with few values each, or more than that.

Words, yes and no have few values; of sets count the few members that tests name; of all else only
whether it is known and has happened, and what some tests of it say. Where no more is read, the
answer follows from these few values, and was perhaps worked out for another complaint.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from complaint_rules.conditions import facts_of
from complaint_rules.conditions.tree import (
    All,
    Any,
    AtLeast,
    Call,
    Compare,
    Condition,
    Constant,
    Contains,
    Expression,
    FactValue,
    HasHappened,
    IsKnown,
    Not,
    Now,
    SettingValue,
    Test,
    Truth,
)
from complaint_rules.decision.seeing.guards import DONE
from complaint_rules.facts import NOT_YET, Fact, Kind, Value

Lean: TypeAlias = tuple[str, frozenset[str] | Test | None]
"""A fact and what of it counts: its value (`VALUE`), `SORT`, members of a set, or a test of it."""

VALUE: Final = None
SORT: Final = frozenset[str]()
"""It counts whether the fact is known and has happened."""

_WORDS: Final = frozenset({Kind.YES_NO, Kind.CHOICE, Kind.LEVEL, Kind.SET})
_NUMBERS: Final = frozenset({Kind.COUNT, Kind.NUMBER, Kind.DATE, Kind.TEXT})
_PLAIN_CALLS: Final = frozenset({"raise", "count", "fact", "min", "max"})
"""Functions of words and sets."""
_READ: Final = (FactValue, SettingValue, Constant, Now)
"""Bounds that are no more than read: nothing is reckoned that could fail."""


class Leaning:
    """
    What conditions and expressions lean on.

    Args:
        facts: The declared facts.
        moving: Facts that each complaint has a value of its own of; all others are still.
        still: The values of these, unless unknown.
        inside: Facts that follow from what is leant on already.
    """

    def __init__(
        self,
        facts: Mapping[str, Fact],
        moving: Container[str],
        still: Mapping[str, Value],
        inside: Container[str],
    ) -> None:
        self._facts, self._moving, self._still, self._inside = facts, moving, still, inside

    def on(self, nodes: Iterable[Condition | Expression]) -> frozenset[Lean] | None:
        """Return what nodes lean on; `None` where that is more than few values."""
        found = frozenset(lean for node in nodes for lean in self._of(node))
        return None if None in found else frozenset(each for each in found if each is not None)

    def _of(self, node: Condition | Expression) -> Iterator[Lean | None]:
        """Yield what a node leans on, `None` where that is more than few values."""
        match node:
            case Truth() | Constant() | SettingValue():
                return
            case Test():
                yield from self._of_test(node)
            case All(items) | Any(items) | AtLeast(_, items):
                for each in items:
                    yield from self._of(each)
            case Not(item):
                yield from self._of(item)
            case FactValue(name):
                if self._moves(name):
                    yield (name, VALUE) if self._has_few(name) else None
            case Call(function, arguments) if function in _PLAIN_CALLS:
                for argument in arguments:
                    yield from self._of(argument)
            case _:
                yield None

    def _of_test(self, test: Test) -> Iterator[Lean | None]:
        fact, check = test.fact, test.check
        if self._moves(fact):
            yield from self._of_moving(test)
        elif isinstance(check, Compare) and self._still.get(fact) is not NOT_YET:
            bound = check.bound
            yield from self._sorts(bound)  # it may be asked for even where it is not read
            if fact in self._inside or fact in self._still:
                yield from self._of(bound)

    def _of_moving(self, test: Test) -> Iterator[Lean | None]:
        fact, check = test.fact, test.check
        if isinstance(check, IsKnown | HasHappened):
            yield fact, SORT
        elif isinstance(check, Contains):
            yield fact, check.values or SORT
        elif self._has_few(fact):
            yield fact, VALUE
            if isinstance(check, Compare):
                yield from self._of(check.bound)
        elif self._is_told(test):
            yield from ((fact, test), (fact, SORT))
            if isinstance(check, Compare):
                yield from self._sorts(check.bound)
        else:
            yield None

    def _sorts(self, bound: Expression) -> Iterator[Lean | None]:
        names = facts_of(bound)
        yield from ((name, SORT) for name in names if self._moves(name))
        if DONE in names:
            yield None  # what was done is read from elsewhere, too

    def _moves(self, name: str) -> bool:
        return name in self._moving and name not in self._inside

    def _has_few(self, name: str) -> bool:
        return name in self._facts and self._facts[name].kind in _WORDS

    def _is_told(self, test: Test) -> bool:
        """Return whether a test of some other fact is read with nothing to say of why not."""
        kind = self._facts[test.fact].kind if test.fact in self._facts else None
        if isinstance(test.check, Compare):
            bound = test.check.bound
            return kind is Kind.INSTANT is bound.kind and isinstance(bound, _READ)
        return kind in _NUMBERS  # among some values, or between two
