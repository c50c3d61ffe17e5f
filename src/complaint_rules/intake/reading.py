"""Facts from outside → a validated `State`, or every fault of them with its place and cure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from complaint_rules.errors import StateError
from complaint_rules.facts import NOT_YET, Value
from complaint_rules.intake.core import ComplaintFacts
from complaint_rules.intake.door import Door, door
from complaint_rules.intake.fault import shown
from complaint_rules.money import Money
from complaint_rules.policy import Policy
from complaint_rules.problem import Problem, Report
from complaint_rules.spelling import help_for
from complaint_rules.state import Done, State, TypeBasis

_FREE_CURRENCY: Final = frozenset({"entitlement.amount"})
"""Amounts that may stand in any currency (semantics 27)."""


def read_state(policy: Policy, facts: Mapping[str, Any] | ComplaintFacts) -> State:
    """
    Validate the facts of one complaint for `policy`, once.

    Arguments:
        policy: The policy that will decide.
        facts: A mapping from fact name to value, or a `ComplaintFacts`. A field of a record may
            be nested (``{"review": {"exists": true}}``) or dotted (``"review.exists"``).
            ``None`` is missing; the text ``unknown`` is unknown (semantics 1).

    Returns:
        A state that `decide` takes without validating again.

    Raises:
        StateError: The facts do not fit; its report names every place and cure.
    """
    mapping: object = facts
    if type(facts) is not dict and isinstance(facts, ComplaintFacts):
        mapping = facts.facts()
    if type(mapping) is not dict and not isinstance(mapping, Mapping):
        cure = "give an object of facts"
        raise StateError(Report.of([Problem("wrong-shape", "a state is a mapping", help=cure)]))
    way_in = door(policy)
    read = way_in.readers.read(mapping)
    if read is not None:
        values = read.values
        lists = _validated(way_in, _cleaned(policy, read.lists, read.unknown)) if read.lists else {}
        if lists is not None:
            return _state(policy, way_in, values, lists, read.unknown)
    return _all_read(policy, way_in, mapping)


def _validated(way_in: Door, given: dict[str, Any]) -> dict[str, Any] | None:
    """Return facts that the door lets in; nothing where something is wrong with them."""
    try:
        return way_in.adapter.validate_python(given)
    except ValidationError:
        return None


def _all_read(policy: Policy, way_in: Door, mapping: Mapping[Any, Any]) -> State:
    """Return the state of what goes through the door all at once, or raise every fault of it."""
    problems: list[Problem] = []
    unknown: set[str] = set()
    given = _cleaned(policy, _nested(mapping, problems), unknown)
    try:
        values = way_in.adapter.validate_python(given)
    except ValidationError as error:
        problems += [_problem(policy, way_in, detail) for detail in error.errors()]
        raise StateError(Report.of(problems)) from None
    if problems:
        raise StateError(Report.of(problems))
    return _state(policy, way_in, {}, values, unknown)


def _each_field(policy: Policy, unknown: set[str]) -> frozenset[str]:
    """Return the unknown names, a record that is unknown standing for each of its fields."""
    fields = {
        f"{name}.{field}"
        for name in unknown
        if name in policy.facts
        for field in policy.facts[name].fields
    }
    return frozenset(unknown | fields)


_MISSING: Final = object()
_NO_NAMES: Final[frozenset[str]] = frozenset()
_PLAIN: Final = (bool, int, Decimal, datetime.date)
"""Types of values that have no parts to look into, instants among them."""


def _nested(mapping: Mapping[Any, Any], problems: list[Problem]) -> Mapping[str, Any]:
    """
    Return the mapping with dotted names gathered into their records.

    What is given twice is a problem whichever stands first, so that order never counts.
    """
    if all(type(name) is str and "." not in name for name in mapping):
        return mapping
    nested: dict[str, Any] = {}
    for name, value in mapping.items():
        if not isinstance(name, str):
            told = f"{shown(name)} is no name of a fact"
            problems.append(Problem("unknown-fact", told, help="names of facts are texts"))
            continue
        head, dot, field = name.partition(".")
        _put(nested, head, {field: value} if dot else value, problems)
    return nested


def _put(nested: dict[str, Any], head: str, value: Any, problems: list[Problem]) -> None:
    """Put a fact beside what is given of it already."""
    before = nested.get(head)
    if before is None:
        nested[head] = value
    elif isinstance(before, Mapping) and isinstance(value, Mapping):
        twice = sorted(str(key) for key in before.keys() & value.keys())
        nested[head] = {**before, **value}
        for field in twice:
            place = f"{head}.{field}"
            told = f"{shown(place)} is given twice"
            problems.append(Problem("wrong-shape", told, place=place, help="keep one of the two"))
    elif value is not None:
        nested[head] = value if isinstance(before, Mapping) else before
        told = f"{shown(head)} is given as a whole and by its fields"
        problems.append(Problem("wrong-shape", told, place=head, help="nest all its fields"))


def _cleaned(policy: Policy, nested: Mapping[str, Any], unknown: set[str]) -> dict[str, Any]:
    """Return what is left when what is missing or unknown is taken out; note what is unknown."""
    given = {}
    for name, value in nested.items():
        if type(value) is str and value != "unknown":
            given[name] = value
            continue
        cleaned = _clean(policy, value, name, unknown)
        if cleaned is not _MISSING:
            given[name] = cleaned
    return given


def _clean(policy: Policy, value: Any, name: str, unknown: set[str]) -> Any:
    """Take out what is missing, note what is unknown, one level of records deep."""
    if value is None:
        return _MISSING
    if isinstance(value, str):
        if value != "unknown":
            return value
        unknown.add(name)
        return _MISSING
    if isinstance(value, _PLAIN):
        return value
    fact = policy.facts.get(name)
    if isinstance(value, Mapping) and fact is not None and fact.fields:
        fields = {
            key: _clean(policy, item, f"{name}.{key}", unknown) for key, item in value.items()
        }
        return {key: item for key, item in fields.items() if item is not _MISSING}
    if name == "type_basis" and isinstance(value, Mapping):
        return {key: _without_missing(item) for key, item in value.items()}
    if isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
        return [_without_missing(item, keep_unknown=name != "done") for item in value]
    return value


def _without_missing(item: Any, *, keep_unknown: bool = False) -> Any:
    if not isinstance(item, Mapping):
        return item
    return {
        key: value
        for key, value in item.items()
        if value is not None
        and (keep_unknown or not (isinstance(value, str) and value == "unknown"))
    }


# ------------------------------------------------------------------------ faults


def _place(loc: tuple[int | str, ...]) -> str:
    place = ""
    for step in loc:
        if isinstance(step, int):
            place += f"[{step}]"
        elif step != "[key]":
            place += f".{step}" if place else step
    return place


def _problem(policy: Policy, way_in: Door, detail: ErrorDetails) -> Problem:
    """Turn one of pydantic's errors into a problem."""
    place = _place(detail["loc"])
    context = detail.get("ctx", {})
    if "cure" in context:
        told = f"{context['message']}"
        return Problem(detail["type"], f"`{place}`: {told}", place=place, help=context["cure"])
    last = detail["loc"][-1] if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        if len(detail["loc"]) == 1:
            return _unknown_fact(way_in, str(last))
        fact = policy.facts.get(str(detail["loc"][0]))
        known = tuple(fact.fields) if fact and fact.fields else ("action", "at", *_BASIS_FIELDS)
        told = f"`{place}` is no field of `{detail['loc'][0]}`"
        return Problem("unknown-field", told, place=place, help=help_for(str(last), known))
    told = f"`{place}`: {shown(detail['input'])} has the wrong shape"
    wanted = "a list" if "list" in detail["type"] else "an object"
    return Problem("wrong-shape", told, place=place, help=f"write {wanted} here")


