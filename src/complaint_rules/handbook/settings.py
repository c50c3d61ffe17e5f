"""Figures of settings in words: dated, in several currencies, shares as percentages."""

from __future__ import annotations

from decimal import Decimal

from complaint_rules.calendar import Duration
from complaint_rules.facts import Kind
from complaint_rules.handbook.book import Para, Simple
from complaint_rules.handbook.pen import Pen
from complaint_rules.handbook.sums import figure as told
from complaint_rules.money import Money
from complaint_rules.policy import Item, Setting, Validity


def figure(pen: Pen, each: Setting) -> tuple[Simple, ...]:
    """
    Return the figures of a setting: those of one time on one line.

    Args:
        pen: The voice.
        each: The setting.
    """
    times: dict[Validity | None, list[str]] = {}
    for valid, value in each.values:
        times.setdefault(valid, []).append(told(pen, value, _kind(value)))
    lines = []
    for valid, values in times.items():
        dates = pen.valid(Item(id=each.id, valid=valid))
        words = pen.speaker.list(values)
        lines.append(Para((f"{words} ({dates})" if dates else words,)))
    return tuple(lines)


def _kind(value: object) -> Kind:
    """Return the kind a setting's figure is told as."""
    match value:
        case bool():
            return Kind.YES_NO
        case int():
            return Kind.COUNT
        case Money():
            return Kind.MONEY
        case Duration():
            return Kind.DURATION
        case str():
            return Kind.CHOICE
        case frozenset():
            return Kind.SET
        case Decimal():
            return Kind.NUMBER
        case _:
            return Kind.DATE
