"""Values of facts in words, from the form in which a decision shows them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.explanation.speaker import Speaker
from complaint_rules.facts import Fact, Kind

_ITEMS: Final = {
    "accepted": "remedy",
    "calendar": "calendar",
    "customer_types": "type",
    "demand.kinds": "remedy",
    "done": "action",
    "entitlement.kinds": "remedy",
    "side": "stage",
    "stage": "stage",
}
"""Reserved facts whose values are ids of items, and of which kind."""
_LENGTHS = (Kind.DURATION, Kind.BUSINESS_DURATION)


def worded(speaker: Speaker, value: Any, fact: Fact) -> str:
    """
    Return a value in words.

    Args:
        speaker: The voice.
        value: The value as `complaint_rules.decision.answer.shown` writes it; `None` is unknown.
        fact: The fact, whose kind tells a length of time from a number.
    """
    if value is None:
        return speaker.say("unknown")
    if isinstance(value, bool):
        return speaker.say("yes" if value else "no")
    if isinstance(value, int):
        return speaker.length(value, fact.kind) if fact.kind in _LENGTHS else speaker.number(value)
    if isinstance(value, str):
        return _word(speaker, value, fact)
    if isinstance(value, Mapping):
        return speaker.amount(str(value["amount"]), str(value["currency"]))
    if fact.kind is Kind.RECORDS:
        return speaker.say("entries", count=speaker.number(len(value)))
    return speaker.list(_member(speaker, each, fact) for each in value) or speaker.say("none")


def _word(speaker: Speaker, value: str, fact: Fact) -> str:
    if fact.kind is Kind.INSTANT:
        if value == "not_yet":
            return speaker.say("not_yet")
        return speaker.instant(int(datetime.datetime.fromisoformat(value).timestamp()))
    if fact.kind in (Kind.NUMBER, Kind.DATE):
        return speaker.number(value)
    return _member(speaker, value, fact)


def _member(speaker: Speaker, value: str, fact: Fact) -> str:
    """Return a word of a choice or set; those that are ids of items by their titles."""
    kind = _ITEMS.get(fact.name) if fact.reserved else None
    known = kind != "remedy" or value in speaker.policy.remedies
    if kind is not None and known:
        return speaker.name(kind, value)
    return speaker.word(value, fact.name)
