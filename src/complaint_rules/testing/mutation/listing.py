"""All mutants of a policy, in a fixed order."""

from __future__ import annotations

from typing import Final

from complaint_rules.policy import Policy
from complaint_rules.testing.mutation.calendars import of_calendars
from complaint_rules.testing.mutation.conditions import of_conditions
from complaint_rules.testing.mutation.items import of_items
from complaint_rules.testing.mutation.mutant import Mutant
from complaint_rules.testing.mutation.remedies import of_remedies


def mutants(policy: Policy) -> tuple[Mutant, ...]:
    """Return every mutant of a policy."""
    return (
        *of_conditions(policy),
        *of_items(policy),
        *of_remedies(policy),
        *of_calendars(policy),
    )


KINDS: Final = (
    "threshold",
    "end",
    "test dropped",
    "test negated",
    "value left out",
    "action dropped",
    "prohibition dropped",
    "manner dropped",
    "mute dropped",
    "cap dropped",
    "withhold dropped",
    "approver dropped",
    "escalation dropped",
    "deadline dropped",
    "deadline doubled",
    "opening dropped",
    "pause changed",
    "row dropped",
    "rows swapped",
    "order dropped",
    "steps swapped",
    "amount changed",
    "cap changed",
    "approval changed",
    "mark dropped",
    "hours changed",
)
"""What may be done to a ruleset."""
