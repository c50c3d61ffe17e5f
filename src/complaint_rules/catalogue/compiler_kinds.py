"""Problem codes of the compiler: facts and values of the wrong kind."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry
from complaint_rules.problem import Severity

ENTRIES: Final = (
    Entry(
        "wrong-kind",
        "A value of another kind",
        "A test, an expression or an output has a value of another kind than is meant "
        "there: a number where an amount is meant, an order asked of a choice, open time "
        "beside elapsed time.",
        "Values of different kinds do not compare, so the answer would always be unknown.",
        "Write a value of the kind that is meant; the help says how it is written.",
    ),
    Entry(
        "wrong-arguments",
        "A function called with the wrong arguments",
        "A function is called with too few or too many values, or with values of kinds it "
        "does not take.",
        "There is nothing to compute.",
        "Give it what it takes; the help says what that is.",
    ),
    Entry(
        "missing-kind",
        "A fact without a kind",
        "A fact is declared without `kind`.",
        "How it is given, tested and reckoned with depends on its kind.",
        "Add `kind`, or take the values of another fact with `like`.",
    ),
    Entry(
        "missing-values",
        "A choice, level or set without values",
        "A fact or setting is a choice, level or set, and no values are declared.",
        "A test could not be checked, and a slip in a value would never be found.",
        "Add `values`, or take those of another fact with `like`.",
    ),
    Entry(
        "missing-fields",
        "A record without fields",
        "A fact is a record or a list of records, and no fields are declared.",
        "Only the fields of a record hold values.",
        "Add `fields`.",
    ),
    Entry(
        "kind-conflict",
        "A reserved fact declared anew",
        "The ruleset gives a kind, values or a derivation to a fact that the package itself knows.",
        "The package reckons with it as it is, so another shape would break every decision.",
        "Keep only its title, default, `learn_by` or `not_money`, or choose another name.",
    ),
    Entry(
        "unfit-key",
        "A key that means nothing here",
        "A declaration has a key that does not go with the rest of it: values on a count, "
        "an owner on conduct.",
        "What it was meant to say would be lost.",
        "Take the key out, or change what it does not go with.",
    ),
    Entry(
        "duplicate-value",
        "A value declared twice",
        "A list of values has the same value twice.",
        "In a level the order of values counts, so a value has one place only.",
        "Take one of the two out.",
    ),
    Entry(
        "default-and-derive",
        "A derived fact with a default",
        "A fact is derived and has a default, too.",
        "A derived fact is always computed and never missing, so the default would never be taken.",
        "Keep one of the two.",
    ),
    Entry(
        "default-of-derived",
        "A default that reads a derived fact",
        "The default of a given fact reads a fact that is derived.",
        "Defaults are taken before anything is derived.",
        "Let the default read given facts only, or derive a fact of its own.",
    ),
    Entry(
        "derive-cycle",
        "Facts derived from each other",
        "Derived facts depend on each other in a ring.",
        "None of them could be computed first.",
        "Take one of them out of the ring.",
    ),
    Entry(
        "default-cycle",
        "Defaults that come from each other",
        "Facts take their defaults from each other in a ring.",
        "None of them could be taken first.",
        "Give one of them a default of its own.",
    ),
    Entry(
        "two-currencies",
        "Two currencies in one amount",
        "An expression joins amounts that are written in different currencies.",
        "No rate is known, so its value would be unknown for every complaint.",
        "Keep to one currency, or use a setting with a value for each.",
    ),
    Entry(
        "zero-divisor",
        "A division by zero",
        "An expression divides by a zero that stands in it.",
        "Its value would be unknown for every complaint.",
        "Write another divisor.",
    ),
    Entry(
        "impossible-interval",
        "An interval in which nothing lies",
        "The lower end of an interval is above the upper one, or both are equal and one is open.",
        "The test would never hold.",
        "Write the lower end first; where both ends are equal, close both.",
    ),
    Entry(
        "impossible-count",
        "More conditions asked for than there are",
        "An `at_least` asks for more conditions than it lists.",
        "The condition would never hold.",
        "Write a number from 1 to the number of conditions.",
    ),
    Entry(
        "condition-too-deep",
        "Conditions nested too deep",
        "Groups of conditions stand in each other more than 30 deep.",
        "Nobody could read them, and they cost time and memory without bound.",
        "Derive a yes_no fact for a part, and test that.",
    ),
    Entry(
        "never-true",
        "A condition that never holds",
        "Two tests in one group exclude each other.",
        "Whatever hangs on the condition never happens, and nobody would notice.",
        "Write one interval for a range, or put alternatives under `any`.",
        severity=Severity.WARNING,
    ),
    Entry(
        "always-true",
        "A test that always holds",
        "A test is passed by every value that the fact can have.",
        "It looks as if it chose something, and does not.",
        "Test `known` if that is meant, or leave the test out.",
        severity=Severity.WARNING,
    ),
)
