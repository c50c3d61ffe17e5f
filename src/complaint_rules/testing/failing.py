"""What assertions on decisions compare, and how they fail: in words, with the why."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn, TypeAlias

import attrs

from complaint_rules.decision import Decision, whole_seconds
from complaint_rules.decision.answer.codec import instant_text
from complaint_rules.decision.answer.shown import number_text
from complaint_rules.errors import StateError
from complaint_rules.explanation import as_text, why, why_not
from complaint_rules.intake import read_state
from complaint_rules.intake.readers import read_money
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.source import Span
from complaint_rules.state import State
from complaint_rules.testing.instants import When, is_instant, seconds_of


class Unsaid(enum.Enum):
    """Says nothing of a field."""

    ANY = "any"


ANY: Final = Unsaid.ANY
Instant: TypeAlias = int | str | datetime.datetime | Unsaid | None
"""
An instant as an assertion takes it; `None`: there is none.

An aware datetime, whole seconds, RFC 3339 text, local ``2026-11-24 10:00`` in the complaint's
zone, or ``+30 m`` from the instant of the decision.
"""
Amount: TypeAlias = Money | str | Unsaid | None
"""An amount as an assertion takes it: ``20 EUR``; `None`: it costs no money."""

_NOWHERE: Final = Span("", 1, 1, 1, 1)
_ISOLATES: Final = {0x2068: None, 0x2069: None}


@attrs.frozen(kw_only=True)
class Because:
    """
    Where a decision comes from, so that a failure can say why.

    Attributes:
        policy: The policy that decided.
        state: The state it decided, as it was given.
    """

    policy: Policy
    state: State | Mapping[str, Any]


# --------------------------------------------------------------------- comparing


def seconds(decision: Decision, wanted: Instant) -> int | Unsaid | None:
    """Return an instant as decisions hold it."""
    if wanted is None or isinstance(wanted, Unsaid):
        return wanted
    if isinstance(wanted, str) and is_instant(wanted):
        base = When(instant_text(decision.at, "UTC"), _NOWHERE)
        found = seconds_of(When(wanted, _NOWHERE, base), decision.timezone)
        if found is None:
            raise ValueError(f"`{wanted}` lies outside the years 1900 to 2400")
        return found
    return whole_seconds(wanted)


def money(wanted: Amount) -> Money | Unsaid | None:
    """Return an amount as decisions hold it."""
    return read_money(wanted) if isinstance(wanted, str) else wanted


def same(
    decision: Decision,
    item: str,
    found: object,
    wanted: Mapping[str, object],
    because: Because | None,
) -> None:
    """Fail where a field of an item is not as it is wanted."""
    __tracebackhide__ = True
    name = item.partition(":")[2]
    for field, value in wanted.items():
        got = getattr(found, field, None)
        if value is not ANY and got != value:
            fail(
                f"expected `{name}` with {field} {_told(decision, value)}",
                f"its {field} is {_told(decision, got)}",
                *_why(decision, item, because),
            )


def absent(
    decision: Decision,
    item: str,
    what: str,
    there: Iterable[str],
    because: Because | None,
    *more: str,
) -> NoReturn:
    """Fail because an item is missing: tell what is there, and why it is not."""
    __tracebackhide__ = True
    fail(
        f"expected `{item.partition(':')[2]}` to be {what}",
        f"{what}: {listed(there)}",
        *more,
        *_why_not(decision, item, because),
    )


def present(decision: Decision, item: str, what: str, because: Because | None) -> NoReturn:
    """Fail because an item is there: tell why it is."""
    __tracebackhide__ = True
    name = item.partition(":")[2]
    fail(f"expected `{name}` not to be {what}, but it is", *_why(decision, item, because))


def fail(*lines: str) -> NoReturn:
    """Fail with some lines, all but the first indented."""
    __tracebackhide__ = True
    raise AssertionError("\n  ".join(lines))


# ------------------------------------------------------------------------- words


def _told(decision: Decision, value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, Money):
        return f"{number_text(value.amount)} {value.currency}"
    return instant_text(value, decision.timezone) if isinstance(value, int) else str(value)


def listed(words: Iterable[str]) -> str:
    """Return words as a list to read."""
    return ", ".join(words) or "nothing"


def _why(decision: Decision, item: str, because: Because | None) -> tuple[str, ...]:
    if because is None:
        return ()
    return tuple(as_text(why(because.policy, decision, item)).translate(_ISOLATES).splitlines())


def _why_not(decision: Decision, item: str, because: Because | None) -> tuple[str, ...]:
    if because is None:
        return ()
    given = because.state
    state = given if isinstance(given, State) else read_state(because.policy, given)
    try:
        reply = why_not(because.policy, state, item, at=decision.at)
    except StateError as error:
        # The ruleset has no such item.
        return tuple(f"{each.message} ({each.help})" for each in error.report.problems)
    return tuple(as_text(reply.explanation).translate(_ISOLATES).splitlines())
