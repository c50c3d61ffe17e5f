"""Where a look starts: what is known by which facts a state gives, whatever their values."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

import attrs

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.conditions.tree import FactValue
from complaint_rules.decision.seeing.blank import AT_ONCE, Blank, Guarded, blank_of
from complaint_rules.decision.seeing.bundles import (
    SILENT_FACT,
    TYPES,
    Bundle,
    Ground,
    Part,
    Step,
    in_parts,
)
from complaint_rules.decision.seeing.forms import Form
from complaint_rules.decision.seeing.guards import is_open
from complaint_rules.decision.seeing.leaning import Lean, Leaning
from complaint_rules.decision.seeing.plan import Held, Plan
from complaint_rules.decision.seeing.types import Settled
from complaint_rules.facts import Kind, Value
from complaint_rules.policy import Policy
from complaint_rules.state import Steady

T = TypeVar("T")

_MOST: Final = 1024
"""How many starts a policy keeps."""
_MOST_OF_BLANK: Final = 4096
"""How much is kept of what steps of one blank complaint lean on, and of their bundles."""
_VARYING: Final = AT_ONCE | {"event_date", TYPES, SILENT_FACT}
"""Facts of which a complaint of any form may have a value of its own."""
_OF_TYPES: Final = (FactValue(TYPES, Kind.SET), FactValue("kind", Kind.CHOICE))
"""What customer types follow from besides what is recognised."""


@attrs.frozen(eq=False)
class Start:
    """
    Where a look starts: what is known by which facts are given, whatever their values.

    Attributes:
        settings: The settings.
        values: What is known besides what is given: defaults that never change, and derived facts
            that nothing given has a say in.
        steady: The facts of which nothing more is to be learned.
        parts: What gives the other derived facts, in bundles.
        settled: The customer types, where nothing given has a say in them.
        stages: Stages that may be true, in order.
        sides: Side states that may be true, in order.
        recognised: Customer types that may be recognised.
    """

    settings: Mapping[str, Value]
    values: dict[str, Value]
    steady: Steady
    parts: tuple[Part, ...]
    settled: Settled | None
    stages: tuple[Held, ...]
    sides: tuple[Held, ...]
    recognised: tuple[Held, ...]


def start_of(
    policy: Policy,
    plan: Plan,
    form: Form,
    calendar: BusinessCalendar,
    day: datetime.date,
    currency: str,
) -> Start:
    """
    Return where a look starts.

    Args:
        policy: The policy.
        plan: Its plan.
        form: The form of the state.
        calendar: The complaint's calendar.
        day: Its event date.
        currency: Its currency.
    """
    key = (form, calendar.id, plan.season(day) if plan.dates else 0, currency)
    known: Start | None = plan.starts.get(key)
    if known is None:
        if len(plan.starts) >= _MOST:
            plan.starts.clear()
        blank = blank_of(policy, plan, calendar, day, currency)
        known = plan.starts[key] = begun(blank, form)
    return known


def begun(blank: Blank, form: Form) -> Start:
    """Return where a look at a state of some form starts, given what is so of a blank one."""
    touched = form.touched
    steps: list[Step] = []
    values = {name: value for name, value in blank.constants.items() if name not in form.unknown}
    for name, step, guard, value in blank.steps:
        if is_open(guard, touched):
            steps.append((name, step))
        elif value is not None:
            values[name] = value
    steady = Steady(tuple(sorted(_VARYING.union(form.varying, [name for name, _ in steps]))))
    stages, sides = _open(blank.stages, touched), _open(blank.sides, touched)
    recognised = _open(blank.recognised, touched)
    return Start(
        settings=blank.settings,
        values=values,
        steady=steady,
        parts=_Bundling(blank, form, steady, values, (stages, sides, recognised)).parts(steps),
        settled=None if (TYPES, None) in steps else blank.settled,
        stages=stages,
        sides=sides,
        recognised=recognised,
    )


def _open(guarded: Guarded, touched: int) -> tuple[Held, ...]:
    return tuple(held for held, guard in guarded if is_open(guard, touched))


class _Bundling:
    """The steps of one start while they are bundled: what was found of others is found again."""

    def __init__(
        self,
        blank: Blank,
        form: Form,
        steady: Steady,
        values: Mapping[str, Value],
        held: tuple[tuple[Held, ...], tuple[Held, ...], tuple[Held, ...]],
    ) -> None:
        self._blank, self._form, self._values = blank, form, values
        self._varying, self._held = frozenset(steady.varying), held

    def parts(self, steps: list[Step]) -> tuple[Part, ...]:
        """Return the steps in bundles; `was_silent` comes with the customer types."""
        stages, sides, recognised = self._held
        grounds = {
            **self._blank.grounds,
            "stage": self._ground(stages),
            "side": self._ground(sides),
            TYPES: self._ground_of_types(recognised),
        }
        named = tuple([each for each in steps if each[0] != SILENT_FACT])
        return in_parts(named, grounds, self._leans, self._bundle)

    def _ground(self, held: tuple[Held, ...]) -> Ground:
        dated = any(each.valid is not None for each in held)
        return self._kept(held, lambda: Ground.of((each.when for each in held), told=not dated))

    def _ground_of_types(self, held: tuple[Held, ...]) -> Ground:
        told = not (self._form.typed or self._blank.dated)
        nodes = (*(each.when for each in held), *_OF_TYPES)
        return self._kept((TYPES, held, told), lambda: Ground.of(nodes, told=told))

    def _leans(self, ground: Ground, inside: frozenset[str]) -> frozenset[Lean] | None:
        """Return what a step leans on beside the facts that follow from what others lean on."""
        nodes, reads = ground.nodes, ground.reads
        if nodes is None:
            return None
        unknown = self._form.unknown
        key = (ground, reads & self._varying, reads & unknown, reads & inside)
        leaning = Leaning(self._blank.facts, self._varying, self._values, inside)
        return self._kept(key, lambda: leaning.on(nodes))

    def _bundle(self, steps: tuple[Step, ...], leans: frozenset[Lean]) -> Bundle:
        """Return one bundle for all forms in which the same is open and leans on the same."""
        key = (steps, self._held, leans, self._form.unknown)
        return self._kept(key, lambda: Bundle.of(steps, leans))

    def _kept(self, key: object, make: Callable[[], T]) -> T:
        kept = self._blank.kept
        known: T = kept.get(key, kept)
        if known is kept:  # not yet kept: what is kept may be nothing
            if len(kept) >= _MOST_OF_BLANK:
                kept.clear()
            known = kept[key] = make()
        return known
