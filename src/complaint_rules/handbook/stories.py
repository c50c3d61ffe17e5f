"""The scenarios of a ruleset as a handbook tells them: what shows a source, what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from complaint_rules.handbook.pen import Reason, Story
from complaint_rules.testing import Case


def stories(cases: Iterable[Case]) -> Mapping[str, tuple[Story, ...]]:
    """
    Return the scenarios that show each source, by the source's id; rows of a table are one.

    Args:
        cases: The cases of a ruleset, from `complaint_rules.testing.read_suite`.
    """
    found: dict[str, dict[str, Story]] = {}
    for case in cases:
        name = _name(case)
        for source in case.shows:
            found.setdefault(source, {}).setdefault(name, Story(name, case.story))
    return {source: tuple(told.values()) for source, told in found.items()}


def reasons(cases: Iterable[Case]) -> tuple[Reason, ...]:
    """Return why a ruleset means to answer scenarios of its parents otherwise."""
    found = {(_name(case), case.because): None for case in cases if case.because}
    return tuple(Reason(name, because) for name, because in found)


def _name(case: Case) -> str:
    owner = f"{case.ruleset}:" if case.ruleset else ""
    return f"{owner}{case.stem}/{case.scenario}"
