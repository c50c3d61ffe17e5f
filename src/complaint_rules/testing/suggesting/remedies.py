"""From a remedy, or a tier of its approval, not shown yet to changes that may show it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

import attrs

from complaint_rules.conditions import evaluate
from complaint_rules.conditions.derived import TableOf
from complaint_rules.conditions.tree import Within
from complaint_rules.explanation.search.candidates import candidates
from complaint_rules.explanation.search.derived import table_rows
from complaint_rules.explanation.search.goals import given, obstacles, together
from complaint_rules.explanation.search.ground import Ground
from complaint_rules.explanation.search.reach import behind
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.valid import ruled, validity
from complaint_rules.explanation.search.want import NO, OPEN, YES, Fix, Want, both
from complaint_rules.facts import Fact, Kind, Value
from complaint_rules.money import Money
from complaint_rules.policy import Remedy, Tier
from complaint_rules.testing.coverage.points import Point, tier_of

_MOST_VALUES: Final = 24
_TIMES: Final = (1, 2, 5, 20)
_PLENTY: Final = Decimal(100_000)
"""An amount paid that leaves room for any remedy."""


def withheld(remedy: Remedy, solver: Solver) -> Iterator[Fix]:
    """Yield ways to withhold a remedy: its group waits, a rule withholds it, a fact is unknown."""
    policy = solver.policy
    when = policy.conditions[remedy.when]
    dated = validity(solver, remedy)
    if remedy.group:
        later = solver.hold(policy.conditions[policy.groups[remedy.group].opens], NO)
        yield from both([*dated, solver.hold(when, YES), later], solver.now)
    rules = [rule for rule in policy.rules if remedy.id in rule.withhold]
    if rules:
        yield from both([*dated, solver.hold(when, YES), ruled(solver, rules)], solver.now)
    yield from both([*dated, solver.hold(when, OPEN)], solver.now)


def offered(remedy: Remedy, point: Point, ground: Ground, solver: Solver) -> Iterator[Fix]:
    """Yield ways to have a remedy offered; once it is, other amounts of it."""
    decision = ground.decide(solver.change)
    assert decision is not None, "what can be looked at can be decided"  # noqa: S101
    if not given(decision, "remedy", remedy.id):
        found = obstacles(solver, decision, "remedy", remedy.id)
        every, alone = together(solver, found, first=not solver.change)
        yield from itertools.chain(every, alone)
        return
    yield from _tier(remedy, point, solver)
    trees = [remedy.amount, remedy.cap, *(tier.up_to for tier in remedy.approval)]
    names = frozenset[str]().union(
        *(behind(solver.policy, each) for each in trees if each is not None)
    )
    plenty = Money(_PLENTY, solver.situation.currency)
    facts = solver.policy.facts
    free = [facts[name] for name in sorted({*names, "amount_paid"}) if _is_free(facts.get(name))]
    for fact in sorted(free, key=lambda each: (each.kind is not Kind.MONEY, each.reserved)):
        for value in (*_amounts(remedy, fact, solver), *_some(fact, solver)):
            yield {fact.name: value}
            yield {fact.name: value, "amount_paid": plenty}


def _is_free(fact: Fact | None) -> bool:
    return fact is not None and not fact.derived and fact.kind not in (Kind.RECORD, Kind.RECORDS)


def _some(fact: Fact, solver: Solver) -> Sequence[Any]:
    return candidates(solver.policy, solver.situation, fact, ())[:_MOST_VALUES]


def _amounts(remedy: Remedy, fact: Fact, solver: Solver) -> list[Money]:
    """Return amounts at the ends of a remedy's tiers and some times as large."""
    found = [_bound(tier, solver) for tier in remedy.approval]
    ends = [each for each in found if each is not None]
    if fact.kind is not Kind.MONEY:
        return []
    return [attrs.evolve(each, amount=each.amount * times) for each in ends for times in _TIMES]


def _tier(remedy: Remedy, point: Point, solver: Solver) -> Iterator[Fix]:
    """Yield ways to an amount that falls into a tier of a remedy's approval."""
    number = next(n for n, _ in enumerate(remedy.approval) if tier_of(remedy, n) == point)
    low = _bound(remedy.approval[number - 1], solver) if number else None
    high = _bound(remedy.approval[number], solver)
    check = Within(low, low_closed=False, high=high)
    want = Want(lambda value: _falls(value, low, high), (check,))
    if isinstance(remedy.amount, TableOf):
        yield from table_rows(solver, remedy.amount.table, remedy.amount.output, want)
    else:
        yield from () if remedy.amount is None else solver.value(remedy.amount, want)


def _bound(tier: Tier, solver: Solver) -> Money | None:
    bound = None if tier.up_to is None else evaluate(tier.up_to, solver.situation)
    return bound if isinstance(bound, Money) else None


def _falls(value: Value | None, low: Money | None, high: Money | None) -> bool:
    if not isinstance(value, Money):
        return False
    return (low is None or low.amount < value.amount) and (
        high is None or value.amount <= high.amount
    )
