"""From a wish for a derived fact to the conditions and facts it is worked out from."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.explanation.change import UNKNOWN
from complaint_rules.explanation.search.records import over_records
from complaint_rules.explanation.search.settled import settled
from complaint_rules.explanation.search.solving import Solving
from complaint_rules.explanation.search.want import NO, OPEN, YES, Fix, Want, both
from complaint_rules.policy import (
    Derivation,
    FirstOf,
    Formula,
    OverRecords,
    Table,
    TableOf,
    TruthOf,
)


def derived(solver: Solving, name: str, derivation: Derivation, want: Want) -> Iterator[Fix]:
    """
    Yield ways to give a derived fact a value that will do.

    Args:
        solver: The complaint.
        name: The fact.
        derivation: How it is worked out.
        want: The wish.
    """
    match derivation:
        case TruthOf(condition):
            accept = frozenset(each for each in (True, False, None) if want.accepts(each))
            yield from solver.hold(condition, accept) if accept else ()
        case Formula(node):
            yield from solver.value(node, want)
        case FirstOf():
            yield from _first(solver, derivation, want)
        case OverRecords():
            yield from over_records(solver, name, derivation, want)
        case TableOf(table, output):
            yield from table_rows(solver, table, output, want)
        case _:
            yield from settled(solver, name, want)
    if name in ("customer_types", "done") and want.accepts(None):
        yield {name: UNKNOWN}


def _first(solver: Solving, derivation: FirstOf, want: Want) -> Iterator[Fix]:
    """Yield ways to come to a case whose value will do, past those before it."""
    for place, (condition, value) in enumerate(derivation.cases):
        before = [(each, NO) for each, _ in derivation.cases[:place]]
        if want.accepts(None):
            yield from solver.all_of([*before, (condition, OPEN)])
        fixes = solver.value(value, want)
        if fixes:
            yield from both([solver.all_of([*before, (condition, YES)]), fixes], solver.now)
    fixes = solver.value(derivation.otherwise, want)
    if fixes:
        none = solver.all_of([(each, NO) for each, _ in derivation.cases])
        yield from both([none, fixes], solver.now)


def table_rows(solver: Solving, table: Table, output: str, want: Want) -> Iterator[Fix]:
    """Yield ways to come to a row of a table whose output will do: alone, or with others."""
    for place, row in enumerate(table.rows):
        fixes = solver.value(row.outputs[output], want)
        if not fixes:
            continue
        yield from both([solver.hold(row.condition, YES), fixes], solver.now)
        others = [(each.condition, NO) for n, each in enumerate(table.rows) if n != place]
        alone = solver.all_of([(row.condition, YES), *others])
        yield from both([alone, fixes], solver.now)
    none = [(row.condition, NO) for row in table.rows]
    if output in table.otherwise:
        fixes = solver.value(table.otherwise[output], want)
        if fixes:
            yield from both([solver.all_of(none), fixes], solver.now)
    if want.accepts(None):
        for row in table.rows:
            yield from solver.hold(row.condition, OPEN)
