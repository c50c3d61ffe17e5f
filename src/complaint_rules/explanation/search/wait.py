"""From the wish that a condition wait for one fact to what else must hold for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from complaint_rules.conditions.tree import All, Any, Condition, IsKnown, Not, Test, Truth
from complaint_rules.explanation.search.at_least import deciding
from complaint_rules.explanation.search.reach import reaches
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.want import (
    NOT_FALSE,
    NOT_TRUE,
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
        case Test(check=IsKnown()) | Truth():
            return
        case Test():
            yield from _test(solver, node, fact)
        case Not(item):
            yield from waiting(solver, item, fact)
        case All(items):
            yield from _beside(solver, items, fact, NOT_FALSE)
        case Any(items):
            yield from _beside(solver, items, fact, NOT_TRUE)
        case _:
            for item, others in _parts(solver, node.items, fact):
                for goals in deciding(solver, node.n, others):
                    yield from _while(solver, item, fact, goals)


def _beside(
    solver: Solver, items: tuple[Condition, ...], fact: str, accept: Accept
) -> Iterator[Fix]:
    """Yield ways to have one item wait while the others do not decide."""
    for item, others in _parts(solver, items, fact):
        yield from _while(solver, item, fact, ((each, accept) for each in others))


def _while(
    solver: Solver, node: Condition, fact: str, goals: Iterable[tuple[Condition, Accept]]
) -> Iterator[Fix]:
    """Yield ways to have a condition wait while others are as wished and the fact stays unknown."""
    beside = [fix for fix in solver.all_of(goals) if fact not in fix]
    yield from both([list(waiting(solver, node, fact)), beside], solver.now)


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
                    before = ((each, NOT_TRUE) for each, _ in cases[:place])
                    yield from _while(solver, condition, fact, before)
        case None if test.fact != fact:
            # The fact stands in the test's bound: what is tested must be known.
            yield from solver.fact(test.fact, Want(lambda value: value is not None))
        case _:
            yield {}
