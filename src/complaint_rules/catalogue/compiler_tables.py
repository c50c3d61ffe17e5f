"""Problem codes of the compiler: decision tables."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry
from complaint_rules.problem import Severity

ENTRIES: Final = (
    Entry(
        "overlapping-rows",
        "Rows that can hold together",
        "Under hit policy U two rows can hold together, or under A two rows that give "
        "different outputs.",
        "The table would give no answer where both hold.",
        "Let the tests of one row exclude the other's, or choose hit policy F, by which "
        "the first row rules.",
    ),
    Entry(
        "unreachable-row",
        "A row that is never reached",
        "Under hit policy F an earlier row holds wherever this one does.",
        "The row looks as if it said something, and never does.",
        "Put the more special row first, or take it out.",
        severity=Severity.WARNING,
    ),
    Entry(
        "missing-else",
        "A table that may have no answer",
        "A table with hit policy U, A, P or F has no `else`.",
        "Where no row matches, the fact or amount would have no value.",
        "Add `else` with a value for each output.",
    ),
    Entry(
        "missing-priority",
        "No order of priority",
        "A table with hit policy P or O does not say which output goes before which.",
        "These policies choose or order by the output values.",
        "Add `priority` with the output values, most important first.",
    ),
    Entry(
        "list-hit-policy",
        "A list where one value is meant",
        "A table with hit policy R, O or C gives a list where a single value is needed.",
        "A list is no value of such a fact or amount.",
        "Choose U, A, P or F for one row's value, or C+, C<, C> or C# to boil several down.",
    ),
    Entry(
        "wrong-output",
        "Outputs that do not go with the hit policy",
        "A table adds, orders or counts outputs that cannot be, or has several outputs "
        "and none for what it gives.",
        "There would be no answer.",
        "Choose another hit policy or another kind; name the output after what it gives.",
    ),
    Entry(
        "missing-cell",
        "An empty cell",
        "A row has an empty cell, or lacks an output.",
        "An empty cell might mean anything or nothing.",
        "Write `-` where anything will do, and a value for each output.",
    ),
)
