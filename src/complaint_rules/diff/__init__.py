"""
What a change of a ruleset does: what changed in words, and which complaints it decides otherwise.

    >>> from complaint_rules.diff import compare, read_edition
    >>> found = compare(read_edition("core"), read_edition("core"))
    >>> found.changes, found.groups
    ((), ())
"""

from __future__ import annotations

from complaint_rules.diff.answers import answers
from complaint_rules.diff.changes import Change, changes
from complaint_rules.diff.comparing import compare
from complaint_rules.diff.editions import Edition, read_edition
from complaint_rules.diff.findings import Diff, Example, Group, Money, Share
from complaint_rules.diff.forms import FORMS, as_data, render
from complaint_rules.diff.states import Complaint, generated, of_cases, of_rows
from complaint_rules.diff.telling import Answer

__all__ = [
    "FORMS",
    "Answer",
    "Change",
    "Complaint",
    "Diff",
    "Edition",
    "Example",
    "Group",
    "Money",
    "Share",
    "answers",
    "as_data",
    "changes",
    "compare",
    "generated",
    "of_cases",
    "of_rows",
    "read_edition",
    "render",
]
