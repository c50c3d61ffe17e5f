"""What a derivation reads: facts, and the instant."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.conditions.reading import facts_of, reads_now
from complaint_rules.conditions.tree import Condition, Expression
from complaint_rules.policy import (
    Derivation,
    FirstOf,
    Formula,
    OverRecords,
    Table,
    TableOf,
    TruthOf,
)


def parts(derivation: Derivation) -> Iterator[Condition | Expression]:
    """Yield the conditions and expressions of a derivation; a `where` is none of them."""
    match derivation:
        case Formula(expression):
            yield expression
        case TruthOf(condition):
            yield condition
        case FirstOf(cases, otherwise):
            for condition, value in cases:
                yield condition
                yield value
            yield otherwise
        case TableOf(table):
            yield from parts_of_table(table)
        case _:
            return


def parts_of_table(table: Table) -> Iterator[Condition | Expression]:
    """Yield the conditions and expressions of a table."""
    for row in table.rows:
        yield row.condition
        yield from row.outputs.values()
    yield from table.otherwise.values()


def facts_read(derivation: Derivation) -> list[str]:
    """Return the facts a derivation reads, sorted."""
    if isinstance(derivation, OverRecords):
        return sorted({derivation.records, *facts_of(derivation.where, in_record=True)})
    return sorted({name for part in parts(derivation) for name in facts_of(part)})


def names_now(derivation: Derivation) -> bool:
    """Return whether a derivation itself names ``now``."""
    if isinstance(derivation, OverRecords):
        return reads_now(derivation.where)
    return any(reads_now(part) for part in parts(derivation))
