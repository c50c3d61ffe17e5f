"""Decision tables as a reader knows them: one fact across the top where that fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import attrs

from complaint_rules.conditions.tree import (
    All,
    Among,
    Condition,
    Contains,
    Expression,
    Test,
    Truth,
)
from complaint_rules.facts import Kind
from complaint_rules.handbook.book import Block, Cell, Grid, Line, Lines, Para, Words
from complaint_rules.handbook.conditions import Conditions
from complaint_rules.handbook.pen import Pen
from complaint_rules.handbook.sums import constant, total
from complaint_rules.policy import Item, Row, Table

_LEAST: Final = 4
"""So many rows must test a fact before it goes across the top."""


@attrs.frozen
class _Across:
    """The fact across the top, its values in order, and the rows that test it and do not."""

    fact: str
    values: tuple[str, ...]
    groups: dict[tuple[Condition, ...], dict[str, list[Row]]]
    rest: tuple[Row, ...]


def grids(pen: Pen, table: Table, out: str) -> tuple[Block, ...]:
    """
    Return a table's rows: as a matrix where one fact is tested by most, the others as a list.

    Args:
        pen: The voice.
        table: The table.
        out: The output that is told.
    """
    across = _across(pen, table)
    if across is None:
        return _listed(pen, table.rows, table, out)
    return (*_matrix(pen, across, out), *_listed(pen, across.rest, table, out))


def _items(condition: Condition) -> tuple[Condition, ...]:
    if isinstance(condition, Truth):
        return ()
    return condition.items if isinstance(condition, All) else (condition,)


def _one(pen: Pen, item: Condition) -> tuple[str, str] | None:
    """Return the fact and the one value that a test on a level or a choice asks for."""
    if not isinstance(item, Test) or not isinstance(item.check, Among):
        return None
    if pen.policy.facts[item.fact].kind not in (Kind.LEVEL, Kind.CHOICE):
        return None
    if item.check.negated or len(item.check.values) != 1:
        return None
    return item.fact, str(next(iter(item.check.values)))


def _across(pen: Pen, table: Table) -> _Across | None:
    asked = {row.id: [_one(pen, item) for item in _items(row.condition)] for row in table.rows}
    counts = Counter(found[0] for ones in asked.values() for found in ones if found)
    fact = max(counts, key=lambda name: (counts[name], name), default=None)
    if fact is None or counts[fact] < _LEAST:
        return None
    groups: dict[tuple[Condition, ...], dict[str, list[Row]]] = {}
    rest, seen = [], set()
    for row in table.rows:
        value = next((one[1] for one in asked[row.id] if one and one[0] == fact), None)
        if value is None:
            rest.append(row)
            continue
        others = [item for item in _items(row.condition) if (_one(pen, item) or ("",))[0] != fact]
        groups.setdefault(tuple(others), {}).setdefault(value, []).append(row)
        seen.add(value)
    known = pen.policy.facts[fact]
    order = reversed(known.values) if known.kind is Kind.LEVEL else known.values
    return _Across(fact, tuple(v for v in order if v in seen), groups, tuple(rest))


def _matrix(pen: Pen, across: _Across, out: str) -> tuple[Block, ...]:
    keys = list(across.groups)
    shared = [item for item in keys[0] if all(item in key for key in keys)]
    own = {key: [item for item in key if item not in shared] for key in keys}
    subject = _subject(list(own.values()))
    rows = []
    for key, cells in across.groups.items():
        label = Cell(_label(pen, own[key], subject), head=True)
        told = (Cell(_cell(pen, cells.get(value, []), out)) for value in across.values)
        rows.append((label, *told))
    corner = pen.title("fact", across.fact)
    heads = (
        pen.title("fact", subject) if subject else pen.say("head.when"),
        *(pen.speaker.word(value, across.fact) for value in across.values),
    )
    grid = Grid(heads, tuple(rows), "matrix", corner)
    if not shared:
        return (grid,)
    lines = tuple(line for item in shared for line in Conditions(pen).lines(item))
    return (Lines((Line((pen.say("table.shared"),), lines),)), grid)


def _subject(own: Sequence[list[Condition]]) -> str | None:
    """Return the one fact whose value alone tells the rows of a matrix apart."""
    facts = set()
    for items in own:
        if len(items) > 1:
            return None
        for item in items:
            if not isinstance(item, Test) or not _plain(item):
                return None
            facts.add(item.fact)
    return facts.pop() if len(facts) == 1 else None


def _plain(test: Test) -> bool:
    """Return whether a test is told by its values alone."""
    match test.check:
        case Among(_, False):
            return True
        case Contains("any", _):
            return True
        case _:
            return False


def _label(pen: Pen, items: list[Condition], subject: str | None) -> tuple[Para | Lines, ...]:
    if not items:
        return pen.para(pen.say("any"))
    if subject is None:
        return Conditions(pen).block(All(tuple(items)))
    (item,) = items
    assert isinstance(item, Test)  # noqa: S101
    assert isinstance(item.check, Among | Contains)  # noqa: S101
    kind = pen.policy.facts[subject].kind
    told = sorted(constant(pen, _one_of(kind, v), kind, subject) for v in item.check.values)
    return pen.para(pen.speaker.list(told))


def _one_of(kind: Kind, value: object) -> object:
    return frozenset({value}) if kind is Kind.SET else value


def _cell(pen: Pen, rows: list[Row], out: str) -> tuple[Para, ...]:
    told = (Para(_with_dates(pen, _told(pen, row.outputs.get(out)), row)) for row in rows)
    return tuple(told) or (Para(("–",), "note"),)


def _with_dates(pen: Pen, told: str, row: Row) -> Words:
    dates = pen.valid(Item(id=row.id, valid=row.valid))
    return (told, f" ({dates})") if dates else (told,)


def _told(pen: Pen, output: Expression | None) -> str:
    """Return an output in words; empty where a row leaves it open."""
    return "" if output is None else total(pen, output)


def _listed(pen: Pen, rows: Sequence[Row], table: Table, out: str) -> tuple[Block, ...]:
    found = [_row(pen, row, out) for row in rows]
    otherwise = table.otherwise.get(out)
    if otherwise is not None:
        told = pen.cell(_told(pen, otherwise))
        found.append((pen.cell(pen.say("otherwise"), head=True), told, Cell(())))
    if not found:
        return ()
    heads = (pen.say("head.when"), pen.say("head.then"), pen.say("label.source"))
    return (Grid(heads, tuple(found), "cases"),)


def _row(pen: Pen, row: Row, out: str) -> tuple[Cell, ...]:
    when = Conditions(pen).block(row.condition)
    text = pen.para(pen.text(row.text))
    then = Para(_with_dates(pen, _told(pen, row.outputs.get(out)), row))
    return (Cell((*text, *when), head=True), Cell((then,)), Cell(pen.sources(row.source)))
