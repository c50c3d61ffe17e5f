"""
Conditions and expressions as frozen trees, and their three-valued meaning in a situation.

`tree` and `derived` hold the trees. Everything here is pure and total: an unknown part gives an
unknown answer (`None`), never an exception.
"""

from __future__ import annotations

from complaint_rules.conditions.blame import failing, unknown_facts, waiting_facts
from complaint_rules.conditions.checks import check_value
from complaint_rules.conditions.expressions import evaluate
from complaint_rules.conditions.functions import FUNCTIONS, Function
from complaint_rules.conditions.inner import NOTICES
from complaint_rules.conditions.kinds import negated_kind, result_kind
from complaint_rules.conditions.motion import Motion, Pace, motion, motions, moves, stepped
from complaint_rules.conditions.outlook import Outlook, cuts
from complaint_rules.conditions.reading import actions_of, facts_of, reads_now, settings_of, walk
from complaint_rules.conditions.truth import record_truth, truth

__all__ = [
    "FUNCTIONS",
    "NOTICES",
    "Function",
    "Motion",
    "Outlook",
    "Pace",
    "actions_of",
    "check_value",
    "cuts",
    "evaluate",
    "facts_of",
    "failing",
    "motion",
    "motions",
    "moves",
    "negated_kind",
    "reads_now",
    "record_truth",
    "result_kind",
    "settings_of",
    "stepped",
    "truth",
    "unknown_facts",
    "waiting_facts",
    "walk",
]
