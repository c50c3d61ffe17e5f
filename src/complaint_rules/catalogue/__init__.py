"""
Every problem code with its page: what it means, why it is a problem, what to do.

The messages stand where the problems are found; here stands what is the same for all problems of
one code. A code never changes and never means something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from complaint_rules.catalogue import (
    batch,
    compiler_items,
    compiler_kinds,
    compiler_names,
    compiler_tables,
    compiler_time,
    document,
    explanation,
    grammar,
    layout,
    scenarios,
    shape,
    slips,
    state,
)
from complaint_rules.catalogue.entry import Entry
from complaint_rules.catalogue.notices import NOTICES

__all__ = ["CATALOGUE", "NOTICES", "Entry"]

_FAMILIES: Final = (
    document,
    layout,
    shape,
    grammar,
    slips,
    compiler_names,
    compiler_kinds,
    compiler_tables,
    compiler_time,
    compiler_items,
    state,
    batch,
    scenarios,
    explanation,
)

CATALOGUE: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        entry.code: entry
        for entry in sorted(
            (entry for family in _FAMILIES for entry in family.ENTRIES),
            key=lambda entry: entry.code,
        )
    }
)
"""Every entry by its code, in the alphabet's order."""
