"""Problem codes of the compiler: names that nothing declares, or that are taken."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "unknown-fact",
        "A test of a fact that is not declared",
        "A condition or a table column tests a fact that neither the ruleset nor the "
        "package knows.",
        "Such a test could never be true or false, so its rule would never apply and "
        "nobody would notice.",
        "Declare the fact under `facts`, or correct its name.",
    ),
    Entry(
        "unknown-field",
        "A field that the record does not have",
        "A test, a `where` or a derivation names a field that the record is not declared with.",
        "A field that does not exist is never known, so the test would fail for every record.",
        "Declare the field under the record, or correct its name.",
    ),
    Entry(
        "unknown-name",
        "A name that is neither a fact nor a setting",
        "An expression, or the bound of a test, uses a name that is neither a fact nor a setting.",
        "An expression with an unknown part is unknown, so an amount or bound would never "
        "be known.",
        "Declare the fact or setting, or correct its name; a text stands in double quotes.",
    ),
    Entry(
        "unknown-action",
        "An action that is not declared",
        "A rule, a sequence, `after`, `learn_by`, `done_at` or the like names an action "
        "that is not under `actions`.",
        "Nobody would know who has to do it and what it means.",
        "Declare the action, or correct its id.",
    ),
    Entry(
        "unknown-remedy",
        "A remedy that is not declared",
        "A rule or another remedy names a remedy, or a group, that does not exist.",
        "A cap or refusal that names nothing would have no effect, silently.",
        "Declare the remedy or group, or correct its id; `total` stands for all remedies together.",
    ),
    Entry(
        "unknown-target",
        "A target that is not declared",
        "A due time, a repeat or a rule names a target that is not under `targets`.",
        "The due time would never be known.",
        "Declare the target, or correct its id.",
    ),
    Entry(
        "unknown-group",
        "A group that is not declared",
        "A remedy stands in a group that is not under `groups`.",
        "Which remedies exclude each other would not be told.",
        "Declare the group, or correct its id; `goodwill` needs no declaration.",
    ),
    Entry(
        "unknown-manner",
        "A manner that is not declared",
        "A rule asks for, or mutes, a manner that is not under `manner`.",
        "The advice would reach nobody.",
        "Declare the manner, or correct its id.",
    ),
    Entry(
        "unknown-role",
        "A role that approves nothing",
        "An approval names a role that is not under `approvals`.",
        "Roles are compared by their order there, so one outside it is neither higher nor lower.",
        "Add the role to `approvals` at its rank, or correct its name.",
    ),
    Entry(
        "unknown-calendar",
        "A calendar that is not declared",
        "The ruleset or a target names a calendar that is not under `calendars`.",
        "Business time could not be counted.",
        "Declare the calendar, or correct its id.",
    ),
    Entry(
        "unknown-value",
        "A value that the fact does not have",
        "A test, a default or an output gives a choice, level or set a value that it is "
        "not declared with.",
        "The fact can never have that value, so the test would never hold.",
        "Add the value to the declaration, or correct it.",
    ),
    Entry(
        "unknown-function",
        "A function that does not exist",
        "An expression calls a function that is not among the written ones.",
        "There is nothing to compute.",
        "Correct the name; the reference lists all functions.",
    ),
    Entry(
        "unknown-output",
        "An output that the table does not have",
        "The `else` of a table names a column that is not under `out`.",
        "The value would be lost.",
        "Correct the name, or add it to `out`.",
    ),
    Entry(
        "reserved-id",
        "A name that means something else",
        "An item, fact or value has a name that conditions, tables, tests or decisions "
        "use for something of their own.",
        "The ruleset could be read in two ways.",
        "Give it another name.",
    ),
)
