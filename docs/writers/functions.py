"""The page of the functions of expressions; its examples are computed while it is written."""

from __future__ import annotations

from typing import Any

import attrs

from complaint_rules import decide, loads, to_json
from complaint_rules.conditions import FUNCTIONS

_TOP = """\
# Functions

Expressions may call these functions and no others.
An argument that is unknown makes the result unknown; one that has not happened yet gives
`not_yet`, except in `earliest` and `latest`, which skip it (semantics 2, 9).
Numbers are exact: nothing is rounded in between (semantics 27).
Times and dates are local to the complaint's calendar (semantics 13).

The examples are worked out for this complaint, with an office in Budapest that is open from 9:00
to 17:00, Monday to Friday:

- `received_at` is Friday 2026-11-20, 15:30; `seen_at` is Monday 2026-11-23, 10:15; `resolved_at`
  is not yet;
- `signs` is `[late, rude]`; `severity` is `s2` of `s4, s3, s2, s1`;
- `thank` was done on Saturday at 12:00.
"""
_RULESET = """\
format: 1
id: examples
edition: "1"
title: Examples
currency: EUR
calendars: {office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}}
actions: {thank: {owner: agent}}
facts:
  seen_at: {kind: instant, default: not_yet}
  resolved_at: {kind: instant, default: not_yet}
  signs: {kind: set, values: [late, rude]}
  severity: {kind: level, values: [s4, s3, s2, s1]}
  example: {KIND, derive: 'EXPRESSION'}
rules:
  - {id: shown, text: Shown, source: house, when: {example: known}, then: {escalate: lead}}
"""
_STATE = {
    "received_at": "2026-11-20T15:30:00+01:00",
    "seen_at": "2026-11-23T10:15:00+01:00",
    "signs": ["late", "rude"],
    "severity": "s2",
    "done": [{"action": "thank", "at": "2026-11-21T12:00:00+01:00"}],
}
_AT = "2026-11-23T12:00:00+01:00"


@attrs.frozen
class _Told:
    """What the page says of one function; `kind` is that of the example's value."""

    does: str
    example: str
    kind: str


_TOLD = {
    "min": _Told(
        "The smallest; amounts must be of one currency.", "min(20% * 300 EUR, 50 EUR)", "money"
    ),
    "max": _Told(
        "The greatest; amounts must be of one currency.", "max(20% * 300 EUR, 50 EUR)", "money"
    ),
    "round": _Told(
        "Rounded to so many decimals (none), a half away from zero.", "round(2.345, 2)", "number"
    ),
    "abs": _Told("Without its sign.", "abs(3 - 5)", "number"),
    "count": _Told("How many members a set has.", "count(signs)", "count"),
    "raise": _Told(
        "The level so many steps higher, at most the highest; a negative number lowers it.",
        "raise(severity, 1)",
        "level",
    ),
    "fact": _Told(
        "The value of a fact; in a test of words it says that a fact is meant (semantics 8).",
        "fact(severity)",
        "level",
    ),
    "days_between": _Told(
        "The midnights between two moments; negative if the second is earlier.",
        "days_between(received_at, seen_at)",
        "count",
    ),
    "business_days_between": _Told(
        "The business days after the day of the first, up to and with that of the second.",
        "business_days_between(received_at, seen_at)",
        "count",
    ),
    "open_time_between": _Told(
        "The open time between two moments, in seconds; 0 if the second is not later.",
        "open_time_between(received_at, seen_at)",
        "business_duration",
    ),
    "add": _Told(
        "So much later, in any unit; a date is the end of its day (semantics 14).",
        "add(received_at, 1 bd end of day)",
        "instant",
    ),
    "start_of_day": _Told("Midnight at which the day began.", "start_of_day(seen_at)", "instant"),
    "end_of_day": _Told("The day's last second.", "end_of_day(seen_at)", "instant"),
    "date_of": _Told("The local date.", "date_of(seen_at)", "date"),
    "whole": _Told(
        "How many whole units a span holds, towards nought.",
        "whole(seen_at - received_at, 1 h)",
        "count",
    ),
    "earliest": _Told(
        "The earliest of what has happened; `not_yet` if nothing has.",
        "earliest(resolved_at, seen_at, received_at)",
        "instant",
    ),
    "latest": _Told(
        "The latest of what has happened; `not_yet` if nothing has.",
        "latest(resolved_at, seen_at, received_at)",
        "instant",
    ),
    "done_at": _Told(
        "When an action was last done in this round; `not_yet` if it was not.",
        "done_at(thank)",
        "instant",
    ),
    "done_count": _Told(
        "How often an action was done, in all rounds.", "done_count(thank)", "count"
    ),
}


def page() -> str:
    """Return the page; a function that is not told here is a mistake."""
    rows = [
        f"| `{name}` | {function.arguments} | {_TOLD[name].does} | `{_TOLD[name].example}` "
        f"is `{_value(_TOLD[name])}` |\n"
        for name, function in sorted(FUNCTIONS.items())
    ]
    return (
        f"{_TOP}\n| function | takes | gives | example |\n|---|---|---|---|\n{''.join(rows)}\n"
        "Durations are shown in seconds.\n"
    )


def _value(told: _Told) -> Any:
    kind = f"kind: {told.kind}" + (", like: severity" if told.kind == "level" else "")
    text = _RULESET.replace("KIND", kind).replace("EXPRESSION", told.example)
    decision = to_json(decide(loads(text), _STATE, at=_AT))
    value = decision["reasons"]["shown"]["facts"]["example"]
    return f"{value['amount']} {value['currency']}" if isinstance(value, dict) else value
