"""A decision as JSON and back, by the published schema (semantics F)."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any, Final

from complaint_rules.decision.answer.codec import (
    FLAG,
    IDS,
    INSTANT,
    MONEY,
    SHOWN,
    TEXT,
    WHOLE,
    ZONE,
    Codec,
    lasting,
    listed,
    mapped,
    maybe,
    one_of,
    record,
    refuse,
)
from complaint_rules.decision.answer.shape import (
    Ask,
    Choice,
    DecidedAction,
    DecidedManner,
    DecidedTarget,
    DecidedType,
    Decision,
    Escalation,
    Notice,
    Owed,
    Prohibition,
    Reason,
    RulesetStamp,
    Withheld,
)
from complaint_rules.source import Span

FORMAT: Final = 1
"""The decision format this package writes."""

_CHOICE: Final = record(
    Choice,
    remedy=TEXT,
    amount=maybe(MONEY),
    cap=maybe(MONEY),
    approver=TEXT,
    group=TEXT,
    excludes=IDS,
    fits=maybe(FLAG),
    rules=IDS,
)
_ACTION: Final = record(
    DecidedAction,
    id=TEXT,
    owner=TEXT,
    opens=maybe(INSTANT),
    due=maybe(INSTANT),
    status=one_of("not_started", "due", "at_risk", "overdue", "unknown"),
    target=maybe(TEXT),
    approver=maybe(TEXT),
    rules=IDS,
)
_TARGET: Final = record(
    DecidedTarget,
    id=TEXT,
    law=FLAG,
    start=maybe(INSTANT),
    opens=maybe(INSTANT),
    warn_at=maybe(INSTANT),
    due=maybe(INSTANT),
    met_at=maybe(INSTANT),
    left_s=maybe(WHOLE),
    rules=IDS,
    status=one_of(
        "not_started", "due", "at_risk", "overdue", "met", "met_late", "paused", "unknown"
    ),
)
_TYPE: Final = record(
    DecidedType,
    type=TEXT,
    basis=one_of("given", "recognised", "default"),
    status=one_of("applied", "proposed", "expired"),
    signals=IDS,
    expires_at=maybe(INSTANT),
)
_SPAN: Final = lasting(
    record(Span, file=TEXT, line=WHOLE, column=WHOLE, end_line=WHOLE, end_column=WHOLE)
)
_REASON: Final = record(
    Reason,
    truth=one_of("true", "unknown"),
    source=IDS,
    span=maybe(_SPAN),
    facts=mapped(SHOWN),
)


def _read_format(data: Any, place: str) -> int:
    if type(data) is not int or data != FORMAT:
        raise refuse(place, f"the decision format {FORMAT}")
    return data


_DECISION: Final = record(
    Decision,
    format=Codec(WHOLE.write, _read_format, {"const": FORMAT}, WHOLE.text),
    ruleset=record(RulesetStamp, id=TEXT, edition=TEXT, fingerprint=TEXT, tzdata=TEXT),
    at=INSTANT,
    complaint_id=maybe(TEXT),
    stage=TEXT,
    side=IDS,
    types=listed(_TYPE),
    actions=listed(_ACTION),
    manner=listed(
        record(DecidedManner, id=TEXT, phase=one_of("listening", "deciding", "both"), rules=IDS)
    ),
    targets=listed(_TARGET),
    owed=listed(
        record(
            Owed,
            remedy=TEXT,
            amount=maybe(MONEY),
            due=maybe(INSTANT),
            waiting_for=IDS,
            rules=IDS,
        )
    ),
    choices=listed(_CHOICE),
    goodwill=listed(_CHOICE),
    room=maybe(MONEY),
    withheld=listed(
        record(
            Withheld,
            remedy=TEXT,
            reason=one_of("rule", "cap", "limit", "later", "waiting"),
            waiting_for=IDS,
            rules=IDS,
        )
    ),
    prohibitions=listed(
        lasting(
            record(Prohibition, id=TEXT, basis=one_of("true", "unknown"), overrode=IDS, rules=IDS)
        )
    ),
    asks=listed(record(Ask, fact=TEXT, learn_by=maybe(TEXT), blocks=IDS)),
    escalations=listed(record(Escalation, to=TEXT, rules=IDS)),
    assumed=IDS,
    notices=listed(record(Notice, code=TEXT, about=TEXT)),
    review_at=maybe(INSTANT),
    reasons=mapped(_REASON),
    timezone=ZONE,
)


def to_json(decision: Decision) -> dict[str, Any]:
    """
    Return a decision as the mapping that is written as JSON.

    Every key of the format stands in it, in the format's order; what is not known is ``None``.
    Instants are RFC 3339 in the complaint's zone, amounts are texts, nothing is a float.
    """
    written: dict[str, Any] = _DECISION.write(decision, decision.timezone)
    return written


def from_json(data: object) -> Decision:
    """
    Return the decision that `to_json` wrote.

    Args:
        data: The mapping, as ``json.loads`` reads it.

    Raises:
        StateError: It is no decision of this format (`not-a-decision`); its report names the
            place.
    """
    decision: Decision = _DECISION.read(data, "")
    return decision


@functools.lru_cache(maxsize=64)
def _writing(timezone: str) -> Callable[[Decision], str]:
    """Return the function that writes decisions in a zone as one line of JSON."""
    return _DECISION.text(timezone)


def dumps(decision: Decision, *, indent: int | None = None) -> str:
    """
    Return a decision as JSON text: equal decisions give equal text.

    Args:
        decision: The decision.
        indent: Spaces of indentation; `None` writes one line.
    """
    if indent is None:
        return _writing(decision.timezone)(decision)
    return json.dumps(to_json(decision), ensure_ascii=False, allow_nan=False, indent=indent)


def decision_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a decision; it allows no other key."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A decision of complaint_rules",
        "description": "What a ruleset answers for one complaint at one instant, format 1.",
        **_DECISION.schema,
    }
