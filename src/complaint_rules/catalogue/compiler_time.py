"""Problem codes of the compiler: durations, dates and calendars."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "bad-duration",
        "A duration that is none",
        "A duration is no whole number of seconds, or has parts of days or months; or a "
        "time is compared with a month, which has no fixed length.",
        "The due instant could not be told exactly.",
        "Write whole days and months, or hours and minutes; the help says which units go here.",
    ),
    Entry(
        "bad-instant",
        "An instant that cannot be",
        "An instant lies before 1900 or after 2400.",
        "Calendars are reckoned within these years only.",
        "Correct the year.",
    ),
    Entry(
        "bad-timezone",
        "A time zone that does not exist",
        "A calendar names a time zone that the IANA list does not have.",
        "No local time could be told.",
        "Write a name such as `Europe/Budapest`.",
    ),
    Entry(
        "bad-hours",
        "Opening hours that cannot be read",
        "A calendar's hours name no days, name a day twice, are no windows, or run past midnight.",
        "It would not be clear when the business is open.",
        'Write days as `mon-fri` or `sat,sun` and windows as `"09:00-17:00"`; split a '
        "window at midnight.",
    ),
    Entry(
        "overlapping-hours",
        "Windows that overlap",
        "Two windows of one day overlap.",
        "Time that lies in both would be counted twice, or the second is a slip.",
        "Join them into one window, or correct one.",
    ),
    Entry(
        "never-open",
        "A calendar that is never open",
        "A calendar has no opening hours on any day of the week.",
        "Business time would never run, and no deadline would ever come.",
        "Give at least one day hours.",
    ),
    Entry(
        "bad-holiday",
        "A holiday that is unknown",
        "A calendar names the holidays of a country, or a part of one, that is not known.",
        "The days off could not be worked out.",
        "Write an ISO code such as `HU` or `US-CA`, or single dates.",
    ),
    Entry(
        "bad-years",
        "Years that are no range",
        "The years whose holidays are worked out are not written first to last, lie "
        "outside 1900 to 2400, or are more than 200.",
        "The holidays could not be worked out when the ruleset is loaded.",
        "Write `2010-2040`.",
    ),
    Entry(
        "duplicate-day",
        "A special day twice",
        "A calendar gives one date special hours twice.",
        "It would not be clear which hours hold.",
        "Join both into one.",
    ),
    Entry(
        "bad-validity",
        "Dates in the wrong order",
        "Something holds to a day that lies before the day from which it holds.",
        "It would never hold.",
        "Let `from` come first; both days belong to it.",
    ),
    Entry(
        "validity-overlap",
        "Two values that start together",
        "Two values of a setting hold from the same day.",
        "Of several values the one that starts latest holds, and here neither does.",
        "Give each value its own `from`.",
    ),
    Entry(
        "missing-calendar",
        "No usual calendar",
        "The ruleset has several calendars and does not say which one a complaint has "
        "that names none.",
        "Its time zone and business time would be left to chance.",
        "Add `calendar` with the id of the usual one.",
    ),
    Entry(
        "due-without-start",
        "A due time without a start",
        "Something is due in so much time, but not since when.",
        "Without a start there is no due instant.",
        "Write `{from: …, due: …}`, or name a target.",
    ),
    Entry(
        "unstepped-time",
        "Time that runs on where only steps will do",
        "A value changes with every second, or two running times are reckoned with each "
        "other, so that the next change of the decision cannot be foreseen.",
        "A decision says when it must be looked at again; that instant must be found exactly.",
        "Compare the time, or count it in whole units, as in `whole(now - received_at, 1 h)`.",
    ),
)
