"""Which rules ask for, forbid and change what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import attrs

from complaint_rules.calendar import Duration
from complaint_rules.conditions.tree import All, Condition, Contains, Test
from complaint_rules.policy import Policy

T = TypeVar("T")


@attrs.frozen
class Uses:
    """
    What the rules say of each item, by its id; the values are ids of rules, in order.

    Attributes:
        asks: Actions asked for.
        forbids: Actions and conduct forbidden.
        hurries: Targets, with the duration the rule gives.
        withholds: Remedies and groups withheld.
        caps: Remedies and groups capped; ``total`` for all together.
        approves: Remedies, groups and actions given an approver; ``total`` for all.
        manner: Ids of manner by customer type: of the rules that ask for just that type.
    """

    asks: Mapping[str, tuple[str, ...]]
    forbids: Mapping[str, tuple[str, ...]]
    hurries: Mapping[str, tuple[tuple[str, Duration], ...]]
    withholds: Mapping[str, tuple[str, ...]]
    caps: Mapping[str, tuple[str, ...]]
    approves: Mapping[str, tuple[str, ...]]
    manner: Mapping[str, tuple[str, ...]]


def uses(policy: Policy) -> Uses:
    """Return what the rules of a policy say of each item."""
    rules = policy.rules
    return Uses(
        asks=_by((do.action, rule.id) for rule in rules for do in rule.do),
        forbids=_by((name, rule.id) for rule in rules for name in rule.never),
        hurries=_by((name, (rule.id, due)) for rule in rules for name, due in rule.target),
        withholds=_by((name, rule.id) for rule in rules for name in rule.withhold),
        caps=_by((name, rule.id) for rule in rules for name, _ in rule.cap),
        approves=_by((name, rule.id) for rule in rules for name, _ in rule.approver),
        manner=_by(
            (kind, manner)
            for rule in rules
            for kind in _types(policy.conditions[rule.when])
            for manner in rule.manner
        ),
    )


def _by(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, dict[T, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}


def _types(condition: Condition) -> tuple[str, ...]:
    """Return the customer types a condition asks for outright."""
    items = condition.items if isinstance(condition, All) else (condition,)
    return tuple(
        kind
        for item in items
        if isinstance(item, Test) and item.fact == "customer_types"
        if isinstance(item.check, Contains) and item.check.how != "none"
        for kind in sorted(item.check.values)
    )
