"""What can be known of a policy before any complaint is seen, worked out once for each."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from complaint_rules.calendar import Duration
from complaint_rules.conditions import facts_of, motions, moves, walk
from complaint_rules.conditions.expressions import valuing
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.motion import Motion
from complaint_rules.conditions.tree import Condition, Constant, Expression, Test
from complaint_rules.conditions.truth import holding
from complaint_rules.decision.seeing.derive import Deriving, deriving
from complaint_rules.decision.seeing.guards import bits_of
from complaint_rules.decision.seeing.kept import kept
from complaint_rules.facts import NOT_YET, Fact, Kind, Value
from complaint_rules.policy import (
    CustomerType,
    Derivation,
    DueAfter,
    Policy,
    Remedy,
    Stage,
    TableOf,
    Validity,
)

RESOLVED_AT: Final = "resolved_at"
"""The fact whose earlier happening no longer meets a target once the complaint was reopened."""
GUESSED: Final = ("calendar", "currency", "event_date")
"""Reserved facts whose default the package works out where the ruleset gives none."""
EARLY: Final = frozenset({"received_at", "reopened_at", "event_date", "currency"})
"""Reserved facts that must be known before settings are chosen and other defaults taken."""
_FOREIGN: Final = "entitlement.amount"
"""What is owed may be in any currency, so it says nothing of the complaint's (semantics 27)."""


@attrs.frozen
class Length:
    """A duration that a rule gives a target while the rule is true (semantics 22)."""

    rule: str
    when: int
    duration: Duration
    valid: Validity | None


@attrs.frozen(eq=False)
class Held:
    """
    A condition that stands outside the engine: of a stage, a side state or a customer type.

    Attributes:
        id: Whose it is.
        valid: The dates it holds between; `None` for always.
        when: The condition.
        holds: The function that reads it.
    """

    id: str
    valid: Validity | None
    when: Condition
    holds: Callable[[Scope], bool | None]


@attrs.frozen(eq=False)
class Plan:
    """
    One policy, prepared.

    Attributes:
        constants: Defaults that never change, by fact.
        computed: Facts with another default and what gives it, in the order to take them.
        calendar: The id of the policy's calendar.
        currency: The policy's currency.
        defaults: The defaults as they are written.
        amounts: Names of the facts whose given amounts tell the complaint's currency.
        assumable: Names of all facts that take a default, sorted; fields of lists of records apart.
        fields: Defaults of fields, by list of records: bare field and what gives its default.
        happenings: Instants that may not lie in the future, `pauses` and `promises` apart.
        happening_fields: The same for fields of lists of records, by list.
        lengths: Durations that rules give, by target.
        periodic: Targets in whose every period some action returns.
        resolving: Targets met by `resolved_at`.
        timed: Every condition that time alone may turn, once each.
        clocked: Every expression outside conditions whose value time alone may change; those of
            amounts apart.
        priced: The same of each remedy's amount, its own cap, cost and tiers, by remedy.
        moving: How the facts are computed that time alone may change, in order.
        steps: What gives each derived fact, in dependency order; nothing where the package settles
            it itself.
        lists: Names of the facts that are lists of records.
        early: Whether a fact that is needed before settings are chosen has such a default.
        bits: The bit of each given fact that derived facts, stages or types follow from.
        stages: The stages, in order.
        sides: The side states, in order.
        recognised: What tells whether a customer type's signals are there, by type, sorted.
        seasons: Settings by (event date's place among all dates, currency), as they are met.
        dates: Days on which some setting changes, sorted.
        blanks: Complaints of which nothing is given, as they are met (see `blank`).
        starts: Where looks start, likewise.
        forms: Forms of states, likewise (see `forms`).
        told: The same by the order in which the facts are given.
        outcomes: What came of bundles, likewise (see `bundles`).
    """

    constants: Mapping[str, Value]
    computed: tuple[tuple[str, Deriving], ...]
    calendar: str
    currency: str
    defaults: Mapping[str, Expression]
    amounts: tuple[str, ...]
    assumable: tuple[str, ...]
    fields: Mapping[str, tuple[tuple[str, Deriving], ...]]
    happenings: frozenset[str]
    happening_fields: Mapping[str, tuple[str, ...]]
    lengths: Mapping[str, tuple[Length, ...]]
    periodic: frozenset[str]
    resolving: frozenset[str]
    timed: tuple[Condition, ...]
    clocked: tuple[Expression, ...]
    priced: Mapping[str, tuple[Expression, ...]]
    moving: Mapping[str, Derivation]
    steps: tuple[tuple[str, Deriving | None], ...]
    lists: tuple[str, ...]
    early: bool
    bits: Mapping[str, int]
    stages: tuple[Held, ...]
    sides: tuple[Held, ...]
    recognised: tuple[Held, ...]
    seasons: dict[tuple[int, str], Mapping[str, Value]]
    dates: tuple[datetime.date, ...]
    blanks: dict[tuple[str, int, str], Any] = attrs.field(init=False, factory=dict)
    starts: dict[tuple[object, str, int, str], Any] = attrs.field(init=False, factory=dict)
    forms: dict[tuple[frozenset[str], frozenset[str], bool, bool], Any] = attrs.field(
        init=False, factory=dict
    )
    told: dict[tuple[tuple[str, ...], frozenset[str], bool, bool], Any] = attrs.field(
        init=False, factory=dict
    )
    outcomes: dict[tuple[object, ...], Any] = attrs.field(init=False, factory=dict)

    def season(self, day: datetime.date) -> int:
        """Return the place of an event date among the days on which some setting changes."""
        return bisect_right(self.dates, day)


