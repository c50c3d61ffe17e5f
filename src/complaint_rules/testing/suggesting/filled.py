"""What a suggested case expects: the parts of its decision that the point is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import attrs

from complaint_rules.decision import Decision
from complaint_rules.policy import Policy, Rule
from complaint_rules.testing.coverage.points import Point

_MOST_ACTIONS: Final = 12


@attrs.define
class About:
    """The items of a ruleset that some points are about, by section of a decision."""

    actions: list[str] = attrs.field(factory=list)
    targets: list[str] = attrs.field(factory=list)
    remedies: list[str] = attrs.field(factory=list)
    prohibitions: list[str] = attrs.field(factory=list)
    manner: list[str] = attrs.field(factory=list)
    types: list[str] = attrs.field(factory=list)
    escalations: list[str] = attrs.field(factory=list)


def about(policy: Policy, points: Iterable[Point]) -> About:
    """Return the items that points of a policy are about."""
    found = About()
    rules = {rule.id: rule for rule in policy.rules}
    for point in points:
        owner = point.owner.partition("#")[0]
        match point.section:
            case "rules":
                _of_rule(policy, rules[point.owner], found)
            case "rows" | "targets" if owner in policy.targets:
                found.targets.append(owner)
            case "rows" | "remedies" if owner in policy.remedies:
                found.remedies.append(owner)
            case "groups":
                remedies = policy.remedies.values()
                found.remedies += [each.id for each in remedies if each.group == owner]
            case "types":
                found.types.append(owner)
            case "sequences":
                steps = (each.steps for each in policy.sequences if each.id == owner)
                found.actions += [action for each in steps for action in each]
            case _:
                pass
    return found


def _of_rule(policy: Policy, rule: Rule, found: About) -> None:
    found.actions += [do.action for do in rule.do]
    found.prohibitions += rule.never
    found.targets += [target for target, _ in rule.target]
    found.manner += [*rule.manner, *rule.mute]
    found.escalations += rule.escalate
    named = [*rule.withhold, *(name for name, _ in (*rule.cap, *rule.approver))]
    found.remedies += [name for name in named if name in policy.remedies]


def filled(policy: Policy, points: Iterable[Point], decision: Decision) -> dict[str, Any]:
    """
    Return what a case expects, as a scenario writes it: instants in seconds, amounts as they are.

    Args:
        policy: The policy.
        points: What the case shows.
        decision: What is decided of it.
    """
    listed = list(points)
    found = about(policy, listed)
    made: dict[str, Any] = {"stage": decision.stage} if decision.stage else {}
    if any(point.section == "sides" for point in listed):
        made["side"] = list(decision.side) or None
    actions = {each.id: each for each in decision.actions}
    made["actions"] = _presence(found.actions, actions)
    due = {name: each.due for name, each in actions.items() if name in found.actions and each.due}
    made["actions"].update({"due": due} if due else {})
    made["targets"] = _targets(found, decision)
    made.update(_remedies(found, decision))
    for name in ("prohibitions", "manner"):
        present = {each.id for each in getattr(decision, name)}
        made[name] = _presence(getattr(found, name), present)
    made["escalations"] = _presence(found.escalations, {each.to for each in decision.escalations})
    made["types"] = _types(found, decision)
    if not any(made[name] for name in made if name not in ("stage", "side")):
        names = [each.id for each in decision.actions][:_MOST_ACTIONS]
        made["actions"] = {"has": names} if names else None
        return {name: value for name, value in made.items() if value != {}}
    return {name: value for name, value in made.items() if value not in ({}, "")}


def _presence(wanted: Iterable[str], present: Iterable[str]) -> dict[str, Any]:
    """Return which items are there and which are not."""
    there, once = set(present), list(dict.fromkeys(wanted))
    made = {
        "has": [name for name in once if name in there],
        "lacks": [name for name in once if name not in there],
    }
    return {test: names for test, names in made.items() if names}


def _targets(found: About, decision: Decision) -> dict[str, Any]:
    wanted = list(dict.fromkeys(found.targets))
    there = {each.id: each for each in decision.targets if each.id in wanted}
    made = {
        "lacks": [name for name in wanted if name not in there],
        "status": {name: each.status for name, each in there.items()},
        "due": {name: each.due for name, each in there.items() if each.due is not None},
    }
    return {test: names for test, names in made.items() if names}


def _remedies(found: About, decision: Decision) -> dict[str, Any]:
    wanted = set(found.remedies)
    made: dict[str, Any] = {}
    owed = [each for each in decision.owed if each.remedy in wanted]
    if owed:
        made["owed"] = _amounts(owed)
    for section, listed in (("choices", decision.choices), ("goodwill", decision.goodwill)):
        offered = [each for each in listed if each.remedy in wanted]
        if offered:
            approvers = {each.remedy: each.approver for each in offered if each.approver}
            told = {**_amounts(offered), "approver": approvers}
            made[section] = {test: names for test, names in told.items() if names}
    withheld = {each.remedy: each.reason for each in decision.withheld if each.remedy in wanted}
    if withheld:
        made["withheld"] = {"reason": withheld}
    groups = (decision.owed, decision.choices, decision.goodwill, decision.withheld)
    told_of = {each.remedy for group in groups for each in group}
    absent = sorted(wanted - told_of)
    if absent:
        made.setdefault("choices", {})["lacks"] = absent
        made.setdefault("goodwill", {})["lacks"] = absent
    return made


def _amounts(lines: Iterable[Any]) -> dict[str, Any]:
    listed = list(lines)
    paid = {each.remedy: each.amount for each in listed if each.amount is not None}
    free = [each.remedy for each in listed if each.amount is None]
    return {test: names for test, names in (("has", free), ("amount", paid)) if names}


def _types(found: About, decision: Decision) -> dict[str, Any]:
    wanted = list(dict.fromkeys(found.types))
    status = {each.type: each.status for each in decision.types if each.type in wanted}
    made = {"lacks": [name for name in wanted if name not in status], "status": status}
    return {test: names for test, names in made.items() if names}
