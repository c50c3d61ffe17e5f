"""
Many complaints in, decisions out: a stream, in constant memory, in the order of the rows.

A row that cannot be read, mapped or decided is reported with its number and reason, and the run
goes on.
"""

from __future__ import annotations

from complaint_rules.batch.outcome import Outcome
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.record import as_json
from complaint_rules.batch.row import Row
from complaint_rules.batch.running import decide_rows, run
from complaint_rules.batch.summary import Summary
from complaint_rules.batch.tables import decide_table

__all__ = [
    "Outcome",
    "Progress",
    "Row",
    "Summary",
    "as_json",
    "decide_rows",
    "decide_table",
    "run",
]
