"""The complaints that two editions are compared on: recorded ones, scenarios, boundary cases."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final, Literal, TypeAlias

import attrs

from complaint_rules.batch.deciding import facts_and_instant
from complaint_rules.batch.progress import Progress
from complaint_rules.batch.rows import rows
from complaint_rules.diff.aiming import Step, steps
from complaint_rules.diff.changes import changes
from complaint_rules.diff.editions import Edition
from complaint_rules.errors import StateError
from complaint_rules.intake import read_state
from complaint_rules.mapping import RowMapping
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem
from complaint_rules.testing import Case, scenes_of
from complaint_rules.testing.aims import Aim
from complaint_rules.testing.nearby import Values, told

Origin: TypeAlias = Literal["recorded", "scenario", "made up"]
"""Where a complaint comes from."""

_SEED: Final = 20_261_124
_AT: Final = 1_795_518_000
"""The instant boundary cases are decided at: a Tuesday, noon in Budapest."""


@attrs.frozen(eq=False)
class Complaint:
    """
    One complaint to be decided by both editions.

    Attributes:
        name: What it is called: a row's number and id, a scenario's name, ``made up 17``.
        facts: Its facts, as a host gives them.
        at: The instant to decide at, in whole seconds.
        origin: Where it comes from.
        problems: Why it cannot be decided at all; then the facts say nothing.
    """

    name: str
    facts: Mapping[str, Any]
    at: int
    origin: Origin = "recorded"
    problems: tuple[Problem, ...] = ()


def of_rows(
    path: Path,
    mapping: RowMapping | None = None,
    *,
    at: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Complaint]:
    """
    Yield recorded complaints, one a row of a file.

    Args:
        path: CSV, JSON Lines or Parquet, by its ending.
        mapping: How columns become facts; `None`: columns are facts by name.
        at: The instant to decide at, in whole seconds, where the mapping names no column.
        progress: Told how far the file is read.

    Raises:
        RulesetError: The file cannot be read.
        MissingExtraError: Parquet without the package for it.
    """
    apart = (mapping.separator, mapping.encoding) if mapping else (None, None)
    for row in rows(path, progress or Progress(), *apart):
        facts, instant, problems = facts_and_instant(row, mapping, at)
        name = f"row {row.number}"
        if facts.get("complaint_id"):
            name = f"{name} ({facts['complaint_id']})"
        yield Complaint(name, facts, instant or 0, problems=tuple(problems))


def of_cases(*suites: tuple[Policy, Iterable[Case]]) -> Iterator[Complaint]:
    """
    Yield the moments of scenarios; what two editions share once.

    Args:
        suites: Scenarios, each with the policy by whose calendar their local times are read.
            A case that does not fit it is left out.
    """
    known: set[tuple[str, int, str]] = set()
    for policy, cases in suites:
        for case in cases:
            scenes, problems = scenes_of(policy, case)
            for number, scene in enumerate(() if problems else scenes):
                name = case.name if not number else f"{case.name}#{number}"
                key = (name, scene.at, as_json(scene.facts))
                if key not in known:
                    known.add(key)
                    yield Complaint(name, scene.facts, scene.at, "scenario")


def generated(old: Edition, new: Edition, count: int) -> Iterator[Complaint]:
    """
    Yield made-up complaints near the boundaries of the tests of two editions; each time the same.

    Half of them aim at what changed, and at what names it.

    Args:
        old: The old edition.
        new: The new one.
        count: How many to try; those whose facts contradict each other are left out.
    """
    chance = Random(_SEED)  # noqa: S311 - repeatable cases, no secrets
    found = changes(old.data, new.data)
    sources = [(each.policy, Values(each.policy, _AT), steps(each, found)) for each in (old, new)]
    for number in range(1, count + 1):
        policy, values, near = sources[number % 2]
        facts = _aimed(values, near, chance)
        try:
            read_state(policy, facts)
        except StateError:
            continue
        yield Complaint(f"made up {number}", facts, _AT, "made up")


def _aimed(values: Values, near: Sequence[Step], chance: Random) -> dict[str, Any]:
    policy = values.policy
    aim = Aim(values, lambda items: items[chance.randrange(len(items))])
    remedies = list(policy.remedies.values())
    if near and chance.random() < 0.5:
        near[chance.randrange(len(near))](aim)
    elif remedies and chance.random() < 0.4:
        aim.remedy(remedies[chance.randrange(len(remedies))])
    for _ in range(chance.randint(1, 3)):
        condition = policy.conditions[chance.randrange(len(policy.conditions))]
        aim.at(condition, holds=chance.random() < 0.7)
    facts = aim.gathered()
    facts.setdefault("received_at", told(values.at - chance.choice(values.waits)))
    return facts


def as_json(facts: Mapping[str, Any]) -> str:
    """Return facts as JSON in one line, to be decided again."""
    return json.dumps(jsonable(facts), ensure_ascii=False)


def jsonable(value: Any) -> Any:
    """Return a value as a host gives it in JSON's own types: times in ISO 8601, numbers as text."""
    match value:
        case Mapping():
            return {str(key): jsonable(each) for key, each in value.items()}
        case list() | tuple():
            return [jsonable(each) for each in value]
        case datetime.date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return value
