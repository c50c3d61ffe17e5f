"""What kinds functions take and what kind they give: `None` where the arguments do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from complaint_rules.conditions.kinds import common_kind
from complaint_rules.facts import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENTS: Final = frozenset({Kind.INSTANT, Kind.DATE})
LENGTHS: Final = frozenset({Kind.DURATION, Kind.BUSINESS_DURATION})
NUMBERS: Final = frozenset({Kind.COUNT, Kind.NUMBER})
_ORDERED: Final = MOMENTS | LENGTHS | NUMBERS | {Kind.MONEY, Kind.LEVEL}


def extreme_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the kind of the least or greatest of some values."""
    kind = common_kind(kinds)
    return kind if kind in _ORDERED else None


def round_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the kind of a rounded number or amount."""
    if not 1 <= len(kinds) <= 2 or not set(kinds[1:]) <= NUMBERS:
        return None
    return Kind.NUMBER if kinds[0] in NUMBERS else _only(kinds[0], frozenset({Kind.MONEY}))


def abs_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the kind of the size of a value."""
    return _only(kinds[0], NUMBERS | LENGTHS | {Kind.MONEY}) if len(kinds) == 1 else None


def _only(kind: Kind, among: frozenset[Kind]) -> Kind | None:
    return kind if kind in among else None


def count_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the kind of the number of a set's members."""
    return Kind.COUNT if kinds == (Kind.SET,) else None


def raise_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the kind of a raised level."""
    fits = len(kinds) == 2 and kinds[0] is Kind.LEVEL and kinds[1] in NUMBERS
    return Kind.LEVEL if fits else None


def same_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the kind of the one argument."""
    return kinds[0] if len(kinds) == 1 else None


def add_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the kind of an instant so much later."""
    fits = len(kinds) == 2 and kinds[0] in MOMENTS and kinds[1] in LENGTHS
    return Kind.INSTANT if fits else None


def whole_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the kind of a number of whole units."""
    fits = len(kinds) == 2 and kinds[0] is kinds[1] and kinds[0] in LENGTHS
    return Kind.COUNT if fits else None


def moment_kind(kinds: tuple[Kind, ...]) -> Kind | None:
    """Return the kind of the earliest or latest of some moments."""
    if not kinds or not set(kinds) <= MOMENTS:
        return None
    return kinds[0] if len(set(kinds)) == 1 else Kind.INSTANT


def of_moments(count: int, kind: Kind) -> Callable[[tuple[Kind, ...]], Kind | None]:
    """Return the signature of a function of so many instants or dates."""

    def result(kinds: tuple[Kind, ...]) -> Kind | None:
        return kind if len(kinds) == count and set(kinds) <= MOMENTS else None

    return result


def word_kind(kind: Kind) -> Callable[[tuple[Kind, ...]], Kind | None]:
    """Return the signature of a function of an action's id."""

    def result(kinds: tuple[Kind, ...]) -> Kind | None:
        return kind if kinds == (Kind.TEXT,) else None

    return result
