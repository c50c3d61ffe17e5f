"""
What a policy says of a complaint at an instant: `decide`, pure and total.

A situation is looked at, rules are matched, what they bring about is combined, remedies are
ranked, due times are set, actions are ordered; and `Decision` holds it all, with the reasons.
"""

from __future__ import annotations

from complaint_rules.decision.answer.as_json import decision_schema, dumps, from_json, to_json
from complaint_rules.decision.answer.instants import whole_seconds
from complaint_rules.decision.answer.shape import Decision
from complaint_rules.decision.decide import decide

__all__ = [
    "Decision",
    "decide",
    "decision_schema",
    "dumps",
    "from_json",
    "to_json",
    "whole_seconds",
]
