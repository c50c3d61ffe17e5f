"""Runs: the time of a target from a start on, and its clock as a decision lists it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

import attrs

from complaint_rules.calendar import Origin
from complaint_rules.decision.answer.shape import DecidedTarget, DecidedType, Notice
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.seeing.types import EXPIRED
from complaint_rules.decision.timing.clocks import Pauses, Span
from complaint_rules.decision.timing.lengths import Lengths
from complaint_rules.decision.timing.pausing import NEVER
from complaint_rules.policy import Target
from complaint_rules.state import Situation

NEVER_OPEN: Final = "never-open"
HOLIDAYS_UNKNOWN: Final = "holidays-unknown"
OPENS_AFTER_DUE: Final = "opens-after-due"

Run: TypeAlias = tuple[str, int, int | None, int | None, frozenset[str]]
"""
A target's status, when time alone next changes it, when it was met, since when it stands still, and
the facts for which its meeting waits.
"""


class TargetClock(NamedTuple):
    """
    One listed target, with what due times are reckoned from.

    Attributes:
        decided: The target as the decision lists it.
        span: Its time; `None` where it has not started, or its start or length is unknown.
        held: Since when it stands still, if it is paused.
        unknown: Facts that its start, length or meeting waits for.
        turn: When time alone next changes it; `NEVER`, past all, where it never does.
    """

    decided: DecidedTarget
    span: Span | None = None
    held: int | None = None
    unknown: frozenset[str] = frozenset()
    turn: int = NEVER


@attrs.define(eq=False)
class Targets:
    """
    All targets of a decision.

    Attributes:
        clocks: By id, sorted; targets whose condition is not true are not here.
        seeds: What conditions, rows, starts and meetings wait for.
        notices: What the reader should know of them, without repeats.
        earlier: The complaint with types that have expired since some target's start.
    """

    clocks: Mapping[str, TargetClock] = attrs.field(factory=dict)
    seeds: tuple[AskSeed, ...] = ()
    notices: tuple[Notice, ...] = ()
    earlier: tuple[Situation, ...] = ()

    @property
    def decided(self) -> tuple[DecidedTarget, ...]:
        """The targets as the decision lists them, by id."""
        return tuple([clock.decided for clock in self.clocks.values()])


def listed(target: Target, status: str, start: int | None = None) -> DecidedTarget:
    """Return a target that has no due time yet."""
    return DecidedTarget(target.id, target.law, start, None, None, None, None, None, (), status)


def ended(types: Iterable[DecidedType]) -> list[int]:
    """Return when types have expired, sorted."""
    return sorted(
        [
            each.expires_at
            for each in types
            if each.status == EXPIRED and each.expires_at is not None
        ]
    )


def strictest_of(
    lengths: Lengths, origin: Origin, pauses: Pauses
) -> tuple[Span | None, tuple[str, ...], bool]:
    """
    Return the time of a target, the ids of what allows just so much, and whether some never opens.

    Args:
        lengths: The durations that stand for it; the one that ends first counts, of equal ones that
            which warns first.
        origin: From where it begins.
        pauses: What is taken out.
    """
    spans, shut = lengths.spans(origin, pauses)
    best: Span | None = None
    rules: list[str] = []
    for name, each in spans:
        if best is None or each.due < best.due:
            best, rules = each, [name]
        elif each.due == best.due:
            rules.append(name)
            if (each.warn_at, each.duration.text) < (best.warn_at, best.duration.text):
                best = each
    return best, tuple(rules if len(rules) == 1 else sorted(set(rules))), shut
