"""Remedies, their approvals, and the groups they stand in (semantics 28 to 33)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from complaint_rules.compiler.amounts import not_negative
from complaint_rules.compiler.assign import of_kind
from complaint_rules.compiler.dues import dues
from complaint_rules.compiler.groups import ALWAYS, condition
from complaint_rules.compiler.parts import common, guidance
from complaint_rules.compiler.tables import Frame, table
from complaint_rules.conditions.tree import Constant, Expression
from complaint_rules.facts import Fact, Kind
from complaint_rules.money import Money
from complaint_rules.policy import Group, Remedy, TableOf, Tier

if TYPE_CHECKING:
    from complaint_rules.compiler.bench import Bench
    from complaint_rules.compiler.site import Site
    from complaint_rules.model.outputs import GroupModel, RemedyModel

GOODWILL: Final = "goodwill"
_SUM: Final = "C+"
"""The hit policy by which rows may take from one another."""
_LIMITS: Final = ("cap", "group", "approval")


def groups(
    bench: Bench, models: Mapping[str, GroupModel], used: frozenset[str]
) -> dict[str, Group]:
    """
    Return the groups; `goodwill` is there wherever a remedy stands in it.

    Args:
        bench: What they are compiled on.
        models: The groups as written.
        used: The groups that remedies name.
    """
    found = {}
    section = bench.section("groups")
    for name, model in models.items():
        site = bench.item("groups", name, f"group `{name}`")
        found[name] = Group(
            opens=bench.number(condition(site.child("opens"), bench.scope)),
            cap=_money(bench, site.child("cap")),
            **common(name, model, site, bench.dates, section.key(name)),
        )
    if GOODWILL in used and GOODWILL not in found:
        found[GOODWILL] = Group(id=GOODWILL, opens=bench.number(ALWAYS))
    return found


def remedies(bench: Bench, models: Mapping[str, RemedyModel]) -> dict[str, Remedy]:
    """Return the remedies."""
    section = bench.section("remedies")
    found = {}
    for name, model in models.items():
        site = bench.item("remedies", name, f"remedy `{name}`")
        if model.owed:
            _unlimited(site)
        if model.group != GOODWILL:
            bench.check_ids("groups", "unknown-group", site.child("group"))
        _check_excludes(bench, site, name)
        found[name] = Remedy(
            when=bench.number(condition(site.child("when"), bench.scope)),
            amount=_amount(bench, site.child("amount"), name),
            cap=_money(bench, site.child("cap")),
            approval=_approval(bench, site.child("approval")),
            group=model.group or "",
            excludes=tuple(model.excludes),
            fits=frozenset(model.fits),
            owed=model.owed,
            statutory=model.statutory,
            voucher=model.voucher,
            due=dues(site.child("due"), bench.scope),
            cost=_money(bench, site.child("cost")),
            guidance=guidance(model.guidance),
            **common(name, model, site, bench.dates, section.key(name)),
        )
    return found


def _money(bench: Bench, site: Site | None) -> Expression | None:
    if site is None:
        return None
    amount = of_kind(site, bench.scope, Kind.MONEY)
    not_negative(site, amount)
    return amount


def _amount(bench: Bench, site: Site | None, name: str) -> Expression | TableOf | None:
    place = None if site is None else site.child("table")
    if place is None:
        return _money(bench, site)
    frame = Frame(name, Fact("", Kind.MONEY), bench.dates, column="amount")
    found = bench.numbered(table(place, bench.scope, frame))
    output = frame.output(found)
    if found.hit != _SUM:
        for outputs in (*(row.outputs for row in found.rows), found.otherwise):
            not_negative(place, outputs.get(output))
    return TableOf(found, output)


def _unlimited(site: Site) -> None:
    for key in _LIMITS:
        if site.child(key) is not None:
            message = f"is owed, and has `{key}`: what is owed is cut, approved or chosen by nobody"
            site.error("owed-limited", message, f"take out `{key}` or `owed`", at=site.key(key))


def _check_excludes(bench: Bench, site: Site, name: str) -> None:
    place = site.child("excludes")
    bench.check_ids("remedies", "unknown-remedy", place)
    for item in place.items() if place is not None else ():
        if item.text.strip() == name:
            item.error("excludes-itself", "excludes itself", "take it out of the list")


def _approval(bench: Bench, site: Site | None) -> tuple[Tier, ...]:
    if site is None:
        return ()
    tiers = []
    for item in site.items():
        _check_role(bench, item.at("by"))
        limit = item.child("up_to")
        amount = _money(bench, limit)
        if limit is None or amount is not None:
            tiers.append(Tier(item.at("by").text.strip(), amount))
    if _rising(site, tuple(tiers)):
        _check_roles(site, tuple(tiers), bench.scope.roles)
    return tuple(tiers)


def _check_role(bench: Bench, site: Site) -> None:
    role = site.text.strip()
    if role not in bench.scope.roles:
        site.unknown("unknown-role", role, bench.scope.roles)


def _rising(site: Site, tiers: tuple[Tier, ...]) -> bool:
    """Return whether the amounts of tiers rise; tell of all that is wrong with them."""
    items = site.items()
    if items[-1].child("up_to") is not None:
        message = "has no approver for amounts above the last tier"
        items[-1].error("approval-gap", message, "end with a tier that has no `up_to`")
    for item in items[:-1]:
        if item.child("up_to") is None:
            message = "has a tier without `up_to` before the last, so later ones are never reached"
            item.error("approval-order", message, "give it an `up_to`, or put it last")
    limits = [t.up_to.value for t in tiers if isinstance(t.up_to, Constant)]
    amounts = [value for value in limits if isinstance(value, Money)]
    for first, second in itertools.pairwise(amounts):
        if first.currency == second.currency and first.amount >= second.amount:
            message = "has approval tiers that do not rise"
            site.error("approval-order", message, "put the lowest `up_to` first")
            return False
    return True


def _check_roles(site: Site, tiers: tuple[Tier, ...], roles: tuple[str, ...]) -> None:
    """Check that who approves more stands no lower than who approves less."""
    known = [tier.by for tier in tiers if tier.by in roles]
    for less, more in itertools.pairwise(known):
        if roles.index(more) < roles.index(less):
            message = f"lets `{more}` approve more than `{less}`, who stands above"
            cure = "let who stands later in `approvals` approve more"
            site.error("approval-falls", message, cure)
            return
