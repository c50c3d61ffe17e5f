"""Suggested cases as a scenario file, to be looked at and kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from complaint_rules.calendar import BusinessCalendar
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.state import TypeBasis
from complaint_rules.testing.coverage.points import Point
from complaint_rules.testing.nearby import plain
from complaint_rules.testing.suggesting.filled import filled
from complaint_rules.testing.suggesting.given import unknown_names
from complaint_rules.testing.suggesting.reaching import Situated
from complaint_rules.testing.suggesting.suggestions import Suggestion, Suggestions
from complaint_rules.testing.writing import Raw, calendar_of, flow, when

_NO_ID: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_ID: Final = 60
_MOST_TOLD: Final = 8
"""How many of the points a case shows are told, and looked to for what it expects."""
_DUES: Final = ("due",)
_HEAD: Final = """\
# Cases that no scenario shows yet, suggested by `complaint-rules test --suggest`. What they expect
# is what the ruleset answers today: look at each, and take `unreviewed` out where that is right.
format: 1
"""


def as_scenarios(suggestions: Suggestions, *, ruleset: str = "") -> str:
    """
    Return missing cases as the text of a scenario file: `read_suite` reads it, and all pass.

    Args:
        suggestions: The cases.
        ruleset: What the file names as its ruleset; empty where it stands beside one.
    """
    policy = suggestions.policy
    lines = [_HEAD.rstrip("\n")]
    lines += [f"ruleset: {flow(ruleset)}"] if ruleset else []
    lines += ["tags: [suggested]", f"at: {when(calendar_of(policy), suggestions.at)}"]
    lines.append("scenarios:" if suggestions.found else "scenarios: []")
    taken: set[str] = set()
    for each in suggestions.found:
        lines += _scenario(policy, each, suggestions.at, taken)
    lines += _left(suggestions)
    return "\n".join(lines) + "\n"


def _left(suggestions: Suggestions) -> Iterator[str]:
    for point, tries in suggestions.not_reached.items():
        yield f"# not reached, {tries:,} states tried: {_line(point)}"
    for point, why in suggestions.unreachable.items():
        yield f"# unreachable: {_line(point)}: {_safe(why)}"


def _line(point: Point) -> str:
    place = "" if point.span is None else f"{point.span.file}:{point.span.line}: "
    return _safe(f"{place}{point.told}")


def _safe(text: str) -> str:
    """Return a text on one line, as a comment may hold it."""
    return "".join(c if c.isprintable() else " " for c in text)


def _scenario(policy: Policy, each: Suggestion, at: int, taken: set[str]) -> Iterator[str]:
    first = each.points[0]
    here = calendar_of(policy, each.situated.state)
    yield from (f"  # {_line(point)}" for point in each.points[:_MOST_TOLD])
    if len(each.points) > _MOST_TOLD:
        yield f"  # and {len(each.points) - _MOST_TOLD:,} more"
    yield f"  - id: {_id(first, taken)}"
    yield f"    story: {json.dumps(_safe(first.told)[:250], ensure_ascii=False)}"
    yield "    unreviewed: yes"
    if each.situated.at != at or here.timezone != calendar_of(policy).timezone:
        yield f"    at: {when(here, each.situated.at)}"
    state = _state(policy, each.situated, here)
    if state:
        yield "    state:"
        yield from (f"      {flow(name)}: {flow(value)}" for name, value in state.items())
    yield "    expect:"
    for name, value in filled(policy, each.points[:_MOST_TOLD], each.decision).items():
        yield f"      {name}: {flow(_told(here, value))}"


def _id(point: Point, taken: set[str]) -> str:
    text = _NO_ID.sub("-", f"{point.owner} {point.side}".lower()).strip("-")[:_LONGEST_ID]
    number, name = 1, text or "case"
    while name in taken:
        number += 1
        name = f"{text or 'case'}-{number}"
    taken.add(name)
    return name


# ------------------------------------------------------------------------- state


def _state(policy: Policy, situated: Situated, here: BusinessCalendar) -> dict[str, Any]:
    state = situated.state
    made: dict[str, Any] = {}
    for name in sorted(state.values):
        made[name] = _fact(policy.facts[name], state.values[name], here)
    made |= {name: Raw("unknown") for name in unknown_names(policy, state)}
    if state.done:
        made["done"] = [{"action": e.action, "at": Raw(when(here, e.at))} for e in state.done]
    for name, basis in sorted(state.types.items()):
        made.setdefault("type_basis", {})[name] = _basis(basis, here)
    return made


def _fact(fact: Fact, value: Any, here: BusinessCalendar) -> Any:
    if fact.kind is Kind.RECORDS:
        fields = fact.fields
        return [{n: _fact(fields[n], v, here) for n, v in each.items()} for each in value]
    if value is None:
        return Raw("unknown")
    if fact.kind is Kind.INSTANT and value is not NOT_YET:
        return Raw(when(here, value))
    return value if isinstance(value, Money) else plain(value, fact.kind)


def _basis(basis: TypeBasis, here: BusinessCalendar) -> dict[str, Any]:
    said: dict[str, Any] = {"signals": list(basis.signals), "confirmed_by": basis.confirmed_by}
    for name in ("since", "expires_at"):
        at = getattr(basis, name)
        said[name] = None if at is None else Raw(when(here, at))
    return {name: value for name, value in said.items() if value}


def _told(here: BusinessCalendar, value: Any) -> Any:
    """Return what is expected with its instants written."""
    if value is None:
        return Raw("none")
    if not isinstance(value, Mapping):
        return value
    return {
        test: {each: Raw(when(here, at)) for each, at in part.items()} if test in _DUES else part
        for test, part in value.items()
    }
