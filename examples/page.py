"""A decision as a short page of plain text, for the examples."""

from __future__ import annotations

import datetime
import json
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from complaint_rules import Decision, Policy


def read_state(example: str, name: str = "state.json") -> dict[str, Any]:
    """Return the facts in a JSON file of an example's folder."""
    text = (Path(__file__).parent / example / name).read_text(encoding="utf-8")
    facts: dict[str, Any] = json.loads(text)
    return facts


def page(policy: Policy, decision: Decision) -> str:
    """Return what a complaint handler needs first: what to do, what to offer, what never to say."""
    return "\n".join(_lines(policy, decision))


def _lines(policy: Policy, decision: Decision) -> Iterator[str]:
    types = ", ".join(f"{item.type} ({item.status})" for item in decision.types)
    yield f"decided at {_when(decision, decision.at)}; stage {decision.stage}; customer {types}"
    if decision.side:
        yield f"also: {', '.join(decision.side)}"
    yield from _actions(policy, decision)
    yield from _section("targets", [_target(decision, item) for item in decision.targets])
    yield from _section("owed", [f"{item.remedy}{_money(item)}" for item in decision.owed])
    for name in ("choices", "goodwill"):
        offers = [_offer(item) for item in getattr(decision, name)]
        yield from _section(f"{name}, best first", offers)
    withheld = [f"{item.remedy} ({item.reason})" for item in decision.withheld]
    yield from _section("not offered", withheld)
    yield from _section("how", [_do(policy, item.id) for item in decision.manner])
    never = sorted(_title(policy, item.id).lower() for item in decision.prohibitions)
    yield from _section("never", ["; ".join(never)])
    yield from _section("ask", [_ask(item.fact, item.learn_by) for item in decision.asks])
    yield from _section("bring in", [item.to for item in decision.escalations])
    look = "no need" if decision.review_at is None else _when(decision, decision.review_at)
    yield f"look again: {look}"


def _actions(policy: Policy, decision: Decision) -> Iterator[str]:
    yield "do"
    for number, item in enumerate(decision.actions, 1):
        due = "" if item.due is None else f", by {_when(decision, item.due)}"
        late = f" ({item.status})" if item.status in ("at_risk", "overdue") else ""
        yield f"  {number}. {_title(policy, item.id)} [{item.owner}]{due}{late}"


def _section(name: str, lines: list[str]) -> Iterator[str]:
    if any(lines):
        yield name
        yield from (f"  - {line.rstrip()}" for line in lines)


def _target(decision: Decision, item: Any) -> str:
    due = "" if item.due is None else f" {_when(decision, item.due)}"
    return f"{item.id}: {item.status}{due}"


def _offer(item: Any) -> str:
    return f"{item.remedy}{_money(item)}, approved by {item.approver}"


def _money(item: Any) -> str:
    return "" if item.amount is None else f" {item.amount.amount} {item.amount.currency}"


def _ask(fact: str, learn_by: str | None) -> str:
    return fact if learn_by is None else f"{fact} ({learn_by})"


def _title(policy: Policy, action: str) -> str:
    return policy.actions[action].title.get("en", action)


def _do(policy: Policy, manner: str) -> str:
    item = policy.manner[manner]
    return item.guidance.do.get("en", manner) if item.guidance else manner


def _when(decision: Decision, instant: int) -> str:
    zone = zoneinfo.ZoneInfo(decision.timezone)
    return datetime.datetime.fromtimestamp(instant, zone).strftime("%a %Y-%m-%d %H:%M")
