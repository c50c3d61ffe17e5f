"""Whether a ruleset knows the names a scenario expects: ids of items, roles, stages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final
from weakref import WeakKeyDictionary

from complaint_rules.catalogue import NOTICES
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem
from complaint_rules.spelling import help_for
from complaint_rules.testing.cases import Case
from complaint_rules.testing.tree import Check

_KNOWN: WeakKeyDictionary[Policy, Mapping[str, Collection[str]]] = WeakKeyDictionary()
_WORDS: Final = {
    "stage": "stages",
    "side": "side states",
    "assumed": "facts",
    "types": "types",
    "actions": "actions",
    "prohibitions": "actions",
    "manner": "manner",
    "targets": "targets",
    "owed": "remedies",
    "choices": "remedies",
    "goodwill": "remedies",
    "withheld": "remedies",
    "asks": "facts",
    "escalations": "roles",
    "notices": "notices",
}
"""What the ids of a section are, in the plural."""
_FIELDS: Final = {"target": "targets", "approver": "approvers", "group": "groups"}
"""Fields that name something of the ruleset."""


def unknown_names(policy: Policy, case: Case) -> tuple[Problem, ...]:
    """
    Return the problems of names that a case expects and the ruleset does not have.

    Args:
        policy: The policy of the case's ruleset.
        case: The case.
    """
    cases = [case] if case.instead is None else [case, case.instead]
    return tuple(
        problem
        for each in cases
        for moment in each.moments
        for check in moment.checks
        for problem in _of_check(policy, check)
    )


def _of_check(policy: Policy, check: Check) -> Iterator[Problem]:
    what = _WORDS.get(check.section)
    if what is not None:
        named = check.ids if check.section != "stage" or not check.value else (str(check.value),)
        yield from _unknown(policy, check, what, named)
    what = _FIELDS.get(check.field)
    if what is not None and isinstance(check.value, str):
        yield from _unknown(policy, check, what, (check.value,))


def _unknown(policy: Policy, check: Check, what: str, named: tuple[str, ...]) -> Iterator[Problem]:
    known = _known(policy)[what]
    for name in named:
        if name not in known:
            told = f"`{check.path}` names `{name}`, which the ruleset does not have"
            cure = help_for(name, known, what)
            yield Problem("unknown-item", told, check.span, f"none of its {what}", cure)


def _known(policy: Policy) -> Mapping[str, Collection[str]]:
    found = _KNOWN.get(policy)
    if found is None:
        roles = {role for rule in policy.rules for role in rule.escalate}
        found = _KNOWN[policy] = {
            "stages": [stage.id for stage in policy.stages],
            "side states": [side.id for side in policy.sides],
            "facts": {*policy.facts, *(f"type_basis.{t}.confirmed_by" for t in policy.types)},
            "types": policy.facts["customer_types"].values,
            "actions": policy.actions.keys(),
            "manner": policy.manner.keys(),
            "targets": policy.targets.keys(),
            "remedies": {*policy.remedies, "entitlement"},
            "roles": roles,
            "notices": NOTICES.keys(),
            "approvers": policy.approvals,
            "groups": policy.groups.keys(),
        }
    return found
