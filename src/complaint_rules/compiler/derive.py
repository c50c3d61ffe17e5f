"""How a fact is derived, and what it takes where it is missing (semantics 1 to 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.compiler.assign import for_fact
from complaint_rules.compiler.groups import condition
from complaint_rules.compiler.kinds import CALLED
from complaint_rules.compiler.tables import Frame, table
from complaint_rules.conditions.tree import Constant, Expression
from complaint_rules.document import Mapping, Sequence
from complaint_rules.facts import Fact, Kind
from complaint_rules.policy import (
    Derivation,
    FirstOf,
    Formula,
    OverRecords,
    TableOf,
    TruthOf,
    Validity,
)

if TYPE_CHECKING:
    from complaint_rules.compiler.scope import Scope
    from complaint_rules.compiler.site import Site

_MOMENTS = frozenset({Kind.INSTANT})


def default(site: Site, scope: Scope, fact: Fact) -> Expression | None:
    """
    Return what a fact takes where it is missing; None after its faults were reported.

    Args:
        site: The value of ``default``.
        scope: What names mean.
        fact: The fact.
    """
    if fact.kind is Kind.RECORDS:
        if isinstance(site.node, Sequence) and not site.node.items:
            return Constant((), Kind.RECORDS)
        site.error("wrong-kind", "has a default that is no list", "records default to `[]` only")
        return None
    if fact.kind is Kind.RECORD:
        site.error("wrong-kind", "is a record with a default", "give its fields their defaults")
        return None
    return for_fact(site, scope, fact)


def derivation(site: Site, scope: Scope, fact: Fact, dates: Validity | None) -> Derivation | None:
    """
    Return how a fact is derived; None after its faults were reported.

    Args:
        site: The value of ``derive``.
        scope: What names mean.
        fact: The fact.
        dates: The dates that hold for rows without their own.
    """
    if not isinstance(site.node, Mapping):
        expression = for_fact(site, scope, fact)
        return None if expression is None else Formula(expression)
    keys = site.node.entries
    if "first" in keys:
        return _first(site, scope, fact)
    if "table" in keys:
        frame = Frame(fact.name, fact, dates, column=fact.name.rpartition(".")[2])
        found = table(site.at("table"), scope, frame)
        return TableOf(found, frame.output(found))
    for how in ("count", "earliest", "latest"):
        if how in keys:
            return _over(site, scope, fact, how)
    if not _gives(site, fact, Kind.YES_NO, "a condition"):
        return None
    return TruthOf(condition(site.child("when"), scope))


def _first(site: Site, scope: Scope, fact: Fact) -> FirstOf | None:
    cases = []
    for case in site.at("first").items():
        when = condition(case.child("when"), scope)
        value = for_fact(case.at("is"), scope, fact)
        if value is not None:
            cases.append((when, value))
    otherwise = for_fact(site.at("else"), scope, fact)
    return None if otherwise is None else FirstOf(tuple(cases), otherwise)


def _over(site: Site, scope: Scope, fact: Fact, how: str) -> OverRecords | None:
    key = "count" if how == "count" else "of"
    place = site.at(key)
    name = place.text.strip()
    records = scope.facts.get(name)
    if records is None or records.kind is not Kind.RECORDS:
        _no_records(place, scope, name, records)
        return None
    gives = Kind.COUNT if how == "count" else Kind.INSTANT
    if not _gives(site, fact, gives, f"`{how}`"):
        return None
    field = "" if how == "count" else _field(site.at(how), records)
    where = condition(site.child("where"), scope.within(records.fields))
    return None if field is None else OverRecords(how, name, field, where)


def _no_records(site: Site, scope: Scope, name: str, found: Fact | None) -> None:
    if found is not None:
        message = f"goes over `{name}`, which is {CALLED[found.kind]}"
        site.error("wrong-kind", message, "name a fact of kind records")
    elif not scope.is_broken(name):
        known = sorted(n for n, f in scope.facts.items() if f.kind is Kind.RECORDS)
        site.unknown("unknown-fact", name, known, verb="goes over")


def _field(site: Site, records: Fact) -> str | None:
    name = site.text.strip()
    field = records.fields.get(name)
    if field is None:
        site.unknown("unknown-field", name, records.fields, verb=f"takes, of `{records.name}`,")
        return None
    if field.kind not in _MOMENTS:
        message = f"takes the earliest or latest of `{name}`, which is {CALLED[field.kind]}"
        site.error("wrong-kind", message, "name a field that is an instant")
        return None
    return name


def _gives(site: Site, fact: Fact, kind: Kind, what: str) -> bool:
    """Return whether a derivation that gives a value of `kind` suits the fact; tell if not."""
    if fact.kind is kind or (kind is Kind.COUNT and fact.kind is Kind.NUMBER):
        return True
    message = f"is {CALLED[fact.kind]}, but {what} gives {CALLED[kind]}"
    site.error("wrong-kind", message, f"declare it with `kind: {kind.value}`")
    return False
