"""Rows of a table that hold together where only one may, or that an earlier row hides."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from complaint_rules.compiler.ranges import covers, disjoint
from complaint_rules.conditions.reading import walk
from complaint_rules.conditions.tree import All, Any, Compare, Condition, Test
from complaint_rules.facts import Fact
from complaint_rules.policy import Row, Table, Validity

if TYPE_CHECKING:
    from complaint_rules.compiler.scope import Scope
    from complaint_rules.compiler.site import Site

_MOST_PAIRS: Final = 100_000
_MOST_TOLD: Final = 20


def check_rows(table: Table, site: Site, scope: Scope) -> None:
    """
    Tell of rows that overlap under U, that differ and overlap under A, and that F never reaches.

    Only what is certain is told: rows whose tests compare with computed values may or may not
    overlap. Past 100,000 pairs of rows a table is checked no further.
    """
    if table.hit not in ("U", "A", "F"):
        return
    facts = dict(scope.facts if scope.fields is None else scope.fields)
    told = 0
    hidden: set[str] = set()
    for one, other in itertools.islice(_pairs(table.rows), _MOST_PAIRS):
        if told >= _MOST_TOLD:
            return
        if table.hit == "F":
            if other.id not in hidden and hides(one, other, facts):
                hidden.add(other.id)
                told += 1
                _tell_hidden(one, other, site)
        elif not (table.hit == "A" and one.outputs == other.outputs) and _meet(one, other, facts):
            told += 1
            _tell_overlap(table, one, other, site)


def _pairs(rows: tuple[Row, ...]) -> Iterator[tuple[Row, Row]]:
    return ((rows[j], rows[i]) for i in range(len(rows)) for j in range(i))


def _tell_hidden(one: Row, other: Row, site: Site) -> None:
    site.warning(
        "unreachable-row",
        f"never reaches row `{_name(other)}`: row `{_name(one)}` stands before it and holds "
        "wherever it does",
        "put the more special row first, or take it out",
        at=other.span,
    )


def _tell_overlap(table: Table, one: Row, other: Row, site: Site) -> None:
    differ = " and give different outputs" if table.hit == "A" else ""
    site.error(
        "overlapping-rows",
        f"has rows `{_name(one)}` and `{_name(other)}` that can both hold{differ}, against hit "
        f"policy {table.hit}",
        "make one row's tests exclude the other's, or choose F (the first row rules)",
        at=other.span,
    )


def _name(row: Row) -> str:
    return row.id.partition("#")[2]


def _columns(condition: Condition) -> dict[str, list[Condition]]:
    """Return the parts of a row's condition by the fact each tests."""
    parts = condition.items if isinstance(condition, All) else (condition,)
    columns: dict[str, list[Condition]] = {}
    for part in parts:
        names = {each.fact for each in walk(part) if isinstance(each, Test)}
        for name in names:
            columns.setdefault(name, []).append(part)
    return columns


def _meet(one: Row, other: Row, facts: dict[str, Fact]) -> bool:
    """Return whether two rows can certainly hold together."""
    if not _share_a_day(one.valid, other.valid) or _computed(one) or _computed(other):
        return False
    first, second = _columns(one.condition), _columns(other.condition)
    return not any(
        _apart(left, right, facts[name])
        for name in first.keys() & second.keys()
        for left in first[name]
        for right in second[name]
    )


def hides(one: Row, other: Row, facts: dict[str, Fact]) -> bool:
    """Return whether `one` certainly holds wherever `other` does."""
    if one.valid is not None and one.valid != other.valid:
        return False
    first, second = _columns(one.condition), _columns(other.condition)
    return all(
        any(_above(left, right, facts[name]) for right in second.get(name, ()))
        for name in first
        for left in first[name]
    )


def _apart(one: Condition, other: Condition, fact: Fact) -> bool:
    """Return whether two parts that test one fact certainly exclude each other."""
    if isinstance(one, Any):
        return all(_apart(item, other, fact) for item in one.items)
    if isinstance(other, Any):
        return all(_apart(one, item, fact) for item in other.items)
    return disjoint(_test(one).check, _test(other).check, fact)


def _above(one: Condition, other: Condition, fact: Fact) -> bool:
    """Return whether `one` certainly holds wherever `other` does; both test one fact."""
    if isinstance(other, Any):
        return all(_above(one, item, fact) for item in other.items)
    if isinstance(one, All):
        return all(_above(item, other, fact) for item in one.items)
    if isinstance(one, Any):
        return any(_above(item, other, fact) for item in one.items)
    if isinstance(other, All):
        return any(_above(one, item, fact) for item in other.items)
    return covers(_test(one).check, _test(other).check, fact)


def _test(part: Condition) -> Test:
    assert isinstance(part, Test), "a cell is tests, all or any of them"  # noqa: S101
    return part


def _computed(row: Row) -> bool:
    return any(isinstance(each, Compare) for each in walk(row.condition))


def _share_a_day(one: Validity | None, other: Validity | None) -> bool:
    if one is None or other is None:
        return True
    starts = [v.first for v in (one, other) if v.first is not None]
    ends = [v.last for v in (one, other) if v.last is not None]
    return not starts or not ends or max(starts) <= min(ends)
