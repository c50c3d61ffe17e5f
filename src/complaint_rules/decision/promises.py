"""Promises about to be missed: they ask for an explanation of the delay (semantics 19)."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.calendar import (
    BusinessCalendar,
    Duration,
    NeverOpenError,
    Unit,
    clamp,
    earliest_start,
)
from complaint_rules.decision.situation import Look

WARNING: Final = "promise_warning"
"""The setting that says how long before it is due a promise counts as about to be missed."""
_ELAPSED: Final = frozenset({Unit.M, Unit.H})
DAY_BEFORE: Final = Duration(24, Unit.H)
"""What `WARNING` is where the ruleset has none."""


@attrs.frozen
class PromiseSeen:
    """
    A promise that is not kept yet.

    Attributes:
        number: Its place in `promises`, from 0.
        due: When it is due.
        warn_at: From when it counts as about to be missed.
        slips: Its delay is to be explained now.
    """

    number: int
    due: int
    warn_at: int
    slips: bool


def promises(seen: Look) -> tuple[PromiseSeen, ...]:
    """
    Return the promises that are not kept, by due time.

    A promise slips once it is expected later than it is due, or from `promise_warning` before its
    due time on. One without a due time, or of which it is not known whether it was kept, does not.
    """
    situation = seen.situation
    records = situation.values.get("promises")
    if not isinstance(records, tuple) or not records:
        return ()
    warning = situation.settings.get(WARNING, DAY_BEFORE)
    found = []
    for number, record in enumerate(records):
        due, expected = record.get("due"), record.get("expected")
        if record.get("kept") is not False or not isinstance(due, int):
            continue
        warn_at = _before(situation.calendar, due, warning)
        slips = situation.now >= warn_at or (isinstance(expected, int) and expected > due)
        found.append(PromiseSeen(number, due, warn_at, slips))
    return tuple(sorted(found, key=lambda promise: (promise.due, promise.number)))


def _before(calendar: BusinessCalendar, due: int, warning: object) -> int:
    """Return the instant so long before a due time, open time on the complaint's calendar."""
    if isinstance(warning, Duration):
        seconds = warning.seconds
        if seconds is not None and warning.unit in _ELAPSED:
            return clamp(due - seconds)
        try:
            return earliest_start(calendar, due, warning)
        except NeverOpenError:
            return due
    return clamp(due - warning) if isinstance(warning, int) else due
