"""When an action, or a remedy, is due: the answer, as the steps of a decision read it."""

from __future__ import annotations

from typing import Final

import attrs

from complaint_rules.decision.answer.shape import Notice
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.timing.pausing import NEVER

NOTHING: Final[frozenset[str]] = frozenset()


@attrs.define
class ResolvedDue:
    """
    When something is due; it is not changed once it is made, and not frozen only to be made fast.

    Attributes:
        due: The earliest of its due times; `None` where there is none or it is unknown.
        warn_at: When it is at risk; `None` where it has no span.
        opens: Not before this instant; `None` where it may start now.
        target: The target its due time comes from, if one.
        status: ``not_started`` (opens later), ``due``, ``at_risk``, ``overdue`` or ``unknown``.
        unknown: Facts that a due time waits for; with another one known they are still asked.
        notices: What the reader should know of it.
        moving: The due time is the instant decided at, so it moves with it.
        turn: When time alone next changes any of this; `NEVER`, past all, where it never does.
    """

    due: int | None = None
    warn_at: int | None = None
    opens: int | None = None
    target: str | None = None
    status: str = "due"
    unknown: frozenset[str] = NOTHING
    notices: tuple[Notice, ...] = ()
    moving: bool = False
    turn: int = NEVER

    def seeds(self, item: str, *, reasoned: bool = True) -> tuple[AskSeed, ...]:
        """Return what an item with this due time waits for."""
        return (AskSeed(item, self.unknown, reasoned),) if self.unknown else ()


NO_DUE: Final = ResolvedDue()
"""What has no due time, and may be done at any moment."""
