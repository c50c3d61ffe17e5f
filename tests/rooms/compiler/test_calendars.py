"""Calendars: hours, zones, holidays, special days (semantics 13, 14)."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Callable

import pytest

from complaint_rules.compiler.public_days import countries, public_days
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem

Compiled = Callable[[str], Policy]


def office(hours: str, rest: str = "") -> str:
    """Return a ruleset with one calendar."""
    return f"calendars:\n  office:\n    timezone: Europe/Budapest\n    hours: {hours}\n{rest}"


def test_hours_of_any_week(compiled: Compiled) -> None:
    """Ranges may run over the week's end; windows are sorted; days not named are closed."""
    policy = compiled(
        office('{sat-wed: ["13:30-24:00", "00:00-12:00"], "thu, fri": ["09:00-12:30"]}')
    )
    week = policy.calendars["office"].week
    long, short = ((0, 720), (810, 1_440)), ((540, 750),)
    assert week == (long, long, long, short, short, long, long)
    one = compiled(office('{FRI: "8:00-9:00", sun: []}'))
    assert one.calendars["office"].week == ((), (), (), (), ((480, 540),), (), ())


def test_no_calendar_is_always_open(compiled: Compiled) -> None:
    """A ruleset without calendars has one in UTC that never closes."""
    policy = compiled("")
    assert policy.calendar == "always"
    always = policy.calendars["always"]
    assert always.timezone == "UTC"
    assert set(always.week) == {((0, 1_440),)}


def test_the_only_calendar_is_the_usual_one(compiled: Compiled) -> None:
    """With one calendar nothing needs to be said; with several `calendar` says it."""
    assert compiled(office("{mon: '09:00-17:00'}")).calendar == "office"
    second = "  phones:\n    timezone: Asia/Tehran\n    hours: {sat-wed: '08:00-16:00'}\n"
    policy = compiled("calendar: phones\n" + office("{mon: '09:00-17:00'}", second))
    assert policy.calendar == "phones"


def test_holidays_become_dates(compiled: Compiled) -> None:
    """Countries, their parts and single dates are worked out for the calendar's years."""
    rest = "    holidays: [HU, US-CA, 2026-12-24]\n    years: 2025-2027\n"
    days = compiled(office("{mon: '09:00-17:00'}", rest)).calendars["office"].holidays
    assert {day.year for day in days} == {2025, 2026, 2027}
    for day in ("2026-03-15", "2026-12-24", "2026-07-03"):
        assert datetime.date.fromisoformat(day) in days
    one_year = compiled(office("{mon: '09:00-17:00'}", "    holidays: HU\n    years: 2026\n"))
    assert {day.year for day in one_year.calendars["office"].holidays} == {2026}


def test_special_days(compiled: Compiled) -> None:
    """A special day has hours of its own, or none."""
    rest = '    days: [{date: 2026-12-24, hours: "09:00-12:00"}, {date: 2026-12-31}]\n'
    special = compiled(office("{mon: '09:00-17:00'}", rest)).calendars["office"].special
    assert special[datetime.date(2026, 12, 24)] == ((540, 720),)
    assert special[datetime.date(2026, 12, 31)] == ()


def test_holidays_are_part_of_the_fingerprint(compiled: Compiled) -> None:
    """Two rulesets that differ in the years of their holidays have other fingerprints."""
    prints = {
        compiled(
            office("{mon: '09:00-17:00'}", f"    holidays: HU\n    years: {years}\n")
        ).fingerprint
        for years in ("2025-2026", "2025-2027")
    }
    assert len(prints) == 2


FAULTS = {
    '{mon: "17:00-09:00"}': ("bad-hours", "`17:00-24:00`"),
    '{mon: "09:00-09:00"}': ("bad-hours", "whole day"),
    '{mon: "09:00-25:00"}': ("bad-hours", "windows"),
    '{mon: "09:00-10:60"}': ("bad-hours", "windows"),
    '{mon: "09-10"}': ("bad-hours", "windows"),
    '{mon: "morning"}': ("bad-hours", "windows"),
    '{mond: "09:00-17:00"}': ("bad-hours", "`mon`"),
    '{mon-tue-wed: "09:00-17:00"}': ("bad-hours", "mon-fri"),
    '{mon: "09:00-17:00", mon-fri: "09:00-17:00"}': ("bad-hours", "once"),
    '{mon: ["09:00-12:00", "11:00-17:00"]}': ("overlapping-hours", "one window"),
    "{mon: closed}": ("never-open", "hours"),
}


@pytest.mark.parametrize(("hours", "told"), FAULTS.items())
def test_faults_of_hours(only: Callable[[str], Problem], hours: str, told: tuple[str, str]) -> None:
    """A slip in the hours is told with its cure."""
    problem = only(office(hours))
    assert problem.code == told[0]
    assert told[1] in problem.help


FAULTS_OF_DAYS = {
    "holidays: H": "bad-holiday",
    "holidays: US-XX": "bad-holiday",
    "holidays: 2026-02-30": "bad-date",
    "years: 2040-2010": "bad-years",
    "years: 1800-1900": "bad-years",
    "years: 1900-2400": "bad-years",
    "years: soon": "bad-years",
    "days: [{date: 2026-12-24}, {date: 2026-12-24}]": "duplicate-day",
}


@pytest.mark.parametrize(("rest", "code"), FAULTS_OF_DAYS.items())
def test_faults_of_days(only: Callable[[str], Problem], rest: str, code: str) -> None:
    """A slip in holidays, years or special days is told."""
    problem = only(office("{mon: '09:00-17:00'}", f"    {rest}\n"))
    assert problem.code == code
    assert problem.help


def test_an_unknown_usual_calendar(only: Callable[[str], Problem]) -> None:
    """`calendar` must name one that is declared."""
    assert only("calendar: offce\n" + office("{mon: '09:00-17:00'}")).code == "unknown-calendar"


def test_public_days_lie_in_their_years() -> None:
    """A holiday moved over the year's end is no day of the years asked for."""
    assert "CA" in countries()["US"]
    assert {day.year for day in public_days("US", "", 2027, 2028)} == {2027, 2028}


def test_the_library_of_holidays_is_not_loaded_in_vain() -> None:
    """A ruleset without holidays by country does not load the library that knows them."""
    program = (
        "import sys\n"
        "from complaint_rules.loading import loads\n"
        "loads('format: 1\\nid: a\\nedition: \"1\"\\ntitle: A\\ncurrency: EUR\\n')\n"
        "print('holidays' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
