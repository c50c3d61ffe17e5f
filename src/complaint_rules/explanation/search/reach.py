"""Which given facts stand behind a condition or an expression, through derived ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from weakref import WeakKeyDictionary

from complaint_rules.conditions import facts_of
from complaint_rules.conditions.tree import Condition, Expression
from complaint_rules.facts import Kind
from complaint_rules.policy import (
    Derivation,
    FirstOf,
    Formula,
    OverRecords,
    Policy,
    TableOf,
    TruthOf,
)

_REACHED: Final[WeakKeyDictionary[Policy, dict[str, frozenset[str]]]] = WeakKeyDictionary()


def reaches(policy: Policy, node: Condition | Expression | TableOf, fact: str) -> bool:
    """Return whether a given fact has a say in a condition or an expression."""
    return fact in behind(policy, node)


def behind(policy: Policy, node: Condition | Expression | TableOf) -> frozenset[str]:
    """Return the given facts behind a condition, an expression or an output of a table."""
    names = _read(node) if isinstance(node, TableOf) else facts_of(node)
    return _through(_reached(policy), names)


def _reached(policy: Policy) -> Mapping[str, frozenset[str]]:
    """Return the facts behind each derived fact; worked out at the first call."""
    known = _REACHED.get(policy)
    if known is None:
        known = _REACHED[policy] = {}
        for name, derivation in policy.derivations.items():
            known[name] = _through(known, _read(derivation)) | {name}
    return known


def given_behind(policy: Policy, names: frozenset[str]) -> frozenset[str]:
    """Return the given facts behind some facts that can be moved by themselves."""
    found = _through(_reached(policy), names)
    if "round_start" in found:
        found |= {"received_at", "reopened_at"}
    facts = policy.facts
    return frozenset(
        name
        for name in found
        if name in facts
        and name not in policy.derivations
        and facts[name].kind not in (Kind.RECORD, Kind.RECORDS)
    )


def _through(known: Mapping[str, frozenset[str]], names: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(names, *(known.get(name, frozenset()) for name in names))


def _read(derivation: Derivation) -> frozenset[str]:
    """Return the facts that a derived fact reads itself."""
    match derivation:
        case Formula(expression):
            return facts_of(expression)
        case TruthOf(condition):
            return facts_of(condition)
        case FirstOf(cases, otherwise):
            parts = [facts_of(condition) | facts_of(value) for condition, value in cases]
            return facts_of(otherwise).union(*parts)
        case OverRecords(_, records, _, where):
            return facts_of(where, in_record=True) | {records}
        case TableOf(table, output):
            rows = [facts_of(row.condition) | facts_of(row.outputs[output]) for row in table.rows]
            return frozenset[str]().union(*rows)
        case _:
            return frozenset()  # settled by the package: nothing waits through these
