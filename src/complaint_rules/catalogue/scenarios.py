"""Problem codes of scenario files."""

from __future__ import annotations

from typing import Final

from complaint_rules.catalogue.entry import Entry

ENTRIES: Final = (
    Entry(
        "not-scenarios",
        "No scenarios where some are asked for",
        "A file to test has neither `scenarios` nor `deviations`, or no ruleset; or there is no "
        "scenario file at a path.",
        "A run that plays nothing would look like one in which all is well.",
        "Name a ruleset's folder or a scenario file; begin such a file with `format: 1`, then "
        "`scenarios:`, and say `ruleset:` where it does not stand in a ruleset's `scenarios`.",
        about="scenario",
    ),
    Entry(
        "expects-nothing",
        "A scenario that expects nothing",
        "Neither the scenario, nor a step or row of it, has an `expect`.",
        "It would pass whatever the ruleset answers.",
        "Say under `expect` what a handler must see.",
        about="scenario",
    ),
    Entry(
        "unknown-scenario",
        "A scenario that is not there",
        "`like`, or `of` in a deviation, names a scenario, row or step that does not exist, or a "
        "ruleset that is not extended.",
        "The situation to start from would be missing, or the deviation would excuse nothing.",
        "Correct the name: `id` in the same file, `file/id` in another, `id#2` after a second "
        "step, `core:file/id` in a ruleset that is extended.",
        about="scenario",
    ),
    Entry(
        "like-cycle",
        "Scenarios that are like each other in a circle",
        "A scenario starts from one that, in the end, starts from it.",
        "None of them says what the situation is.",
        "Let one of them give its `at` and `state` itself.",
        about="scenario",
    ),
    Entry(
        "time-goes-back",
        "A step before the one before it",
        "The `at` of a step lies before the instant of the step above it.",
        "What was done later would be known earlier.",
        "Put the steps in the order of time.",
        about="scenario",
    ),
)
