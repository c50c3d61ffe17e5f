"""Actions that something asks for, as far as they are the same for every complaint."""

from __future__ import annotations

import datetime
from typing import Final, TypeGuard

import attrs

from complaint_rules.decision.answer.fresh import maker
from complaint_rules.decision.gathering.combine import Combined, Ids, Wanted, highest
from complaint_rules.decision.timing.alone import Dues, SameDues
from complaint_rules.policy import Action, DueTarget, Policy, Repeat

ONCE: Final = Repeat()
"""How often an action is done of which nothing else is said: once a round."""


@attrs.frozen(eq=False, weakref_slot=False)
class Want:
    """
    An action that something asks for.

    Attributes:
        name: Id of the action.
        owner: Who does it.
        rules: Who asks for it, sorted.
        dues: All its due times; the same object where several actions have the same.
        approver: Who must approve it, if anybody.
        raised: The rules that name the approver.
        told: All these rules, sorted.
        by_law: What is left of it where it is forbidden: what rules that are law ask for.
    """

    name: str
    owner: str
    rules: Ids
    dues: Dues
    approver: str | None
    raised: Ids
    told: Ids
    by_law: Want | None = None

    def joined_by(self, others: Ids) -> Want:
        """Return the same action asked for by others, too."""
        rules = tuple(sorted({*self.rules, *others}))
        told = tuple(sorted({*rules, *self.raised})) if self.raised else rules
        return _WANT(
            self.name,
            self.owner,
            rules,
            self.dues,
            self.approver,
            self.raised,
            told,
            self.by_law,
        )


_WANT: Final = maker(Want)


def want(
    policy: Policy,
    combined: Combined,
    action: Action,
    wanted: Wanted,
    same: SameDues,
) -> Want:
    """
    Return an action as it is wanted.

    Args:
        policy: The policy.
        combined: What rules bring about.
        action: The action.
        wanted: Who asks for it, and the due times these give it.
        same: The due times of the policy's actions.
    """
    name, repeat = action.id, action.repeat
    again = () if repeat.each is None else (DueTarget(repeat.each),)
    dues = tuple(dict.fromkeys((*action.due, *again, *wanted.dues)))
    taken = name in policy.remedies or name in policy.groups
    approver: str | None = None
    raised: Ids = ()
    if not taken:
        approver, raised = highest(policy.approvals, combined, (name,), None)
    rules = tuple(sorted({*wanted.rules, *raised}))
    return Want(
        name=name,
        owner=action.owner,
        rules=wanted.rules,
        dues=same.of(dues),
        approver=approver,
        raised=raised,
        told=rules,
    )


def is_there(action: Action | None, day: datetime.date) -> TypeGuard[Action]:
    """Return whether an action is one that may be next on an event date (semantics 21)."""
    if action is None or action.conduct:
        return False
    return action.valid is None or action.valid.holds(day)
