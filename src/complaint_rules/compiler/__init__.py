"""
The compiler: a ruleset as written becomes a policy.

Names are resolved, kinds checked, holidays worked out, facts put in order; every fault is told
with its place and cure, and all of them in one run.
"""

from __future__ import annotations

from complaint_rules.compiler.assemble import compile_ruleset
from complaint_rules.compiler.reserved import RESERVED_DEFAULTS, reserved_facts

__all__ = ["RESERVED_DEFAULTS", "compile_ruleset", "reserved_facts"]
