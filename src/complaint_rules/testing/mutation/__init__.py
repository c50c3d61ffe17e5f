"""Mutation: a ruleset made a little wrong in every way, to see whether its scenarios notice."""

from __future__ import annotations

from complaint_rules.testing.mutation.grading import Grade, Graded, Wanted, as_data, grade, percent
from complaint_rules.testing.mutation.judging import Fate
from complaint_rules.testing.mutation.listing import KINDS
from complaint_rules.testing.mutation.memory import file_beside, read_file, write_file
from complaint_rules.testing.mutation.mutant import Mutant

__all__ = [
    "KINDS",
    "Fate",
    "Grade",
    "Graded",
    "Mutant",
    "Wanted",
    "as_data",
    "file_beside",
    "grade",
    "percent",
    "read_file",
    "write_file",
]
