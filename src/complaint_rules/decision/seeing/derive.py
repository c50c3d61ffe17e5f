"""Derived facts: each computed from the facts before it, in dependency order (semantics 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from complaint_rules.conditions import record_truth
from complaint_rules.conditions.expressions import valuing
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import Condition, Expression
from complaint_rules.conditions.truth import holding
from complaint_rules.decision.seeing.tables import look_up
from complaint_rules.facts import NOT_YET, Fact, NotYet, Value
from complaint_rules.policy import (
    Derivation,
    FirstOf,
    Formula,
    OverRecords,
    TableOf,
    TruthOf,
)
from complaint_rules.state import Situation

Deriving: TypeAlias = Callable[[Scope], Value | None]
"""
Gives a derived fact's value in a scope, `None` where it is unknown; the codes of what made it
unknown though its parts are known go to the scope's notices.
"""

_CHOOSE: Final = {"earliest": min, "latest": max}


def derive(
    derivation: Derivation, fact: Fact, situation: Situation, notices: list[str]
) -> Value | None:
    """
    Return the value of a derived fact; `None` where it is unknown.

    Facts that the package settles itself (`BuiltIn`) are `situation.look`'s part.

    Args:
        derivation: How it is computed.
        fact: The fact.
        situation: The situation, with every fact it depends on in place.
        notices: Codes of what made it unknown though its parts are known are added here.
    """
    computed = deriving(derivation, fact)
    return None if computed is None else computed(Scope(situation, notices=notices))


def deriving(derivation: Derivation, fact: Fact) -> Deriving | None:
    """Return the function that gives a derived fact; none where the package settles it itself."""
    match derivation:
        case Formula(expression):
            return valuing(expression)
        case TruthOf(condition):
            return holding(condition)
        case FirstOf():
            return _first(derivation)
        case OverRecords():
            return lambda scope: _over_records(derivation, scope)
        case TableOf():
            return lambda scope: _looked_up(derivation, fact, scope)
        case _:
            return None


def _first(derivation: FirstOf) -> Deriving:
    cases = tuple((holding(when), valuing(value)) for when, value in derivation.cases)
    otherwise = valuing(derivation.otherwise)

    def first(scope: Scope) -> Value | None:
        for holds, value in cases:
            held = holds(scope)
            if held is None:
                return None
            if held:
                return value(scope)
        return otherwise(scope)

    return first


def _looked_up(derivation: TableOf, fact: Fact, scope: Scope) -> Value | None:
    table, output = derivation.table, derivation.output
    found = look_up(table, output, scope.situation, fact.kind, fact.values)
    for code in found.notices:
        scope.notice(code)
    return found.value


def _over_records(derivation: OverRecords, scope: Scope) -> Value | None:
    """
    Return how many records pass, or the earliest or latest of a field over them.

    A passing record whose field is not known makes that unknown; what has not happened is skipped.
    """
    records = scope.values.get(derivation.records)
    if not isinstance(records, tuple):
        return None
    where, situation = derivation.where, scope.situation
    passed = [record for record in records if record_truth(where, record, situation, scope.notices)]
    if derivation.how == "count":
        return len(passed)
    if any(record.get(derivation.field) is None for record in passed):
        return None
    happened: list[int] = [
        record[derivation.field]
        for record in passed
        if not isinstance(record[derivation.field], NotYet)
    ]
    return _CHOOSE[derivation.how](happened, default=NOT_YET)


def parts_of(derivation: Derivation) -> Iterator[Condition | Expression]:
    """Yield the conditions and expressions that make up a derived fact."""
    match derivation:
        case Formula(expression):
            yield expression
        case TruthOf(condition) | OverRecords(where=condition):
            yield condition
        case FirstOf(cases, otherwise):
            for condition, value in cases:
                yield from (condition, value)
            yield otherwise
        case TableOf(table):
            yield from (row.condition for row in table.rows)
            yield from _outputs((*(row.outputs for row in table.rows), table.otherwise))
        case _:
            return  # settled by the package: no setting has a say in it


def _outputs(rows: Iterable[Mapping[str, Expression]]) -> Iterator[Expression]:
    for outputs in rows:
        yield from outputs.values()
