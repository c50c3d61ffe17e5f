"""`decide` as the front door has it: facts as they come in, validated on the way."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from complaint_rules.decision import Decision
from complaint_rules.decision import decide as decide_state
from complaint_rules.engines import Engine
from complaint_rules.intake import ComplaintFacts, read_state
from complaint_rules.policy import Policy
from complaint_rules.state import State


def decide(
    policy: Policy,
    state: State | ComplaintFacts | Mapping[str, Any],
    *,
    at: int | str | datetime.datetime,
    engine: str | Engine = "index",
) -> Decision:
    """
    Return what a policy says of a complaint at an instant.

    The same policy, state and instant give the same decision for ever: nothing is read from a
    clock, a file or a network.

    Args:
        policy: The policy, from `load`.
        state: The complaint's facts: a mapping from fact name to value, a `ComplaintFacts`, or a
            `State` that `read_state` validated once. ``None`` is missing, ``"unknown"`` unknown;
            neither is ever taken for false.
        at: The instant: an aware datetime, RFC 3339 text, or whole seconds since
            1970-01-01T00:00:00Z. Fractions of a second are cut off.
        engine: Name of the engine that matches (``"index"``, or the extra ``"durable"``), or an
            engine built for `policy`.

    Raises:
        StateError: The facts do not fit the policy, or `at` is no instant; `report` tells every
            place and cure.
        EngineError: There is no such engine, it cannot express the policy, or it failed.
        MissingExtraError: It is an extra that is not installed.
    """
    seen = state if isinstance(state, State) else read_state(policy, state)
    return decide_state(policy, seen, at=at, engine=engine)
