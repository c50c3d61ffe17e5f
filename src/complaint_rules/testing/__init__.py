"""
Rulesets under test: scenarios beside a ruleset, read, played and told.

A scenario file says in the words of the ruleset what a handler must see in a situation. It is read
into cases (`read_suite`), which belong to no one policy: `play` plays a case against any policy and
gives the decision and the differences of each of its moments; `passes` only says whether it holds.

    >>> from complaint_rules.testing import run
    >>> done = run("core")
    >>> done.ok
    True

For a developer's own tests there are `states` and `changes` (hypothesis strategies, with the extra
``testing``), assertions on decisions, a `FrozenClock`, and `approve` for decisions to be kept.
"""

from __future__ import annotations

from complaint_rules.testing.approving import approve
from complaint_rules.testing.asserting import (
    assert_action,
    assert_no_action,
    assert_not_offered,
    assert_offered,
    assert_order,
    assert_owed,
    assert_prohibited,
    assert_target,
    assert_withheld,
)
from complaint_rules.testing.cases import Case, Moment
from complaint_rules.testing.comparing import Difference
from complaint_rules.testing.drawing import changes, states
from complaint_rules.testing.failing import Because
from complaint_rules.testing.frozen import FrozenClock
from complaint_rules.testing.picking import Pick, PickError, pick
from complaint_rules.testing.playing import Outcome, Played, Status, passes, play
from complaint_rules.testing.results import Result, Run, as_data, as_junit
from complaint_rules.testing.running import Progress, run
from complaint_rules.testing.situations import Scene, scenes_of
from complaint_rules.testing.suites import Suite, read_suite
from complaint_rules.testing.told import told
from complaint_rules.testing.tree import Check

__all__ = [
    "Because",
    "Case",
    "Check",
    "Difference",
    "FrozenClock",
    "Moment",
    "Outcome",
    "Pick",
    "PickError",
    "Played",
    "Progress",
    "Result",
    "Run",
    "Scene",
    "Status",
    "Suite",
    "approve",
    "as_data",
    "as_junit",
    "assert_action",
    "assert_no_action",
    "assert_not_offered",
    "assert_offered",
    "assert_order",
    "assert_owed",
    "assert_prohibited",
    "assert_target",
    "assert_withheld",
    "changes",
    "passes",
    "pick",
    "play",
    "read_suite",
    "run",
    "scenes_of",
    "states",
    "told",
]
