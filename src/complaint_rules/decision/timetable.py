"""Targets of a policy, made ready: what of a target can be known before any complaint is seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

import attrs

from complaint_rules.conditions import walk
from complaint_rules.conditions.expressions import valuing
from complaint_rules.conditions.tree import Call, Constant, Expression, FactValue, Now
from complaint_rules.decision.lengths import Lengths
from complaint_rules.decision.plan import Length, Plan, plan_of
from complaint_rules.policy import Policy, Target

if TYPE_CHECKING:
    from complaint_rules.calendar import BusinessCalendar
    from complaint_rules.conditions.expressions import Valuing

_SILENT: Final = frozenset({"latest", "earliest", "done_at"})
"""Functions that never have anything to notice."""


@attrs.frozen(eq=False)
class Timed:
    """
    One target.

    Attributes:
        target: The target.
        when: The bit of its condition.
        start, met: Give its start and what meets it, in a scope.
        silent: Its start never has anything to notice, so it is not asked for where no such
            target stands.
        calendar: Its own calendar, if it names one.
        rules: The durations that rules give it.
        periodic: In every period of it some action returns.
        resolving: It is met by `resolved_at`.
        bits: The conditions that choose among its durations, where these are the same for every
            complaint; else `None`.
        known: What stands by the conditions that are true, where none of `bits` is unknown.
    """

    target: Target
    when: int
    start: Valuing
    met: Valuing
    silent: bool
    calendar: BusinessCalendar | None
    rules: tuple[Length, ...]
    periodic: bool
    resolving: bool
    bits: int | None
    known: dict[int, Lengths] = attrs.field(init=False, factory=dict)


_TIMED: Final[WeakKeyDictionary[Policy, tuple[Timed, ...]]] = WeakKeyDictionary()


def timetable(policy: Policy) -> tuple[Timed, ...]:
    """Return the targets of a policy, by id; made ready once and kept as long as the policy."""
    known = _TIMED.get(policy)
    if known is None:
        plan = plan_of(policy)
        known = _TIMED[policy] = tuple(
            _timed(policy, plan, policy.targets[name]) for name in sorted(policy.targets)
        )
    return known


def _timed(policy: Policy, plan: Plan, target: Target) -> Timed:
    rules = plan.lengths.get(target.id, ())
    bits = list(_bits(target, rules))
    same = None if None in bits else sum(1 << number for number in set(bits) if number is not None)
    return Timed(
        target=target,
        when=1 << target.when,
        start=valuing(target.start),
        met=valuing(target.met_by),
        silent=_is_silent(target.start),
        calendar=None if target.calendar is None else policy.calendars[target.calendar],
        rules=rules,
        periodic=target.id in plan.periodic,
        resolving=target.id in plan.resolving,
        bits=same,
    )


def _bits(target: Target, rules: tuple[Length, ...]) -> Iterator[int | None]:
    """Yield the conditions that choose among durations; `None` for what else has a say."""
    for rule in rules:
        yield rule.when if rule.valid is None else None
    if target.table is None:
        return
    for row in target.table.rows:
        yield row.number if row.number >= 0 and row.valid is None else None
    for outputs in (*(row.outputs for row in target.table.rows), target.table.otherwise):
        if not all(isinstance(each, Constant) for each in outputs.values()):
            yield None


def _is_silent(start: Expression) -> bool:
    return all(
        isinstance(each, FactValue | Constant | Now)
        or (isinstance(each, Call) and each.function in _SILENT)
        for each in walk(start)
    )
