"""A moment of a case, seen by one policy: the facts a host would give, and the instant."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

import attrs

from complaint_rules.calendar.clock import EPOCH
from complaint_rules.errors import StateError
from complaint_rules.facts import Fact, Kind
from complaint_rules.intake import read_state
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem
from complaint_rules.source import Span
from complaint_rules.state import State
from complaint_rules.testing.cases import Case, Deed, Given, Moment
from complaint_rules.testing.instants import CURE, When, seconds_of

_BASIS: Final = ("since", "expires_at")
_NAMES: Final = ("unknown-fact", "derived-given", "unknown-field")
"""Codes of faults of a fact's name, not of its value."""


@attrs.frozen(eq=False)
class Scene:
    """
    A moment as a policy decides it.

    Attributes:
        moment: The moment.
        at: The instant, in whole seconds.
        timezone: Name of the zone in which its local times are read.
        facts: The facts as a host gives them: ready for `read_state`, and for JSON but for
            instants.
        state: The facts, validated; `None` where they do not fit the policy.
    """

    moment: Moment
    at: int
    timezone: str
    facts: Mapping[str, Any]
    state: State | None


def scenes_of(policy: Policy, case: Case) -> tuple[tuple[Scene, ...], tuple[Problem, ...]]:
    """
    Return the moments of a case as a policy decides them, and what does not fit it.

    Args:
        policy: The policy.
        case: The case.

    Returns:
        The scenes up to the first whose instant cannot be told; and the problems, each with its
        place in the scenario's file.
    """
    scenes: list[Scene] = []
    problems: list[Problem] = []
    for moment in case.moments:
        timezone = _timezone(policy, moment)
        at = seconds_of(moment.at, timezone)
        if at is None or (scenes and at < scenes[-1].at):
            problems.append(_bad_instant(moment, back=at is not None))
            break
        facts = facts_of(policy, moment, timezone)
        try:
            state: State | None = read_state(policy, facts)
        except StateError as error:
            state = None
            problems += [placed(problem, moment) for problem in error.report.problems]
        scenes.append(Scene(moment, at, timezone, facts, state))
    return tuple(scenes), tuple(dict.fromkeys(problems))


def facts_of(policy: Policy, moment: Moment, timezone: str) -> dict[str, Any]:
    """
    Return the facts of a moment as a host gives them, its instants as aware datetimes.

    Args:
        policy: The policy, whose facts say what is an instant.
        moment: The moment.
        timezone: Name of the zone of local times.
    """
    return {name: _value(policy, given, timezone) for name, given in moment.given.items()}


def placed(problem: Problem, moment: Moment) -> Problem:
    """Return a problem of a state with the place at which the scenario says the fact."""
    place = problem.place
    held = [name for name in moment.given if _stands_at(name, place)]
    if not held:
        return attrs.evolve(problem, span=moment.at.span, place="")
    given = moment.given[max(held, key=len)]
    span = given.key if problem.code in _NAMES and place == given.fact else _span(given, place)
    return attrs.evolve(problem, span=span, place="")


def _stands_at(name: str, place: str) -> bool:
    return (
        place == name or place.startswith((f"{name}.", f"{name}[")) or name.startswith(f"{place}.")
    )


def _span(given: Given, place: str) -> Span:
    """Return where a value is written; of a done action, its own place."""
    number = place.removeprefix("done[").partition("]")[0]
    if given.fact == "done" and isinstance(given.value, tuple) and number.isdigit():
        deed = given.value[int(number)]
        return deed.span if isinstance(deed, Deed) else given.span
    return given.span


def _timezone(policy: Policy, moment: Moment) -> str:
    given = moment.given.get("calendar")
    named = str(given.value) if given is not None else policy.calendar
    return policy.calendars[named if named in policy.calendars else policy.calendar].timezone


def _bad_instant(moment: Moment, *, back: bool) -> Problem:
    text, span = moment.at.text, moment.at.span
    if back:
        cure = "let the steps follow each other in time"
        return Problem("time-goes-back", f"`{text}` is before the step before", span, "", cure)
    return Problem("bad-instant", f"`{text}` lies outside the years 1900 to 2400", span, "", CURE)


def _value(policy: Policy, given: Given, timezone: str) -> Any:
    name, value = given.fact, given.value
    if isinstance(value, tuple):
        return [_deed(deed, timezone) for deed in value]
    if name.startswith("type_basis.") and isinstance(value, dict):
        return {k: _instant(v, given, timezone) if k in _BASIS else v for k, v in value.items()}
    fact = policy.facts.get(name)
    if fact is None:
        return value
    if fact.kind is Kind.INSTANT:
        return _instant(value, given, timezone)
    if fact.kind is Kind.RECORDS and isinstance(value, list):
        return [_record(fact, item, given, timezone) for item in value]
    return value


def _record(fact: Fact, item: Any, given: Given, timezone: str) -> Any:
    if not isinstance(item, dict):
        return item
    instants = {name for name, field in fact.fields.items() if field.kind is Kind.INSTANT}
    return {k: _instant(v, given, timezone) if k in instants else v for k, v in item.items()}


def _deed(deed: Any, timezone: str) -> Any:
    if not isinstance(deed, Deed):
        return deed
    return {**deed.said, "at": _told(deed.said["at"], timezone)}


def _instant(value: Any, given: Given, timezone: str) -> Any:
    return _told(When(value, given.span, given.base), timezone) if isinstance(value, str) else value


def _told(when: When, timezone: str) -> datetime.datetime | str:
    """Return an instant as a datetime; what is none as it stands, for the state's door to judge."""
    seconds = seconds_of(when, timezone)
    return when.text if seconds is None else EPOCH + datetime.timedelta(seconds=seconds)
