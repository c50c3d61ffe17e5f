"""Customer types: given, recognised, proposed, expired; and what is left applied (semantics 7)."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from complaint_rules.calendar import add
from complaint_rules.conditions import facts_of, waiting_facts
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import Condition, Not, Test, Truth
from complaint_rules.conditions.truth import holds
from complaint_rules.decision.answer.shape import DecidedType
from complaint_rules.decision.seeing.plan import Held, plan_of
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.policy import CustomerType, Policy
from complaint_rules.state import Situation, State, TypeBasis

CALM: Final = "calm"
SILENT: Final = "silent"
APPLIED: Final = "applied"
PROPOSED: Final = "proposed"
EXPIRED: Final = "expired"

_UNSAID: Final = TypeBasis()


@attrs.frozen
class Settled:
    """
    The customer types of one complaint.

    Attributes:
        types: Those applied, proposed and expired, by id.
        applied: Ids of those applied; `None` where the host said that it does not know.
        was_silent: `silent` fell away because there is a complaint; `None` where unknown.
        seeds: What recognition and confirmation wait for.
        ends: When types end, that of a `silent` that fell away too.
    """

    types: tuple[DecidedType, ...]
    applied: frozenset[str] | None
    was_silent: bool | None
    seeds: tuple[AskSeed, ...]
    ends: tuple[int, ...] = ()


UNTOLD: Final = Settled((), None, None, ())
"""Nothing is said of customer types."""
_NONE: Final[frozenset[str]] = frozenset()
_ALL_CALM: Final = frozenset({CALM})
_CALM: Final = DecidedType(CALM, "default", APPLIED)


def settle(
    policy: Policy,
    state: State,
    situation: Situation,
    expiry_at: int,
    recognised: Iterable[Held] | None = None,
) -> Settled:
    """
    Return the types of a complaint.

    Args:
        policy: The policy.
        state: What the host says of its types.
        situation: The situation, with every fact that recognises a type in place and the given
            types as `customer_types`.
        expiry_at: A type that ends then, or before, has expired: the instant decided at, or the
            start of a target, which reads the types of that time.
        recognised: The types that may be recognised; left out, all that ever are.
    """
    given = situation.values.get("customer_types")
    hosts = given if isinstance(given, frozenset) else _NONE
    scope = Scope(situation)
    if recognised is None:
        recognised = plan_of(policy).recognised
    seeds: list[AskSeed] = []
    signalled = [
        each.id
        for each in recognised
        if each.id not in hosts and _is_recognised(each, scope, seeds)
    ]
    if not hosts and not signalled:
        return _unfound(given is not None, tuple(seeds))
    found: dict[str, DecidedType] = {}
    for name in sorted((*hosts, *signalled)):
        decided = _decide(policy.types.get(name), name, hosts, state, scope, expiry_at, seeds)
        if decided is not None:
            found[name] = decided
    ends = tuple(each.expires_at for each in found.values() if each.expires_at is not None)
    was_silent = SILENT in found and found[SILENT].status == APPLIED
    if was_silent and situation.values.get("kind") == "none":
        was_silent = False
    elif was_silent:
        del found[SILENT]
    applied = frozenset(name for name, each in found.items() if each.status == APPLIED)
    if not isinstance(given, frozenset):
        types = tuple(found[name] for name in sorted(found))
        return Settled(types, None, was_silent or None, tuple(seeds), ends)
    if not applied:
        applied = _ALL_CALM
        found[CALM] = _CALM
    types = tuple(found[name] for name in sorted(found))
    return Settled(types, applied, was_silent, tuple(seeds), ends)


def _unfound(told: bool, seeds: tuple[AskSeed, ...]) -> Settled:
    """Return the types where the host gave none and none was recognised."""
    if told:
        return Settled((_CALM,), _ALL_CALM, was_silent=False, seeds=seeds)
    return Settled((), None, None, seeds)


def _decide(
    declared: CustomerType | None,
    name: str,
    hosts: frozenset[str],
    state: State,
    scope: Scope,
    expiry_at: int,
    seeds: list[AskSeed],
) -> DecidedType | None:
    """Return one type as it stands, `None` where it does not; add what it waits for."""
    said, situation = state.types.get(name, _UNSAID), scope.situation
    if declared is None:
        expires_at = said.expires_at
        status = EXPIRED if _is_past(expires_at, expiry_at) else APPLIED
        return DecidedType(name, "given", status, tuple(sorted(said.signals)), expires_at)
    if declared.valid is not None and not declared.valid.holds(situation.event_date):
        return None
    if said is _UNSAID and name in hosts and not declared.confirm_human:
        return _given(name)
    basis, signals = "given", said.signals
    recognise = None if name in hosts else declared.recognise
    if recognise is not None:
        basis, signals = "recognised", tuple(set(_signals(recognise, scope)))
    signals = tuple(sorted(signals))
    expires_at = _expires_at(declared, said, situation)
    if _is_past(expires_at, expiry_at):
        return DecidedType(name, basis, EXPIRED, signals, expires_at)
    status = APPLIED
    if declared.confirm_human and said.confirmed_by is None:
        seeds.append(AskSeed(name, frozenset({f"type_basis.{name}.confirmed_by"}), reasoned=False))
        status = PROPOSED if basis == "recognised" else APPLIED
    return DecidedType(name, basis, status, signals, expires_at)


@functools.lru_cache(maxsize=256)
def _given(name: str) -> DecidedType:
    """Return a type of which the host says no more than that the customer has it."""
    return DecidedType(name, "given", APPLIED)


def _is_recognised(held: Held, scope: Scope, seeds: list[AskSeed]) -> bool:
    """Return whether a type's signals are there; what keeps that unknown is asked."""
    situation = scope.situation
    if held.valid is not None and not held.valid.holds(situation.event_date):
        return False
    found = held.holds(scope)
    if found is None:
        waiting = waiting_facts(held.when, situation)
        seeds.append(AskSeed(held.id, waiting, reasoned=False))
    return found is True


def _expires_at(declared: CustomerType, said: TypeBasis, situation: Situation) -> int | None:
    """Return when a type ends: as the host says, else so long after its `since`."""
    if said.expires_at is not None or declared.expires is None or said.since is None:
        return said.expires_at
    return add(situation.calendar, said.since, declared.expires)


def _is_past(expires_at: int | None, at: int) -> bool:
    return expires_at is not None and expires_at <= at


def _signals(condition: Condition, scope: Scope) -> Iterator[str]:
    """Yield the facts whose tests make a condition true."""
    match condition:
        case Truth():
            return
        case Test():
            if holds(condition, scope):
                yield condition.fact
        case Not(item):
            if holds(item, scope) is False:
                yield from facts_of(item)
        case _:
            for each in condition.items:
                yield from _signals(each, scope)
