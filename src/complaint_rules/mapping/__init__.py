"""
How the columns of a foreign file become facts: declarative, and nothing is swallowed.

A mapping file is YAML: for each fact a column, a constant, a translation of values, a default;
forms and time zone of dates; and the instant to decide at.
"""

from __future__ import annotations

from complaint_rules.mapping.applying import facts_of_row, filled
from complaint_rules.mapping.reading import decided_later, read_mapping
from complaint_rules.mapping.tree import RowMapping

__all__ = ["RowMapping", "decided_later", "facts_of_row", "filled", "read_mapping"]
