"""Targets: points in time by which something must have happened (semantics 16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from complaint_rules.compiler.assign import of_kind
from complaint_rules.compiler.durations import duration
from complaint_rules.compiler.groups import condition
from complaint_rules.compiler.parts import common
from complaint_rules.compiler.tables import Frame, table
from complaint_rules.conditions.tree import Constant
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.policy import Table, Target

if TYPE_CHECKING:
    from complaint_rules.compiler.bench import Bench
    from complaint_rules.compiler.site import Site
    from complaint_rules.model.outputs import TargetModel

_NEVER = Constant(NOT_YET, Kind.INSTANT)


def targets(
    bench: Bench, models: Mapping[str, TargetModel], by_rules: Iterable[str]
) -> dict[str, Target]:
    """
    Return the targets.

    Args:
        bench: What they are compiled on.
        models: The targets as written.
        by_rules: Ids of targets that rules give due times.
    """
    ruled = frozenset(by_rules)
    section = bench.section("targets")
    found = {}
    for name, model in models.items():
        site = bench.item("targets", name, f"target `{name}`")
        if model.due is None and model.table is None and name not in ruled:
            cure = "add `due: …` or a `table`, or let a rule give it one"
            site.warning("target-without-due", "has no due time", cure, at=section.key(name))
        bench.check_ids("calendars", "unknown-calendar", site.child("calendar"))
        found[name] = Target(
            when=bench.number(condition(site.child("when"), bench.scope)),
            start=of_kind(site.at("from"), bench.scope, Kind.INSTANT) or _NEVER,
            met_by=of_kind(site.at("met_by"), bench.scope, Kind.INSTANT) or _NEVER,
            due=duration(site.child("due"), bench.scope),
            opens=duration(site.child("opens"), bench.scope),
            table=_table(bench, site, name),
            pauses=model.pauses,
            calendar=model.calendar,
            **common(name, model, site, bench.dates, section.key(name)),
        )
    return found


def _table(bench: Bench, site: Site, name: str) -> Table | None:
    place = site.child("table")
    if place is None:
        return None
    due = Fact("", Kind.DURATION)
    found = table(place, bench.scope, Frame(name, due, bench.dates, column="due", due=True))
    return bench.numbered(found)
