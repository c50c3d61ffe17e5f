"""What combining can know of a policy before any complaint is seen: one `Prepared` for each."""

from __future__ import annotations

import datetime
import functools
import operator
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from complaint_rules.calendar import TZDATA_VERSION
from complaint_rules.conditions import facts_of
from complaint_rules.conditions.tree import Condition, Expression
from complaint_rules.decision.answer.shape import RulesetStamp
from complaint_rules.decision.gathering.asks import learn_by
from complaint_rules.decision.gathering.awaited import Awaited
from complaint_rules.decision.gathering.lineup import Lines
from complaint_rules.decision.gathering.order import Orders
from complaint_rules.decision.gathering.sequences import Sequences
from complaint_rules.decision.gathering.waits import Waiting
from complaint_rules.decision.seeing.kept import kept
from complaint_rules.decision.seeing.plan import plan_of
from complaint_rules.decision.seeing.watched import Watch, watch
from complaint_rules.decision.timing.alone import SameDues
from complaint_rules.engines import Engine
from complaint_rules.policy import Policy, Remedy, Row, Rule, Table, TableOf, Validity
from complaint_rules.source import Span

TOTAL: Final = "total"
"""The key of caps and approvers that stands for every voluntary remedy (semantics 22)."""


@attrs.frozen
class Origin:
    """
    Where an id that reasons name comes from.

    Attributes:
        source: Its sources.
        span: Where it is written.
        facts: Names of the facts it reads, sorted.
        bit: Bit n is set, n being the number of its condition.
    """

    source: tuple[str, ...]
    span: Span | None
    facts: tuple[str, ...]
    bit: int


@attrs.frozen(eq=False)
class Prepared:
    """
    One policy, prepared for combining. It refers to the policy's parts, never to the policy.

    Attributes:
        stamp: Which ruleset decides.
        rule_bits: Bit n is set where condition n belongs to a rule.
        rules_at: Rules by number of their condition, in order.
        dates: Days on which some rule, manner or action begins or ceases to hold, sorted.
        learning: Names of all actions by which a fact is learned.
        owed, voluntary: Remedies by id.
        conflicts: Remedies that cannot stand beside each other, by voluntary remedy: of one
            group, or excluded by either (semantics 30).
        statutory: Ids of statutory remedies.
        paid: Ids and `fits` words of remedies that have an amount.
        origins: By id of rule, row, target and remedy.
        orders: Orders of its actions found before.
        sequences: Its sequences, and which of them fitted before.
        watch: Conditions that time alone may turn.
        offer_bits: Bit n is set where condition n belongs to a voluntary remedy, or opens its
            group.
        owed_bits: Bit n is set where condition n belongs to a remedy that is owed.
        set_from: Days on which some setting changes, sorted.
        awaited: What waits, what it waits for and who learns that.
        lines: What its actions show whenever they are due.
        dues: The due times of its actions: one object for all that have the same.
        lineups: Next actions by what they follow from; see `actions`.
        agendas: What rules bring about by those that are true, those that are unknown and the
            season of the event date; see `agenda`.
        engines: The engines that were built for the policy, by name.
    """

    stamp: RulesetStamp
    rule_bits: int
    rules_at: Mapping[int, tuple[Rule, ...]]
    dates: tuple[datetime.date, ...]
    learning: frozenset[str]
    owed: tuple[Remedy, ...]
    voluntary: tuple[Remedy, ...]
    conflicts: Mapping[str, frozenset[str]]
    statutory: frozenset[str]
    paid: frozenset[str]
    origins: Mapping[str, Origin]
    orders: Orders
    sequences: Sequences
    watch: Watch
    offer_bits: int
    owed_bits: int
    set_from: tuple[datetime.date, ...]
    awaited: Awaited
    lines: Lines = attrs.field(init=False, factory=Lines)
    dues: SameDues = attrs.field(init=False, factory=SameDues)
    lineups: dict[object, Any] = attrs.field(init=False, factory=dict)
    agendas: dict[tuple[int, int, int], Any] = attrs.field(init=False, factory=dict)
    engines: dict[str, Engine] = attrs.field(init=False, factory=dict)
    _waits: dict[str, Waiting] = attrs.field(init=False, factory=dict)

    def waiting(self, policy: Policy, rule: Rule) -> Waiting:
        """Return what a rule waits for when it is unknown; `policy` is the one prepared."""
        known = self._waits.get(rule.id)
        if known is None:
            known = self._waits[rule.id] = Waiting(rule, policy.conditions[rule.when])
        return known


