"""How a mapping says dates and instants: their forms, their zone, and when to decide."""

from __future__ import annotations

import datetime
from typing import Final

from complaint_rules.calendar import BusinessCalendar, Duration, zone, zone_names
from complaint_rules.compiler.values import LiteralError, duration_of
from complaint_rules.grammar import Fault, parse_duration
from complaint_rules.mapping.page import Page, Path
from complaint_rules.mapping.tree import AtRule, Moment
from complaint_rules.problem import Problem
from complaint_rules.spelling import help_for

_AT: Final = ("column", "date", "timezone", "time", "plus")
_SAMPLE: Final = datetime.datetime(2001, 12, 30, 4, 5, 6, tzinfo=datetime.UTC)
_UNITS: Final = "write it like `60 d`, in m, h, d, w or mo"


def moment(page: Page, path: Path, *, day: bool = False) -> Moment:
    """
    Return how the dates of the column at `path` are read.

    The file's own ``date`` and ``timezone`` hold where the column says nothing.

    Args:
        page: The mapping.
        path: Where the column stands.
        day: The fact is a date, not an instant.
    """
    where = (*path, "date") if page.get((*path, "date")) is not None else ("date",)
    formats = page.texts(where)
    for form in formats:
        _check_form(page, form, where)
    place = (*path, "timezone") if page.get((*path, "timezone")) is not None else ("timezone",)
    name = page.word(place)
    found = zone(name) if name is not None else None
    if name is not None and found is None:
        cure = help_for(name, zone_names())
        page.tell("bad-timezone", f"unknown time zone `{name}`", place, cure)
    hour, minute = _clock(page, (*path, "time"))
    return Moment(tuple(formats), found, hour, minute, day)


def _check_form(page: Page, form: str, path: Path) -> None:
    """Note a form from which no day can be read back."""
    try:
        read = datetime.datetime.strptime(_SAMPLE.strftime(form), form)  # noqa: DTZ007 - a trial
    except ValueError:
        read = None
    if read is None or read.date() != _SAMPLE.date():
        told = f"`{form}` is no form of a date with day, month and year"
        page.tell("bad-date-form", told, path, "write it like `%m/%d/%Y`")


def _clock(page: Page, path: Path) -> tuple[int, int]:
    """Return the time of day at `path`; midnight where there is none."""
    text = page.word(path)
    if text is None:
        return 0, 0
    try:
        read = datetime.datetime.strptime(text, "%H:%M")  # noqa: DTZ007 - a time of day
    except ValueError:
        cure = 'write it like `"09:00"`'
        page.tell("bad-hours", f"`{text}` is no time of day", path, cure)
        return 0, 0
    return read.hour, read.minute


def at_rule(page: Page) -> AtRule | None:
    """Return the instant rows are decided at; `None` where the mapping names none."""
    value = page.get(("at",))
    if value is None:
        return None
    if isinstance(value, str):
        column: str | None = value
    elif isinstance(value, dict):
        page.known(value, _AT, ("at",))
        column = page.word(("at", "column"))
    else:
        column = None
    if not column:
        page.tell("wrong-shape", "`at` names no column", ("at",), "write `at: {column: …}`")
        return None
    how = moment(page, ("at",))
    return AtRule(column, how, _wall(how), _plus(page))


def _wall(how: Moment) -> BusinessCalendar:
    """Return the calendar that adds days on the wall clock; it is never open."""
    name = "UTC" if how.zone is None else how.zone.key
    return BusinessCalendar("at", name, ((),) * 7, frozenset(), {}, 2010, 2040)


def _plus(page: Page) -> Duration | None:
    """Return the time added to the column's instant."""
    path = ("at", "plus")
    text = page.word(path)
    if text is None:
        return None
    read = wall_duration(text)
    if isinstance(read, Problem):
        page.take([read], path)
        return None
    return read


def wall_duration(text: str) -> Duration | Problem:
    """Return a duration that needs no calendar, or what is wrong with its text."""
    literal = parse_duration(text)
    if isinstance(literal, Fault):
        return Problem(literal.code, literal.message, help=literal.help or _UNITS)
    try:
        read = duration_of(literal)
    except LiteralError as error:
        return Problem("bad-duration", f"`{text}` {error}", help=error.cure)
    if read.unit.business or read.close.value == "close of business":
        told = f"`{text}` needs a calendar with opening hours"
        return Problem("bad-duration", told, help=_UNITS)
    return read
