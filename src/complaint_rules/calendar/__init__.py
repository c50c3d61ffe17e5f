"""
Business time: instants, days and durations on a calendar of opening hours.

Instants are ``int``: whole seconds since 1970-01-01T00:00:00Z, from 1900 to 2400; whatever lies
outside is read as the nearer end, and so is every answer (`FIRST`, `LAST`). Zones come from the
``tzdata`` package, never from the operating system, so an answer is the same on every machine.
The meaning of every unit is settled by semantics 14.
"""

from __future__ import annotations

from complaint_rules.calendar.adding import add
from complaint_rules.calendar.business import BusinessCalendar
from complaint_rules.calendar.clock import FIRST, LAST, clamp, in_range
from complaint_rules.calendar.days import (
    business_days_between,
    covers,
    date_end,
    date_start,
    days_between,
    end_of_day,
    is_business_day,
    local_date,
    next_midnight,
    rfc3339,
    start_of_day,
)
from complaint_rules.calendar.opening import advance, is_open, next_open, open_seconds
from complaint_rules.calendar.reaching import earliest_start, next_change
from complaint_rules.calendar.spans import Origin, Part, Stretch, elapsed, fraction
from complaint_rules.calendar.units import CalendarError, Close, Duration, NeverOpenError, Unit
from complaint_rules.calendar.years import SEARCH_YEARS, Windows
from complaint_rules.calendar.zones import TZDATA_VERSION, zone, zone_names

__all__ = [
    "FIRST",
    "LAST",
    "SEARCH_YEARS",
    "TZDATA_VERSION",
    "BusinessCalendar",
    "CalendarError",
    "Close",
    "Duration",
    "NeverOpenError",
    "Origin",
    "Part",
    "Stretch",
    "Unit",
    "Windows",
    "add",
    "advance",
    "business_days_between",
    "clamp",
    "covers",
    "date_end",
    "date_start",
    "days_between",
    "earliest_start",
    "elapsed",
    "end_of_day",
    "fraction",
    "in_range",
    "is_business_day",
    "is_open",
    "local_date",
    "next_change",
    "next_midnight",
    "next_open",
    "open_seconds",
    "rfc3339",
    "start_of_day",
    "zone",
    "zone_names",
]
