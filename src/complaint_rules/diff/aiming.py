"""Where a change may show: the conditions and remedies that changed, or that name what did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final, TypeAlias

from complaint_rules.conditions.tree import Condition
from complaint_rules.diff.changes import Change, plain, text_of
from complaint_rules.diff.editions import Edition
from complaint_rules.policy import Policy
from complaint_rules.testing.aims import Aim

Step: TypeAlias = Callable[[Aim], None]
"""Gathers facts for a state that comes near to something."""

_WORD: Final = re.compile(r"[^\W\d]\w*")
_ROW: Final = re.compile(r"(?:^|\.)rows\.([^.]+)")


def steps(edition: Edition, found: Iterable[Change]) -> tuple[Step, ...]:
    """
    Return what leads to states that a change may show in.

    Args:
        edition: Either edition.
        found: What changed between the two.
    """
    named = frozenset(_names(found))
    return tuple(_steps(edition.policy, named | frozenset(_naming(edition, named))))


def _names(found: Iterable[Change]) -> Iterator[str]:
    for change in found:
        row = _ROW.search(change.what)
        yield f"{change.id}#{row[1]}" if row else change.id


def _naming(edition: Edition, named: frozenset[str]) -> Iterator[str]:
    """Yield the ids of items that name one that changed: a setting, a fact, an action."""
    for section in ("rules", "remedies", "targets"):
        items = edition.data.get(section)
        for key, item in items.items() if isinstance(items, dict) else _listed(items):
            if not named.isdisjoint(_WORD.findall(text_of(plain(item)))):
                yield key


def _listed(items: object) -> Iterator[tuple[str, object]]:
    if isinstance(items, list):
        yield from ((str(item.get("id", "")), item) for item in items if isinstance(item, dict))


def _steps(policy: Policy, named: frozenset[str]) -> Iterator[Step]:
    for remedy in policy.remedies.values():
        if remedy.id in named:
            yield partial(Aim.remedy, remedy=remedy)
    for name, node in _conditions(policy):
        if name in named:
            yield partial(_at, node=node)


def _conditions(policy: Policy) -> Iterator[tuple[str, Condition]]:
    """Yield the conditions that have a name: of rules, targets and their rows, stages and sides."""
    for rule in policy.rules:
        yield rule.id, policy.conditions[rule.when]
    for target in policy.targets.values():
        yield target.id, policy.conditions[target.when]
        if target.table is not None:
            yield from ((row.id, row.condition) for row in target.table.rows)
    for place in (*policy.stages, *policy.sides):
        yield place.id, place.when


def _at(aim: Aim, *, node: Condition) -> None:
    aim.at(node, holds=True)
