"""Lengths of time in words: how long a deadline is, on which clock."""

from __future__ import annotations

from complaint_rules.calendar import Close, Duration
from complaint_rules.handbook.pen import Pen

_CLOSES = {Close.DAY: "close.day", Close.BUSINESS: "close.business"}


def length(pen: Pen, duration: Duration) -> str:
    """
    Return a duration in words, such as ``3 working days, to the end of the day``.

    Args:
        pen: The voice.
        duration: As the ruleset writes it.
    """
    close = _CLOSES.get(duration.close)
    if duration.amount == 0:
        return pen.say(f"same.{close}") if close else pen.say("at_once")
    told = pen.counted(f"unit.{duration.unit.value}", duration.amount)
    return pen.say(close, length=told) if close else told
