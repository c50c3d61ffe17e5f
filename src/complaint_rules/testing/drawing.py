"""Hypothesis strategies at the front door: hypothesis is imported when one is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaint_rules.policy import Policy


def states(policy: Policy, *, at: int, fixed: Mapping[str, Any] | None = None) -> Any:
    """
    Return a hypothesis strategy for states of a policy: valid, and near its boundaries.

    A state is drawn as a plain mapping, as a host gives it. It is drawn towards a few conditions
    of the policy, so that its rules are met often; the other facts lie at, just beside and beyond
    the boundaries of the policy's tests, are unknown or missing.

    Example:
        ::

            from hypothesis import given
            from complaint_rules import decide, load
            from complaint_rules.testing import states

            POLICY, NOW = load("core"), 1_795_518_000

            @given(states(POLICY, at=NOW))
            def test_somebody_always_acts(state):
                assert decide(POLICY, state, at=NOW).stage

    Args:
        policy: The policy; every state drawn is valid for it.
        at: The instant the states will be decided at, in whole seconds since
            1970-01-01T00:00:00Z: nothing has happened later.
        fixed: Facts that every state has, as a host gives them; they are not drawn.

    Raises:
        MissingExtraError: Hypothesis is not installed.
    """
    from complaint_rules.testing import strategies  # noqa: PLC0415 - an extra

    return strategies.states(policy, at=at, fixed=fixed)


def changes(policy: Policy, *, at: int, most: int = 4) -> Any:
    """
    Return a hypothesis strategy for lives of a complaint: lists of moments, each after the last.

    A moment has ``at`` (whole seconds) and ``state`` (as a host gives it). Between two moments
    time passes, some facts change and some actions are done.

    Example:
        ::

            @given(changes(POLICY, at=NOW))
            def test_no_step_fails(moments):
                for moment in moments:
                    decide(POLICY, moment.state, at=moment.at)

    Args:
        policy: The policy.
        at: The first instant, in whole seconds since 1970-01-01T00:00:00Z.
        most: The largest number of moments.

    Raises:
        MissingExtraError: Hypothesis is not installed.
    """
    from complaint_rules.testing import strategies  # noqa: PLC0415 - an extra

    return strategies.changes(policy, at=at, most=most)
