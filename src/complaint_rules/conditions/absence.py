"""
What an unknown condition waits for, as far as that follows from which facts are missing.

Most often it does: a test of a missing fact is unknown, one that a fact is known is settled, and
of a group that is unknown, no item settles it. So the same answer serves every situation in which
just these facts are missing and the condition is unknown, whatever else is known.
"""

from __future__ import annotations

from typing import Final, Protocol, TypeAlias

import attrs

from complaint_rules.conditions.blame import is_plain
from complaint_rules.conditions.reading import facts_of
from complaint_rules.conditions.tree import (
    All,
    Any,
    Compare,
    Condition,
    IsKnown,
    Not,
    Test,
    Truth,
)

Names: TypeAlias = frozenset[str]
Outcomes: TypeAlias = frozenset[bool | None]

ALL: Final[Outcomes] = frozenset({True, False, None})
"""What a condition may be of which nothing is known."""
UNKNOWN: Final[Outcomes] = frozenset({None})
_NOTHING: Final[Names] = frozenset()
_DONE: Final = "done"


class Absence(Protocol):
    """A condition, as far as missing facts tell of it."""

    @property
    def reads(self) -> Names:
        """Return the facts it reads."""

    @property
    def plain(self) -> bool:
        """Return whether it is known where all of these are."""

    def sure(self, missing: Names, /) -> bool | None:
        """Return what it is where just these of its facts are missing; `None` if that differs."""

    def names(self, missing: Names, may: Outcomes, /) -> Names | None:
        """
        Return which facts keep it unknown where just these of its facts are missing.

        Args:
            missing: Those facts; where it is not unknown, none keeps it so.
            may: What it may be for all that is known of it: true, false, unknown.

        Returns:
            The facts; `None` where that hangs on the facts that are known.
        """


def absence(condition: Condition) -> Absence:
    """Return what missing facts tell of a condition."""
    match condition:
        case Truth(value):
            return _Fixed(value)
        case Test(fact, IsKnown(known)):
            return _Known(fact, known, frozenset({fact}))
        case Test(fact, check):
            asks_done = isinstance(check, Compare) and _DONE in facts_of(check)
            return _Asked(fact, facts_of(condition), is_plain(check), asks_done)
        case Not(item):
            return _Not(absence(item))
        case All(items):
            return _Group(tuple(map(absence, items)), settled_by=False)
        case Any(items):
            return _Group(tuple(map(absence, items)), settled_by=True)
        case _:
            return _Several(tuple(map(absence, condition.items)), condition.n)


@attrs.frozen(eq=False)
class _Fixed:
    value: bool
    reads: Names = _NOTHING
    plain: bool = True

    def sure(self, _: Names) -> bool:
        return self.value

    def names(self, _: Names, __: Outcomes) -> Names:
        return _NOTHING


@attrs.frozen(eq=False)
class _Known:
    fact: str
    known: bool
    reads: Names
    plain: bool = True

    def sure(self, missing: Names) -> bool:
        return (self.fact not in missing) is self.known

    def names(self, _: Names, __: Outcomes) -> Names:
        return _NOTHING


@attrs.frozen(eq=False)
class _Asked:
    fact: str
    reads: Names
    plain: bool
    asks_done: bool

    def sure(self, _: Names) -> None:
        return None

    def names(self, missing: Names, may: Outcomes) -> Names | None:
        waiting = self.reads & missing
        if not waiting:
            return waiting
        # A bound that is unknown does not matter where nothing has happened: the test is false.
        certain = self.fact in missing or False not in may
        return waiting if certain and not self.asks_done else None


@attrs.frozen(eq=False)
class _Not:
    item: Absence

    @property
    def reads(self) -> Names:
        return self.item.reads

    @property
    def plain(self) -> bool:
        return self.item.plain

    def sure(self, missing: Names) -> bool | None:
        sure = self.item.sure(missing)
        return None if sure is None else not sure

    def names(self, missing: Names, may: Outcomes) -> Names | None:
        return self.item.names(missing, frozenset(None if m is None else not m for m in may))


@attrs.frozen(eq=False)
class _Group:
    items: tuple[Absence, ...]
    settled_by: bool
    reads: Names = attrs.field(init=False)
    plain: bool = attrs.field(init=False)

    @reads.default
    def _of_all(self) -> Names:
        return _NOTHING.union(*(each.reads for each in self.items))

    @plain.default
    def _if_all_are(self) -> bool:
        return all(each.plain for each in self.items)

    def sure(self, missing: Names) -> bool | None:
        found = [each.sure(missing) for each in self.items]
        if self.settled_by in found:
            return self.settled_by
        return None if None in found else not self.settled_by

    def names(self, missing: Names, may: Outcomes) -> Names | None:
        if self.reads.isdisjoint(missing) or self.sure(missing) is not None:
            return _NOTHING
        items = [each for each in self.items if each.sure(missing) is None]
        if len(items) == 1:  # the others have no say
            return items[0].names(missing, may)
        if self.settled_by in may:
            found = [each.names(missing, ALL) for each in items]
            return _together(found) if all(found) else None  # else one of them may settle it
        each_may = ALL - {self.settled_by}
        open_ = [each for each in items if not (each.plain and each.reads.isdisjoint(missing))]
        if may == UNKNOWN and len(open_) == 1:
            each_may = UNKNOWN  # it alone can leave the group unknown
        return _together([each.names(missing, each_may) for each in open_])


@attrs.frozen(eq=False)
class _Several:
    items: tuple[Absence, ...]
    n: int

    @property
    def reads(self) -> Names:
        return _NOTHING.union(*(each.reads for each in self.items))

    @property
    def plain(self) -> bool:
        return all(each.plain for each in self.items)

    def sure(self, missing: Names) -> bool | None:
        found = [each.sure(missing) for each in self.items]
        if found.count(True) >= self.n:
            return True
        return None if len(found) - found.count(False) >= self.n else False

    def names(self, missing: Names, _: Outcomes) -> Names | None:
        """Return nothing where it is settled; all else hangs on what is known."""
        settled = self.reads.isdisjoint(missing) or self.sure(missing) is not None
        return _NOTHING if settled else None


def _together(found: list[Names | None]) -> Names | None:
    known = [each for each in found if each is not None]
    return _NOTHING.union(*known) if len(known) == len(found) else None
