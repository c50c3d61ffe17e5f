"""What an item of a policy has to do with: where to look first for what a mutant of it changes."""

from __future__ import annotations

from complaint_rules.policy import Policy, Rule


def named_by(policy: Policy, owner: str) -> frozenset[str]:
    """
    Return the ids and sections of decisions that an item shows in first; never all of them.

    Args:
        policy: The policy.
        owner: Id of the item; of a row ``owner#row``.
    """
    found = {owner, owner.partition("#")[0]}
    rules = {rule.id: rule for rule in policy.rules}
    steps = {each.id: each.steps for each in policy.sequences}
    if owner in rules:
        found |= _of_rule(rules[owner])
    found |= set(steps.get(owner, ()))
    found |= {each.id for each in policy.remedies.values() if each.group == owner}
    found |= {each.id for each in policy.actions.values() if _due_with(each.due, owner)}
    for section, places in (("stage", policy.stages), ("side", policy.sides)):
        if any(each.id == owner for each in places):
            found.add(section)
    return frozenset(found)


def _due_with(dues: tuple[object, ...], target: str) -> bool:
    return any(getattr(each, "target", "") == target for each in dues)


def _of_rule(rule: Rule) -> set[str]:
    return {
        *(do.action for do in rule.do),
        *rule.never,
        *rule.manner,
        *rule.mute,
        *rule.withhold,
        *rule.escalate,
        *(name for name, _ in (*rule.target, *rule.cap, *rule.approver)),
    }
