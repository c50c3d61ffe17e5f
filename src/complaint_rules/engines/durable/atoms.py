"""
A literal as what the native code can test: alternatives, each of comparisons that all hold.

Only the operators of `OPERATORS` are ever written. A comparison passes nothing where its field is
absent, so that neither a literal nor its negation holds while the fact is unknown.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from complaint_rules.conditions.tree import (
    Among,
    Contains,
    Counts,
    HasHappened,
    IsKnown,
    Test,
    Within,
)
from complaint_rules.engines.durable.numbers import LEAST, MILLION, MOST, InexpressibleError, bound
from complaint_rules.engines.durable.readings import (
    NEITHER,
    OTHER,
    UNITS,
    HasMember,
    Hidden,
    IsSaid,
    Members,
    Rank,
    Reading,
    Size,
    Waits,
    Word,
    fits,
)
from complaint_rules.engines.masks import sole_fact
from complaint_rules.facts import Fact, Kind
from complaint_rules.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from complaint_rules.engines.clauses import Literal

OPERATORS: Final = ("=", "!=", "<", "<=", ">", ">=")
"""The comparisons that are sent; all others are built from these."""

_OPPOSITE: Final = {"=": "!=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@attrs.frozen
class Atom:
    """A field compared with a constant."""

    reading: Reading
    op: str
    value: int | str


Alternatives: TypeAlias = tuple[tuple[Atom, ...], ...]
"""One of these holds, all its atoms together."""

_Placed: TypeAlias = tuple[Reading, int | str]
_Field: TypeAlias = Callable[[Any, int | None], _Placed]
"""
How a constant is compared: the field, and the constant in it. The number says what the field has
for `NOT_YET`: `LEAST`, `MOST`, or (`None`) nothing, so that it passes no test.
"""


def alternatives(literal: Literal, facts: Mapping[str, Fact]) -> Alternatives:
    """
    Return when a literal holds.

    Raises:
        InexpressibleError: A constant is beyond what the native code compares rightly.
    """
    test = literal.condition
    if isinstance(test, Test) and sole_fact(test, facts) is not None:
        found = _of_check(test, facts[test.fact], literal.positive)
        if found is not None:
            return found
    return hidden(literal)


def hidden(literal: Literal) -> Alternatives:
    """Return a literal as a part that is computed first."""
    return ((Atom(Hidden(literal.condition), "=", int(literal.positive)),),)


def _of_check(test: Test, fact: Fact, positive: bool) -> Alternatives | None:
    name = test.fact
    match test.check:
        case IsKnown(known):
            return ((Atom(IsSaid(name), "=", int(known is positive)),),)
        case HasHappened(happened):
            return ((Atom(Waits(name), "=", int(happened is not positive)),),)
        case Contains(how, values) if values:
            return _contains(name, how, values, positive)
        case Counts(Among() as check) if check.values:
            return _among(_members(name), check, positive, None)
        case Counts(Within() as check) if _bounded(check):
            return _within(_members(name), check, positive)
        case Among() as check if check.values:
            return _among(_equals(fact), check, positive, Waits(name))
        case Within() as check if _ordered(test, fact, check):
            return _within(_order(test, fact), check, positive)
        case _:
            return None


def _bounded(check: Within) -> bool:
    return check.low is not None or check.high is not None


def _ordered(test: Test, fact: Fact, check: Within) -> bool:
    if fact.kind is Kind.LEVEL:
        return _bounded(check) and {check.low, check.high} - {None} <= set(test.values)
    return _bounded(check) and fact.kind in UNITS


def _contains(name: str, how: str, values: Iterable[str], positive: bool) -> Alternatives:
    wanted = int((how != "none") is positive)
    atoms = tuple(Atom(HasMember(name, value), "=", wanted) for value in sorted(values))
    together = (how == "any") is not positive
    return (atoms,) if together else tuple((atom,) for atom in atoms)


def _among(field: _Field, check: Among, positive: bool, waits: Waits | None) -> Alternatives:
    """Return when a value is one of some (not, if negated); false for `NOT_YET` either way."""
    values = sorted(check.values, key=repr)
    if positive is check.negated:
        outside = None if positive else MOST
        return (tuple(Atom(*_with(field(each, outside), "!=")) for each in values),)
    found = tuple((Atom(*_with(field(each, None), "=")),) for each in values)
    return found if positive or waits is None else (*found, (Atom(waits, "=", 1),))


def _within(field: _Field, check: Within, positive: bool) -> Alternatives:
    """Return when a value lies between two bounds; never for `NOT_YET`."""
    ends = (
        (check.low, ">=" if check.low_closed else ">", LEAST),
        (check.high, "<=" if check.high_closed else "<", MOST),
    )
    atoms = tuple(
        Atom(*_with(field(end, None if positive else beyond), op if positive else _OPPOSITE[op]))
        for end, op, beyond in ends
        if end is not None
    )
    return (atoms,) if positive else tuple((atom,) for atom in atoms)


def _with(placed: _Placed, op: str) -> tuple[Reading, str, int | str]:
    return placed[0], op, placed[1]


# ---------------------------------------------------------------------- fields


def _members(name: str) -> _Field:
    return lambda value, _: (Members(name), bound(value, MILLION))


def _equals(fact: Fact) -> _Field:
    if fact.kind in UNITS:
        return _sizes(fact)
    if fact.kind is Kind.YES_NO:
        return lambda value, waiting: (
            Word(fact.name, None if waiting is None else NEITHER),
            int(value),
        )
    return lambda value, waiting: (
        Word(fact.name, None if waiting is None else OTHER),
        _word(value),
    )


def _order(test: Test, fact: Fact) -> _Field:
    if fact.kind in UNITS:
        return _sizes(fact)
    ranks = test.values
    return lambda value, waiting: (Rank(fact.name, ranks, waiting), 2 * ranks.index(value))


def _sizes(fact: Fact) -> _Field:
    def field(value: Any, waiting: int | None) -> _Placed:
        currency = value.currency if isinstance(value, Money) and value.amount else ""
        reading = Size(fact.name, fact.kind, currency, waiting)
        return reading, bound(_number(value), UNITS[fact.kind])

    return field


def _number(value: Any) -> int | Decimal | Fraction:
    if isinstance(value, datetime.date):
        return value.toordinal()
    found: int | Decimal | Fraction = value.amount if isinstance(value, Money) else value
    return found


def _word(value: str) -> str:
    if not fits(value) or value.startswith(OTHER):
        raise InexpressibleError("a text is too long, or begins with a control character")
    return value
