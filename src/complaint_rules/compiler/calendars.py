"""Calendars: zones, hours, holidays and special days (semantics 13, 14)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from complaint_rules.calendar import BusinessCalendar, Windows, zone, zone_names
from complaint_rules.compiler.dates import day_at, day_of
from complaint_rules.compiler.hours import week, windows
from complaint_rules.compiler.kept_days import kept_days
from complaint_rules.compiler.parts import common
from complaint_rules.compiler.public_days import countries, public_days
from complaint_rules.policy import Opening
from complaint_rules.spelling import help_for

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site
    from complaint_rules.model.ruleset import CalendarModel
    from complaint_rules.policy import Validity

ROUND_THE_CLOCK: Final = "always"
"""Id of the calendar of a ruleset that declares none: UTC, open every hour."""

_YEARS: Final = (2010, 2040)
_EARLIEST: Final = 1900
_LATEST: Final = 2400
_MOST_YEARS: Final = 200
_ALL_DAY: Final = ((0, 1_440),)


def calendars(models: Mapping[str, CalendarModel], section: Site) -> dict[str, BusinessCalendar]:
    """
    Return the calendars by id; where none is declared, one that never closes.

    A calendar at fault is left out once its faults are reported.
    """
    if not models:
        always = BusinessCalendar(ROUND_THE_CLOCK, "UTC", (_ALL_DAY,) * 7)
        return {ROUND_THE_CLOCK: always}
    found = {}
    for name in models:
        site = section.at(name).owned(f"calendar `{name}`")
        calendar = _calendar(name, site)
        if calendar is not None:
            found[name] = calendar
    return found


def openings(
    models: Mapping[str, CalendarModel], section: Site, dates: Validity | None
) -> dict[str, Opening]:
    """Return what a reader is told of the calendars, by id."""
    return {
        name: Opening(
            holidays=tuple(model.holidays),
            **common(name, model, section.at(name), dates, section.key(name)),
        )
        for name, model in models.items()
    }


def choose(
    wanted: str | None, root: Site, known: frozenset[str], made: Mapping[str, BusinessCalendar]
) -> str:
    """
    Return the id of the calendar of a complaint that names none.

    Args:
        wanted: What the ruleset says, if it does.
        root: The ruleset.
        known: Ids of the declared calendars.
        made: The calendars.
    """
    if wanted is None:
        if len(known) > 1:
            first = min(known)
            message = "the ruleset has several calendars, and no `calendar` says which one is usual"
            root.error("missing-calendar", message, f"add `calendar: {first}`", at=root.key("id"))
        return next(iter(made), ROUND_THE_CLOCK)
    if wanted not in known:
        root.at("calendar").unknown("unknown-calendar", wanted, known, verb="the ruleset names")
    return wanted


def _calendar(name: str, site: Site) -> BusinessCalendar | None:
    before = len(site.problems)
    timezone = _timezone(site.at("timezone"))
    hours = week(site.at("hours"))
    if len(site.problems) == before and not any(hours):
        message = "is never open"
        site.error("never-open", message, "give at least one day hours", at=site.key("hours"))
    first, last = _years(site.child("years"))
    holidays = _holidays(site.child("holidays"), first, last)
    special = _special(site.child("days"))
    if len(site.problems) > before:
        return None
    return BusinessCalendar(name, timezone, hours, holidays, special, first, last)


def _timezone(site: Site) -> str:
    name = site.text.strip()
    if zone(name) is None:
        message = f"has the time zone `{name}`, which does not exist"
        site.error("bad-timezone", message, help_for(name, zone_names(), "zones"))
        return "UTC"
    return name


def _years(site: Site | None) -> tuple[int, int]:
    if site is None:
        return _YEARS
    ends = [end.strip() for end in site.text.split("-")]
    if all(len(end) == 4 and end.isascii() and end.isdecimal() for end in ends) and len(ends) < 3:
        first, last = int(ends[0]), int(ends[-1])
        if _EARLIEST <= first <= last <= _LATEST and last - first < _MOST_YEARS:
            return first, last
    cure = f"write `2010-2040`: first and last year, from 1900 to 2400, {_MOST_YEARS} at most"
    site.error("bad-years", f"has the years `{site.text}`", cure)
    return _YEARS


def _holidays(site: Site | None, first: int, last: int) -> frozenset[datetime.date]:
    found: set[datetime.date] = set()
    for item in site.items() if site is not None else ():
        text = item.text.strip()
        day = day_of(text)
        if day is not None:
            found.add(day)
        elif text[:1].isdigit():
            item.error("bad-date", f"has the holiday `{text}`", "write `2026-12-24`")
        else:
            found |= _public(item, text, first, last)
    return frozenset(found)


def _public(site: Site, text: str, first: int, last: int) -> frozenset[datetime.date]:
    kept = kept_days(text, first, last)
    if kept is not None:
        return kept
    country, dash, subdivision = text.partition("-")
    known = countries()
    if country not in known:
        message = f"has the holidays of `{text}`, which is no country"
        site.error("bad-holiday", message, help_for(country, known, "countries"))
        return frozenset()
    if dash and subdivision not in known[country]:
        message = f"has the holidays of `{text}`, and `{country}` has no such part"
        site.error("bad-holiday", message, help_for(subdivision, known[country], "parts"))
        return frozenset()
    return public_days(country, subdivision, first, last)


def _special(site: Site | None) -> dict[datetime.date, Windows]:
    found: dict[datetime.date, Windows] = {}
    for item in site.items() if site is not None else ():
        day = day_at(item.child("date"))
        assert day is not None, "the model has seen that it is a date"  # noqa: S101
        if day in found:
            item.error("duplicate-day", f"has the day {day} twice", "join both into one")
        found[day] = windows(item.child("hours"))
    return found
