"""The facts the package itself knows, whatever the ruleset (semantics 34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from complaint_rules.facts import Fact, Kind

COMPLAINT_KINDS: Final = (
    "complaint",
    "feature_request",
    "question",
    "mistaken_identity",
    "none",
)
PENDING_ON: Final = ("company", "customer", "third_party")
CALM: Final = "calm"
SILENT: Final = "silent"

PROMISE_WARNING: Final = "promise_warning"
"""The setting that says how long before a promise is due it counts as about to be missed."""

RESERVED_IDS: Final = frozenset({"total", "entitlement", "promise", "now"})
"""Ids that no rule, target, remedy or group may take: decisions name other things so."""

RESERVED_NAMES: Final = frozenset(
    {
        *("all", "any", "none", "not", "at_least", "always"),
        *("row", "source", "text", "valid", "valid_from", "valid_to", "else"),
        *("now", "not_yet", "unknown", "known", "happened", "fact", "yes", "no", "true", "false"),
        "type_basis",
    }
)
"""Words that no fact or setting may be named: conditions, tables and tests mean others by them."""

SETTLED: Final = ("round_start", "done", "customer_types", "was_silent", "stage", "side")
"""Facts the package settles itself: derived, or given and then settled."""


def reserved_facts(
    types: Iterable[str],
    actions: Iterable[str],
    remedies: Iterable[str],
    fits: Iterable[str],
    calendars: Iterable[str],
    stages: Iterable[str],
    sides: Iterable[str],
) -> dict[str, Fact]:
    """
    Return the reserved facts of a ruleset, fields of records under dotted names too.

    Args:
        types: Ids of customer types; `calm` is added.
        actions: Ids of actions, the values of ``done``.
        remedies: Ids of remedies, and
        fits: the words they answer: the values of ``accepted`` and of kinds of a demand.
        calendars: Ids of calendars.
        stages: Ids of stages, in order.
        sides: Ids of side states.
    """
    wishes = tuple(dict.fromkeys((*remedies, *fits)))
    types = tuple(types)
    listed = (
        _fact("complaint_id", Kind.TEXT),
        _fact("kind", Kind.CHOICE, COMPLAINT_KINDS),
        _fact("received_at", Kind.INSTANT),
        _fact("event_date", Kind.DATE),
        _fact("calendar", Kind.CHOICE, calendars),
        _fact("currency", Kind.TEXT),
        _fact("customer_types", Kind.SET, types if CALM in types else (*types, CALM)),
        _fact("done", Kind.SET, actions),
        _fact("reopened_at", Kind.INSTANT),
        _records("pauses", _fact("from", Kind.INSTANT), _fact("to", Kind.INSTANT)),
        _fact("pending_on", Kind.CHOICE, PENDING_ON),
        _fact("pending_since", Kind.INSTANT),
        _records(
            "promises",
            _fact("what", Kind.TEXT),
            _fact("due", Kind.INSTANT),
            _fact("kept", Kind.YES_NO),
            _fact("expected", Kind.INSTANT),
            _fact("slipped_at", Kind.INSTANT),
        ),
        _fact("accepted", Kind.SET, wishes),
        *_record(
            "entitlement",
            _fact("kinds", Kind.SET, wishes),
            _fact("amount", Kind.MONEY),
            _fact("source", Kind.TEXT),
        ),
        *_record("demand", _fact("kinds", Kind.SET, wishes), _fact("amount", Kind.MONEY)),
        _fact("amount_paid", Kind.MONEY),
        _fact("voluntary_given", Kind.MONEY),
        _fact("round_start", Kind.INSTANT, derived=True),
        _fact("was_silent", Kind.YES_NO, derived=True),
        _fact("stage", Kind.CHOICE, stages, derived=True),
        _fact("side", Kind.SET, sides, derived=True),
    )
    return {fact.name: fact for fact in listed}


RESERVED_DEFAULTS: Final[Mapping[str, str]] = {
    "kind": "complaint",
    "customer_types": "[]",
    "done": "[]",
    "reopened_at": "not_yet",
    "pauses": "[]",
    "pending_on": "company",
    "pending_since": "not_yet",
    "promises": "[]",
    "promises.kept": "no",
    "accepted": "[]",
    "voluntary_given": "0",
}
"""Defaults of reserved facts, as an author would write them; a ruleset may set others."""


def _fact(name: str, kind: Kind, values: Iterable[str] = (), *, derived: bool = False) -> Fact:
    return Fact(name, kind, tuple(values), derived=derived, reserved=True)


def _records(name: str, *fields: Fact) -> Fact:
    return Fact(name, Kind.RECORDS, fields={field.name: field for field in fields}, reserved=True)


def _record(name: str, *fields: Fact) -> tuple[Fact, ...]:
    whole = Fact(name, Kind.RECORD, fields={field.name: field for field in fields}, reserved=True)
    dotted = (
        Fact(f"{name}.{field.name}", field.kind, field.values, reserved=True) for field in fields
    )
    return (whole, *dotted)
