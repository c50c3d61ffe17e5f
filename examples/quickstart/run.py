"""Embed the library: a ruleset and a complaint's facts in, a decision out."""

from __future__ import annotations

from complaint_rules import decide, load

policy = load("core")
facts = {
    "received_at": "2026-11-23T09:10:00+01:00",
    "channel": "email",
    "customer_types": ["premium"],
    "severity": "s2",
}
decision = decide(policy, facts, at="2026-11-23T09:15:00+01:00")

for action in decision.actions:
    print(action.id, "by", action.owner)
print("ask:", ", ".join(ask.fact for ask in decision.asks))
