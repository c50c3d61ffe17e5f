"""
The state's door: facts from outside, validated once, become a `State`.

Pydantic stands here and nowhere behind. Faults are told with the place inside the state
(``promises[2].due``) and a cure; what is missing stays missing, what is unknown unknown.
"""

from __future__ import annotations

from typing import Any

from complaint_rules.intake.core import ComplaintFacts
from complaint_rules.intake.door import door
from complaint_rules.intake.json_text import read_json
from complaint_rules.intake.reading import read_state
from complaint_rules.policy import Policy

__all__ = ["ComplaintFacts", "read_json", "read_state", "state_schema"]


def state_schema(policy: Policy) -> dict[str, Any]:
    """
    Return the JSON Schema (2020-12) of the states `policy` takes: the core and its own facts.

    Arguments:
        policy: A compiled policy.
    """
    schema = door(policy).adapter.json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"State of a complaint for `{policy.id}` {policy.edition}",
        **{key: value for key, value in schema.items() if key != "title"},
    }
