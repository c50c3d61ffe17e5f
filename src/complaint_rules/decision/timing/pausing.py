"""Pauses: how long a clock stood still, and whether it does now (semantics 17)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from complaint_rules.calendar import LAST
from complaint_rules.decision.timing.clocks import Pauses, Span, joined
from complaint_rules.facts import Record
from complaint_rules.state import Situation

NEVER: Final = LAST + 1
"""Past every instant: time alone changes nothing."""
MET: Final = frozenset({"met", "met_late"})
"""Statuses of a target that is met: its time is over, whatever is still to be done."""


@attrs.frozen
class Pausing:
    """
    The pauses of a complaint.

    Attributes:
        closed: Those that are over, sorted and apart.
        since: From when the clocks that pause stand still now, if they do.
        waiting: Unknown facts that may say otherwise: unknown pauses read as none.
    """

    closed: Pauses
    since: int | None
    waiting: frozenset[str] = frozenset()

    @classmethod
    def of(cls, situation: Situation) -> Pausing:
        """Return the pauses that are given, and the wait for the customer."""
        values, pending = situation.values, None
        if values.get("pauses") == () and values.get("pending_on", "customer") != "customer":
            return RUNNING
        if values.get("pending_on") == "customer":
            since = values.get("pending_since")
            pending = since if isinstance(since, int) else situation.now
        pauses = values.get("pauses")
        listed = pauses if isinstance(pauses, tuple) else ()
        waiting = {name for name in ("pauses", "pending_on") if name not in values}
        if pending is not None and "pending_since" not in values:
            waiting.add("pending_since")
        return cls(closed_pauses(listed), open_pause(listed, pending), frozenset(waiting))

    def held(self, span: Span, met_at: int | None) -> int | None:
        """
        Return since when the clock of a span stands still, `None` where it runs.

        It does not stand still for what was met or breached before.
        """
        if self.since is None:
            return None
        since = max(self.since, span.start)
        if span.due < since or (met_at is not None and met_at <= since):
            return None
        return since


RUNNING: Final = Pausing((), None)
"""No pause at all, and nobody waits for the customer."""


def progress(
    span: Span, met_at: int | None, held: int | None, now: int, *, known: bool = True
) -> tuple[str, int]:
    """
    Return the status of a target whose start is known, and when time alone next changes it.

    Args:
        span: Its time.
        met_at: When it was met; `None` where it was not, or is not known to be.
        held: Since when its clock stands still, if it does.
        now: The instant decided at.
        known: Whether it is known if it was met.

    Returns:
        The status; and an instant to come (`NEVER` lies past all).
    """
    if met_at is not None:
        return ("met" if held is not None or met_at <= span.due else "met_late"), NEVER
    if now < span.start:
        status, turn = "not_started", span.start
    elif now > span.due:
        status, turn = "overdue", NEVER
    elif now >= span.warn_at or held is not None:
        status, turn = "at_risk", span.due + 1
    else:
        status, turn = "due", span.warn_at
    if not known:
        status = "unknown"
    elif held is not None:
        status = "paused"
    return status, turn


def open_pause(pauses: Iterable[Record], pending: int | None) -> int | None:
    """
    Return since when a clock stands still, `None` where it runs.

    Args:
        pauses: The given pauses; one without ``to`` is open.
        pending: Since when the customer is waited for, if so.
    """
    starts = [
        pause["from"]
        for pause in pauses
        if "to" not in pause and isinstance(pause.get("from"), int)
    ]
    if pending is not None:
        starts.append(pending)
    return min(starts, default=None)


def closed_pauses(pauses: Iterable[Record]) -> Pauses:
    """Return the given pauses that are over."""
    return joined(
        (pause["from"], pause["to"])
        for pause in pauses
        if isinstance(pause.get("from"), int) and isinstance(pause.get("to"), int)
    )