@kept
def prepare(policy: Policy) -> Prepared:
    """Return a policy prepared; made at the first call and kept as long as the policy."""
    rules_at: dict[int, tuple[Rule, ...]] = {}
    for rule in policy.rules:
        rules_at[rule.when] = (*rules_at.get(rule.when, ()), rule)
    remedies = sorted(policy.remedies.values(), key=lambda remedy: remedy.id)
    owed = tuple(remedy for remedy in remedies if remedy.owed)
    voluntary = tuple(remedy for remedy in remedies if not remedy.owed)
    plan = plan_of(policy)
    return Prepared(
        stamp=RulesetStamp(policy.id, policy.edition, policy.fingerprint, TZDATA_VERSION),
        rule_bits=_bits(rules_at),
        rules_at=rules_at,
        dates=_dates(
            each.valid
            for each in (*policy.rules, *policy.manner.values(), *policy.actions.values())
        ),
        learning=frozenset(by for name in policy.facts if (by := learn_by(policy, name))),
        owed=owed,
        voluntary=voluntary,
        conflicts={remedy.id: _conflicts(remedy, remedies) for remedy in voluntary},
        statutory=frozenset(remedy.id for remedy in remedies if remedy.statutory),
        paid=frozenset(
            word
            for remedy in remedies
            if remedy.amount is not None
            for word in (remedy.id, *remedy.fits)
        ),
        origins=dict(_origins(policy)),
        orders=Orders({name: action.after for name, action in policy.actions.items()}),
        sequences=Sequences(policy.sequences),
        watch=watch(plan),
        offer_bits=_bits(
            {remedy.when for remedy in voluntary}
            | {policy.groups[remedy.group].opens for remedy in voluntary if remedy.group}
        ),
        owed_bits=_bits({remedy.when for remedy in owed}),
        set_from=plan.dates,
        awaited=Awaited(frozenset(policy.derivations)),
    )


def _bits(numbers: Iterable[int]) -> int:
    return functools.reduce(operator.or_, (1 << number for number in numbers), 0)


def _dates(validities: Iterator[Validity | None]) -> tuple[datetime.date, ...]:
    found = set()
    for valid in validities:
        if valid is not None and valid.first is not None:
            found.add(valid.first)
        if valid is not None and valid.last is not None and valid.last < datetime.date.max:
            found.add(valid.last + datetime.timedelta(days=1))
    return tuple(sorted(found))


def _conflicts(remedy: Remedy, others: list[Remedy]) -> frozenset[str]:
    return frozenset(
        other.id
        for other in others
        if other.id != remedy.id
        and (
            (remedy.group and other.group == remedy.group)
            or other.id in remedy.excludes
            or remedy.id in other.excludes
        )
    )


# --------------------------------------------------------------------- origins


def _origins(policy: Policy) -> Iterator[tuple[str, Origin]]:
    conditions = policy.conditions
    for rule in policy.rules:
        caps = [cap for _, cap in rule.cap]
        yield (
            rule.id,
            Origin(
                rule.source,
                rule.span,
                _names(conditions[rule.when], *caps),
                1 << rule.when,
            ),
        )
    for target in policy.targets.values():
        when = conditions[target.when]
        facts = _names(when, target.start, target.met_by)
        yield target.id, Origin(target.source, target.span, facts, 1 << target.when)
        if target.table is not None:
            yield from _rows(target.table, ())
    for remedy in policy.remedies.values():
        yield from _remedy_origins(policy, remedy)


def _remedy_origins(policy: Policy, remedy: Remedy) -> Iterator[tuple[str, Origin]]:
    when = policy.conditions[remedy.when]
    read: list[Condition | Expression] = [when]
    read.extend(each for each in (remedy.cap, remedy.cost) if each is not None)
    read.extend(tier.up_to for tier in remedy.approval if tier.up_to is not None)
    if remedy.group:
        read.append(policy.conditions[policy.groups[remedy.group].opens])
    if isinstance(remedy.amount, TableOf):
        yield from _rows(remedy.amount.table, (remedy.amount.output,))
    elif remedy.amount is not None:
        read.append(remedy.amount)
    yield remedy.id, Origin(remedy.source, remedy.span, _names(*read), 1 << remedy.when)


def _rows(table: Table, outputs: tuple[str, ...]) -> Iterator[tuple[str, Origin]]:
    for row in table.rows:
        yield row.id, _row_origin(row, outputs)


def _row_origin(row: Row, outputs: tuple[str, ...]) -> Origin:
    facts = _names(row.condition, *(row.outputs[name] for name in outputs))
    bit = 1 << row.number if row.number >= 0 else 0
    return Origin(row.source, row.span, facts, bit)


def _names(*nodes: Condition | Expression) -> tuple[str, ...]:
    return tuple(sorted(frozenset[str]().union(*(facts_of(node) for node in nodes))))
