"""From the wish that a condition wait for one fact to what else must hold for that."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from complaint_rules.conditions.tree import All, Any, Condition, Not, Test, Truth
from complaint_rules.explanation.search.reach import reaches
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.want import (
    NO,
    NOT_FALSE,
    NOT_TRUE,
    YES,
    Accept,
    Fix,
    Want,
    both,
)
from complaint_rules.policy import FirstOf, TruthOf

_MOST_PARTS = 6


def waiting(solver: Solver, node: Condition, fact: str) -> Iterator[Fix]:
    """
    Yield ways to have a condition be unknown because a fact is.

    Args:
        solver: The complaint, in which the fact is unknown.
        node: A condition that the fact has a say in.
        fact: The fact.
    """
    match node:
        case Test():
            yield from _test(solver, node, fact)
        case Not(item):
            yield from waiting(solver, item, fact)
        case All(items):
            yield from _beside(solver, items, fact, NOT_FALSE)
        case Any(items):
            yield from _beside(solver, items, fact, NOT_TRUE)
        case Truth():
            return
        case _:
            for item, others in _parts(solver, node.items, fact):
                goals = [(each, YES) for each in others[: node.n - 1]]
                rest = [(each, NO) for each in others[node.n - 1 :]]
                holding = solver.all_of([*goals, *rest])
                yield from both([list(waiting(solver, item, fact)), holding], solver.now)


def _beside(
    solver: Solver, items: tuple[Condition, ...], fact: str, accept: Accept
) -> Iterator[Fix]:
    """Yield ways to have one item wait while the others do not decide."""
    for item, others in _parts(solver, items, fact):
        holding = solver.all_of((each, accept) for each in others)
        yield from both([list(waiting(solver, item, fact)), holding], solver.now)


def _parts(
    solver: Solver, items: tuple[Condition, ...], fact: str
) -> Iterator[tuple[Condition, tuple[Condition, ...]]]:
    """Yield the items that a fact has a say in, each with the others."""
    reached = [n for n, item in enumerate(items) if reaches(solver.policy, item, fact)]
    for place in islice(reached, _MOST_PARTS):
        yield items[place], items[:place] + items[place + 1 :]


def _test(solver: Solver, test: Test, fact: str) -> Iterator[Fix]:
    match solver.policy.derivations.get(test.fact):
        case TruthOf(condition) if reaches(solver.policy, condition, fact):
            yield from waiting(solver, condition, fact)
        case FirstOf(cases):
            for place, (condition, _) in enumerate(cases):
                if reaches(solver.policy, condition, fact):
                    before = solver.all_of((each, NO) for each, _ in cases[:place])
                    yield from both([list(waiting(solver, condition, fact)), before], solver.now)
        case None if test.fact != fact:
            # The fact stands in the test's bound: what is tested must be known.
            yield from solver.fact(test.fact, Want(lambda value: value is not None))
        case _:
            yield {}
