"""By when something is due, in words."""

from __future__ import annotations

from complaint_rules.handbook.book import Line, Lines, Para, Simple, Words
from complaint_rules.handbook.lengths import length
from complaint_rules.handbook.pen import Pen
from complaint_rules.handbook.sums import total
from complaint_rules.policy import Due, DueNow, DueTarget


def due(pen: Pen, each: Due) -> Words:
    """Return one due time in words: at once, with a deadline, so long after an instant."""
    match each:
        case DueNow():
            return (pen.say("at_once"),)
        case DueTarget(target, (1, 1)):
            return (pen.say("due.target"), " ", pen.link("target", target))
        case DueTarget(target, (part, whole)):
            number = pen.speaker.number
            share = pen.say("due.part", part=number(part), whole=number(whole))
            return (share, " ", pen.link("target", target))
        case _:
            start = total(pen, each.start)
            return (pen.say("due.after", length=length(pen, each.duration), start=start),)


def dues(pen: Pen, each: tuple[Due, ...]) -> tuple[Simple, ...]:
    """Return several due times, of which the earliest counts; nothing where there are none."""
    if len(each) < 2:
        return tuple(Para(due(pen, one)) for one in each)
    return (Lines(tuple(Line(due(pen, one)) for one in each)),)
