"""The ground everything stands on: calendars, figures, facts."""

from __future__ import annotations

import datetime
from typing import Final

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.conditions.derived import FirstOf, Formula, OverRecords, TableOf, TruthOf
from complaint_rules.facts import Fact, Kind
from complaint_rules.handbook.book import (
    Cell,
    Chapter,
    Code,
    Entry,
    Grid,
    Line,
    Lines,
    Mark,
    Para,
    Simple,
    Words,
)
from complaint_rules.handbook.conditions import Conditions
from complaint_rules.handbook.pen import Pen, anchor, sentence
from complaint_rules.handbook.settings import figure
from complaint_rules.handbook.sums import constant, total
from complaint_rules.handbook.tables import grids
from complaint_rules.policy import Opening, Setting

_WORDED: Final = (Kind.CHOICE, Kind.LEVEL, Kind.SET)


def calendars(pen: Pen) -> Chapter:
    """Return the chapter of calendars."""
    entries = tuple(_calendar(pen, each) for each in pen.policy.calendars.values())
    return Chapter("calendars", pen.say("chapter.calendars"), entries)


def _calendar(pen: Pen, each: BusinessCalendar) -> Entry:
    known = pen.policy.openings.get(each.id)
    usual = each.id == pen.policy.calendar
    opening = Opening(id=each.id) if known is None else known
    return Entry(
        anchor("calendar", each.id),
        pen.title("calendar", each.id),
        each.id,
        pen.text(opening.text),
        (Mark("plain", pen.say("usual")),) if usual else (),
        (
            (pen.say("label.zone"), (Para((Code(each.timezone),)),)),
            (pen.say("label.hours"), _week(pen, each)),
            (pen.say("label.holidays"), _holidays(pen, opening)),
            (pen.say("label.days"), _special(pen, each)),
            *pen.common(opening),
        ),
    )


def _week(pen: Pen, each: BusinessCalendar) -> tuple[Simple, ...]:
    lines = []
    for day, windows in enumerate(each.week):
        name = pen.speaker.say(f"day.{day}")
        lines.append(Line((f"{name}: {_windows(pen, windows)}",)))
    return (Lines(tuple(lines)),)


def _windows(pen: Pen, windows: tuple[tuple[int, int], ...]) -> str:
    told = (pen.say("window", start=_time(pen, a), end=_time(pen, b)) for a, b in windows)
    return pen.speaker.list(told) or pen.say("closed")


def _time(pen: Pen, minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return pen.speaker.number(f"{hours:02}:{rest:02}")


def _holidays(pen: Pen, opening: Opening) -> tuple[Simple, ...]:
    codes: list[Words] = [(Code(name),) for name in opening.holidays]
    return pen.para(pen.say("holidays.of"), " ", *pen.joined(codes)) if codes else ()


def _special(pen: Pen, each: BusinessCalendar) -> tuple[Simple, ...]:
    lines = tuple(
        Line((f"{_day(pen, day)}: {_windows(pen, windows)}",))
        for day, windows in each.special.items()
    )
    return (Lines(lines),) if lines else ()


def _day(pen: Pen, day: datetime.date) -> str:
    return pen.speaker.number(day.isoformat())


# --------------------------------------------------------------------- settings


def settings(pen: Pen) -> Chapter:
    """Return the chapter of figures, those of ours marked."""
    heads = (pen.say("head.setting"), pen.say("head.figure"), pen.say("label.source"))
    rows = tuple(_setting(pen, each) for each in pen.policy.settings.values())
    lead = Para((pen.say("lead.settings"),), "lead")
    return Chapter("settings", pen.say("chapter.settings"), (lead, Grid(heads, rows)))


def _setting(pen: Pen, each: Setting) -> tuple[Cell, ...]:
    name = Cell(pen.para(pen.title("setting", each.id), " ", Code(each.id)), head=True)
    sources = pen.sources(each.source)
    if each.default_of_ours:
        sources = (Para((Mark("ours", pen.say("ours")),)), *sources)
    if each.law:
        sources = (Para((Mark("law", pen.speaker.say("law")),)), *sources)
    return (name, Cell(figure(pen, each)), Cell(sources))


# ------------------------------------------------------------------------ facts


def facts(pen: Pen) -> Chapter:
    """Return the chapter of what must be known, and of what follows from it."""
    heads = (pen.say("head.fact"), pen.say("head.known"))
    found = [each for each in pen.policy.facts.values() if each.kind is not Kind.RECORD]
    rows = tuple((_name(pen, each), Cell(_known(pen, each))) for each in found)
    lead = Para((pen.say("lead.facts"),), "lead")
    return Chapter("facts", pen.say("chapter.facts"), (lead, Grid(heads, rows)))


def _name(pen: Pen, each: Fact) -> Cell:
    return Cell(pen.para(sentence(pen.title("fact", each.name)), " ", Code(each.name)), head=True)


def _known(pen: Pen, each: Fact) -> tuple[Simple, ...]:
    """Return a fact's values and how it comes to be known."""
    speaker = pen.speaker
    kind = pen.say(f"kindof.{each.kind.value}")
    if each.kind in _WORDED:
        words = speaker.list(_value(pen, value, each) for value in each.values)
        kind = pen.say("of", kind=kind, words=words)
    told: list[Simple] = [Para((kind,))]
    if each.learn_by is not None:
        told += pen.para(pen.say("label.learned"), " ", pen.link("action", each.learn_by))
    told += _derived(pen, each)
    return tuple(told)


def _value(pen: Pen, value: str, each: Fact) -> str:
    return constant(
        pen, frozenset({value}) if each.kind is Kind.SET else value, each.kind, each.name
    )


def _derived(pen: Pen, each: Fact) -> tuple[Simple, ...]:
    tests = Conditions(pen)
    match pen.policy.derivations.get(each.name):
        case TruthOf(condition):
            return (Lines((Line((pen.say("true_when"),), tests.lines(condition)),)),)
        case Formula(expression):
            return pen.para(f"= {total(pen, expression)}")
        case FirstOf(cases, otherwise):
            lines = [
                Line((pen.say("value_when", value=total(pen, value)),), tests.lines(condition))
                for condition, value in cases
            ]
            rest = Line((pen.say("value_else", value=total(pen, otherwise)),))
            return (Lines((*lines, rest)),)
        case OverRecords() as over:
            return (Lines((_over(pen, over),)),)
        case TableOf(table, output):
            found = grids(pen, table, output)
            return tuple(_flat(block) for block in found if isinstance(block, Grid))
        case _:
            return pen.para(pen.say("by_package")) if each.derived else ()


def _over(pen: Pen, over: OverRecords) -> Line:
    fields = dict(pen.policy.facts[over.records].fields)
    named = pen.speaker.field(over.field) if over.field else ""
    words = pen.say(f"over.{over.how}", field=named, records=pen.title("fact", over.records))
    return Line((words,), Conditions(pen, fields).lines(over.where))


def _flat(grid: Grid) -> Lines:
    """Return a table within a table as a list: each row on a line."""
    lines = []
    for row in grid.rows:
        words: list[Words] = []
        for cell in row:
            words += [b.words for b in cell.blocks if isinstance(b, Para)]
        lines.append(Line(tuple(w for part in words for w in (*part, " "))))
    return Lines(tuple(lines))