@kept
def plan_of(policy: Policy) -> Plan:
    """Return the plan of a policy; made at the first call and kept as long as the policy."""
    lists = {name for name, fact in policy.facts.items() if fact.kind is Kind.RECORDS}
    own = {name: default for name, default in policy.defaults.items() if not _is_field(name, lists)}
    constants = {
        name: default.value for name, default in own.items() if isinstance(default, Constant)
    }
    known = motions(policy.derivations)
    return Plan(
        constants=constants,  # type: ignore[arg-type]  # the compiler has checked the kinds
        computed=tuple(
            (name, valuing(default)) for name, default in own.items() if name not in constants
        ),
        calendar=policy.calendar,
        currency=policy.currency,
        defaults=policy.defaults,
        amounts=tuple(
            name
            for name, fact in policy.facts.items()
            if fact.kind is Kind.MONEY and name != _FOREIGN
        ),
        assumable=tuple(sorted({*own, *GUESSED})),
        fields=_field_defaults(policy, lists),
        happenings=frozenset(_happenings(policy)),
        happening_fields=_happening_fields(policy, lists),
        lengths=_lengths(policy),
        periodic=frozenset(
            action.repeat.each for action in policy.actions.values() if action.repeat.each
        ),
        resolving=frozenset(
            target.id
            for target in policy.targets.values()
            if RESOLVED_AT in facts_of(target.met_by)
        ),
        timed=tuple(dict.fromkeys(c for c in _conditions(policy) if moves(c, known))),
        clocked=tuple(dict.fromkeys(e for e in _expressions(policy) if moves(e, known))),
        priced=_priced(policy, known),
        moving={name: each for name, each in policy.derivations.items() if known[name].pace},
        steps=tuple(
            (name, deriving(each, policy.facts[name])) for name, each in policy.derivations.items()
        ),
        lists=tuple(sorted(lists)),
        early=any(name in EARLY for name in own if name not in constants),
        bits=bits_of(policy),
        stages=tuple(_held(each.id, each, each.when) for each in policy.stages),
        sides=tuple(_held(each.id, each, each.when) for each in policy.sides),
        recognised=tuple(
            _held(name, each, each.recognise)
            for name, each in sorted(policy.types.items())
            if each.recognise is not None
        ),
        seasons={},
        dates=_dates(policy),
    )


def _held(name: str, item: Stage | CustomerType, when: Condition) -> Held:
    return Held(name, item.valid, when, holding(when))


def _is_field(name: str, lists: set[str]) -> bool:
    owner, dot, _ = name.partition(".")
    return bool(dot) and owner in lists


