"""
Many complaints in, decisions out: a stream, in constant memory, in the order of the rows.

A row that cannot be read, mapped or decided is reported with its number and reason, and the run
goes on.
"""

from __future__ import annotations

from complaint_rules.batch.progress import Progress
from complaint_rules.batch.row import Row
from complaint_rules.batch.running import Outcome, decide_rows, run
from complaint_rules.batch.sinks import as_json
from complaint_rules.batch.summary import Summary

__all__ = ["Outcome", "Progress", "Row", "Summary", "as_json", "decide_rows", "run"]
