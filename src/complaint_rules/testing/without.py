"""A policy without one of its items: what shows that a scenario depends on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import attrs

from complaint_rules.conditions.derived import Row, Table, TableOf
from complaint_rules.conditions.tree import Truth
from complaint_rules.policy import Item, Policy

SECTIONS: Final = (
    "rules",
    "rows",
    "targets",
    "remedies",
    "manner",
    "actions",
    "types",
    "sequences",
    "stages",
    "sides",
    "groups",
)
"""The parts of a ruleset whose items can be taken out."""


def carriers(policy: Policy) -> Iterator[tuple[str, Item | Row]]:
    """Yield every item that may carry a source, with its section; a table's rows apart."""
    yield from (("rules", each) for each in policy.rules)
    for table in _tables(policy):
        yield from (("rows", row) for row in table.rows)
    yield from (("targets", each) for each in policy.targets.values())
    yield from (("remedies", each) for each in policy.remedies.values())
    yield from (("manner", each) for each in policy.manner.values())
    yield from (("actions", each) for each in policy.actions.values())
    yield from (("types", each) for each in policy.types.values())
    yield from (("sequences", each) for each in policy.sequences)
    yield from (("stages", each) for each in policy.stages)
    yield from (("sides", each) for each in policy.sides)
    yield from (("groups", each) for each in policy.groups.values())


def _tables(policy: Policy) -> Iterator[Table]:
    yield from (each.table for each in policy.targets.values() if each.table is not None)
    for remedy in policy.remedies.values():
        if isinstance(remedy.amount, TableOf):
            yield remedy.amount.table
    for derivation in policy.derivations.values():
        if isinstance(derivation, TableOf):
            yield derivation.table


def without(policy: Policy, section: str, name: str) -> Policy:
    """
    Return a policy with one item switched off; everything else stands as it did.

    A rule, row, target, remedy, stage or sequence never holds any more; an action, forbidden or
    asked for, and a manner are named by no rule; a type is recognised by nothing and applied to
    nobody by itself; a group never opens.

    Args:
        policy: The policy.
        section: One of `SECTIONS`.
        name: The item's id; of a row ``owner#row``.

    Raises:
        KeyError: There is no such section.
    """
    never = len(policy.conditions)
    off = attrs.evolve(policy, conditions=(*policy.conditions, Truth(value=False)))
    return _OFF[section](off, name, never)


def _rule(policy: Policy, name: str, never: int) -> Policy:
    rules = [attrs.evolve(each, when=never) if each.id == name else each for each in policy.rules]
    return attrs.evolve(policy, rules=tuple(rules))


def _row(policy: Policy, name: str, never: int) -> Policy:
    def mended(table: Table) -> Table:
        rows = [
            attrs.evolve(row, condition=Truth(value=False), number=never) if row.id == name else row
            for row in table.rows
        ]
        return attrs.evolve(table, rows=tuple(rows))

    targets = {
        key: each if each.table is None else attrs.evolve(each, table=mended(each.table))
        for key, each in policy.targets.items()
    }
    remedies = {
        key: attrs.evolve(each, amount=attrs.evolve(each.amount, table=mended(each.amount.table)))
        if isinstance(each.amount, TableOf)
        else each
        for key, each in policy.remedies.items()
    }
    derivations = {
        key: attrs.evolve(each, table=mended(each.table)) if isinstance(each, TableOf) else each
        for key, each in policy.derivations.items()
    }
    return attrs.evolve(policy, targets=targets, remedies=remedies, derivations=derivations)


def _target(policy: Policy, name: str, never: int) -> Policy:
    changed = attrs.evolve(policy.targets[name], when=never)
    return attrs.evolve(policy, targets={**policy.targets, name: changed})


def _remedy(policy: Policy, name: str, never: int) -> Policy:
    changed = attrs.evolve(policy.remedies[name], when=never)
    return attrs.evolve(policy, remedies={**policy.remedies, name: changed})


def _group(policy: Policy, name: str, never: int) -> Policy:
    changed = attrs.evolve(policy.groups[name], opens=never)
    return attrs.evolve(policy, groups={**policy.groups, name: changed})


def _manner(policy: Policy, name: str, _: int) -> Policy:
    rules = [
        attrs.evolve(rule, manner=tuple(each for each in rule.manner if each != name))
        for rule in policy.rules
    ]
    return attrs.evolve(policy, rules=tuple(rules))


def _action(policy: Policy, name: str, _: int) -> Policy:
    rules = [
        attrs.evolve(
            rule,
            do=tuple(each for each in rule.do if each.action != name),
            never=tuple(each for each in rule.never if each != name),
        )
        for rule in policy.rules
    ]
    return attrs.evolve(policy, rules=tuple(rules))


def _type(policy: Policy, name: str, _: int) -> Policy:
    changed = attrs.evolve(policy.types[name], recognise=None)
    return attrs.evolve(policy, types={**policy.types, name: changed})


def _sequence(policy: Policy, name: str, never: int) -> Policy:
    every = [
        attrs.evolve(each, when=never) if each.id == name else each for each in policy.sequences
    ]
    return attrs.evolve(policy, sequences=tuple(every))


def _stage(policy: Policy, name: str, _: int) -> Policy:
    off = Truth(value=False)
    stages = [attrs.evolve(e, when=off) if e.id == name else e for e in policy.stages]
    return attrs.evolve(policy, stages=tuple(stages))


def _side(policy: Policy, name: str, _: int) -> Policy:
    off = Truth(value=False)
    sides = [attrs.evolve(e, when=off) if e.id == name else e for e in policy.sides]
    return attrs.evolve(policy, sides=tuple(sides))


_OFF: Final[Mapping[str, Callable[[Policy, str, int], Policy]]] = {
    "rules": _rule,
    "rows": _row,
    "targets": _target,
    "remedies": _remedy,
    "manner": _manner,
    "actions": _action,
    "types": _type,
    "sequences": _sequence,
    "stages": _stage,
    "sides": _side,
    "groups": _group,
}
