"""Policies, situations and states made by hand, for tests of single parts of the decision."""

from __future__ import annotations

import datetime
import functools
import re
import textwrap
from typing import TYPE_CHECKING, Any

from complaint_rules.calendar import BusinessCalendar, Close, Duration, Unit
from complaint_rules.conditions.tree import Among, Constant, FactValue, IsKnown, Test, Truth
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.policy import BuiltIn, Policy
from complaint_rules.state import Done, Situation, State

if TYPE_CHECKING:
    from complaint_rules.decision.seeing.situation import Look

OFFICE_HOURS = ((540, 1020),)
OFFICE = BusinessCalendar("office", "Europe/Budapest", (*(OFFICE_HOURS,) * 5, (), ()))
ALWAYS = BusinessCalendar("always", "Europe/Budapest", (((0, 1440),),) * 7)
NEVER = BusinessCalendar("never", "Europe/Budapest", ((),) * 7)
YES = Truth(True)
RECEIVED = FactValue("received_at", Kind.INSTANT)
NONE_YET = Constant(NOT_YET, Kind.INSTANT)


def at(text: str) -> int:
    """Return a local time of Budapest, such as ``2026-11-23 10:00``, in whole seconds."""
    zone = OFFICE.zone
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def length(text: str) -> Duration:
    """Return a duration as it is written, such as ``3 bd end of day``."""
    amount, unit, *close = text.split(" ", 2)
    return Duration(int(amount), Unit(unit), Close(close[0] if close else ""))


def is_(fact: str, *values: Any) -> Test:
    """Return the test that a fact is one of some values."""
    return Test(fact, Among(frozenset(values)), text=str(values))


def known(fact: str) -> Test:
    """Return the test that a fact is known."""
    return Test(fact, IsKnown(True), text="known")


def money_of(amount: int, currency: str = "EUR") -> Any:
    """Return an amount of money."""
    from complaint_rules.money import Money

    return Money(amount, currency)


def situation(
    values: dict[str, Any] | None = None,
    now: int = at("2026-11-23 10:00"),
    *,
    calendar: BusinessCalendar = OFFICE,
    settings: dict[str, Any] | None = None,
    done: tuple[Done, ...] = (),
) -> Situation:
    """Return a situation in which these facts are known."""
    return Situation(
        values=dict(values or {}),
        now=now,
        calendar=calendar,
        event_date=datetime.date(2026, 11, 23),
        settings=settings or {},
        done=done,
        round_start=None,
        currency="EUR",
    )


HOUSE = """
format: 1
id: house
edition: "1"
title: House
currency: EUR
calendar: office
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}
  night: {timezone: Europe/Budapest, hours: {mon-sun: ["00:00-24:00"]}}
  london: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
"""


@functools.lru_cache(maxsize=64)
def house(*sections: str) -> Policy:
    """Return the policy of a ruleset: these sections beside the house's head and calendars."""
    from complaint_rules.loading import loads

    return loads(HOUSE + "".join(textwrap.dedent(section) for section in sections))


def seen(of: Policy, now: str, **facts: Any) -> Look:
    """Return these facts, as a host gives them, seen at a local time of Budapest."""
    from complaint_rules.decision.seeing.situation import look

    return look(of, given_state(of, facts), at(now))


def given_state(of: Policy, facts: dict[str, Any]) -> State:
    """Return the state of these facts; local times of Budapest may lack their offset."""
    from complaint_rules.intake import read_state

    return read_state(of, _zoned(facts))


def _zoned(value: Any) -> Any:
    """Return facts with every text that is a local time of Budapest made an instant."""
    if isinstance(value, dict):
        return {name: _zoned(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_zoned(each) for each in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?", value):
        return datetime.datetime.fromisoformat(value).replace(tzinfo=OFFICE.zone).isoformat()
    return value


_RESERVED = {
    "complaint_id": Kind.TEXT,
    "kind": Kind.CHOICE,
    "received_at": Kind.INSTANT,
    "event_date": Kind.DATE,
    "calendar": Kind.CHOICE,
    "currency": Kind.TEXT,
    "customer_types": Kind.SET,
    "done": Kind.SET,
    "reopened_at": Kind.INSTANT,
    "pauses": Kind.RECORDS,
    "pending_on": Kind.CHOICE,
    "pending_since": Kind.INSTANT,
    "promises": Kind.RECORDS,
}
_DERIVED = {
    "round_start": Kind.INSTANT,
    "was_silent": Kind.YES_NO,
    "stage": Kind.CHOICE,
    "side": Kind.SET,
}
_DEFAULTS: dict[str, Any] = {
    "kind": "complaint",
    "customer_types": frozenset(),
    "done": frozenset(),
    "reopened_at": NOT_YET,
    "pauses": (),
    "pending_on": "company",
    "pending_since": NOT_YET,
    "promises": (),
    "promises.kept": False,
}
_FIELDS = {
    "pauses": {"from": Fact("from", Kind.INSTANT), "to": Fact("to", Kind.INSTANT)},
    "promises": {
        "due": Fact("due", Kind.INSTANT),
        "kept": Fact("kept", Kind.YES_NO),
        "expected": Fact("expected", Kind.INSTANT),
    },
}


def policy(**given: Any) -> Policy:
    """
    Return a policy of these parts and of the reserved facts.

    `facts`, `defaults` and `derivations` are added to the reserved ones; `kinds` maps the names of
    given facts to their kinds.
    """
    facts = {
        name: Fact(name, kind, fields=_FIELDS.get(name, {}), reserved=True)
        for name, kind in _RESERVED.items()
    }
    facts |= {
        name: Fact(name, kind, derived=True, reserved=True) for name, kind in _DERIVED.items()
    }
    facts |= {name: Fact(name, kind) for name, kind in given.pop("kinds", {}).items()}
    facts |= given.pop("facts", {})
    defaults: dict[str, Any] = {
        name: Constant(value, facts[name].kind if name in facts else Kind.YES_NO)
        for name, value in _DEFAULTS.items()
    }
    defaults |= given.pop("defaults", {})
    for name in given.pop("without_default", ()):
        del defaults[name]
    derivations = {
        "round_start": BuiltIn(),
        "done": BuiltIn(),
        "customer_types": BuiltIn(),
        "was_silent": BuiltIn(),
        **given.pop("derivations", {}),
        "stage": BuiltIn(),
        "side": BuiltIn(),
    }
    parts: dict[str, Any] = {
        "id": "house",
        "edition": "1",
        "fingerprint": "f",
        "title": {},
        "currency": "EUR",
        "decimals": {},
        "calendar": "office",
        "calendars": {"office": OFFICE, "always": ALWAYS, "never": NEVER},
        "approvals": ("none", "lead"),
        "settings": {},
        "types": {},
        "conditions": (YES,),
        "stages": (),
        "sides": (),
        "rules": (),
        "actions": {},
        "manner": {},
        "targets": {},
        "remedies": {},
        "groups": {},
        "sequences": (),
    }
    return Policy(facts=facts, defaults=defaults, derivations=derivations, **{**parts, **given})


def state(
    values: dict[str, Any] | None = None,
    *,
    unknown: tuple[str, ...] = (),
    done: tuple[tuple[str, int], ...] = (),
    types: dict[str, Any] | None = None,
) -> State:
    """Return a state in which this is given."""
    return State(
        fingerprint="f",
        values=values or {},
        unknown=frozenset(unknown),
        done=tuple(Done(action, when) for action, when in done),
        types=types or {},
    )
