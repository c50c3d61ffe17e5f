"""Problem codes of states, of the files they come from, and of what is asked of a decision."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "bad-json",
        "A state that is not JSON",
        "The text of a state breaks the rules of JSON, or holds a number that is none.",
        "It cannot be read without guessing.",
        "Look at the place that is named: a comma, a quote or a bracket is missing or too much.",
        about="state",
    ),
    Entry(
        "derived-given",
        "A derived fact that is given",
        "The state gives a fact that the ruleset computes.",
        "Given and computed values could differ, and nobody would know which one decided.",
        "Leave it out, and give the facts it is computed from.",
        about="state",
    ),
    Entry(
        "missing-field",
        "A record without a field it needs",
        "An entry of `done` lacks its action or its instant.",
        "Without both it cannot be told which steps are done, nor in which round.",
        "Give both: `{action: thank, at: 2026-11-30T09:00+01:00}`.",
        about="state",
    ),
    Entry(
        "mixed-currencies",
        "Amounts of several currencies in one state",
        "The state's amounts are in more than one currency.",
        "Amounts of different currencies cannot be compared or added.",
        "Convert them to one currency before the complaint is decided.",
        about="state",
    ),
    Entry(
        "negative-amount",
        "An amount below zero",
        "An amount of money is negative.",
        "What was paid, demanded or given is never less than nothing; a minus sign is most often "
        "a booking's.",
        "Give the amount without its sign.",
        about="state",
    ),
    Entry(
        "negative-count",
        "A count below zero",
        "A fact that counts something is negative.",
        "Nothing happens fewer than no times.",
        "Give 0 or more.",
        about="state",
    ),
    Entry(
        "float-number",
        "A binary fraction",
        "A number is given as a float of the programming language.",
        "Floats are not the decimals that were written: 0.1 + 0.2 is not 0.3.",
        "Give a decimal, an integer or a text.",
        about="state",
    ),
    Entry(
        "naive-time",
        "A time without a zone",
        "An instant does not say how far its clock is from UTC.",
        "The same digits are another moment in another zone, and deadlines would shift by hours.",
        "Give the offset, such as `2026-11-30T09:00+01:00`; in a mapping, `timezone`.",
        about="state",
    ),
    Entry(
        "future-happening",
        "Something that happened in the future",
        "A happening of the state lies more than five minutes after the instant decided at.",
        "Nothing that has not happened can be answered; most often two clocks or zones differ.",
        "Leave out what has not happened yet, or decide at a later instant.",
        about="state",
    ),
    Entry(
        "instant-out-of-range",
        "An instant outside the calendar",
        "The instant to decide at lies before 1900 or after 2400.",
        "Calendars of business time are only sensible in between.",
        "Give an instant of those years; check whether seconds and milliseconds were mixed up.",
        about="state",
    ),
    Entry(
        "foreign-state",
        "A state that was validated for another ruleset",
        "The state was validated with another policy than the one that decides.",
        "Its facts and kinds may mean something else there.",
        "Validate the facts again with the policy that decides.",
        about="state",
    ),
    Entry(
        "not-a-decision",
        "A text that is no decision",
        "What should be the JSON of a decision has another shape.",
        "A decision is replayed exactly or not at all.",
        "Give the JSON of a decision exactly as it was written.",
        about="state",
    ),
)
