"""A comparison as JSON's own types."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import attrs

from complaint_rules.decision.answer.codec import instant_text
from complaint_rules.decision.answer.shown import number_text
from complaint_rules.diff.editions import Edition
from complaint_rules.diff.explaining import explained
from complaint_rules.diff.findings import TOTAL, Diff, Group
from complaint_rules.diff.forms.words import decimal
from complaint_rules.diff.states import jsonable
from complaint_rules.diff.telling import Answer, Value
from complaint_rules.money import Money

_MOST_EXPLAINED: Final = 60


def as_data(diff: Diff) -> dict[str, Any]:
    """Return a comparison as data: amounts as text, instants as RFC 3339, shifts in seconds."""
    return {
        "format": 1,
        "old": _edition(diff.old),
        "new": _edition(diff.new),
        "changes": [attrs.asdict(each) for each in diff.changes],
        "decided": dict(diff.decided),
        "differing": dict(diff.differing),
        "kinds": dict(diff.kinds),
        "broken": dict(diff.broken),
        "types": [attrs.asdict(each) for each in diff.shares],
        "groups": [
            _group(diff, each, reasoned=number < _MOST_EXPLAINED)
            for number, each in enumerate(diff.groups)
        ],
        "money": [
            {
                "of": "recorded" if each.recorded else "made up",
                "remedy": None if each.remedy == TOTAL else each.remedy,
                "type": each.type or None,
                "currency": each.currency,
                "before": amount_text(each.before),
                "after": amount_text(each.after),
                "complaints": each.complaints,
            }
            for each in diff.money
        ],
    }


def amount_text(value: Fraction) -> str:
    """Return an amount as decimal text, without an exponent."""
    return f"{decimal(value):f}"


def answer_data(answer: Answer, timezone: str) -> dict[str, Any]:
    """Return one difference as data."""
    return {
        "kind": answer.kind,
        "section": answer.section or None,
        "about": answer.about,
        "before": _value(answer.before, timezone),
        "after": _value(answer.after, timezone),
        "along": list(answer.along),
    }


def _edition(edition: Edition) -> dict[str, str]:
    policy = edition.policy
    return {"id": policy.id, "edition": policy.edition, "fingerprint": policy.fingerprint}


def _group(diff: Diff, group: Group, *, reasoned: bool) -> dict[str, Any]:
    example, answer = group.example, group.example.answer
    return {
        "kind": group.kind,
        "section": group.section or None,
        "about": group.about,
        "complaints": group.count,
        "origins": dict(group.origins),
        "types": dict(group.types),
        "along": dict(group.along),
        "shift": {
            unit: [int(each) if unit == "s" else amount_text(each) for each in bounds]
            for unit, bounds in group.spread.items()
        },
        "names": list(group.names),
        "example": {
            "name": example.complaint.name,
            "at": instant_text(example.complaint.at, example.timezone),
            "facts": jsonable(example.complaint.facts),
            "before": _value(answer.before, example.timezone),
            "after": _value(answer.after, example.timezone),
            "why": {each.edition: list(each.lines) for each in explained(diff, group)}
            if reasoned
            else {},
        },
    }


def _value(value: Value, timezone: str) -> Any:
    match value:
        case int():
            return instant_text(value, timezone)
        case Money(amount, currency):
            return {"amount": number_text(amount), "currency": currency}
        case _:
            return value