def _field_defaults(policy: Policy, lists: set[str]) -> dict[str, tuple[tuple[str, Deriving], ...]]:
    found: dict[str, tuple[tuple[str, Deriving], ...]] = {}
    for name, default in policy.defaults.items():
        owner, _, field = name.partition(".")
        if field and owner in lists:
            found[owner] = (*found.get(owner, ()), (field, valuing(default)))
    return found


def _happenings(policy: Policy) -> Iterator[str]:
    """Yield the instants that have happened once they are known (semantics 2, 13)."""
    for name, fact in policy.facts.items():
        if fact.kind is Kind.INSTANT and not fact.derived and _not_yet(policy, name):
            yield name
    yield "received_at"


def _happening_fields(policy: Policy, lists: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {"pauses": ("from", "to"), "promises": ("slipped_at",)}
    for owner in sorted(lists - set(found)):
        fields: Mapping[str, Fact] = policy.facts[owner].fields
        happened = tuple(field for field in fields if _not_yet(policy, f"{owner}.{field}"))
        if happened:
            found[owner] = happened
    return found


def _not_yet(policy: Policy, name: str) -> bool:
    default = policy.defaults.get(name)
    return isinstance(default, Constant) and default.value is NOT_YET


def _lengths(policy: Policy) -> dict[str, tuple[Length, ...]]:
    found: dict[str, tuple[Length, ...]] = {}
    for rule in policy.rules:
        for target, duration in rule.target:
            length = Length(rule.id, rule.when, duration, rule.valid)
            found[target] = (*found.get(target, ()), length)
    return found


# ------------------------------------------------------------------------- time


def _conditions(policy: Policy) -> Iterator[Condition]:
    """Yield every condition by which a decision may turn; derived facts are looked through."""
    yield from policy.conditions
    for stage in (*policy.stages, *policy.sides):
        yield stage.when
    for customer_type in policy.types.values():
        if customer_type.recognise is not None:
            # Its signals are shown: each of its tests counts, not only the whole.
            yield from (each for each in walk(customer_type.recognise) if isinstance(each, Test))
    for remedy in policy.remedies.values():
        if isinstance(remedy.amount, TableOf):
            yield from (row.condition for row in remedy.amount.table.rows)


def _expressions(policy: Policy) -> Iterator[Expression]:
    """Yield every expression outside conditions and derived facts."""
    for target in policy.targets.values():
        yield from (target.start, target.met_by)
    for group in policy.groups.values():
        if group.cap is not None:
            yield group.cap
    for rule in policy.rules:
        yield from (cap for _, cap in rule.cap)
        yield from (due.start for do in rule.do for due in do.due if isinstance(due, DueAfter))
    for action in policy.actions.values():
        yield from (due.start for due in action.due if isinstance(due, DueAfter))
    for remedy in policy.remedies.values():
        yield from (due.start for due in remedy.due if isinstance(due, DueAfter))


def _priced(policy: Policy, known: Mapping[str, Motion]) -> dict[str, tuple[Expression, ...]]:
    found = {
        name: tuple(dict.fromkeys(e for e in _of_amount(remedy) if moves(e, known)))
        for name, remedy in policy.remedies.items()
    }
    return {name: expressions for name, expressions in found.items() if expressions}


def _of_amount(remedy: Remedy) -> Iterator[Expression]:
    """Yield what a remedy's final amount and approver are reckoned from."""
    amount = remedy.amount
    if isinstance(amount, TableOf):
        yield from _outputs(amount)
    elif amount is not None:
        yield amount
    yield from (each for each in (remedy.cap, remedy.cost) if each is not None)
    yield from (tier.up_to for tier in remedy.approval if tier.up_to is not None)


def _outputs(amount: TableOf) -> Iterator[Expression]:
    """Yield every value that a table may give."""
    table, output = amount.table, amount.output
    yield from (row.outputs[output] for row in table.rows)
    if output in table.otherwise:
        yield table.otherwise[output]


def _dates(policy: Policy) -> tuple[datetime.date, ...]:
    """Return the days from which on some setting may have another value."""
    found = set()
    for setting in policy.settings.values():
        for valid, _ in setting.values:
            if valid is not None and valid.first is not None:
                found.add(valid.first)
            if valid is not None and valid.last is not None and valid.last < datetime.date.max:
                found.add(valid.last + datetime.timedelta(days=1))
    return tuple(sorted(found))
