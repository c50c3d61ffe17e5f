"""Promises about to be missed: they ask for an explanation of the delay (semantics 19)."""

from __future__ import annotations

from collections.abc import Iterator
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
from complaint_rules.decision.seeing.situation import Look

EXPLAIN_DELAY: Final = "explain_delay"
"""The action that a promise about to be missed asks for (semantics 19)."""
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
        late: It is about to be missed, or missed.
        explained: It was explained since it became late.
    """

    number: int
    due: int
    warn_at: int
    late: bool
    explained: bool = False

    @property
    def slips(self) -> bool:
        """Its delay is to be explained now."""
        return self.late and not self.explained


def promises(seen: Look) -> tuple[PromiseSeen, ...]:
    """
    Return the promises that are not kept, by due time.

    A promise is late once it is expected later than it is due, or from `promise_warning` before its
    due time on. One without a due time, or of which it is not known whether it was kept, is not.
    What was explained before it became late does not explain it.
    """
    situation = seen.situation
    records = situation.values.get("promises")
    if not isinstance(records, tuple) or not records:
        return ()
    warning = situation.settings.get(WARNING, DAY_BEFORE)
    told = max(_explanations(seen), default=None)
    found = []
    for number, record in enumerate(records):
        due, expected = record.get("due"), record.get("expected")
        if record.get("kept") is not False or not isinstance(due, int):
            continue
        warn_at = _before(situation.calendar, due, warning)
        since = warn_at if situation.now >= warn_at else None
        late = since is not None
        if isinstance(expected, int) and expected > due:
            late, since = True, _since(record.get("slipped_at"), since)
        explained = told is not None and (since is None or told >= since)
        found.append(PromiseSeen(number, due, warn_at, late, late and explained))
    return tuple(sorted(found, key=lambda promise: (promise.due, promise.number)))


def _explanations(seen: Look) -> Iterator[int]:
    """Yield when delays were explained in this round."""
    for done in seen.situation.done:
        if done.action == EXPLAIN_DELAY and seen.present.holds(done.at):
            yield done.at


def _since(slipped_at: object, warned: int | None) -> int | None:
    """Return since when a promise that is expected late is late, `None` where nobody said."""
    if not isinstance(slipped_at, int):
        return None
    return slipped_at if warned is None else min(slipped_at, warned)


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
