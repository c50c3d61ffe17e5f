"""The title page, and how to read the book."""

from __future__ import annotations

from complaint_rules.handbook.book import Chapter, Code, Front, Line, Lines, Para, Words
from complaint_rules.handbook.pen import Pen


def front(pen: Pen) -> Front:
    """Return the title page; nothing on it depends on the day it is printed."""
    policy, say = pen.policy, pen.say
    rows: list[tuple[str, Words]] = [
        (say("front.id"), (Code(policy.id),)),
        (say("front.edition"), (Code(policy.edition),)),
        (say("front.fingerprint"), (Code(policy.fingerprint),)),
    ]
    if policy.extends:
        above: list[Words] = [(Code(name),) for name in policy.extends]
        rows.append((say("front.extends"), pen.joined(above)))
    rows.append((say("front.currency"), (Code(policy.currency),)))
    calendar = pen.link("calendar", policy.calendar)
    rows.append((say("front.calendar"), (calendar,)))
    sign = ("front.sign.name", "front.sign.role", "front.sign.date")
    return Front(
        say("front.kicker"),
        pen.text(policy.text),
        tuple(rows),
        (say("front.approved"), tuple(say(label) for label in sign)),
        say("contents"),
    )


def reading(pen: Pen) -> Chapter:
    """Return the chapter that tells how to read the others."""
    say = pen.say
    roles = pen.speaker.list(
        pen.speaker.word(role) for role in pen.policy.approvals if role != "none"
    )
    lines = ("reading.rules", "reading.unknown", "reading.never", "reading.earliest")
    told = [Line((say(line),)) for line in lines]
    told.append(Line((say("reading.roles", roles=roles),)))
    told += [Line((say(line),)) for line in ("reading.ours", "reading.sources")]
    lead = Para((say("lead.reading"),), "lead")
    return Chapter("reading", say("chapter.reading"), (lead, Lines(tuple(told))))