_BASIS_FIELDS: Final = ("signals", "confirmed_by", "since", "expires_at")


def _unknown_fact(way_in: Door, name: str) -> Problem:
    if name in way_in.derived:
        cure = "leave it out; give the facts it is worked out from"
        told = f"`{name}` is worked out by the ruleset and cannot be given"
        return Problem("derived-given", told, place=name, help=cure)
    cure = help_for(name, way_in.given)
    return Problem("unknown-fact", f"unknown fact {shown(name)}", place=name, help=cure)


# ------------------------------------------------------------------------- state


def _state(
    policy: Policy,
    way_in: Door,
    flat: dict[str, Value],
    values: dict[str, Any],
    unknown: set[str],
) -> State:
    """
    Return the state of what was let in.

    Args:
        policy: The policy.
        way_in: Its door.
        flat: Facts that are as a state has them.
        values: Facts that are as the door has them.
        unknown: What was said to be unknown.
    """
    done = basis = None
    if values:
        done, basis = values.pop("done", None), values.pop("type_basis", None)
        flat |= _flat(values)
    problems = _one_currency(policy, way_in.amounts, flat)
    if done:
        problems += _incomplete(done)
    if "pauses" in flat:
        problems += _pauses(flat["pauses"])
    if problems:
        raise StateError(Report.of(problems))
    return State(
        fingerprint=policy.fingerprint,
        values=flat,
        unknown=_each_field(policy, unknown) if unknown else _NO_NAMES,
        done=_finished(done) if done else (),
        types={name: _basis(item) for name, item in sorted(basis.items())} if basis else {},
    )


