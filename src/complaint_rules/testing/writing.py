"""How a scenario file writes values: YAML on one line, instants in the zone of their calendar."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.calendar import BusinessCalendar, rfc3339
from complaint_rules.decision.answer.shown import number_text
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.source import Span
from complaint_rules.state import State
from complaint_rules.testing.instants import When, seconds_of

_WORD: Final = re.compile(r"(?!(?i:null)$)-?\w[\w.-]*(?: [\w.-]+)*")
"""Texts that need no quotes; a file's scalars are all read as text, numbers, too."""
_NOWHERE: Final = Span("", 1, 1, 1, 1)


class Raw(str):
    """A text that is written as it is, without quotes."""

    __slots__ = ()


def flow(value: Any) -> str:
    """Return a value as YAML on one line: texts, truths, counts, amounts, lists and mappings."""
    match value:
        case Raw():
            return value
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case Money(amount, currency):
            return f"{number_text(amount)} {currency}"
        case str():
            return value if _WORD.fullmatch(value) else json.dumps(value, ensure_ascii=False)
        case Mapping():
            pairs = (f"{flow(name)}: {flow(each)}" for name, each in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return f"[{', '.join(map(flow, value))}]"


def calendar_of(policy: Policy, state: State | None = None) -> BusinessCalendar:
    """
    Return the calendar in whose zone the instants of a scenario are read.

    Args:
        policy: The policy.
        state: The facts of the scenario; `None`: those of a file, which names no calendar.
    """
    named = None if state is None else state.values.get("calendar")
    return policy.calendars[str(named) if named in policy.calendars else policy.calendar]


def when(here: BusinessCalendar, at: int) -> str:
    """
    Return an instant as a scenario writes it: local, or with its offset where that is not exact.

    Args:
        here: The calendar in whose zone it is read.
        at: Seconds since the epoch.
    """
    exact = rfc3339(here, at)
    local = f"{exact[:10]} {exact[11:16] if exact[16:19] == ':00' else exact[11:19]}"
    same = seconds_of(When(local, _NOWHERE), here.timezone) == at
    return local if same else exact
