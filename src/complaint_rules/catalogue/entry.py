"""What is said of one problem code."""

from __future__ import annotations

import attrs

from complaint_rules.problem import Severity


@attrs.frozen
class Entry:
    """
    One problem code, told once for all its problems.

    Attributes:
        code: Kebab-case name of the fault; it never changes.
        title: The fault in a few words, as a heading.
        what: What is wrong, in a sentence or two.
        why: Why it is a problem: what would go wrong if it were let through.
        cure: What to do about it.
        severity: Error or warning.
        about: ``ruleset`` for faults of a ruleset's text (such a code may be told of a state or
            a mapping, too), ``state`` for those of a complaint's facts, ``batch`` for those of
            files of complaints, ``scenario`` for those of scenario files, ``explanation`` for
            those of what is asked of a decision.
    """

    code: str
    title: str
    what: str
    why: str
    cure: str
    severity: Severity = Severity.ERROR
    about: str = "ruleset"
