"""What a decision table gives in a situation, by its DMN hit policy (semantics 9, 12)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import attrs

from complaint_rules.conditions import evaluate
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import Arithmetic, Call, Expression
from complaint_rules.conditions.truth import holds
from complaint_rules.facts import Kind, Value
from complaint_rules.money import Money
from complaint_rules.policy import Row, Table
from complaint_rules.state import Situation

TABLE_BROKEN: Final = "table-broken"
"""More than one row holds where U allows one, or they differ where A wants them equal."""

_LISTS: Final = frozenset({"R", "O", "C"})
_FUNCTIONS: Final = {"C<": "min", "C>": "max"}


@attrs.frozen
class Lookup:
    """
    What a table gives.

    Attributes:
        value: The value, `None` where it is unknown or there is none.
        rows: Ids of the rows it comes from, in the table's order.
        waiting: Rows that are unknown and keep the value unknown.
        notices: Codes of what made it unknown though its parts are known.
    """

    value: Value | None
    rows: tuple[str, ...] = ()
    waiting: tuple[Row, ...] = ()
    notices: tuple[str, ...] = ()


def rows_on(table: Table, situation: Situation) -> tuple[Row, ...]:
    """Return the rows that are valid on the event date, in the table's order (semantics 21)."""
    day = situation.event_date
    return tuple(row for row in table.rows if row.valid is None or row.valid.holds(day))


def look_up(
    table: Table, output: str, situation: Situation, kind: Kind, values: tuple[str, ...] = ()
) -> Lookup:
    """
    Return what one output of a table is; for the tables of targets see `targets` instead.

    Args:
        table: The table.
        output: The output column.
        situation: The situation.
        kind: Kind of the output.
        values: Its values, lowest first, where it is a level.
    """
    scope = Scope(situation)
    if table.hit == "F":
        return _first(table, output, scope)
    found = [(row, holds(row.condition, scope)) for row in rows_on(table, situation)]
    waiting = tuple(row for row, held in found if held is None)
    if waiting:
        return Lookup(None, waiting=waiting)
    hits = [row for row, held in found if held]
    notices: list[str] = []
    if table.hit == "C#":
        return Lookup(len(hits), _ids(hits))
    if not hits:
        return _otherwise(table, output, situation, kind)
    outputs = [row.outputs[output] for row in hits]
    if table.hit in _FUNCTIONS:
        call = Call(_FUNCTIONS[table.hit], tuple(outputs), kind, values)
        value = evaluate(call, situation, notices=notices)
    elif table.hit == "C+":
        value = evaluate(_sum(outputs, kind), situation, notices=notices)
    else:
        each = [evaluate(expression, situation, notices=notices) for expression in outputs]
        return _chosen(table, hits, each, notices)
    return Lookup(value, _ids(hits), notices=tuple(notices))


def _first(table: Table, output: str, scope: Scope) -> Lookup:
    """Return the output of the first row that holds; those behind it are not read."""
    situation = scope.situation
    for row in rows_on(table, situation):
        held = holds(row.condition, scope)
        if held is None:
            return Lookup(None, waiting=(row,))
        if held:
            notices: list[str] = []
            value = evaluate(row.outputs[output], situation, notices=notices)
            return Lookup(value, (row.id,), notices=tuple(notices))
    return _otherwise(table, output, situation)


def _otherwise(table: Table, output: str, situation: Situation, kind: Kind | None = None) -> Lookup:
    """Return the value of `else`; without one, the sum or list of nothing, else unknown."""
    expression = table.otherwise.get(output)
    if expression is not None:
        notices: list[str] = []
        value = evaluate(expression, situation, notices=notices)
        return Lookup(value, notices=tuple(notices))
    if table.hit in _LISTS:
        return Lookup(frozenset())
    if table.hit == "C+":
        return Lookup(_nothing(kind, situation))
    return Lookup(None)


def _nothing(kind: Kind | None, situation: Situation) -> Value:
    """Return the sum of no rows."""
    if kind is Kind.MONEY:
        return Money(0, situation.currency)
    return Decimal(0) if kind is Kind.NUMBER else 0


def _chosen(
    table: Table, hits: Sequence[Row], outputs: Sequence[Value | None], notices: list[str]
) -> Lookup:
    """Return the one output of U, A and P, or the list of outputs of R, O and C."""
    known = [each for each in outputs if each is not None]
    if len(known) < len(outputs):
        return Lookup(None, _ids(hits), notices=tuple(notices))
    if table.hit in _LISTS:
        return Lookup(frozenset(_members(known)), _ids(hits))
    if table.hit == "P":
        best = min(range(len(known)), key=lambda place: _rank(table, known[place]))
        return Lookup(known[best], (hits[best].id,))
    if is_broken(table, known):
        return Lookup(None, _ids(hits), notices=(TABLE_BROKEN,))
    return Lookup(known[0], _ids(hits))


def is_broken(table: Table, outputs: Sequence[object]) -> bool:
    """Return whether several rows hold where that is a fault: under U, or unequal under A."""
    if table.hit == "U":
        return len(outputs) > 1
    return table.hit == "A" and any(each != outputs[0] for each in outputs)


def _rank(table: Table, value: object) -> int:
    """Return the place of an output in the priority list; past its end where it is not named."""
    return table.priority.index(value) if value in table.priority else len(table.priority)


def _members(values: list[Value]) -> list[str]:
    """Return the members of a set made of words and of sets of words."""
    found: list[str] = []
    for value in values:
        if isinstance(value, frozenset):
            found.extend(value)
        else:
            found.append(str(value))
    return found


def _sum(outputs: Sequence[Expression], kind: Kind) -> Expression:
    total, *rest = outputs
    for each in rest:
        total = Arithmetic("+", total, each, kind)
    return total


def _ids(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)
