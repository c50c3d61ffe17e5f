"""What keeps a remedy from being listed: its condition, a rule, its group, its amount, the room."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Final

from complaint_rules.conditions import evaluate, facts_of, truth
from complaint_rules.conditions.tree import Expression, Within
from complaint_rules.decision import Decision
from complaint_rules.decision.gathering.prepared import TOTAL
from complaint_rules.decision.remedies.owed import ENTITLEMENT, ROOM_SHARE
from complaint_rules.explanation.search.derived import table_rows
from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.valid import unruled, validity
from complaint_rules.explanation.search.want import NO, YES, Fix, Want, both, fewest
from complaint_rules.facts import Value
from complaint_rules.money import Money, exact, plain
from complaint_rules.policy import Remedy, Rule, TableOf

_SPENT: Final = frozenset({"entitlement.amount", "voluntary_given"})
"""What takes from the room there is: best nothing."""


def remedy_obstacles(solver: Solver, decision: Decision, name: str) -> Iterator[list[Fix]]:
    """Yield the ways to overcome what keeps a remedy from being listed."""
    if name == ENTITLEMENT:
        yield solver.given("entitlement.amount", Want(_is_positive))
        return
    policy = solver.policy
    remedy = policy.remedies[name]
    yield from validity(solver, remedy)
    yield solver.hold(policy.conditions[remedy.when], YES)
    if remedy.owed:
        yield from _owed(solver, remedy)
        return
    for rule in _withholding(solver, remedy):
        yield unruled(solver, rule)
    if remedy.group:
        group = policy.groups[remedy.group]
        yield from validity(solver, group)
        yield solver.hold(policy.conditions[group.opens], YES)
    if remedy.amount is not None:
        yield _amount(solver, remedy.amount, Want(_is_positive))
        yield from _caps(solver, remedy)
        yield from _room(solver, decision, remedy)
    yield from _refused(solver, decision, remedy)


def _room(solver: Solver, decision: Decision, remedy: Remedy) -> Iterator[list[Fix]]:
    """Yield the ways to have room for money at all: it is known what is owed, enough was paid."""
    values = solver.situation.values
    if decision.room is None:
        counted = [line for line in decision.owed if not _is_statutory(solver, line.remedy)]
        waiting = sorted({fact for line in counted for fact in line.waiting_for})
        if waiting:
            yield _known(solver, remedy, tuple(waiting))
    spent = [exact(each.amount) for name in _SPENT if isinstance(each := values.get(name), Money)]
    least = sum(spent, Fraction(0)) / Fraction(ROOM_SHARE)
    paid = values.get("amount_paid")
    if not isinstance(paid, Money) or exact(paid.amount) <= least:
        bound = Within(Money(plain(least), solver.situation.currency))
        enough = solver.given("amount_paid", Want(partial(_is_more, least), (bound,)))
        less = solver.given("voluntary_given", Want(_is_zero)) if isinstance(paid, Money) else []
        yield [*enough, *(fix for fix in less if fix)]


def _is_statutory(solver: Solver, name: str) -> bool:
    """Return whether an owed remedy takes nothing from the room."""
    remedy = solver.policy.remedies.get(name)
    return remedy is not None and remedy.statutory


def _is_more(least: Fraction, value: Value | None) -> bool:
    return isinstance(value, Money) and exact(value.amount) > least


def _withholding(solver: Solver, remedy: Remedy) -> list[Rule]:
    return [
        rule
        for rule in solver.policy.rules
        if remedy.id in rule.withhold
        and not validity(solver, rule)
        and truth(solver.policy.conditions[rule.when], solver.situation) is not False
    ]


def _owed(solver: Solver, remedy: Remedy) -> Iterator[list[Fix]]:
    if remedy.voucher:
        accepted = solver.situation.values.get("accepted")
        words = {remedy.id, *remedy.fits}
        if not isinstance(accepted, frozenset) or accepted.isdisjoint(words):
            was = accepted if isinstance(accepted, frozenset) else frozenset[str]()
            yield [{"accepted": was | {remedy.id}}]
    if remedy.amount is not None:
        yield _amount(
            solver, remedy.amount, Want(lambda value: value is None or _is_positive(value))
        )


def _refused(solver: Solver, decision: Decision, remedy: Remedy) -> Iterator[list[Fix]]:
    """Yield the ways past what the decision itself says against a remedy."""
    for withheld in decision.withheld:
        if withheld.remedy != remedy.id:
            continue
        match withheld.reason:
            case "limit":
                yield [{"demand.kinds": frozenset({remedy.id})}]
            case "cap":
                ways = [*_more_room(solver, remedy), *_fewer_caps(solver, remedy)]
                yield fewest([*ways, *_fewer_rivals(solver, decision)], most=40)
            case "waiting" if withheld.waiting_for:
                yield _known(solver, remedy, withheld.waiting_for)


def _known(solver: Solver, remedy: Remedy, facts: tuple[str, ...]) -> list[Fix]:
    """Return ways to know what a remedy waits for, and to have an amount left then."""
    known = []
    spent = _SPENT - _reckoned(solver, remedy)
    for name in facts:
        nothing = solver.fact(name, Want(_is_zero)) if name in spent else []
        known.append([*nothing[:1], *solver.fact(name, Want(_is_known))])
    found = both(known, solver.now) if known else []
    if remedy.amount is not None:
        found += _amount(solver, remedy.amount, Want(_is_positive))
    return [fix for fix in fewest(found) if fix]


def _reckoned(solver: Solver, remedy: Remedy) -> frozenset[str]:
    """Return the facts from which a remedy's amount and caps are reckoned."""
    read = [cap for rule in solver.policy.rules for name, cap in rule.cap if name == remedy.id]
    if remedy.cap is not None:
        read.append(remedy.cap)
    if remedy.amount is not None and not isinstance(remedy.amount, TableOf):
        read.append(remedy.amount)
    return frozenset[str]().union(*(facts_of(each) for each in read))