def _finished(done: list[dict[str, Any]]) -> tuple[Done, ...]:
    """Return the actions carried out, by time, then id."""
    finished = (Done(item["action"], item["at"]) for item in done)
    return tuple(sorted(finished, key=lambda item: (item.at, item.action)))


def _basis(item: Mapping[str, Any]) -> TypeBasis:
    """Return the basis of one type; an instant that is not yet says nothing."""
    instants = {
        key: None if item.get(key) is NOT_YET else item.get(key) for key in ("since", "expires_at")
    }
    return TypeBasis(tuple(item.get("signals", ())), item.get("confirmed_by"), **instants)


def _flat(values: dict[str, Any]) -> dict[str, Value]:
    """Return the facts with the fields of records under dotted names, and lists as tuples."""
    flat: dict[str, Value] = {}
    for name, value in values.items():
        if type(value) is dict:
            for field, item in value.items():
                flat[f"{name}.{field}"] = item
        else:
            flat[name] = tuple(value) if type(value) is list else value
    return flat


def _incomplete(done: list[dict[str, Any]]) -> list[Problem]:
    cure = "write `{action: …, at: …}`"
    return [
        Problem("missing-field", f"`done[{i}]` lacks `{key}`", place=f"done[{i}]", help=cure)
        for i, item in enumerate(done)
        for key in ("action", "at")
        if item.get(key, NOT_YET) is NOT_YET
    ]


def _pauses(pauses: object) -> Iterator[Problem]:
    """Yield what is wrong with pauses: each has a start, and none ends before it."""
    for i, item in enumerate(pauses if isinstance(pauses, tuple) else ()):
        start, end = item.get("from", NOT_YET), item.get("to")
        if start is NOT_YET:
            told, cure = f"`pauses[{i}]` lacks `from`", "write `{from: …, to: …}`"
            yield Problem("missing-field", told, place=f"pauses[{i}]", help=cure)
        elif isinstance(start, int) and isinstance(end, int) and end < start:
            told, cure = f"`pauses[{i}]` ends before it begins", "put the earlier instant in `from`"
            yield Problem("impossible-interval", told, place=f"pauses[{i}]", help=cure)


def _one_currency(policy: Policy, names: frozenset[str], flat: dict[str, Value]) -> list[Problem]:
    """Give bare amounts the state's currency, and refuse a second one (semantics 27)."""
    if names.isdisjoint(flat) and "currency" not in flat:
        return []
    amounts = {name: value for name in flat.keys() & names if type(value := flat[name]) is Money}
    named = {
        value.currency: name
        for name, value in sorted(amounts.items(), reverse=True)
        if value.currency and name not in _FREE_CURRENCY
    }
    declared = flat.get("currency")
    if isinstance(declared, str):
        flat["currency"] = declared = declared.upper()
        named[declared] = "currency"
    if len(named) > 1:
        cure = "give all amounts in one currency"
        both = " and ".join(f"`{code}`" for code in sorted(named))
        place = max(named.values())
        told = f"the amounts of one complaint stand in {both}"
        return [Problem("mixed-currencies", told, place=place, help=cure)]
    currency = next(iter(named), policy.currency)
    for name, value in amounts.items():
        if not value.currency:
            flat[name] = Money(value.amount, currency)
    return []
