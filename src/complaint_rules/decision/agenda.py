"""
What a set of fired rules asks for and forbids, made ready before any complaint is looked at.

One agenda serves every complaint in which the same rules are true and the same ones unknown. It
refers to parts of the policy, never to the policy, and lives as long as what was combined.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final, TypeAlias, TypeGuard
from weakref import WeakKeyDictionary

import attrs

from complaint_rules.decision.combine import Combined, Ids, Wanted, highest
from complaint_rules.decision.dues import NO_DUE, Dues
from complaint_rules.decision.prepared import Prepared
from complaint_rules.decision.shape import DecidedAction, Prohibition
from complaint_rules.decision.waits import Waiting
from complaint_rules.policy import Action, Due, DueTarget, Policy, Repeat

_ONCE: Final = Repeat()
_MOST_COURSES: Final = 64
"""How many sets of doubtful prohibitions an agenda keeps; one or two are usual."""


Doubt: TypeAlias = tuple[tuple[str, int], ...]
"""Unknown rules that forbid something, each with its place among all unknown ones."""


@attrs.frozen(eq=False)
class Want:
    """
    An action that something asks for, as far as it is the same for every complaint.

    Attributes:
        name: Id of the action.
        owner: Who does it.
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

    name: str
    owner: str
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
class Course:
    """
    What is forbidden, and what that leaves of what rules ask for.

    Attributes:
        forbidden: What must not be said or done, sorted.
        barred: The same, by id alone.
        wants: What rules ask for, by action; of what is forbidden only what law asks for.
        named: Ids of the rules that forbid, whose action that takes out, that bid how to speak,
            and that bring in roles; sorted.
    """

    forbidden: tuple[Prohibition, ...]
    barred: frozenset[str]
    wants: tuple[Want, ...]
    named: Ids


@attrs.frozen(eq=False)
class Agenda:
    """
    What fired rules ask for and forbid.

    Attributes:
        wants: What they ask for, by action; conduct and what is not valid left out.
        forbidden: What true rules forbid, and unknown ones that wait for nothing an action
            learns; sorted.
        doubtful: Names that only unknown rules forbid and that are actions by which a fact is
            learned, with those rules and their places in `waits`: one of those facts may be what
            they wait for. Sorted.
        waits: The unknown rules, in the ruleset's order, with what they wait for.
        others: Actions that no rule asks for, as they come to be wanted by other things; `None`
            for what is no action on these dates.
    """

    wants: tuple[Want, ...]
    forbidden: tuple[Prohibition, ...]
    doubtful: tuple[tuple[str, Doubt], ...]
    waits: tuple[Waiting, ...]
    others: dict[str, Want | None] = attrs.field(init=False, factory=dict)
    _courses: dict[tuple[Ids, ...], Course] = attrs.field(init=False, factory=dict)

    def course(self, combined: Combined, binding: tuple[Ids, ...]) -> Course:
        """
        Return what is forbidden and what is left.

        Args:
            combined: What this agenda was made of.
            binding: For each of the doubtful names the unknown rules that still forbid it.
        """
        known = self._courses.get(binding)
        if known is None:
            if len(self._courses) >= _MOST_COURSES:
                self._courses.clear()
            known = self._courses[binding] = _course(self, combined, binding)
        return known


def _course(agenda: Agenda, combined: Combined, binding: tuple[Ids, ...]) -> Course:
    found = list(agenda.forbidden)
    for (name, _), rules in zip(agenda.doubtful, binding, strict=True):
        if rules:
            found.append(Prohibition(name, "unknown", overrode(combined, name), rules))
    found.sort(key=lambda each: each.id)
    barred = frozenset(each.id for each in found)
    left = [want.by_law if want.name in barred else want for want in agenda.wants]
    return Course(
        forbidden=tuple(found),
        barred=barred,
        wants=tuple(want for want in left if want is not None),
        named=tuple(sorted(_named(found, combined))),
    )


def _named(forbidden: Sequence[Prohibition], combined: Combined) -> set[str]:
    lines = (forbidden, combined.manner, combined.escalations)
    named = {rule for each in lines for line in each for rule in line.rules}
    return named.union(*(each.overrode for each in forbidden))


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


def want_of(
    policy: Policy, agenda: Agenda, combined: Combined, name: str, day: datetime.date
) -> Want | None:
    """Return an action that no rule asks for as something wants it; `None` where it is absent."""
    if name in agenda.others:
        return agenda.others[name]
    action = policy.actions.get(name)
    want = _want(policy, combined, action, Wanted(()), {}) if is_there(action, day) else None
    agenda.others[name] = want
    return want


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
    forbidden: list[Prohibition] = []
    doubtful: list[tuple[str, Doubt]] = []
    places = {rule.id: place for place, rule in enumerate(combined.waiting)}
    for name in sorted({*combined.never, *combined.never_maybe}):
        rules, basis = combined.never.get(name, ()), "true"
        if not rules:
            if name in prepared.learning:
                maybe = combined.never_maybe[name]
                doubtful.append((name, tuple((rule.id, places[rule.id]) for rule in maybe)))
                continue
            basis, rules = "unknown", tuple(rule.id for rule in combined.never_maybe[name])
        forbidden.append(Prohibition(name, basis, overrode(combined, name), rules))
    waits = tuple(prepared.waiting(policy, rule) for rule in combined.waiting)
    return Agenda(tuple(wants), tuple(forbidden), tuple(doubtful), waits)


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
        name=name,
        owner=action.owner,
        action=action,
        once=repeat == _ONCE,
        rules=wanted.rules,
        dues=shared.setdefault(dues, Dues(dues)),
        approver=approver,
        raised=raised,
        told=rules,
        plain=DecidedAction(name, action.owner, None, None, NO_DUE.status, None, approver, rules),
    )
