"""From a composed text to a `RulesetModel`, every fault of shape as a problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from pydantic import ValidationError

from complaint_rules.document import Entry, Mapping, Node, Scalar, Sequence, to_data
from complaint_rules.model.empties import find_empties, without
from complaint_rules.model.faults import Error, near_key, problem_of
from complaint_rules.model.hints import Path
from complaint_rules.model.places import SINGULAR, item_id
from complaint_rules.model.ruleset import RulesetModel
from complaint_rules.problem import Problem
from complaint_rules.source import Span

CHOICES = frozenset(
    {
        "[key]",
        *("<always>", "<group>"),
        *("<formula>", "<when>", "<first>", "<count>", "<earliest>", "<latest>", "<table>"),
        *("<yes-no>", "<values>", "<at>", "<from>", "<once>", "<repeat>"),
    }
)
"""Steps of an error's place by which the models choose between shapes: no author wrote them."""

_STAND_INS: dict[str, Any] = {
    "format": 1,
    "id": "unnamed",
    "edition": "unnamed",
    "title": "Untitled",
    "currency": "EUR",
}


@attrs.frozen(eq=False)
class Reading:
    """
    What could be read of a ruleset.

    Attributes:
        model: The ruleset, or what is left of it without its ill-formed items; `None` if even
            that is nothing.
        node: The text that `model` was read from; paths in `model` lead to places in it.
        problems: What was ill formed. If there is any, `model` only serves to find more.
        left_out: The ids of the items left out.
        data: What `node` holds, as plain data.
    """

    model: RulesetModel | None
    node: Node
    problems: tuple[Problem, ...] = ()
    left_out: frozenset[str] = frozenset()
    data: Any = None


def validate(node: Node) -> tuple[RulesetModel | None, list[Problem]]:
    """
    Return the ruleset that `node` holds, and what is ill formed in it.

    Args:
        node: A ruleset with includes, tables and parents composed.

    Returns:
        The model and no problem, or no model and at least one.
    """
    reading = read_model(node)
    return (None if reading.problems else reading.model), list(reading.problems)


def read_model(node: Node) -> Reading:
    """Read a ruleset; ill-formed items are told and left out, so that the rest can be checked."""
    if not isinstance(node, Mapping):
        return Reading(None, node, (not_a_ruleset(node),))
    empties = find_empties(node)
    full = without(node, empties) if empties else node
    data = to_data(full)
    model, errors = _check(data)
    if model is not None and not empties:
        return Reading(model, node, data=data)
    placed = [(path_of(error), error) for error in errors]
    told = [(p, e) for p, e in _one_each(placed) if not _follows(p, empties)]
    problems = [*empties.values(), *(problem_of(full, path, error) for path, error in told)]
    faulty = {path for path, _ in placed} | set(empties)
    kept = _without_items(full, {_item(path) for path in faulty})
    left_out = frozenset(name for path in faulty if (name := item_id(node, path)) is not None)
    data = to_data(kept)
    rest, _ = _check(data)
    return Reading(rest, kept, tuple(problems), left_out, data)


def not_a_ruleset(node: Node) -> Problem:
    """Return the problem of a text that is no mapping."""
    span = attrs.evolve(node.span, end_line=node.span.line, end_column=node.span.column + 1)
    return Problem(
        "not-a-ruleset",
        "this is no ruleset: it is not a mapping of keys to values",
        span,
        "not `key: value`",
        "begin with `format: 1`",
    )


def path_of(error: Error) -> Path:
    """Return an error's place, without the steps by which the models choose between shapes."""
    steps: Path = error["loc"]
    written = len(steps) - 1 if error["type"] == "extra_forbidden" else len(steps)
    return tuple(step for i, step in enumerate(steps) if i == written or step not in CHOICES)


def _check(data: Any) -> tuple[RulesetModel | None, list[Error]]:
    try:
        return RulesetModel.model_validate(data), []
    except ValidationError as error:
        return None, list(error.errors(include_url=False))


def _one_each(placed: list[tuple[Path, Error]]) -> list[tuple[Path, Error]]:
    """Leave out what one fault says twice: a missing key that is there with a slip in it."""
    unknown: dict[Path, list[str]] = {}
    for path, error in placed:
        if error["type"] == "extra_forbidden":
            unknown.setdefault(path[:-1], []).append(str(path[-1]))
    return [
        (path, error)
        for path, error in placed
        if error["type"] != "missing" or not _explained(path, error, unknown)
    ]


def _explained(path: Path, error: Error, unknown: dict[Path, list[str]]) -> bool:
    guessed = len(error["loc"]) > 1 and error["loc"][-2] in CHOICES
    strangers = unknown.get(path[:-1], [])
    return bool(strangers) and (guessed or any(near_key(key, str(path[-1])) for key in strangers))


def _follows(path: Path, empties: Iterable[Path]) -> bool:
    """Return whether an error only says again that something on its way is empty."""
    return any(path == empty[: len(path)] or path[: len(empty)] == empty for empty in empties)


def _item(path: Path) -> Path:
    return path[:2] if path[:1] and path[0] in SINGULAR else path[:1]


def _without_items(node: Node, items: set[Path]) -> Mapping:
    """Return the ruleset without those items; what it cannot do without gets a stand-in."""
    assert isinstance(node, Mapping)  # noqa: S101 - only called with the ruleset's own node
    entries: dict[str, Entry] = {}
    for key, entry in node.entries.items():
        if (key,) not in items:
            entries[key] = Entry(entry.key, _without(entry.value, key, items))
    for key, value in _STAND_INS.items():
        if key not in entries:
            span = Span(node.span.file, 1, 1, 1, 1)
            scalar = Scalar(str(value), span, quoted=isinstance(value, str))
            entries[key] = Entry(Scalar(key, span), scalar)
    return Mapping(entries, node.span)


def _without(node: Node, section: str, items: set[Path]) -> Node:
    if isinstance(node, Mapping):
        kept = {k: e for k, e in node.entries.items() if (section, k) not in items}
        return Mapping(kept, node.span)
    if isinstance(node, Sequence):
        listed = (item for i, item in enumerate(node.items) if (section, i) not in items)
        return Sequence(tuple(listed), node.span)
    return node
