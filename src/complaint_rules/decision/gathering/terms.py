"""
On what terms voluntary remedies are offered, as far as no complaint has a say in it.

Most caps and bounds of approval are settings or constants. They are reckoned and rounded once for a
set of fired rules, a season of settings and a currency; what a complaint's facts decide is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

import attrs

from complaint_rules.conditions.tree import Constant, Expression, SettingValue
from complaint_rules.decision.answer.shape import Choice
from complaint_rules.decision.gathering.combine import Combined, Ids
from complaint_rules.decision.gathering.prepared import TOTAL, Prepared
from complaint_rules.exactly import Exact, short
from complaint_rules.facts import Value
from complaint_rules.money import Money, round_down
from complaint_rules.policy import Policy, Remedy

GOODWILL: Final = "goodwill"
"""The group whose remedies come after the fix and are listed apart."""

Capping: TypeAlias = tuple[str, Expression]
"""A cap and the rule that sets it, which is empty where a remedy or its group does."""


@attrs.frozen(eq=False)
class Caps:
    """
    Several caps of which the smallest binds.

    Attributes:
        least: The smallest of those that are the same for every complaint, rounded down; `None`
            where there is none of them.
        money: The same as money.
        rules: The rules that set it, sorted.
        as_amount: A further cap is the very formula of the amount.
        others: All other caps.
    """

    least: Decimal | None
    money: Money | None
    rules: Ids
    as_amount: bool
    others: tuple[Capping, ...]


@attrs.frozen(eq=False)
class Tier:
    """One step of an approval: whom it asks for, up to a bound or, without one, for the rest."""

    by: str
    bound: Exact | None
    formula: Expression | None
    """What gives the bound, where complaints differ in it."""


@attrs.frozen(eq=False)
class Terms:
    """
    What is known of one voluntary remedy.

    Attributes:
        remedy: The remedy.
        goodwill: It belongs to `GOODWILL`.
        caps: Its own cap, its group's, and those of true rules.
        tiers: Who approves it, by amount.
        highest: Who approves what is past all tiers.
        named: Those names for which true rules name an approver: its own, its group's, `TOTAL`.
        conflicts: Remedies that it cannot stand beside.
        alone: Its id alone: whose rules have a say in its amount, where no others do.
        told: Choices of it where it costs no money, by whether it fits and what it excludes; `None`
            where facts have a say in who approves it.
    """

    remedy: Remedy
    goodwill: bool
    caps: Caps
    tiers: tuple[Tier, ...]
    highest: str
    named: Ids
    conflicts: frozenset[str]
    alone: Ids
    told: dict[tuple[bool | None, Ids], Choice] | None


@attrs.frozen(eq=False)
class Tariff:
    """
    The terms of all voluntary remedies.

    Attributes:
        currency: The currency they are offered in.
        decimals: The decimals of amounts in it.
        total: Caps on all of them together.
        terms: By remedy, as they are asked for.
    """

    currency: str
    decimals: int
    total: Caps
    terms: dict[str, Terms] = attrs.field(init=False, factory=dict)


def make_tariff(
    policy: Policy, combined: Combined, settings: Mapping[str, Value], currency: str
) -> Tariff:
    """
    Return the terms of voluntary remedies, none of them asked for yet.

    Args:
        policy: The policy.
        combined: What fired rules bring about.
        settings: Settings by name.
        currency: The currency amounts are decided in.
    """
    decimals = policy.decimals_of(currency)
    total = _caps(combined.caps.get(TOTAL, ()), None, settings, currency, decimals)
    return Tariff(currency, decimals, total)


def make_terms(
    tariff: Tariff,
    remedy: Remedy,
    policy: Policy,
    prepared: Prepared,
    combined: Combined,
    settings: Mapping[str, Value],
) -> Terms:
    """Return the terms of one remedy of a tariff that was made of the same."""
    names = [name for name in (remedy.id, remedy.group, TOTAL) if name]
    tiers = tuple(
        Tier(each.by, None, None)
        if each.up_to is None
        else _tier(each.by, each.up_to, settings, tariff.currency)
        for each in remedy.approval
    )
    return Terms(
        remedy,
        remedy.group == GOODWILL,
        _caps(
            _cappings(remedy, policy, combined, names),
            remedy,
            settings,
            tariff.currency,
            tariff.decimals,
        ),
        tiers,
        _highest(remedy, policy.approvals),
        tuple(name for name in names if name in combined.approvers),
        prepared.conflicts[remedy.id],
        (remedy.id,),
        None if any(each.formula for each in tiers) else {},
    )


def _highest(remedy: Remedy, approvals: Ids) -> str:
    """Return who approves past all tiers; without tiers the role that stands for nobody."""
    if remedy.approval:
        return remedy.approval[-1].by
    return approvals[0] if approvals else ""


def _tier(by: str, up_to: Expression, settings: Mapping[str, Value], currency: str) -> Tier:
    bound = _settled(up_to, settings, currency)
    return Tier(by, bound, up_to if bound is None else None)


def _cappings(
    remedy: Remedy, policy: Policy, combined: Combined, names: Iterable[str]
) -> Iterator[Capping]:
    own = (remedy.cap, policy.groups[remedy.group].cap if remedy.group else None)
    yield from (("", cap) for cap in own if cap is not None)
    for name in names:
        yield from combined.caps.get(name, ())


def _caps(
    cappings: Iterable[Capping],
    remedy: Remedy | None,
    settings: Mapping[str, Value],
    currency: str,
    decimals: int,
) -> Caps:
    least: Decimal | None = None
    rules: list[str] = []
    as_amount = False
    others: list[Capping] = []
    for rule, formula in cappings:
        value = _settled(formula, settings, currency)
        bound = None if value is None else round_down(max(value, Decimal(0)), decimals)
        if bound is None:
            if not rule and remedy is not None and formula == remedy.amount:
                as_amount = True
            else:
                others.append((rule, formula))
            continue
        if least is None or bound < least:
            least, rules = bound, []
        if rule and bound == least:
            rules.append(rule)
    money = None if least is None else Money(least, currency)
    return Caps(least, money, tuple(sorted(set(rules))), as_amount, tuple(others))


def _settled(formula: Expression, settings: Mapping[str, Value], currency: str) -> Decimal | None:
    """Return an amount that is the same for every complaint; `None` for any other."""
    value: object = None
    if isinstance(formula, Constant):
        value = formula.value
    elif isinstance(formula, SettingValue):
        value = settings.get(formula.name)
    if not isinstance(value, Money) or (value.amount and value.currency != currency):
        return None
    return short(value.amount)
