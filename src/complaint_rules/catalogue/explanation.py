"""Problem codes of what is asked of a decision."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "foreign-decision",
        "A decision of another ruleset",
        "The decision was made by another ruleset, or another edition of it, than explains it.",
        "Its items may mean something else there, so the explanation could be false.",
        "Explain it with the policy that decided.",
        about="explanation",
    ),
    Entry(
        "unknown-item",
        "An item that the ruleset does not have",
        "What is to be explained is not an action, remedy, target or other item of the ruleset.",
        "There is nothing to explain.",
        "Correct its id; where several kinds have it, write `kind:id`.",
        about="explanation",
    ),
    Entry(
        "unknown-language",
        "A language without phrases",
        "Explanations do not speak the language that was asked for.",
        "A mixture of languages would be worse than none.",
        "Ask for one of `en`, `fa`, `hu` and `ar`.",
        about="explanation",
    ),
    Entry(
        "unknown-form",
        "A form that explanations do not have",
        "Explanations cannot be written in the form that was asked for.",
        "There is no way to print it.",
        "Ask for one of the forms that the help names.",
        about="explanation",
    ),
)
