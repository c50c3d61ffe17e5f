"""The page of the facts the package itself knows (semantics 34)."""

from __future__ import annotations

from complaint_rules.compiler.reserved import RESERVED_DEFAULTS, reserved_facts
from complaint_rules.facts import Fact

_TOP = """\
# Reserved facts

The package itself knows these facts, whatever the ruleset (semantics 34).
Every other fact is the ruleset's own.
A ruleset may give a reserved fact a `title`, a `default`, `learn_by` and `not_money`, but no other
kind.
In a state they are written like all facts: `null` is missing, `"unknown"` is unknown
(semantics 1).

A fact that is *derived* is worked out and cannot be given.
The words in angle brackets stand for what the ruleset declares.

| fact | kind | default | meaning |
|---|---|---|---|
"""
_AFTER = """
A state may also give `type_basis`: for each customer type a mapping with `signals` (texts),
`confirmed_by` (who), `since` and `expires_at` (instants).
Conditions cannot test it, but a type that waits for a human is asked as
`type_basis.<type>.confirmed_by` (semantics 7).

`done` is given as a list of `{action, at}`.
Conditions see the set of actions done in this round; expressions call `done_at(id)` and
`done_count(id)` (semantics 5, 15).
"""
_MEANING = {
    "complaint_id": "the host's own id; given back in the decision",
    "kind": "what it is",
    "received_at": "when it was received; the round starts here unless it was reopened",
    "event_date": "by which dated items are chosen (semantics 21); else the local date of "
    "`received_at`, else of the instant decided at",
    "calendar": "which calendar and time zone rule it; else the ruleset's",
    "currency": "the currency of its amounts; else that of the amounts given, else the ruleset's",
    "customer_types": "given types; in conditions the applied ones (semantics 7)",
    "done": "what was done, and when",
    "reopened_at": "when it was last reopened (semantics 15)",
    "pauses": "stretches of time in which others were waited for; without `to` still open "
    "(semantics 17)",
    "pending_on": "who is waited for",
    "pending_since": "since when",
    "promises": "what was promised: `what`, `due`, `kept`, when it is `expected`, and when it "
    "became clear that it is late (`slipped_at`) (semantics 19)",
    "accepted": "what the customer accepted",
    "entitlement.kinds": "what the customer is entitled to",
    "entitlement.amount": "how much, in any currency; it is owed (semantics 28)",
    "entitlement.source": "by which law or contract",
    "demand.kinds": "what the customer demands",
    "demand.amount": "how much",
    "amount_paid": "what the customer paid; the room is half as much again (semantics 29)",
    "voluntary_given": "what was already given voluntarily",
    "round_start": "when the present round began (semantics 15)",
    "was_silent": "a silent customer complained after all (semantics 7)",
    "stage": "the stage of its life (semantics 24)",
    "side": "side states that hold beside the stage",
}


def page() -> str:
    """Return the page; it is a mistake to reserve a fact and not to tell it here."""
    facts = reserved_facts(
        ["<customer type>"],
        ["<action>"],
        ["<remedy>"],
        ["<word it fits>"],
        ["<calendar>"],
        ["<stage>"],
        ["<side state>"],
    )
    told = {name: fact for name, fact in facts.items() if name not in ("entitlement", "demand")}
    return _TOP + "".join(_row(fact) for fact in told.values()) + _AFTER


def _row(fact: Fact) -> str:
    values = [f"`{value}`" for value in fact.values]
    fields = [f"`{name}` {field.kind.value}" for name, field in fact.fields.items()]
    kind = f"{fact.kind.value}: {', '.join([*values, *fields])}".removesuffix(": ")
    default = "derived" if fact.derived else RESERVED_DEFAULTS.get(fact.name, "")
    shown = f"`{default}`" if default and not fact.derived else default
    return f"| `{fact.name}` | {kind} | {shown} | {_MEANING[fact.name]} |\n"
