"""A condition as written (tests and groups, semantics 10) as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from complaint_rules.compiler.contradictions import judge
from complaint_rules.compiler.tests import cell
from complaint_rules.conditions.tree import All, Any, AtLeast, Condition, Not, Truth
from complaint_rules.document import Mapping, Scalar
from complaint_rules.facts import Kind

if TYPE_CHECKING:
    from complaint_rules.compiler.scope import Scope
    from complaint_rules.compiler.site import Site

ALWAYS: Final = Truth()
_DEEPEST: Final = 30
_GROUPS: Final = ("all", "any", "none", "not", "at_least")


def condition(site: Site | None, scope: Scope) -> Condition:
    """
    Return the condition written at `site`.

    What is missing, or ``always``, always holds. Faults are reported, and what they stand in
    says nothing.

    Args:
        site: The value of a ``when``, ``where``, ``recognise`` or ``opens``.
        scope: What names mean.
    """
    return ALWAYS if site is None else _group(site, scope, 0)


def _group(site: Site, scope: Scope, depth: int) -> Condition:
    if depth > _DEEPEST:
        site.error(
            "condition-too-deep",
            f"nests conditions more than {_DEEPEST} deep",
            "give parts of it names: derive a yes_no fact for each",
        )
        return ALWAYS
    if not isinstance(site.node, Mapping):
        return ALWAYS
    parts = [_part(name, site, child, scope, depth + 1) for name, child in site.entries()]
    whole = together(parts)
    judge(whole, site, scope)
    return whole


def _part(name: str, group: Site, site: Site, scope: Scope, depth: int) -> Condition:
    if name not in _GROUPS:
        return test(name, group, site, scope)
    if name == "not":
        return negation(_group(site, scope, depth))
    if name == "at_least":
        members = _members(site.at("of"), scope, depth)
        return _at_least(site, members)
    members = _members(site, scope, depth)
    if name == "all":
        whole = together(members)
        judge(whole, site, scope)
        return whole
    either = members[0] if len(members) == 1 else Any(tuple(members))
    return either if name == "any" else negation(either)


def _members(site: Site, scope: Scope, depth: int) -> list[Condition]:
    return [_group(item, scope, depth) for item in site.items()]


def _at_least(site: Site, members: list[Condition]) -> Condition:
    node = site.at("n").node
    n = int(node.text) if isinstance(node, Scalar) and node.text.isdecimal() else 1
    if n > len(members):
        site.error(
            "impossible-count",
            f"asks for at least {n} of {len(members)} conditions",
            f"write a number from 1 to {len(members)}",
            at=site.at("n").span,
        )
    return AtLeast(n, tuple(members))


def test(name: str, group: Site, site: Site, scope: Scope) -> Condition:
    """
    Return what the cell at `site` says of the fact `name`.

    Args:
        name: The key, a fact's name; inside a ``where`` the name of a record's field.
        group: What the key stands in.
        site: The cell.
        scope: What names mean.
    """
    fact = scope.testable(name)
    if fact is not None:
        return cell(site, scope, fact)
    at = group.key(name)
    if scope.fields is not None:
        group.unknown("unknown-field", name, scope.fields, verb="tests", at=at)
    elif not scope.is_broken(name):
        _unknown_fact(name, group, scope)
    return ALWAYS


def _unknown_fact(name: str, group: Site, scope: Scope) -> None:
    record = scope.facts.get(name.partition(".")[0])
    at = group.key(name)
    if "." in name and record is not None and record.kind is Kind.RECORD:
        verb = f"tests, of `{record.name}`,"
        field = name.partition(".")[2]
        group.unknown("unknown-field", field, record.fields, verb=verb, at=at)
    elif name in scope.settings:
        group.error(
            "unknown-fact",
            f"tests `{name}`, which is a setting",
            f"settings are compared with, not tested: `SOME_FACT: '>= {name}'`",
            "a setting",
            at,
        )
    else:
        testable = [n for n, f in scope.facts.items() if f.kind not in (Kind.RECORD, Kind.RECORDS)]
        group.unknown(
            "unknown-fact",
            name,
            sorted(testable),
            verb="tests",
            at=at,
        )


def together(parts: list[Condition]) -> Condition:
    """Return that all parts hold; what always holds is left out."""
    flat: list[Condition] = []
    for part in parts:
        flat += part.items if isinstance(part, All) else (part,)
    kept = list(dict.fromkeys(part for part in flat if part != ALWAYS))
    if not kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def negation(condition: Condition) -> Condition:
    """Return that a condition does not hold."""
    if isinstance(condition, Not):
        return condition.item
    if isinstance(condition, Truth):
        return Truth(not condition.value)
    return Not(condition)
