"""
The second opinion: a policy's conditions on durable-rules, in a process of its own.

It answers what the index answers, by another road: two Rete networks, one of the conditions and
one of their negations; where neither fires the condition is unknown (semantics 37). The native
code never runs in this process: it may hang or die there, and an answer is then refused, never
made up.
"""

from __future__ import annotations

from complaint_rules.engines.durable.engine import Durable

__all__ = ["Durable"]
