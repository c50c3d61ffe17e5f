"""A state that tells a mutant from its ruleset, as a scenario to be looked at and kept."""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.decision import Decision
from complaint_rules.decision.answer.shown import number_text
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.testing.mutation.mutant import Mutant
from complaint_rules.testing.mutation.telling import Telling
from complaint_rules.testing.sections import NONE, RANK, Section, Sort, sections
from complaint_rules.testing.suggesting.given import as_given
from complaint_rules.testing.writing import Raw, calendar_of, flow, when

_MARK: Final = re.compile(r"[^a-z0-9]+")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_LONGEST: Final = 60
_UNITS: Final = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


_FOLLOWING: Final = ("asks", "assumed", "notices", "review_at")


def as_scenario(policy: Policy, mutant: Mutant, telling: Telling) -> str:
    """
    Return a telling state as one scenario of a scenario file, to be pasted under `scenarios`.

    It expects what the ruleset decides today and the mutant does not, and is marked as unreviewed.

    Args:
        policy: The ruleset.
        mutant: The mutant.
        telling: The state.
    """
    here = calendar_of(policy, telling.state)
    name = _MARK.sub("-", f"{mutant.owner} {mutant.told}".lower()).strip("-")[:_LONGEST].strip("-")
    story = f"{mutant.owner}: {mutant.told} ({mutant.kind})"
    lines = [f"- id: {name}", f"  story: {json.dumps(story, ensure_ascii=False)}"]
    lines += ["  unreviewed: yes", f"  at: {when(here, telling.at)}", "  state:"]
    given = as_given(policy, telling.state)
    if "calendar" not in given:
        given = {"calendar": policy.calendar, **given}
    lines += [f"    {key}: {flow(_given(value, here))}" for key, value in given.items()]
    lines.append("  expect:")
    expected = _plainest(_expected(telling.before, telling.after, here))
    lines += [f"    {key}: {flow(value)}" for key, value in expected.items()]
    if telling.after is None:
        lines.append("  # the mutant refuses this state")
    else:
        other = _plainest(_expected(telling.after, telling.before, here))
        lines += [f"  # the mutant: {key}: {flow(value)}" for key, value in other.items()]
    return "\n".join(lines) + "\n"


def _given(value: Any, here: BusinessCalendar) -> Any:
    """Return a fact with its amounts and instants as they are written."""
    match value:
        case {"amount": amount, "currency": currency}:
            return Raw(f"{amount} {currency}")
        case dict():
            return {key: _given(each, here) for key, each in value.items()}
        case list():
            return [_given(each, here) for each in value]
        case str() if _INSTANT.fullmatch(value):
            return Raw(when(here, int(datetime.datetime.fromisoformat(value).timestamp())))
        case _:
            return value


# ------------------------------------------------------------------------ expect


def _expected(
    one: Decision, other: Decision | None, here: BusinessCalendar
) -> Iterator[tuple[str, Any]]:
    """Yield the sections in which a decision differs from another one, and what it is there."""
    for name, section in sections().items():
        mine = getattr(one, name)
        if other is not None and mine == getattr(other, name):
            continue
        if section.value is not None:
            yield name, _shown(mine, section.value.sort, here)
            continue
        tests = _of_ids(section, one, other)
        if section.key:
            tests.update(_of_fields(section, one, other, here))
        if tests:
            yield name, tests


def _plainest(expected: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return what is expected without what only follows from it, unless there is nothing else."""
    found = dict(expected)
    plain = {name: each for name, each in found.items() if name not in _FOLLOWING}
    return plain or found


def _of_ids(section: Section, one: Decision, other: Decision | None) -> dict[str, Any]:
    mine = tuple(dict.fromkeys(section.ids(one)))
    if other is None:
        return {"exactly": list(mine)} if mine else {}
    theirs = tuple(dict.fromkeys(section.ids(other)))
    tests: dict[str, Any] = {}
    has = [each for each in mine if each not in theirs]
    lacks = [each for each in theirs if each not in mine]
    if has:
        tests["has"] = has
    if lacks:
        tests["lacks"] = lacks
    if section.ordered:
        order = _order([e for e in mine if e in theirs], [e for e in theirs if e in mine])
        if order:
            tests["order"] = order
    return tests


def _order(mine: list[str], theirs: list[str]) -> list[str]:
    """Return two neighbours that stand the other way round in the other list."""
    places = {each: place for place, each in enumerate(theirs)}
    for first, second in itertools.pairwise(mine):
        if places[first] > places[second]:
            return [first, second]
    return []


def _of_fields(
    section: Section, one: Decision, other: Decision | None, here: BusinessCalendar
) -> dict[str, Any]:
    tests: dict[str, dict[str, Any]] = {}
    theirs = {} if other is None else {getattr(e, section.key): e for e in _items(section, other)}
    for item in _items(section, one):
        against = theirs.get(getattr(item, section.key))
        if against is None:
            continue
        for name, field in section.fields.items():
            if name != RANK and getattr(item, name) != getattr(against, name):
                shown = _shown(getattr(item, name), field.sort, here)
                tests.setdefault(name, {})[getattr(item, section.key)] = shown
    return tests


def _items(section: Section, decision: Decision) -> Any:
    return getattr(decision, section.name)


def _shown(value: Any, sort: Sort, here: BusinessCalendar) -> Any:
    """Return a value of a decision as a scenario expects it."""
    if value is None or value in ("", ()):
        return Raw(NONE)
    if sort is Sort.INSTANT:
        return Raw(when(here, value))
    if sort is Sort.DURATION:
        unit, size = next((unit, size) for unit, size in _UNITS if value % size == 0)
        return Raw(f"{value // size} {unit}")
    if isinstance(value, Money):
        return Raw(f"{number_text(value.amount)} {value.currency}")
    return sorted(value) if isinstance(value, tuple | frozenset) else value
