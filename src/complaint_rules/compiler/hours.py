"""Opening hours as written: days of the week and windows of the day."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from complaint_rules.spelling import help_for

if TYPE_CHECKING:
    from complaint_rules.calendar import Windows
    from complaint_rules.compiler.site import Site

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOSED: Final = "closed"


def week(site: Site) -> tuple[Windows, ...]:
    """
    Return the opening hours of Monday to Sunday; faults are reported.

    Args:
        site: The value of ``hours``: ``mon-fri``, ``sat,sun`` and the like, each with windows.
    """
    found: list[Windows] = [()] * 7
    named: dict[int, str] = {}
    for key, cell in site.entries():
        open_windows = windows(cell)
        for day in _days(site, key):
            if day in named:
                message = f"gives `{DAYS[day]}` hours under `{named[day]}` and under `{key}`"
                site.error("bad-hours", message, "name each day once", at=site.key(key))
            named[day] = key
            found[day] = open_windows
    return tuple(found)


def _days(site: Site, key: str) -> list[int]:
    """Return the days of the week that a key names, a range perhaps over the week's end."""
    days: list[int] = []
    for part in key.lower().split(","):
        ends = [end.strip() for end in part.split("-")]
        unknown = [end for end in ends if end not in DAYS]
        if unknown or len(ends) > 2:
            message = f"gives hours to `{key}`, which names no days"
            cure = help_for(unknown[0], DAYS, "days") if unknown else "write `mon-fri`"
            site.error("bad-hours", message, cure, at=site.key(key))
            return []
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        days += [day % 7 for day in range(first, first + (last - first) % 7 + 1)]
    return days


def windows(site: Site | None) -> Windows:
    """Return the windows of one day in minutes, sorted; faults are reported."""
    if site is None:
        return ()
    found = []
    for item in site.items():
        text = item.text.strip()
        window = None if text == _CLOSED else _window(item, text)
        if window is not None:
            found.append(window)
    found.sort()
    for (_, end), (start, _) in itertools.pairwise(found):
        if start < end:
            message = f"has windows that overlap: one opens at {_clock(start)} before {_clock(end)}"
            site.error("overlapping-hours", message, "join them into one window")
            return ()
    return tuple(found)


def _window(site: Site, text: str) -> tuple[int, int] | None:
    ends = [_minutes(end.strip()) for end in text.split("-")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        message = f"has hours `{text}`"
        site.error("bad-hours", message, 'write windows such as `"09:00-17:00"`; 24:00 ends a day')
        return None
    start, end = ends[0], ends[1]
    if start == end:
        site.error("bad-hours", f"has hours `{text}` of no length", "`00:00-24:00` is a whole day")
        return None
    if start > end:
        message = f"has hours `{text}` that run past midnight"
        cure = f"write `{_clock(start)}-24:00`, and `00:00-{_clock(end)}` on the next day"
        site.error("bad-hours", message, cure)
        return None
    return start, end


def _minutes(text: str) -> int | None:
    hours, colon, minutes = text.partition(":")
    digits = hours.isascii() and hours.isdecimal() and minutes.isascii() and minutes.isdecimal()
    if not colon or not digits or len(hours) > 2 or len(minutes) != 2 or int(minutes) > 59:
        return None
    total = int(hours) * 60 + int(minutes)
    return total if total <= 1_440 else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
