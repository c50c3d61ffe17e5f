"""
What a set of fired rules asks for and forbids, made ready before any complaint is looked at.

One agenda serves every complaint in which the same rules are true and the same ones unknown. It
refers to parts of the policy, never to the policy, and lives as long as what was combined.
"""

from __future__ import annotations

import datetime
from typing import Final, TypeGuard
from weakref import WeakKeyDictionary

import attrs

from complaint_rules.decision.combine import Combined, Ids, Wanted, highest
from complaint_rules.decision.dues import NO_DUE, Dues, ResolvedDue
from complaint_rules.decision.prepared import Prepared
from complaint_rules.decision.shape import DecidedAction, Prohibition
from complaint_rules.policy import Action, Due, DueTarget, Policy, Repeat

_ONCE: Final = Repeat()


@attrs.frozen(eq=False)
class Want:
    """
    An action that something asks for, as far as it is the same for every complaint.

    Attributes:
        action: The action.
        once: It is done once a round, so that what was done alone says whether it is open.
        rules: Who asks for it, sorted.
        dues: All its due times; the same object where several actions have the same.
        approver: Who must approve it, if anybody.
        raised: The rules that name the approver.
        told: All these rules, sorted.
        plain: The action as it is told where it has no due time at all.
        by_law: What is left of it where it is forbidden: what rules that are law ask for.
    """

    action: Action
    once: bool
    rules: Ids
    dues: Dues
    approver: str | None
    raised: Ids
    told: Ids
    plain: DecidedAction
    by_law: Want | None = None


@attrs.frozen(eq=False)
class Agenda:
    """
    What fired rules ask for and forbid.

    Attributes:
        wants: What they ask for, by action; conduct and what is not valid left out.
        forbidden: What true rules forbid, and unknown ones that wait for nothing an action
            learns; sorted.
        doubtful: Names that only unknown rules forbid and that are actions by which a fact is
            learned: one of those facts may be what the rules wait for. Sorted.
        others: Actions that no rule asks for, as they come to be wanted by other things.
    """

    wants: tuple[Want, ...]
    forbidden: tuple[Prohibition, ...]
    doubtful: Ids
    others: dict[str, Want] = attrs.field(init=False, factory=dict)


_AGENDAS: Final[WeakKeyDictionary[Combined, Agenda]] = WeakKeyDictionary()


def agenda_of(policy: Policy, prepared: Prepared, combined: Combined, day: datetime.date) -> Agenda:
    """
    Return the agenda of what rules bring about together; made once for it.

    Args:
        policy: The policy.
        prepared: The policy, prepared.
        combined: What rules bring about, those valid on the event date alone.
        day: The event date, or any other of the same season (`Prepared.dates`).
    """
    known = _AGENDAS.get(combined)
    if known is None:
        known = _AGENDAS[combined] = _make(policy, prepared, combined, day)
    return known


def want_of(policy: Policy, agenda: Agenda, combined: Combined, action: Action) -> Want:
    """Return an action that no rule asks for as something wants it."""
    known = agenda.others.get(action.id)
    if known is None:
        known = agenda.others[action.id] = _want(policy, combined, action, Wanted(()), {})
    return known


def told(action: Action, rules: Ids, due: ResolvedDue, approver: str | None) -> DecidedAction:
    """Return an action as a decision lists it."""
    return DecidedAction(
        action.id, action.owner, due.opens, due.due, due.status, due.target, approver, rules
    )


def overrode(combined: Combined, name: str) -> Ids:
    """Return the rules whose action a prohibition takes out; those that are law stay."""
    wanted, by_law = combined.doing.get(name), combined.by_law.get(name)
    if wanted is None:
        return ()
    kept = () if by_law is None else by_law.rules
    return tuple(rule for rule in wanted.rules if rule not in kept)


def is_there(action: Action | None, day: datetime.date) -> TypeGuard[Action]:
    """Return whether an action is one that may be next on an event date (semantics 21)."""
    if action is None or action.conduct:
        return False
    return action.valid is None or action.valid.holds(day)


def _make(policy: Policy, prepared: Prepared, combined: Combined, day: datetime.date) -> Agenda:
    shared: dict[tuple[Due, ...], Dues] = {}
    wants = []
    for name in sorted(combined.doing):
        action = policy.actions.get(name)
        if not is_there(action, day):
            continue
        want = _want(policy, combined, action, combined.doing[name], shared)
        law = combined.by_law.get(name)
        if law is not None:
            want = attrs.evolve(want, by_law=_want(policy, combined, action, law, shared))
        wants.append(want)
    forbidden, doubtful = [], []
    for name in sorted({*combined.never, *combined.never_maybe}):
        rules, basis = combined.never.get(name, ()), "true"
        if not rules:
            if name in prepared.learning:
                doubtful.append(name)
                continue
            basis, rules = "unknown", tuple(rule.id for rule in combined.never_maybe[name])
        forbidden.append(Prohibition(name, basis, overrode(combined, name), rules))
    return Agenda(tuple(wants), tuple(forbidden), tuple(doubtful))


def _want(
    policy: Policy,
    combined: Combined,
    action: Action,
    wanted: Wanted,
    shared: dict[tuple[Due, ...], Dues],
) -> Want:
    name, repeat = action.id, action.repeat
    dues = (*action.due, *wanted.dues)
    if repeat.each is not None:
        dues = (*action.due, DueTarget(repeat.each), *wanted.dues)
    taken = name in policy.remedies or name in policy.groups
    approver: str | None = None
    raised: Ids = ()
    if not taken:
        approver, raised = highest(policy.approvals, combined, (name,), None)
    rules = tuple(sorted({*wanted.rules, *raised}))
    return Want(
        action=action,
        once=repeat == _ONCE,
        rules=wanted.rules,
        dues=shared.setdefault(dues, Dues(dues)),
        approver=approver,
        raised=raised,
        told=rules,
        plain=told(action, rules, NO_DUE, approver),
    )
