"""Derived facts: each computed from the facts before it, in dependency order (semantics 4)."""

from __future__ import annotations

from typing import Final

from complaint_rules.conditions import evaluate, record_truth, truth
from complaint_rules.decision.tables import look_up
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
    match derivation:
        case Formula(expression):
            return evaluate(expression, situation, notices=notices)
        case TruthOf(condition):
            return truth(condition, situation, notices)
        case FirstOf():
            return _first(derivation, situation, notices)
        case OverRecords():
            return _over_records(derivation, situation, notices)
        case TableOf(table, output):
            found = look_up(table, output, situation, fact.kind, fact.values)
            notices.extend(found.notices)
            return found.value
    return None


def _first(derivation: FirstOf, situation: Situation, notices: list[str]) -> Value | None:
    for condition, value in derivation.cases:
        held = truth(condition, situation, notices)
        if held is None:
            return None
        if held:
            return evaluate(value, situation, notices=notices)
    return evaluate(derivation.otherwise, situation, notices=notices)


def _over_records(
    derivation: OverRecords, situation: Situation, notices: list[str]
) -> Value | None:
    """
    Return how many records pass, or the earliest or latest of a field over them.

    A passing record whose field is not known makes that unknown; what has not happened is skipped.
    """
    records = situation.values.get(derivation.records)
    if not isinstance(records, tuple):
        return None
    passed = [
        record for record in records if record_truth(derivation.where, record, situation, notices)
    ]
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
