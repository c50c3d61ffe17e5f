"""
The policy library for complaints.

A ruleset (plain YAML and tables) and the state of a complaint go in; the next actions, the
remedies, the due times, what must never be said, and the reason of every line come out.

    >>> from complaint_rules import decide, load
    >>> policy = load("core")
    >>> facts = {"received_at": "2026-11-20T15:30:00+01:00", "channel": "email"}
    >>> decision = decide(policy, facts, at="2026-11-20T16:00:00+01:00")
    >>> decision.stage
    'received'
"""

from __future__ import annotations

from complaint_rules.decision import Decision, from_json, to_json
from complaint_rules.errors import (
    ComplaintRulesError,
    EngineError,
    MissingExtraError,
    RulesetError,
    StateError,
)
from complaint_rules.explanation import WhyNot, ask, explain, why, why_not
from complaint_rules.intake import ComplaintFacts, read_state
from complaint_rules.loading import check, load, loads
from complaint_rules.loading.deciding import decide
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Report, Severity
from complaint_rules.state import State
from complaint_rules.version import VERSION

__version__ = VERSION

__all__ = [
    "ComplaintFacts",
    "ComplaintRulesError",
    "Decision",
    "EngineError",
    "MissingExtraError",
    "Policy",
    "Problem",
    "Report",
    "RulesetError",
    "Severity",
    "State",
    "StateError",
    "WhyNot",
    "__version__",
    "ask",
    "check",
    "decide",
    "explain",
    "from_json",
    "load",
    "loads",
    "read_state",
    "to_json",
    "why",
    "why_not",
]
