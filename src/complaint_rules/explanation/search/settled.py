"""From a wish for a fact that the package settles itself to the given facts behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from complaint_rules.conditions.tree import Among, Check, Condition, Contains
from complaint_rules.decision.seeing.types import APPLIED, CALM, EXPIRED, SILENT
from complaint_rules.explanation.search.candidates import candidates
from complaint_rules.explanation.search.solving import Solving
from complaint_rules.explanation.search.want import (
    NOT_TRUE,
    YES,
    Accept,
    Fix,
    Want,
    both,
)
from complaint_rules.state import Done

_MONTH: Final = 30 * 86_400


def settled(solver: Solving, name: str, want: Want) -> Iterator[Fix]:
    """Yield ways to give a settled fact a value that will do."""
    match name:
        case "customer_types":
            yield from _types(solver, want)
        case "done":
            yield from _done(solver, want)
        case "stage":
            yield from _stage(solver, want)
        case "side":
            yield from _side(solver, want)
        case "round_start":
            for given in ("received_at", "reopened_at"):
                yield from solver.given(given, want)
        case _:
            yield from _was_silent(solver, want)


# ------------------------------------------------------------------------ types


def _types(solver: Solving, want: Want) -> Iterator[Fix]:
    """Yield given types, and signals taken away, so that the applied types will do."""
    fact = solver.policy.facts["customer_types"]
    real = frozenset(
        each.type
        for each in solver.look.types
        if each.status == APPLIED and each.basis != "default"
    )
    situation = attrs.evolve(
        solver.situation, values={**solver.situation.values, "customer_types": real}
    )
    targets = list(candidates(solver.policy, situation, fact, want.checks))
    targets += [real | {word} for word in _words(want.checks)]
    for target in dict.fromkeys(targets):
        if isinstance(target, frozenset) and want.accepts(target or frozenset({CALM})):
            yield from types_to(solver, real, target)


def types_to(solver: Solving, was: frozenset[str], target: frozenset[str]) -> list[Fix]:
    """Return ways to have exactly these types applied: given ones added, others taken away."""
    added, gone = target - was, was - target
    common = _added(solver, added)
    away = [*_given(solver, added, gone), *common, *_unrecognised(solver, gone)]
    ways = both(away, solver.now) if away else []
    ended: list[list[Fix]] = [
        [{f"type_basis.{name}.expires_at": solver.situation.now}] for name in sorted(gone)
    ]
    if not ended:
        return ways
    # A type that signals hold up and somebody has confirmed may be simpler to end.
    other = both([*_given(solver, added, frozenset()), *common, *ended], solver.now)
    if ways and len(ways[0]) <= len(other[0]):
        return ways
    return [*other, *ways]


def _given(solver: Solving, added: frozenset[str], gone: frozenset[str]) -> list[list[Fix]]:
    """Return the wish for what the host must say of the types; none if it says so already."""
    hosts = solver.look.state.values.get("customer_types")
    given = hosts if isinstance(hosts, frozenset) else frozenset[str]()
    new = (given | added) - gone
    unsure = "customer_types" not in solver.situation.values
    return [[{"customer_types": new}]] if new != given or unsure else []


def _added(solver: Solving, added: frozenset[str]) -> list[list[Fix]]:
    """Return the wishes that given types last, and that nobody complained where one is silent."""
    later = solver.situation.now + _MONTH
    wishes: list[list[Fix]] = [
        [{f"type_basis.{each.type}.expires_at": later}]
        for each in solver.look.types
        if each.type in added and each.status == EXPIRED
    ]
    if SILENT in added:
        wishes.append(solver.given("kind", Want(lambda value: value == "none")))
    return wishes


def _unrecognised(solver: Solving, gone: frozenset[str]) -> list[list[Fix]]:
    """Return the wishes that signals no longer hold up types."""
    types = [solver.policy.types.get(name) for name in sorted(gone)]
    signals = [each.recognise for each in types if each is not None and each.recognise is not None]
    return [solver.hold(each, NOT_TRUE) for each in signals]


def _was_silent(solver: Solving, want: Want) -> Iterator[Fix]:
    hosts = solver.look.state.values.get("customer_types")
    given = hosts if isinstance(hosts, frozenset) else frozenset[str]()
    if want.accepts(True):
        kinds = solver.given("kind", Want(lambda value: value != "none" and value is not None))
        spoken = [{}] if solver.situation.values.get("kind") not in ("none", None) else kinds
        yield from both([[{"customer_types": given | {SILENT}}], spoken], solver.now)
    if want.accepts(False):
        yield from solver.given("kind", Want(lambda value: value == "none"))
        yield from types_to(solver, frozenset({SILENT}), frozenset())


# ------------------------------------------------------------------------- done


def _done(solver: Solving, want: Want) -> Iterator[Fix]:
    """Yield lists of what was done, so that what was done in this round will do."""
    done, situation = solver.look.state.done, solver.situation
    present = solver.look.present
    fact = solver.policy.facts["done"]
    for target in candidates(solver.policy, situation, fact, want.checks):
        if not isinstance(target, frozenset) or not want.accepts(target):
            continue
        kept = tuple(each for each in done if each.action in target or not present.holds(each.at))
        have = {each.action for each in kept if present.holds(each.at)}
        new = tuple(Done(name, situation.now) for name in sorted(target - have))
        yield {"done": (*kept, *new)}


# --------------------------------------------------------------- stage and sides


def _stage(solver: Solving, want: Want) -> Iterator[Fix]:
    stages = solver.policy.stages
    for place, stage in enumerate(stages):
        if want.accepts(stage.id):
            before: list[tuple[Condition, Accept]] = [
                (each.when, NOT_TRUE) for each in stages[:place]
            ]
            yield from solver.all_of([*before, (stage.when, YES)])
    if want.accepts(""):
        yield from solver.all_of([(each.when, NOT_TRUE) for each in stages])


def _side(solver: Solving, want: Want) -> Iterator[Fix]:
    fact, situation = solver.policy.facts["side"], solver.situation
    sides = {each.id: each.when for each in solver.policy.sides}
    was = frozenset(solver.look.sides)
    for target in candidates(solver.policy, situation, fact, want.checks):
        if isinstance(target, frozenset) and want.accepts(target):
            goals: list[tuple[Condition, Accept]] = []
            goals += [(sides[name], YES) for name in sorted(target - was) if name in sides]
            goals += [(sides[name], NOT_TRUE) for name in sorted(was - target)]
            yield from solver.all_of(goals)


def _words(checks: Iterable[Check]) -> list[str]:
    """Return the words that checks name."""
    named = [check.values for check in checks if isinstance(check, Contains | Among)]
    return list(dict.fromkeys(str(word) for group in named for word in sorted(group, key=str)))
