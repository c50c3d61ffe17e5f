"""From something not shown yet to changes of given facts that may show it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from complaint_rules.conditions import check_value, facts_of
from complaint_rules.conditions.derived import Formula
from complaint_rules.conditions.tree import Call, Condition, Constant
from complaint_rules.explanation.search.candidates import candidates
from complaint_rules.explanation.search.ground import Ground
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.valid import ruled
from complaint_rules.explanation.search.want import (
    NO,
    NOT_TRUE,
    YES,
    Accept,
    Fix,
    Want,
    both,
)
from complaint_rules.facts import NOT_YET, Fact, Kind, Value
from complaint_rules.policy import Policy
from complaint_rules.state import Done
from complaint_rules.testing.coverage.eye import Eye
from complaint_rules.testing.coverage.points import Leaf, Point, rows_of, side_of
from complaint_rules.testing.coverage.thresholds import Threshold, beside, near
from complaint_rules.testing.suggesting.remedies import offered, withheld

_MOST_RECORDS: Final = 12
_MOST_VALUES: Final = 24
_MOST_OTHERS: Final = 6


def fixes(eye: Eye, point: Point, ground: Ground, solver: Solver) -> Iterator[Fix]:
    """
    Yield changes of a complaint that may show a point, likely ones first.

    Args:
        eye: Knows the tests of the policy.
        point: What is to be shown.
        ground: Where the complaint is decided.
        solver: The complaint as it is.
    """
    policy = eye.policy
    leaf = eye.tests.get(point)
    if leaf is not None:
        yield from _records(leaf, point, solver) if leaf.records else _side(leaf, point, solver)
    elif point.side == "fired":
        yield from ruled(solver, [rule for rule in policy.rules if rule.id == point.owner])
    elif point.side == "hit":
        yield from _row(policy, point.owner, solver)
    elif point.side == "withheld":
        yield from withheld(policy.remedies[point.owner], solver)
    else:
        yield from offered(policy.remedies[point.owner], point, ground, solver)


# ------------------------------------------------------------------------ tests


def _side(leaf: Leaf, point: Point, solver: Solver) -> Iterator[Fix]:
    """Yield ways to give a test a truth, near a threshold of it where that is asked for."""
    wanted = point.side in ("true", "inside")
    end = _threshold(leaf, point)
    if end is None:
        yield from solver.hold(leaf.test, YES if wanted else NO)
        return
    accepts = partial(_lies, leaf, end, wanted, solver)
    if not leaf.fact.derived:
        near_it = beside(end, leaf.fact, solver.situation)
        yield from ({leaf.fact.name: value} for value in near_it if accepts(value))
    yield from _done(leaf, end, solver)
    yield from solver.fact(leaf.fact.name, Want(accepts, (leaf.test.check,)))
    if not leaf.fact.derived:
        others = sorted(facts_of(end.bound))[:_MOST_OTHERS]
        for name in others:
            yield from _beside(leaf, name, solver)
    yield from solver.hold(leaf.test, YES if wanted else NO)
    # From the other side of a threshold its near side may be in reach, too.
    yield from solver.hold(leaf.test, NO if wanted else YES)


def _done(leaf: Leaf, end: Threshold, solver: Solver) -> Iterator[Fix]:
    """Yield actions done beside a threshold, for a fact that says when one was done."""
    match solver.policy.derivations.get(leaf.fact.name):
        case Formula(Call("done_at", (Constant(action),))):
            done = solver.look.state.done
            for value in beside(end, leaf.fact, solver.situation):
                yield {"done": (*done, Done(str(action), value))}
        case _:
            pass


def _threshold(leaf: Leaf, point: Point) -> Threshold | None:
    if point.side not in ("inside", "outside"):
        return None
    return next(each for each in leaf.thresholds if side_of(leaf, point.side, each) == point)


def _lies(leaf: Leaf, end: Threshold, wanted: bool, solver: Solver, value: Value | None) -> bool:
    """Return whether a value lies beside a threshold, on the wanted side."""
    if value is None or value is NOT_YET:
        return False
    passed = check_value(leaf.test.check, value, leaf.fact, solver.situation)
    return passed is wanted and near(end, value, leaf.fact, solver.situation)


def _beside(leaf: Leaf, name: str, solver: Solver) -> Iterator[Fix]:
    """Yield what makes the fact of a computed bound known, and both facts known together."""
    wanted = Want(_is_there)
    yield from both([solver.fact(name, wanted), solver.fact(leaf.fact.name, wanted)], solver.now)


def _is_there(value: Value | None) -> bool:
    return value is not None and value is not NOT_YET


def _records(leaf: Leaf, point: Point, solver: Solver) -> Iterator[Fix]:
    """Yield lists of one record whose field lies where it should."""
    wanted = point.side in ("true", "inside")
    end = _threshold(leaf, point)
    values: list[Any] = []
    for value in _values(leaf.fact, leaf, solver):
        passed = check_value(leaf.test.check, value, leaf.fact, solver.situation)
        if passed is wanted and (end is None or _lies(leaf, end, wanted, solver, value)):
            values.append(value)
    fields = solver.policy.facts[leaf.records].fields
    for value in values[:_MOST_RECORDS]:
        yield {leaf.records: ({**_filled(fields, solver), leaf.test.fact: value},)}
        yield {leaf.records: ({leaf.test.fact: value},)}


def _values(fact: Fact, leaf: Leaf, solver: Solver) -> Iterator[Any]:
    found = candidates(solver.policy, solver.situation, fact, (leaf.test.check,))
    for value in found[: _MOST_VALUES * 4]:
        yield value
        if fact.kind is Kind.INSTANT and type(value) is int:
            yield from (value + 60, value - 60)


def _filled(fields: Any, solver: Solver) -> dict[str, Any]:
    """Return a record's instants, which its list may not do without, at the present."""
    return {
        name: solver.situation.now for name, each in fields.items() if each.kind is Kind.INSTANT
    }


# ------------------------------------------------------------------ rows, remedies


def _row(policy: Policy, name: str, solver: Solver) -> Iterator[Fix]:
    """Yield ways to hit a row: those before it do not hold where only the first counts."""
    table, row = next((table, row) for table, row in rows_of(policy) if row.id == name)
    day = solver.situation.event_date
    days: list[datetime.date | None] = [None]
    if row.valid is not None and not row.valid.holds(day):
        ends = (row.valid.first, row.valid.last)
        days = [each for each in ends if each is not None and row.valid.holds(each)]
    earlier = table.rows[: table.rows.index(row)] if table.hit == "F" else ()
    for each in days:
        there = [e for e in earlier if e.valid is None or e.valid.holds(each or day)]
        goals: list[tuple[Condition, Accept]] = [(e.condition, NOT_TRUE) for e in there]
        dated: list[Fix] = [{}] if each is None else [{"event_date": each}]
        yield from both([dated, solver.all_of([(row.condition, YES), *goals])], solver.now)
