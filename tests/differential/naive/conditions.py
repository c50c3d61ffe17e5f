"""Conditions in three values: true, false, and not known (semantics 6, 8, 9, 10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from tests.differential.naive.reckon import Place, compare, evaluate
from tests.differential.naive.text import Tree, read_test
from tests.differential.naive.values import NOT_YET

from complaint_rules.model.conditions import Group

Truth = bool | None
WORDS = ("text", "choice", "level", "set")


class Declared(NamedTuple):
    """What is known of a fact or field: its kind, and its values in their order."""

    kind: str
    values: tuple[str, ...] = ()


class Subject(Place, Protocol):
    """What tests are about: a complaint, or one of its records."""

    def declared(self, name: str) -> Declared:
        """Return what is known of a tested name."""

    def tested(self, name: str) -> Any:
        """Return the value of a tested name."""


def both(parts: Iterable[Truth]) -> Truth:
    """Return whether all hold."""
    found = list(parts)
    return False if False in found else None if None in found else True


def either(parts: Iterable[Truth]) -> Truth:
    """Return whether one holds."""
    found = list(parts)
    return True if True in found else None if None in found else False


def opposite(part: Truth) -> Truth:
    """Return whether it does not hold."""
    return None if part is None else not part


def holds(when: Group | str, subject: Subject) -> Truth:
    """Return whether a condition holds."""
    if isinstance(when, str):
        return True
    parts = [passes(name, cell, subject) for name, cell in when.tests().items()]
    if when.all is not None:
        parts.append(both(holds(each, subject) for each in when.all))
    if when.any is not None:
        parts.append(either(holds(each, subject) for each in when.any))
    if when.none is not None:
        parts.append(opposite(either(holds(each, subject) for each in when.none)))
    if when.not_ is not None:
        parts.append(opposite(holds(when.not_, subject)))
    if when.at_least is not None:
        found = [holds(each, subject) for each in when.at_least.of]
        sure, perhaps = found.count(True), found.count(None)
        n = when.at_least.n
        parts.append(True if sure >= n else False if sure + perhaps < n else None)
    return both(parts)


def written(value: Any) -> str:
    """Return a scalar of a ruleset as its text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def passes(name: str, cell: Any, subject: Subject) -> Truth:
    """Return what a cell says of a fact."""
    fact, value = subject.declared(name), subject.tested(name)
    if isinstance(cell, Mapping):
        return both(_over_set(how, of, value, subject) for how, of in cell.items())
    cells = cell if isinstance(cell, list) else [cell]
    return either(_scalar(written(each), fact, value, subject) for each in cells)


def _over_set(how: str, of: Any, value: Any, subject: Subject) -> Truth:
    if value is None:
        # even here `-` says nothing
        return True if how == "count" and written(of).strip() == "-" else None
    if how == "count":
        from fractions import Fraction

        return _scalar(written(of), Declared("count"), Fraction(len(value)), subject)
    wanted = {written(each).strip() for each in (of if isinstance(of, list) else [of])}
    if how == "all":
        return wanted <= value
    return bool(wanted & value) is (how == "any")


def _scalar(text: str, fact: Declared, value: Any, subject: Subject) -> Truth:
    test = read_test(text, words=fact.kind in WORDS)
    if test[0] == "anything":
        return True
    if test[0] == "one of":
        return either(_member(each, fact, value, subject) for each in test[1])
    return both(_fails(each, fact, value, subject) for each in test[1])


def _fails(member: Tree, fact: Declared, value: Any, subject: Subject) -> Truth:
    """Return whether a member fails; what has not happened fails comparisons both ways."""
    if value is NOT_YET and member[0] != "state":
        return False
    return opposite(_member(member, fact, value, subject))


def _member(member: Tree, fact: Declared, value: Any, subject: Subject) -> Truth:
    if member[0] == "state":
        word = member[1]
        if word in ("known", "unknown"):
            return (value is not None) is (word == "known")
        return None if value is None else (value is not NOT_YET) is (word == "happened")
    if value is None:
        return None
    order = fact.values if fact.kind == "level" else ()
    if member[0] == "compare":
        return compare(member[1], value, evaluate(member[2], subject), subject, order)
    _, closed_low, low, high, closed_high = member
    return both(
        (
            compare(">=" if closed_low else ">", value, evaluate(low, subject), subject, order),
            compare("<=" if closed_high else "<", value, evaluate(high, subject), subject, order),
        )
    )
