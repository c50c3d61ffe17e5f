"""
A third voice: the semantics read aloud, slowly, from the ruleset as written.

It shares nothing with the package but `complaint_rules.model`: its own parser, its own calendar,
its own three values. What it lacks in speed it has in plainness.
"""
