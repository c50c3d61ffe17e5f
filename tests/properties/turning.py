"""What `why_not` promises, checked with `decide` alone: the change works, no part of it does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from complaint_rules import Policy, State, StateError
from complaint_rules.decision import Decision, decide
from complaint_rules.explanation import Change, apply


def items(policy: Policy) -> list[tuple[str, str]]:
    """Return every action that may be asked for and every remedy, with its kind."""
    actions = [("action", name) for name, each in policy.actions.items() if not each.conduct]
    return actions + [("remedy", name) for name in policy.remedies]


def gives(decision: Decision, kind: str, name: str) -> bool:
    """Return whether a decision gives an action or a remedy; withheld is not given."""
    if kind == "action":
        return name in [each.id for each in decision.actions]
    lines = [each.remedy for each in decision.owed]
    lines += [each.remedy for each in (*decision.choices, *decision.goodwill)]
    return name in lines


def turns(policy: Policy, state: State, change: Change, kind: str, name: str, at: int) -> bool:
    """Return whether a decision gives an item once a state is changed."""
    try:
        return gives(decide(policy, apply(state, change), at=at), kind, name)
    except StateError:
        return False


def parts(change: Change) -> Iterator[Change]:
    """Yield every proper part of a change."""
    for size in range(len(change)):
        for names in combinations(sorted(change), size):
            yield {name: change[name] for name in names}


def honest(policy: Policy, state: State, change: Change, kind: str, name: str, at: int) -> str:
    """Return what is wrong with a change, or an empty text."""
    if not turns(policy, state, change, kind, name, at):
        return "the change does not bring the item"
    for part in parts(change):
        if turns(policy, state, part, kind, name, at):
            return f"a part suffices: {part}"
    return ""
