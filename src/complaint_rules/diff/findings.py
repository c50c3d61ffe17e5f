"""What a comparison of two editions finds."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import attrs

from complaint_rules.diff.changes import Change
from complaint_rules.diff.editions import Edition
from complaint_rules.diff.states import Complaint, Origin
from complaint_rules.diff.telling import Answer
from complaint_rules.state import State

TOTAL: Final = ""
"""Stands for all remedies together."""
MOST_NAMES: Final = 20
"""Complaints of a group that are named."""


@attrs.frozen(eq=False)
class Example:
    """
    One complaint that the two editions decide differently.

    Attributes:
        complaint: The complaint.
        answer: The difference.
        timezone: Name of the complaint's zone.
        old: Its state as the old edition reads it; `None` where that refuses it.
        new: The same of the new edition.
        refusal: What the edition that refuses it says.
    """

    complaint: Complaint
    answer: Answer
    timezone: str
    old: State | None
    new: State | None
    refusal: str = ""


@attrs.frozen(eq=False)
class Group:
    """
    Complaints that differ in the same way.

    Attributes:
        kind: What differs.
        section: What it is about: ``action``, ``target``, ``remedy`` …
        about: Its id.
        count: How many complaints.
        origins: How many of each origin.
        types: How many of each customer type; a complaint may have several.
        along: Actions that move with a target, with in how many complaints each does.
        spread: The smallest and the largest shift: of due instants in seconds (unit ``s``), of
            amounts by their currency.
        names: The first `MOST_NAMES` complaints.
        example: The complaint to look at: a recorded one before a scenario, and that before one
            made up; then the one with the fewest facts.
    """

    kind: str
    section: str
    about: str
    count: int
    origins: Mapping[Origin, int]
    types: Mapping[str, int]
    along: Mapping[str, int]
    spread: Mapping[str, tuple[Fraction, Fraction]]
    names: tuple[str, ...]
    example: Example


@attrs.frozen
class Money:
    """
    What one remedy comes to over many complaints.

    Attributes:
        recorded: Over the recorded complaints; else over scenarios and made-up ones.
        remedy: Its id; `TOTAL` for all remedies, of offers the dearest that fit together.
        type: The customer type; empty for all.
        currency: ISO 4217 code.
        before: The sum of the amounts by the old edition.
        after: By the new one.
        complaints: How many complaints get another amount.
    """

    recorded: bool
    remedy: str
    type: str
    currency: str
    before: Fraction
    after: Fraction
    complaints: int


@attrs.frozen
class Share:
    """
    How many complaints of a customer type are touched.

    Attributes:
        type: The type, as the old edition applies it.
        decided: Complaints of it.
        differing: Those decided differently.
    """

    type: str
    decided: int
    differing: int


@attrs.frozen(eq=False)
class Diff:
    """
    What a change of a ruleset does.

    Attributes:
        old: The old edition.
        new: The new one.
        changes: What changed in words.
        decided: How many complaints were decided by both, or refused by one of them; by origin.
        differing: How many of them are decided differently; by origin.
        kinds: How many complaints show each kind of difference.
        broken: How many could not be decided by either, by the code of what is wrong.
        shares: The same counts by customer type.
        groups: The differences, most complaints first within each kind.
        money: What remedies come to, where that changed; all together last.
    """

    old: Edition
    new: Edition
    changes: tuple[Change, ...]
    decided: Mapping[Origin, int]
    differing: Mapping[Origin, int]
    kinds: Mapping[str, int]
    broken: Mapping[str, int]
    shares: tuple[Share, ...]
    groups: tuple[Group, ...]
    money: tuple[Money, ...]

    @property
    def differs(self) -> bool:
        """Whether any complaint is decided differently."""
        return any(self.differing.values())