def _more_room(solver: Solver, remedy: Remedy) -> list[Fix]:
    """Return ways to have money left: more paid, less given, a greater amount."""
    found: list[Fix] = []
    paid = solver.situation.values.get("amount_paid")
    least = paid.amount if isinstance(paid, Money) else 0
    found += solver.given(
        "amount_paid", Want(lambda value: isinstance(value, Money) and value.amount > least)
    )[::-1]
    found += solver.given("voluntary_given", Want(_is_zero))
    found += solver.given("entitlement.amount", Want(_is_zero))
    assert remedy.amount is not None, "what costs no money needs no room"  # noqa: S101
    found += _amount(solver, remedy.amount, Want(_is_positive))
    return [fix for fix in found if fix]


def _caps(solver: Solver, remedy: Remedy) -> Iterator[list[Fix]]:
    """Yield the ways past each cap that leaves nothing or is unknown: more, or its rule false."""
    for cap, rule in _capping(solver, remedy):
        if not _is_positive(evaluate(cap, solver.situation)):
            yield _past(solver, cap, rule)


def _fewer_caps(solver: Solver, remedy: Remedy) -> list[Fix]:
    """Return ways to be rid of caps."""
    found = [fix for cap, rule in _capping(solver, remedy) for fix in _past(solver, cap, rule)]
    return [fix for fix in found if fix]


def _capping(solver: Solver, remedy: Remedy) -> Iterator[tuple[Expression, Rule | None]]:
    """Yield the caps on a remedy as things stand, each with the rule it comes from, if one."""
    policy = solver.policy
    for own in (remedy.cap, policy.groups[remedy.group].cap if remedy.group else None):
        if own is not None:
            yield own, None
    for rule in policy.rules:
        caps = [cap for name, cap in rule.cap if name in (remedy.id, remedy.group, TOTAL)]
        if (
            caps
            and not validity(solver, rule)
            and truth(policy.conditions[rule.when], solver.situation)
        ):
            yield from ((cap, rule) for cap in caps)


def _past(solver: Solver, cap: Expression, rule: Rule | None) -> list[Fix]:
    """Return the ways past one cap."""
    away = [] if rule is None else unruled(solver, rule)
    return fewest([*away, *solver.value(cap, Want(_is_positive))])


def _is_known(value: Value | None) -> bool:
    return value is not None and not _is_zero(value)


def _fewer_rivals(solver: Solver, decision: Decision) -> list[Fix]:
    """Return ways to be rid of choices that take the room."""
    policy = solver.policy
    taking = [each.remedy for each in decision.choices if each.amount is not None]
    return [
        fix
        for name in taking
        for fix in solver.hold(policy.conditions[policy.remedies[name].when], NO)
    ]


def _amount(solver: Solver, amount: Expression | TableOf, want: Want) -> list[Fix]:
    if isinstance(amount, TableOf):
        return fewest(table_rows(solver, amount.table, amount.output, want))
    return solver.value(amount, want)


def _is_positive(value: Value | None) -> bool:
    return isinstance(value, Money) and value.amount > 0


def _is_zero(value: Value | None) -> bool:
    return isinstance(value, Money) and not value.amount
