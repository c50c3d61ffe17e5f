"""A change of given facts: what it says, and the state it makes of another."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import attrs

from complaint_rules.calendar import BusinessCalendar, rfc3339
from complaint_rules.decision.answer.shown import shown
from complaint_rules.facts import Value
from complaint_rules.policy import Policy
from complaint_rules.state import Done, State, TypeBasis


class Unknown(enum.Enum):
    """The value of a fact that is to be unknown, whatever its default."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN

New: TypeAlias = Value | Unknown | tuple[Done, ...]
Change: TypeAlias = Mapping[str, New]
"""
New values by given fact: as facts have them, `UNKNOWN`, for ``done`` all actions carried out,
and under ``type_basis.<type>.expires_at`` the instant at which a given type ends.
"""
_BASIS: Final = "type_basis."


def apply(state: State, change: Change) -> State:
    """
    Return a state with a change of some given facts; the state itself stays as it is.

    Args:
        state: A validated state.
        change: New values, as `why_not` names them.
    """
    values, unknown, types = dict(state.values), set(state.unknown), dict(state.types)
    done = state.done
    for name in sorted(change):
        new: Any = change[name]
        if name.startswith(_BASIS):
            kind = name.split(".")[1]
            types[kind] = attrs.evolve(types.get(kind, TypeBasis()), expires_at=new)
        elif new is UNKNOWN:
            values.pop(name, None)
            unknown.add(name)
            done = () if name == "done" else done
        elif name == "done":
            done = tuple(sorted(new, key=lambda each: (each.at, each.action)))
            unknown.discard(name)
        else:
            values[name] = new
            unknown.discard(name)
    return attrs.evolve(state, values=values, unknown=frozenset(unknown), done=done, types=types)


def frozen(change: Change) -> tuple[Any, ...]:
    """Return a change as a value that can be hashed: equal changes give equal ones."""
    return tuple((name, _frozen(change[name])) for name in sorted(change))


def _frozen(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_frozen(each) for each in value)
    if isinstance(value, Mapping):
        return tuple((name, _frozen(value[name])) for name in sorted(value))
    return type(value).__name__, value


def change_data(policy: Policy, calendar: BusinessCalendar, change: Change) -> dict[str, Any]:
    """
    Return a change as facts a host could give, ready for JSON.

    Args:
        policy: The policy that declares the facts.
        calendar: The complaint's calendar, in whose zone instants are written.
        change: The change.
    """
    return {name: _data(policy, calendar, name, change[name]) for name in sorted(change)}


def _data(policy: Policy, calendar: BusinessCalendar, name: str, new: Any) -> Any:
    if new is UNKNOWN:
        return "unknown"
    if name == "done":
        return [{"action": each.action, "at": rfc3339(calendar, each.at)} for each in new]
    if name.startswith(_BASIS):
        return rfc3339(calendar, new)
    told = shown(new, policy.facts[name], calendar)
    return list(told) if isinstance(told, tuple) else told
