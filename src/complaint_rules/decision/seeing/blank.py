"""The blank complaint, of which nothing is given: most complaints are like it in most respects."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import attrs

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.conditions.inner import Scope
from complaint_rules.decision.seeing.bundles import Ground, ground_of
from complaint_rules.decision.seeing.dated import settings_on
from complaint_rules.decision.seeing.derive import Deriving
from complaint_rules.decision.seeing.guards import BASIS, OPEN, Guard, Guards, either
from complaint_rules.decision.seeing.plan import EARLY, Held, Plan
from complaint_rules.decision.seeing.rounds import NONE
from complaint_rules.decision.seeing.types import SILENT, UNTOLD, Settled, settle
from complaint_rules.facts import Fact, Value
from complaint_rules.policy import Policy
from complaint_rules.state import Situation, State

_MOST_BLANKS: Final = 256
"""How many blank complaints a policy keeps; one for each calendar is enough for most."""
_NOTHING: Final = State("", {})
AT_ONCE: Final = frozenset({"round_start", "done"})
"""Facts that stand in place before the others are derived."""
Guarded: TypeAlias = tuple[tuple[Held, Guard], ...]


@attrs.frozen(eq=False)
class Blank:
    """
    What is so of a complaint of which nothing is given, under a calendar and the settings of a day.

    Attributes:
        settings: The settings.
        constants: Defaults that never change, its calendar and its currency.
        steps: What gives each derived fact, in order, with its guard and its value here; nothing
            gives it where the package settles it.
        settled: The customer types.
        stages: The stages with their guards, in order.
        sides: The side states, likewise.
        recognised: The customer types that may be recognised, likewise.
        facts: The declared facts.
        grounds: What each derived fact is worked out from that the package does not settle.
        dated: A customer type holds between dates only.
        kept: What `starts` has made of it, bounded there.
    """

    settings: Mapping[str, Value]
    constants: Mapping[str, Value]
    steps: tuple[tuple[str, Deriving | None, Guard, Value | None], ...]
    settled: Settled
    stages: Guarded
    sides: Guarded
    recognised: Guarded
    facts: Mapping[str, Fact]
    grounds: Mapping[str, Ground]
    dated: bool
    kept: dict[object, Any] = attrs.field(init=False, factory=dict)


def blank_of(
    policy: Policy, plan: Plan, calendar: BusinessCalendar, day: datetime.date, currency: str
) -> Blank:
    """Return the blank complaint under a calendar, on an event date, in a currency."""
    key = (calendar.id, plan.season(day), currency)
    known = plan.blanks.get(key)
    if known is None:
        if len(plan.blanks) >= _MOST_BLANKS:
            plan.blanks.clear()
        known = plan.blanks[key] = _Making(policy, plan, calendar, day, currency).made()
    return known


class _Making:
    """A blank complaint while it is made."""

    def __init__(
        self,
        policy: Policy,
        plan: Plan,
        calendar: BusinessCalendar,
        day: datetime.date,
        currency: str,
    ) -> None:
        self._policy, self._plan = policy, plan
        self._constants = {**plan.constants, "calendar": calendar.id, "currency": currency}
        self._situation = Situation(
            values=self._constants.copy(),
            now=0,
            calendar=calendar,
            event_date=day,
            settings=settings_on(policy, day, currency),
            done=(),
            round_start=None,
            currency=currency,
        )
        self._codes: list[str] = []
        self._scope = Scope(self._situation, notices=self._codes)
        self._guards = Guards(plan.bits, self._scope)
        self._settled = UNTOLD
        self._recognised: Guarded = ()

    def made(self) -> Blank:
        """Return it."""
        plan = self._plan
        self._take_defaults()
        steps = [(name, step, *self._derived(name, step)) for name, step in plan.steps]
        return Blank(
            settings=self._situation.settings,
            constants=self._constants,
            steps=tuple(each for each in steps if each[0] not in AT_ONCE),
            settled=self._settled,
            stages=tuple(self._held(plan.stages)),
            sides=tuple(self._held(plan.sides)),
            recognised=self._recognised,
            facts=self._policy.facts,
            grounds={name: ground_of(each) for name, each in self._policy.derivations.items()},
            dated=any(each.valid is not None for each in self._policy.types.values()),
        )

    def _take_defaults(self) -> None:
        guards, defaults = self._guards, self._policy.defaults
        for name, compute in self._plan.computed:
            self._put(name, compute(self._scope))
            guard = either((guards.given(name), guards.reads(defaults[name])))
            guards.learn(name, OPEN if name in EARLY else guard)
        for name in self._plan.lists:
            if self._plan.constants.get(name):
                guards.learn(name, OPEN)  # its records take defaults, too
        guards.learn("event_date", OPEN)
        guards.learn("round_start", OPEN)

    def _derived(self, name: str, step: Deriving | None) -> tuple[Guard, Value | None]:
        self._codes.clear()
        if step is None:
            guard = self._built_in(name)
        else:
            self._put(name, step(self._scope))
            guard = self._guards.derivation(self._policy.derivations[name])
        if self._codes:
            guard = OPEN  # it is noticed each time
        self._guards.learn(name, guard)
        return guard, self._situation.values.get(name)

    def _built_in(self, name: str) -> Guard:
        match name:
            case "done":
                self._put(name, NONE)
                return self._guards.given(name)
            case "customer_types":
                self._settled = settled = settle(self._policy, _NOTHING, self._situation, 0)
                self._put(name, settled.applied)
                self._put("was_silent", settled.was_silent)
                self._recognised = tuple(self._held(self._plan.recognised))
                return self._guard_of_types()
            case "was_silent":
                return self._guards.fact("customer_types")
            case _:
                return OPEN

    def _guard_of_types(self) -> Guard:
        guards = self._guards
        parts = [guards.given("customer_types"), guards.given(BASIS)]
        parts += (
            OPEN if each.valid else guards.condition(each.when) for each in self._plan.recognised
        )
        told = {each.type for each in self._settled.types}
        if self._settled.was_silent is not False or SILENT in told:
            parts.append(guards.fact("kind"))
        return either(parts)

    def _held(self, items: Iterable[Held]) -> Iterator[tuple[Held, Guard]]:
        """Yield conditions with their guards: those that are not false are asked each time."""
        for each in items:
            asked = each.valid is not None or each.holds(self._scope) is not False
            yield each, OPEN if asked else self._guards.condition(each.when)

    def _put(self, name: str, value: Value | None) -> None:
        if value is None:
            self._situation.values.pop(name, None)
        else:
            self._situation.values[name] = value
