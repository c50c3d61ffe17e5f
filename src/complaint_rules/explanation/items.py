"""The items that may be asked about, by id or by kind and id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from complaint_rules.decision.answer.shape import Choice, Decision, Owed, Withheld
from complaint_rules.explanation.speaker import clean, refuse
from complaint_rules.policy import Policy
from complaint_rules.spelling import help_for

KINDS: Final = ("action", "remedy", "target", "prohibition", "manner", "type", "escalation")
"""Kinds of item, in the order in which a bare id is looked for."""


def find(policy: Policy, item: str, decision: Decision | None = None) -> tuple[str, str]:
    """
    Return the kind and the id of an item.

    Args:
        policy: The policy.
        item: Its id, perhaps with its kind before a colon.
        decision: A decision that gives it: of two kinds the one that it gives is meant.

    Raises:
        StateError: The policy has no such item (`unknown-item`).
    """
    known = _known(policy)
    kind, colon, name = item.partition(":")
    if not colon:
        kind, name = "", item
    elif kind not in KINDS:
        cure = help_for(kind, KINDS)
        raise refuse("unknown-item", f"`{clean(kind)}` is no kind of item", cure)
    kinds = [each for each in KINDS if name in known[each] and kind in ("", each)]
    if not kinds:
        wanted = known[kind] if kind else frozenset[str]().union(*known.values())
        told = f"the ruleset has no {kind or 'item'} `{clean(name)}`"
        raise refuse("unknown-item", told, help_for(name, wanted))
    if decision is not None:
        given = _given(decision)
        kinds.sort(key=lambda each: name not in given[each])
    return kinds[0], name


def _known(policy: Policy) -> Mapping[str, frozenset[str]]:
    roles = {role for rule in policy.rules for role in rule.escalate}
    return {
        "action": frozenset(policy.actions),
        "remedy": frozenset({*policy.remedies, "entitlement"}),
        "target": frozenset(policy.targets),
        "prohibition": frozenset(policy.actions),
        "manner": frozenset(policy.manner),
        "type": frozenset(policy.facts["customer_types"].values),
        "escalation": frozenset(roles),
    }


def _given(decision: Decision) -> Mapping[str, frozenset[str]]:
    lines: tuple[Owed | Choice | Withheld, ...] = (
        *decision.owed,
        *decision.choices,
        *decision.goodwill,
        *decision.withheld,
    )
    return {
        "action": frozenset(each.id for each in decision.actions),
        "remedy": frozenset(each.remedy for each in lines),
        "target": frozenset(each.id for each in decision.targets),
        "prohibition": frozenset(each.id for each in decision.prohibitions),
        "manner": frozenset(each.id for each in decision.manner),
        "type": frozenset(each.type for each in decision.types),
        "escalation": frozenset(each.to for each in decision.escalations),
    }
