"""What a search wants of a fact's value or of a condition's truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

import attrs

from complaint_rules.conditions.tree import Check
from complaint_rules.explanation.change import UNKNOWN, New
from complaint_rules.facts import NOT_YET, Value
from complaint_rules.state import Done

Accept: TypeAlias = frozenset[bool | None]
"""The truths of a condition that will do."""

YES: Final[Accept] = frozenset({True})
NO: Final[Accept] = frozenset({False})
OPEN: Final[Accept] = frozenset({None})
NOT_TRUE: Final[Accept] = NO | OPEN
NOT_FALSE: Final[Accept] = YES | OPEN


def flipped(accept: Accept) -> Accept:
    """Return the truths of what is denied that will do."""
    return frozenset(None if each is None else not each for each in accept)


@attrs.frozen(eq=False)
class Want:
    """
    A wish for a value.

    Attributes:
        accepts: Says whether a value will do; `None` is unknown.
        checks: Where values that may do are to be looked for: at the boundaries of these.
    """

    accepts: Callable[[Value | None], bool]
    checks: tuple[Check, ...] = ()


def is_there(value: Value | None) -> bool:
    """Return whether a value is known, and of an instant that it has happened."""
    return value is not None and value is not NOT_YET


Fix: TypeAlias = Mapping[str, New]
"""Some new values that together fulfil one wish; empty where it is fulfilled already."""

MOST_FIXES: Final = 24
"""How many ways to fulfil a wish are kept."""
_PER_WISH: Final = 6


def fewest(fixes: Iterable[Fix], most: int = MOST_FIXES) -> list[Fix]:
    """
    Return the fixes with the fewest facts, each once, in their order.

    Other values of the same facts come after other facts, so that a fact with many values does
    not crowd out the rest. To know less comes after to know other things.
    """
    unique: dict[tuple[tuple[str, str], ...], Fix] = {}
    for fix in fixes:
        unique.setdefault(tuple((name, _key(fix[name])) for name in sorted(fix)), fix)
    alike: Counter[frozenset[str]] = Counter()
    ranked: list[tuple[int, int, Fix]] = []
    for fix in sorted(unique.values(), key=_forgotten):
        names = frozenset(fix)
        ranked.append((len(fix), alike[names], fix))
        alike[names] += 1
    ranked.sort(key=lambda each: each[:2])
    return [fix for _, _, fix in ranked[:most]]


def _forgotten(fix: Fix) -> int:
    return sum(1 for value in fix.values() if value is UNKNOWN)


def _key(value: object) -> str:
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)


def both(wishes: Iterable[list[Fix]], now: Mapping[str, object]) -> list[Fix]:
    """
    Return the ways to fulfil several wishes together, the fewest facts first.

    Args:
        wishes: The ways to fulfil each.
        now: The present values of sets and of ``done``: two changes of one set are added up.
    """
    found: list[Fix] = [{}]
    for fixes in wishes:
        if not fixes:
            return []
        most = _PER_WISH if len(found) > 1 else MOST_FIXES
        pairs = [(fix, more) for fix in found for more in fixes[:most]]
        joined = [_joined(fix, more, now) for fix, more in pairs]
        agreed = [fix for fix in joined if fix is not None]
        found = fewest(agreed or [{**fix, **more} for fix, more in pairs])
    return found


def _joined(fix: Fix, more: Fix, now: Mapping[str, object]) -> Fix | None:
    """Return two fixes as one; `None` where they want different values of a fact."""
    merged = dict(fix)
    for name, value in more.items():
        if name not in fix or _key(fix[name]) == _key(value):
            merged[name] = value
            continue
        joint = _joint(fix[name], value, now.get(name))
        if joint is None:
            return None
        merged[name] = joint
    return merged


def _joint(one: object, other: object, now: object) -> New | None:
    """Return a set, or what was done, with both changes of it."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        was = now if isinstance(now, frozenset) else frozenset()
        return (was | one | other) - (was - one) - (was - other)
    if _is_done(one) and _is_done(other) and _is_done(now):
        assert isinstance(one, tuple)  # noqa: S101
        assert isinstance(other, tuple)  # noqa: S101
        assert isinstance(now, tuple)  # noqa: S101
        gone = {each for each in now if each not in one or each not in other}
        new = [each for each in (*one, *other) if each not in now]
        return (*(each for each in now if each not in gone), *dict.fromkeys(new))
    return None


def _is_done(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, Done) for each in value)
