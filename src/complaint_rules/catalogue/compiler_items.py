"""Problem codes of the compiler: actions, targets, remedies and rules."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry
from complaint_rules.problem import Severity

ENTRIES: Final = (
    Entry(
        "after-cycle",
        "Actions that come after each other",
        "Actions come `after` each other in a ring.",
        "None of them could stand first.",
        "Take one of them from the `after` of another.",
    ),
    Entry(
        "after-against-sequence",
        "A sequence against `after`",
        "A sequence puts a step before another one that it must come `after`.",
        "Both orders cannot be kept.",
        "Turn the steps round, or take the one from the `after` of the other.",
    ),
    Entry(
        "duplicate-step",
        "A step twice in a sequence",
        "A sequence has the same step twice.",
        "A step stands once in the order of a decision.",
        "Take one out, or declare a second action.",
    ),
    Entry(
        "conduct-as-action",
        "Conduct where an action is meant",
        "Something marked `conduct`, which can only be forbidden, is asked for, ordered "
        "or learnt by.",
        "Nobody does it, so it has no owner and no due time.",
        "Name an action, or take `conduct` away from it.",
    ),
    Entry(
        "owner-missing",
        "An action without an owner",
        "An action does not say who does it.",
        "Nobody would feel called upon.",
        "Add `owner`, or `conduct: yes` if it can only be forbidden.",
    ),
    Entry(
        "target-without-due",
        "A target without a due time",
        "A target has no `due` and no `table`, and no rule gives it a due time.",
        "It would never be due, at risk or overdue.",
        "Give it a due time, or let a rule give it one.",
        severity=Severity.WARNING,
    ),
    Entry(
        "approval-order",
        "Approval tiers in the wrong order",
        "The tiers of an approval do not rise, or one without `up_to` stands before the last.",
        "A later tier would never be reached, and an amount would be approved by the wrong role.",
        "Put the lowest `up_to` first, and the tier without one last.",
    ),
    Entry(
        "approval-gap",
        "Amounts that nobody approves",
        "The last tier of an approval has an `up_to`.",
        "Nobody could approve an amount above it.",
        "End with a tier that has no `up_to`.",
    ),
    Entry(
        "approval-falls",
        "Approvers that fall while amounts rise",
        "A tier of an approval names somebody who stands below the approver of a smaller amount.",
        "The greater amount would need less authority than the smaller one.",
        "Name approvers in the order of `approvals`, the highest for the greatest amounts.",
    ),
    Entry(
        "amount-below-zero",
        "An amount below zero",
        "The amount of a remedy, a cap, a cost or the `up_to` of a tier is less than zero.",
        "Nobody can be given less than nothing, so it would never be paid.",
        "Write an amount of zero or more.",
    ),
    Entry(
        "excludes-itself",
        "A remedy that excludes itself",
        "A remedy names itself among those it cannot stand beside.",
        "It could never be chosen.",
        "Take it out of the list.",
    ),
    Entry(
        "owed-limited",
        "A limit on what is owed",
        "A remedy that is owed has a cap, a group or an approval, or a rule caps or withholds it.",
        "What is owed is cut, refused or approved by nobody.",
        "Take the limit away, or `owed` from the remedy.",
    ),
    Entry(
        "empty-rule",
        "A rule that brings about nothing",
        "The `then` of a rule is empty.",
        "The rule would have no effect.",
        "Say what it does, forbids, caps or escalates, or take the rule out.",
    ),
    Entry(
        "missing-source",
        "Nothing says where it comes from",
        "A rule, an item marked as law or a setting names no source.",
        "A reason that leads to no source convinces nobody, and a figure without one "
        "cannot be checked.",
        "Add `source`; a figure of your own is marked `default_of_ours: yes`.",
        severity=Severity.WARNING,
    ),
    Entry(
        "missing-translation",
        "A text that lacks a language",
        "A text is not given in a language that the ruleset's own title has.",
        "Readers of that language see another one.",
        "Add the text in that language.",
        severity=Severity.WARNING,
    ),
    Entry(
        "unused-word",
        "A word for nothing",
        "A key of `words` is no value, role, channel or source of the ruleset, and looks like "
        "a slip for one that has no word.",
        "Readers would go on seeing the bare id.",
        "Correct the key; the help says which was probably meant.",
        severity=Severity.WARNING,
    ),
    Entry(
        "type-sensitive-deadline",
        "A type that would cost the customer time or protection",
        "A row of a target, or a rule that forbids something or sets a due time, tests "
        "that a customer type is absent, tests `calm` or counts types, itself or through "
        "a derived fact.",
        "One customer type more could then lengthen a deadline or lift a prohibition.",
        "Test for types that are there; write the stricter case for them.",
    ),
    Entry(
        "mood-sensitive-deadline",
        "A row that serves the calm sooner",
        "A row of a target holds for the value `calm` of a fact marked `not_money`, and "
        "no row gives the others as little time.",
        "Who is upset would wait longer than who is calm.",
        "Take the test out of the row, or give the others a row with no more time.",
        severity=Severity.WARNING,
    ),
    Entry(
        "money-by-mood",
        "Money that hangs on a mood",
        "An amount, a cap or who is eligible depends on a fact, or on a value of it, that "
        "is marked `not_money`, itself or through a derived fact.",
        "Who complains louder would get more, or less.",
        "Let money hang on what happened, or take the mark away if it was wrong.",
    ),
)
