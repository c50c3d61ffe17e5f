"""Problem codes of tests and expressions: words, shapes and bounds of their grammar."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "bad-test",
        "A text that is no test",
        "A test breaks the grammar in a way that is not foreseen.",
        "It cannot be said what it tests.",
        "Write a test such as `5`, `>= 5`, `[1..5)`, `a, b`, `not(a, b)`, `known` or `-`.",
    ),
    Entry(
        "empty-test",
        "A test of nothing",
        "A test is an empty text.",
        "Empty could mean anything or nothing.",
        "Write the test; for anything write `-`.",
    ),
    Entry(
        "bad-expression",
        "A text that is no expression",
        "An expression breaks the grammar in a way that is not foreseen.",
        "It cannot be computed.",
        "Write an expression such as `min(20% * amount_paid, 100 EUR)`.",
    ),
    Entry(
        "empty-expression",
        "An expression of nothing",
        "An expression is an empty text.",
        "There is nothing to compute.",
        "Write the expression, or remove its key.",
    ),
    Entry(
        "empty-duration",
        "A duration of nothing",
        "A duration is an empty text.",
        "A deadline without a length is none.",
        "Write a number and a unit, such as `4 bh`, or remove its key.",
    ),
    Entry(
        "bad-due",
        "A text that is no due time",
        "A `due` is neither `now`, a target, a part of a target nor `{from, due}`.",
        "It cannot be said when the action is due.",
        "Write `now`, a target's id, `1/4 of first_response`, or `{from: received_at, due: 4 h}`.",
    ),
    Entry(
        "empty-due",
        "A due time of nothing",
        "A `due` is an empty text.",
        "It cannot be said when the action is due.",
        "Write when it is due, or remove the key.",
    ),
    Entry(
        "bad-fraction",
        "A part of a target that is none",
        "The fraction of a target is not between 0 and 1, or not of whole numbers.",
        "More than the whole of a target would be later than the target itself.",
        "Write two whole numbers, the first the smaller: `1/4 of first_response`.",
    ),
    Entry(
        "bad-date",
        "A date that is none",
        "A date is in no calendar, or not written year-month-day.",
        "`05-01-2026` is the first of May to some and the fifth of January to others.",
        "Write a date that exists as `2026-12-31`.",
    ),
    Entry(
        "instant-without-offset",
        "An instant without its offset",
        "An instant does not say how far its clock is from UTC.",
        "The same digits are another moment in another zone.",
        "Add the offset: `2026-11-30T09:00+01:00`, or `Z` for UTC.",
    ),
    Entry(
        "bad-escape",
        "An escape that means nothing",
        "A text in double quotes holds a backslash before something else than `\\` or a quote.",
        "It is unclear which character is meant.",
        'Write the character itself; only `\\\\` and `\\"` are escapes.',
    ),
    Entry(
        "misplaced-not",
        "`not(…)` as a part of a test",
        "`not(…)` stands in a list, or in an expression.",
        "It would be unclear what it excludes.",
        "Let `not(…)` be the whole test, with everything it excludes inside.",
    ),
    Entry(
        "misplaced-comparison",
        "A comparison where none can stand",
        "A comparison stands after a value, or in an expression.",
        "A test is about the fact it stands beside, so the comparison comes first.",
        'Begin the test with the comparison: `stars: ">= 4"`.',
    ),
    Entry(
        "several-comparisons",
        "Two comparisons in one test",
        "A test has a second comparison without a comma between.",
        "It could mean that both hold or that either does.",
        "Write an interval such as `[2..4]`, or two tests under `all`.",
    ),
    Entry(
        "misplaced-dash",
        "`-` as a member of a list",
        "`-`, which stands for anything, is one of several members.",
        "Anything beside a value is still anything, so the value would mean nothing.",
        "Write `-` alone, or leave it out of the list.",
    ),
    Entry(
        "text-too-long",
        "A test or expression past the bound of its length",
        "A test or expression has more characters than allowed.",
        "Nobody can check so long a text, and the bound keeps reading quick.",
        "Give its parts names: declare derived facts or settings.",
    ),
    Entry(
        "expression-too-deep",
        "A test or expression nested too deeply",
        "More operations or parentheses lie within each other than allowed.",
        "Nobody can check so deep a text, and the bound keeps reading safe.",
        "Give its parts names: declare derived facts or settings.",
    ),
    Entry(
        "too-many-members",
        "A list past the bound of its members",
        "A list in a test, or the arguments of a call, are more than allowed.",
        "The bound keeps reading quick.",
        "Use an interval, split the list, or declare a derived fact for a part of it.",
    ),
    Entry(
        "number-too-long",
        "A number past the bound of its digits",
        "A number has more digits than any figure of a policy.",
        "Numbers are exact here, and exact numbers of any length would take any time.",
        "Write fewer digits.",
    ),
)
