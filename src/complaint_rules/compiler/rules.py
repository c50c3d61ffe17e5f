"""Rules: a condition, and all that it brings about (semantics 22)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from complaint_rules.compiler.amounts import not_negative
from complaint_rules.compiler.assign import of_kind
from complaint_rules.compiler.bench import refuse_conduct
from complaint_rules.compiler.dues import dues
from complaint_rules.compiler.durations import duration
from complaint_rules.compiler.groups import condition
from complaint_rules.compiler.parts import common
from complaint_rules.compiler.remedies import GOODWILL
from complaint_rules.facts import Kind
from complaint_rules.policy import Do, Remedy, Rule

if TYPE_CHECKING:
    from complaint_rules.calendar import Duration
    from complaint_rules.compiler.bench import Bench
    from complaint_rules.compiler.site import Site
    from complaint_rules.conditions.tree import Expression
    from complaint_rules.model.outputs import RuleModel
    from complaint_rules.source import Span

TOTAL = "total"


def rules(
    bench: Bench, models: Iterable[RuleModel], remedies: Mapping[str, Remedy]
) -> tuple[Rule, ...]:
    """Return the rules, in the order written."""
    return tuple(_rule(bench, index, model, remedies) for index, model in enumerate(models))


def _rule(bench: Bench, index: int, model: RuleModel, remedies: Mapping[str, Remedy]) -> Rule:
    site = bench.item("rules", index, f"rule `{model.id}`")
    then = site.at("then")
    if not any(part for _, part in model.then):
        cure = "add `do`, `never`, `target`, `manner`, `cap`, `withhold`, `approver` or `escalate`"
        site.error("empty-rule", "brings about nothing", cure, at=site.key("then"))
    bench.check_ids("manner", "unknown-manner", then.child("manner"))
    bench.check_ids("manner", "unknown-manner", then.child("mute"))
    known = bench.scope.ids["actions"]
    for item in _items(then, "never"):
        if item.text.strip() not in known:
            item.unknown("unknown-action", item.text.strip(), known, verb="forbids")
    return Rule(
        when=bench.number(condition(site.child("when"), bench.scope)),
        do=tuple(_do(bench, item) for item in _items(then, "do")),
        never=tuple(model.then.never),
        target=tuple(_targets(bench, then)),
        manner=tuple(model.then.manner),
        mute=tuple(model.then.mute),
        cap=tuple(_caps(bench, then, remedies)),
        withhold=tuple(_withhold(bench, then, remedies)),
        approver=tuple(_approvers(bench, then, remedies)),
        escalate=tuple(model.then.escalate),
        **common(model.id, model, site, bench.dates, site.at("id").span),
    )


def _items(then: Site, key: str) -> tuple[Site, ...]:
    site = then.child(key)
    return () if site is None else site.items()


def _keyed(then: Site, key: str) -> Iterator[tuple[Site, str, Site]]:
    """Yield a mapping of a `then` with each of its keys and values."""
    site = then.child(key)
    if site is not None:
        for name, cell in site.entries():
            yield site, name, cell


def _do(bench: Bench, site: Site) -> Do:
    named = site.child("action") or site
    action = named.text.strip()
    if action not in bench.scope.ids["actions"]:
        named.unknown("unknown-action", action, bench.scope.ids["actions"], verb="does")
    elif action in bench.scope.conduct:
        refuse_conduct(named, action)
    return Do(action, dues(site.child("due"), bench.scope))


def _targets(bench: Bench, then: Site) -> Iterable[tuple[str, Duration]]:
    for site, name, cell in _keyed(then, "target"):
        if name not in bench.scope.ids["targets"]:
            site.unknown("unknown-target", name, bench.scope.ids["targets"], at=site.key(name))
        length = duration(cell, bench.scope)
        if length is not None:
            yield name, length


def _caps(
    bench: Bench, then: Site, remedies: Mapping[str, Remedy]
) -> Iterable[tuple[str, Expression]]:
    for site, name, cell in _keyed(then, "cap"):
        amount = of_kind(cell, bench.scope, Kind.MONEY)
        _check_line(bench, site, name, "caps")
        _check_owed(site, name, remedies, "caps", site.key(name))
        if amount is not None:
            not_negative(cell, amount)
            yield name, amount


def _approvers(
    bench: Bench, then: Site, remedies: Mapping[str, Remedy]
) -> Iterable[tuple[str, str]]:
    for site, name, cell in _keyed(then, "approver"):
        role = cell.text.strip()
        if role not in bench.scope.roles:
            cell.unknown("unknown-role", role, bench.scope.roles)
        # An action may need an approver, too; a remedy or group of that name goes before it.
        if name not in bench.scope.ids["actions"]:
            _check_line(bench, site, name, "names an approver for")
        _check_owed(site, name, remedies, "names an approver for", site.key(name))
        yield name, role


def _check_line(bench: Bench, site: Site, name: str, verb: str) -> None:
    """Check the key of a cap or approver: a remedy, a group or `total`."""
    ids = bench.scope.ids
    if name not in ids["remedies"] and name not in (*ids["groups"], GOODWILL, TOTAL):
        known = [*sorted(ids["remedies"]), *sorted(ids["groups"]), TOTAL]
        site.unknown("unknown-remedy", name, known, verb=verb, at=site.key(name))


def _check_owed(site: Site, name: str, remedies: Mapping[str, Remedy], verb: str, at: Span) -> None:
    remedy = remedies.get(name)
    if remedy is not None and remedy.owed:
        message = f"{verb} `{name}`, which is owed: no rule touches it"
        site.error(
            "owed-limited", message, "take it out of the rule, or `owed` from the remedy", at=at
        )


def _withhold(bench: Bench, then: Site, remedies: Mapping[str, Remedy]) -> Iterable[str]:
    """Yield the remedies withheld; a group stands for those in it, `total` for all."""
    ids, seen = bench.scope.ids, set()
    for item in _items(then, "withhold"):
        name = item.text.strip()
        voluntary = [r for r in remedies.values() if not r.owed]
        if name in ids["remedies"]:
            _check_owed(item, name, remedies, "withholds", item.span)
            found = [name]
        elif name in (*ids["groups"], GOODWILL, TOTAL):
            found = [r.id for r in voluntary if name in (r.group, TOTAL)]
        else:
            known = [*sorted(ids["remedies"]), *sorted(ids["groups"]), TOTAL]
            item.unknown("unknown-remedy", name, known, verb="withholds")
            continue
        for each in found:
            if each not in seen:
                seen.add(each)
                yield each
