"""Rounds of a complaint: it begins anew when it is reopened (semantics 15)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from complaint_rules.facts import Value
from complaint_rules.state import Done

REOPEN: Final = "reopen"
"""The action by which a new round begins."""


_new: Final = tuple.__new__  # past the named tuple's own constructor, which is written in Python
NONE: Final[frozenset[str]] = frozenset()
"""Nothing was done."""


class Round(NamedTuple):
    """
    The present round.

    Attributes:
        start: When it began, in whole seconds; `None` where that is unknown.
        reopened: It is not the first.
    """

    start: int | None
    reopened: bool = False

    def holds(self, at: int) -> bool:
        """Return whether an instant lies in this round; each does while its start is unknown."""
        return self.start is None or at >= self.start


def round_of(values: Mapping[str, Value], done: Collection[Done]) -> Round:
    """
    Return the present round.

    It began at `reopened_at`, else with the latest `reopen` that was done, else at `received_at`.
    """
    reopened_at = values.get("reopened_at")
    if type(reopened_at) is int:
        return Round(reopened_at, reopened=True)
    if done and (reopenings := [each.at for each in done if each.action == REOPEN]):
        return Round(max(reopenings), reopened=True)
    received_at = values.get("received_at")
    return _new(Round, (received_at if type(received_at) is int else None, False))


def done_in(present: Round, done: Collection[Done]) -> frozenset[str]:
    """Return the actions done in the present round; all of them where its start is unknown."""
    if not done:
        return NONE
    return frozenset(each.action for each in done if present.holds(each.at))
