"""Deadlines: when their clock starts, what meets them, how long they are for whom."""

from __future__ import annotations

from complaint_rules.conditions.tree import Truth
from complaint_rules.handbook.book import (
    Block,
    Chapter,
    Entry,
    Grid,
    Line,
    Lines,
    Mark,
    Para,
    Simple,
)
from complaint_rules.handbook.conditions import Conditions
from complaint_rules.handbook.lengths import length
from complaint_rules.handbook.pen import Pen, anchor
from complaint_rules.handbook.sums import total
from complaint_rules.handbook.tables import grids
from complaint_rules.handbook.uses import Uses
from complaint_rules.policy import Target


def targets(pen: Pen, uses: Uses) -> Chapter:
    """Return the chapter of deadlines."""
    entries = tuple(_target(pen, each, uses) for each in pen.policy.targets.values())
    lead = Para((pen.say("lead.targets"),), "lead")
    return Chapter("targets", pen.say("chapter.targets"), (lead, *entries))


def when(pen: Pen, number: int) -> tuple[Simple, ...]:
    """Return the condition of an item in words; nothing where it always holds."""
    condition = pen.policy.conditions[number]
    return () if condition == Truth() else Conditions(pen).block(condition)


def _target(pen: Pen, each: Target, uses: Uses) -> Entry:
    own = "" if each.due is None else length(pen, each.due)
    opens = "" if each.opens is None else length(pen, each.opens)
    calendar = () if each.calendar is None else (pen.link("calendar", each.calendar),)
    hurries = tuple(
        Line((pen.rule(rule), ": ", length(pen, due)))
        for rule, due in uses.hurries.get(each.id, ())
    )
    sources = each.source
    if each.table is not None:
        sources += tuple(source for row in each.table.rows for source in row.source)
    sources = tuple(dict.fromkeys(sources))
    return Entry(
        anchor("target", each.id),
        pen.title("target", each.id),
        each.id,
        pen.text(each.text),
        (Mark("law", pen.speaker.say("law")),) if each.law else (),
        (
            (pen.say("label.when"), when(pen, each.when)),
            (pen.say("label.from"), pen.para(total(pen, each.start))),
            (pen.say("label.met_by"), pen.para(total(pen, each.met_by))),
            (pen.say("label.opens"), pen.para(opens)),
            (pen.say("label.due"), pen.para(own)),
            (pen.say("label.table"), _table(pen, each)),
            (pen.say("label.rules"), (Lines(hurries),) if hurries else ()),
            (pen.say("label.pauses"), pen.para(pen.say("pauses.yes") if each.pauses else "")),
            (pen.say("label.calendar"), pen.para(*calendar)),
            (pen.say("label.valid"), pen.para(pen.valid(each))),
            (pen.say("label.source"), pen.sources(sources)),
            (pen.say("label.shown"), pen.shown(sources)),
        ),
    )


def _table(pen: Pen, each: Target) -> tuple[Simple | Grid, ...]:
    found: tuple[Block, ...] = () if each.table is None else grids(pen, each.table, "due")
    return tuple(block for block in found if not isinstance(block, Entry))
