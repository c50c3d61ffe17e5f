"""Lists worth trying: records that pass a ``where``, and actions that were done."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Final

import attrs

from complaint_rules.conditions import actions_of, record_truth, walk
from complaint_rules.conditions.derived import OverRecords
from complaint_rules.conditions.tree import Check, Expression, Test
from complaint_rules.decision.seeing.derive import derive
from complaint_rules.explanation.change import UNKNOWN
from complaint_rules.explanation.search.candidates import candidates
from complaint_rules.explanation.search.solving import Solving
from complaint_rules.explanation.search.want import Fix, Want
from complaint_rules.facts import NOT_YET, Fact, Kind, Record
from complaint_rules.state import Done

_MOST_RECORDS: Final = 12
_MOST_TRIED: Final = 400
_MOST_PASSING: Final = 16
_MOST_COUNTED: Final = 2
_DAY: Final = 86_400


def over_records(solver: Solving, name: str, derivation: OverRecords, want: Want) -> Iterator[Fix]:
    """Yield lists of records from which a derived fact has a value that will do."""
    policy, situation = solver.policy, solver.situation
    listed, fact = derivation.records, policy.facts[name]
    now = situation.values.get(listed)
    records: tuple[Record, ...] = now if isinstance(now, tuple) else ()
    rest = tuple(each for each in records if not record_truth(derivation.where, each, situation))
    fresh = passing_records(solver, policy.facts[listed], derivation, want.checks)
    lists = [rest, ()]
    if derivation.how == "count":
        fresh = fresh[:_MOST_COUNTED]
    for count in range(1, _MOST_RECORDS if derivation.how == "count" else 2):
        lists += [(*each, *[record] * count) for record in fresh for each in (records, rest)]
    for each in lists:
        seen = attrs.evolve(situation, values={**situation.values, listed: each})
        if want.accepts(derive(derivation, fact, seen, [])):
            yield {listed: each}
    if want.accepts(None):
        yield {listed: UNKNOWN}


def passing_records(
    solver: Solving, listed: Fact, derivation: OverRecords, checks: tuple[Check, ...]
) -> list[dict[str, Any]]:
    """
    Return some records that pass a ``where``, with the fields it tests and the one it looks for.

    Args:
        solver: Where bounds are reckoned.
        listed: The list of records.
        derivation: What is made of them.
        checks: Checks of that: they count for the field it looks for.
    """
    tests: dict[str, list[Check]] = {}
    for node in walk(derivation.where):
        if isinstance(node, Test):
            tests.setdefault(node.fact, []).append(node.check)
    if derivation.how != "count":
        tests.setdefault(derivation.field, []).extend(checks)
    options: list[list[tuple[str, Any]]] = []
    for name, field in listed.fields.items():
        if name in tests:
            values = candidates(solver.policy, solver.situation, field, tests[name])
            options.append([(name, value) for value in values if value is not NOT_YET][:20])
    found: list[dict[str, Any]] = []
    for pairs in itertools.islice(itertools.product(*options), _MOST_TRIED):
        record = dict(pairs)
        if record_truth(derivation.where, record, solver.situation):
            found.append(record)
    return found[:_MOST_PASSING] or [{}]


def done_lists(solver: Solving, node: Expression) -> Iterator[tuple[Done, ...]]:
    """Yield lists of what was done that differ in the actions an expression asks for."""
    done, situation = solver.look.state.done, solver.situation
    start, now = situation.round_start, situation.now
    for action in sorted(actions_of(node)):
        rest = tuple(each for each in done if each.action != action)
        yield rest
        moments = [now, *(now - _DAY * days for days in (1, 2, 3, 7, 14, 30, 60, 90, 400))]
        moments += [each for name in sorted(situation.values) for each in _near(solver, name)]
        for moment in dict.fromkeys(moments):
            if moment <= now and (start is None or moment >= start):
                yield (*rest, Done(action, moment))
                yield (*done, Done(action, moment))
        for count in range(2, _MOST_RECORDS):
            yield (*rest, *(Done(action, now - number) for number in range(count)))


def _near(solver: Solving, name: str) -> tuple[int, ...]:
    """Return the instants at and beside a fact's value, if it is an instant."""
    value = solver.situation.values[name]
    if type(value) is not int or not _is_instant(solver.policy.facts.get(name)):
        return ()
    return (value, value + 1, value - 1)


def _is_instant(fact: Fact | None) -> bool:
    return fact is not None and fact.kind is Kind.INSTANT
