"""Voluntary remedies that may be offered, before their amounts share the room (semantics 29)."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from typing import Final, TypeAlias

import attrs

from complaint_rules.decision.answer.shape import Withheld
from complaint_rules.decision.gathering.agenda import Screened
from complaint_rules.decision.gathering.combine import Ids
from complaint_rules.decision.gathering.scene import Scene
from complaint_rules.decision.gathering.terms import Caps, Tariff, Terms, make_tariff, make_terms
from complaint_rules.decision.remedies.amounts import (
    ZERO,
    amount_of,
    at_least_nothing,
    converted,
    in_currency,
)
from complaint_rules.decision.remedies.screening import ABSENT, screened_out, waiting_for
from complaint_rules.exactly import Exact
from complaint_rules.money import round_down
from complaint_rules.policy import Remedy, TableOf

Rank: TypeAlias = tuple[bool, bool, bool, Exact, str]
"""Goodwill last; what fits the demand first, then what costs least, then by id (semantics 31)."""


@attrs.define(eq=False)
class Offer:
    """
    A remedy that may be offered, as far as the remedy itself and rules say.

    Attributes:
        terms: The remedy, and on what terms it is offered.
        amount: Exact, after its caps; `None` where it costs no money.
        cap: The smallest of its caps, rounded down; `None` where there is none.
        fits: Whether it answers the customer's demand; `None` where the demand is unknown.
        rank: Its place among others.
        rules: What has a say in its amount.
    """

    terms: Terms
    amount: Exact | None
    cap: Decimal | None
    fits: bool | None
    rank: Rank
    rules: Ids


_MOST_KEPT: Final = 64


def offers(scene: Scene, screened: Screened, tariff: Tariff) -> tuple[list[Offer], list[Withheld]]:
    """Return the voluntary remedies that pass all tests of their own, and those that do not yet."""
    withheld = list(screened.withheld)
    priced = list(screened.priced)
    for remedy in screened.hanging:
        refused = screened_out(scene, remedy) if scene.valid(remedy) else ABSENT
        if refused is None:
            priced.append(remedy)
        elif refused is not ABSENT:
            withheld.append(refused)
    passed: list[Offer] = []
    demand = scene.situation.values.get("demand.kinds")
    kinds = demand if isinstance(demand, frozenset) else None
    for remedy in priced:
        terms = tariff.terms.get(remedy.id) or _terms(scene, tariff, remedy)
        found = _priced(scene, tariff, terms, kinds)
        if isinstance(found, Offer):
            passed.append(found)
        else:
            withheld.append(found)
    return passed, withheld


def tariff_of(scene: Scene) -> Tariff:
    """Return on what terms remedies are offered; made once for all that it follows from."""
    situation, kept = scene.situation, scene.agenda.tariffs
    key = (bisect_right(scene.prepared.set_from, situation.event_date), situation.currency)
    known = kept.get(key)
    if known is None:
        known = make_tariff(scene.policy, scene.combined, situation.settings, situation.currency)
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = known
    return known


def _terms(scene: Scene, tariff: Tariff, remedy: Remedy) -> Terms:
    settings = scene.situation.settings
    made = make_terms(tariff, remedy, scene.policy, scene.prepared, scene.combined, settings)
    tariff.terms[remedy.id] = made
    return made


def _priced(
    scene: Scene, tariff: Tariff, terms: Terms, demand: frozenset[str] | None
) -> Offer | Withheld:
    """Return a remedy with its amount after its own and all rules' caps."""
    remedy, rules = terms.remedy, terms.alone
    name, formula = remedy.id, remedy.amount
    scene.priced.add(name)
    amount: Exact | None = None
    cap: Decimal | None = None
    if formula is not None:
        rows: Ids = ()
        if isinstance(formula, TableOf):
            found = amount_of(scene, remedy, formula)
            amount, waiting, rows = converted(scene, found, name), found.waiting, found.rows
        else:
            amount, waiting = in_currency(scene, formula, name)
        if amount is None:
            return waiting_for(remedy, scene.wait(name, waiting))
        cap, capping, unknown = smallest(scene, terms.caps, name, tariff.decimals, amount)
        if unknown is not None:
            return waiting_for(remedy, scene.wait(name, unknown))
        if cap is not None and cap < amount:
            amount = cap
        amount = at_least_nothing(amount)
        if rows or capping:
            rules = tuple(sorted({name, *rows, *capping}))
    cost = amount or ZERO if remedy.cost is None else in_currency(scene, remedy.cost, name)[0]
    fits = None if demand is None else name in demand or not demand.isdisjoint(remedy.fits)
    rank = (terms.goodwill, fits is not True, cost is None, cost or ZERO, name)
    return Offer(terms, amount, cap, fits, rank, rules)


def smallest(
    scene: Scene, caps: Caps, item: str, decimals: int, amount: Exact = ZERO
) -> tuple[Decimal | None, Ids, frozenset[str] | None]:
    """
    Return the smallest of several caps that is known, rounded down, and the rules that set it.

    The third is what the unknown ones wait for; `None` where all are known.

    Args:
        scene: The decision under way.
        caps: The caps.
        item: The remedy they belong to, or what stands for all.
        decimals: Decimals that caps are rounded down to.
        amount: What the remedy comes to.
    """
    least, rules = caps.least, caps.rules
    if caps.as_amount:
        bound = round_down(at_least_nothing(amount), decimals)
        if least is None or bound < least:
            least, rules = bound, ()
    if not caps.others:
        return least, rules, None
    unknown: frozenset[str] | None = None
    named = list(rules)
    for rule, formula in caps.others:
        value, facts = in_currency(scene, formula, rule or item)
        if value is None:
            unknown = facts if unknown is None else unknown | facts
            continue
        bound = round_down(at_least_nothing(value), decimals)
        if least is None or bound < least:
            least, named = bound, []
        if rule and bound == least:
            named.append(rule)
    return least, tuple(sorted(set(named))), unknown
