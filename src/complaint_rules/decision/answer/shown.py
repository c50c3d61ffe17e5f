"""Values of facts as a decision shows them: exact, free of floats, ready for JSON."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from complaint_rules.calendar import BusinessCalendar, rfc3339
from complaint_rules.decision.answer.shape import Shown
from complaint_rules.facts import Fact, Kind, NotYet, Record, Value
from complaint_rules.money import Money


def shown(value: Value, fact: Fact, calendar: BusinessCalendar) -> Shown:
    """
    Return a fact's value as a decision shows it.

    Args:
        value: A known value of the fact.
        fact: Its declaration: the kind tells an instant from a duration.
        calendar: The complaint's calendar, in whose zone instants are written.
    """
    match value:
        case bool() | str():
            return value
        case int():
            return rfc3339(calendar, value) if fact.kind is Kind.INSTANT else value
        case frozenset():
            return tuple(sorted(value))
        case tuple():
            return tuple(_record(record, fact, calendar) for record in value)
        case _:
            return _plain(value)


def _plain(value: Decimal | Fraction | Money | NotYet | datetime.date) -> Shown:
    match value:
        case NotYet():
            return value.value
        case Money():
            return {"amount": number_text(value.amount), "currency": value.currency}
        case datetime.date():
            return value.isoformat()
        case _:
            return number_text(value)


def number_text(value: Decimal | Fraction) -> str:
    """Return an exact number as text: no exponent; a fraction where a decimal has no end."""
    if isinstance(value, Decimal):  # asked first: a `Fraction` is known the slow way
        return format(value or abs(value), "f")
    return str(value)


def _record(record: Record, fact: Fact, calendar: BusinessCalendar) -> Shown:
    return {
        name: shown(record[name], fact.fields[name], calendar)
        for name in sorted(record)
        if name in fact.fields
    }
