"""Small rulesets from text, and what they decide: for tests of whole decisions."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from complaint_rules.decision.answer.shape import Choice, Decision
from complaint_rules.decision.decide import decide
from complaint_rules.intake import read_state
from complaint_rules.loading import loads
from complaint_rules.policy import Policy

NOON = "2026-11-24T12:00:00+01:00"
"""A Tuesday."""

_HEAD = """
format: 1
id: shop
edition: "1"
title: Shop
currency: EUR
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: ["09:00-17:00"]}}
calendar: office
approvals: [none, agent, lead, manager]
"""


def shop(text: str) -> Policy:
    """Return the policy of a ruleset with these sections, besides calendars and approvals."""
    return loads(_HEAD + textwrap.dedent(text))


def rule(name: str, when: str, then: str, more: str = "") -> str:
    """Return one rule as a line of `rules`, all of it in flow style."""
    extra = f", {more}" if more else ""
    return f"{{id: {name}, text: A rule, source: [here], when: {when}, then: {{{then}}}{extra}}}"


def decided(policy: Policy, facts: Mapping[str, Any] | None = None, at: str = NOON) -> Decision:
    """Return what a policy says of these facts."""
    return decide(policy, read_state(policy, facts or {}), at=at)


def ids(lines: tuple[Any, ...]) -> list[str]:
    """Return the ids of actions, prohibitions or remedies, in their order."""
    return [getattr(line, "remedy", None) or line.id for line in lines]


def amounts(choices: tuple[Choice, ...]) -> dict[str, str | None]:
    """Return the amounts of choices as text, by remedy."""
    return {each.remedy: each.amount and str(each.amount.amount) for each in choices}
