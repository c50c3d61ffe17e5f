"""Targets of a policy, made ready: what of a target can be known before any complaint is seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from complaint_rules.conditions import walk
from complaint_rules.conditions.expressions import valuing
from complaint_rules.conditions.tree import Call, Constant, Expression, FactValue, Now
from complaint_rules.decision.seeing.kept import kept
from complaint_rules.decision.seeing.plan import Length, Plan, plan_of
from complaint_rules.decision.timing.lengths import Lengths, lengths_of
from complaint_rules.policy import Policy, Target

if TYPE_CHECKING:
    from complaint_rules.calendar import BusinessCalendar
    from complaint_rules.conditions.expressions import Valuing
    from complaint_rules.engines import Match
    from complaint_rules.state import Situation

_MOST_LENGTHS: Final = 256
"""How many sets of durations a target keeps."""
_MOST_SETS: Final = 4_096
"""How many sets of targets that stand a policy keeps."""
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
        begun, done: The facts that these are, where they are no more than a fact.
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
    begun: str | None
    done: str | None
    silent: bool
    calendar: BusinessCalendar | None
    rules: tuple[Length, ...]
    periodic: bool
    resolving: bool
    bits: int | None
    known: dict[int, Lengths] = attrs.field(init=False, factory=dict)

    def standing(self, situation: Situation, match: Match) -> Standing:
        """Return whether it stands in a complaint in which these conditions hold, and how long."""
        if not match.true & self.when:
            return Standing(self, None if match.unknown & self.when else False, None)
        lengths = self._lengths(situation, match)
        if lengths is None or lengths.seeds or lengths.notices:
            return Standing(self, True, lengths)
        plain = self.silent and self.target.valid is None
        return Standing(self, True, lengths, lengths if plain else None)

    def _lengths(self, situation: Situation, match: Match) -> Lengths | None:
        if self.bits is None or match.unknown & self.bits:
            return None
        held = match.true & self.bits
        known = self.known.get(held)
        if known is None:
            if len(self.known) >= _MOST_LENGTHS:
                self.known.clear()
            known = self.known[held] = lengths_of(self.target, self.rules, situation, match)
        return known


class Standing(NamedTuple):
    """
    A target, and what certain conditions make of it.

    Attributes:
        timed: The target.
        holds: Whether its condition does; `None` where that is unknown.
        lengths: The durations that stand for it; `None` where they are the complaint's own.
        sure: The same where they wait for nothing, and nothing but its start has yet a say in it.
    """

    timed: Timed
    holds: bool | None
    lengths: Lengths | None
    sure: Lengths | None = None


@attrs.frozen(eq=False)
class Timetable:
    """
    The targets of a policy.

    Attributes:
        targets: All of them, by id.
        bits: Their conditions, and those that choose among their durations.
        unsure: All of them, before it is known which stand.
        known: Those that stand, by which of these are true and which unknown.
    """

    targets: tuple[Timed, ...]
    bits: int
    unsure: tuple[Standing, ...] = attrs.field(init=False)
    known: dict[tuple[int, int], tuple[Standing, ...]] = attrs.field(init=False, factory=dict)

    @unsure.default
    def _unsure(self) -> tuple[Standing, ...]:
        return tuple([Standing(each, None, None) for each in self.targets])

    def standing(self, situation: Situation, match: Match) -> tuple[Standing, ...]:
        """Return the targets that may stand where these conditions hold, or have to be heard."""
        key = (match.true & self.bits, match.unknown & self.bits)
        known = self.known.get(key)
        if known is None:
            all_ = (each.standing(situation, match) for each in self.targets)
            found = tuple(each for each in all_ if each.holds is not False or not each.timed.silent)
            if len(self.known) >= _MOST_SETS:
                self.known.clear()
            known = self.known[key] = found
        return known


@kept
def timetable(policy: Policy) -> Timetable:
    """Return the targets of a policy, made ready once and kept as long as the policy."""
    plan = plan_of(policy)
    found = [_timed(policy, plan, policy.targets[name]) for name in sorted(policy.targets)]
    bits = 0
    for each in found:
        bits |= each.when | (each.bits or 0)
    return Timetable(tuple(found), bits)


def _timed(policy: Policy, plan: Plan, target: Target) -> Timed:
    rules = plan.lengths.get(target.id, ())
    bits = list(_bits(target, rules))
    same = None if None in bits else sum(1 << number for number in set(bits) if number is not None)
    return Timed(
        target=target,
        when=1 << target.when,
        start=valuing(target.start),
        met=valuing(target.met_by),
        begun=_fact_of(target.start),
        done=_fact_of(target.met_by),
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


def _fact_of(expression: Expression) -> str | None:
    return expression.name if isinstance(expression, FactValue) else None


def _is_silent(start: Expression) -> bool:
    return all(
        isinstance(each, FactValue | Constant | Now)
        or (isinstance(each, Call) and each.function in _SILENT)
        for each in walk(start)
    )
