"""A state as a host would give it: the way back from what was validated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaint_rules.facts import Fact, Kind
from complaint_rules.policy import Policy
from complaint_rules.state import State, TypeBasis
from complaint_rules.testing.nearby import plain, told


def as_given(policy: Policy, state: State) -> dict[str, Any]:
    """
    Return the facts of a state as a host gives them: `read_state` makes the state of them again.

    Fields of records stand under dotted names; instants are told in UTC.

    Args:
        policy: The policy.
        state: The state.
    """
    made: dict[str, Any] = {}
    for name in sorted(state.values):
        made[name] = _value(policy.facts[name], state.values[name])
    made |= dict.fromkeys(unknown_names(policy, state), "unknown")
    if state.done:
        made["done"] = [{"action": each.action, "at": told(each.at)} for each in state.done]
    if state.types:
        made["type_basis"] = {name: _basis(each) for name, each in sorted(state.types.items())}
    return made


def unknown_names(policy: Policy, state: State) -> list[str]:
    """Return the facts that a state says are unknown; of a record its fields, not itself."""
    records = {name for name, fact in policy.facts.items() if fact.kind is Kind.RECORD}
    return sorted(state.unknown - records - state.values.keys())


def _value(fact: Fact, value: Any) -> Any:
    if fact.kind is Kind.RECORDS:
        return [_record(fact, each) for each in value]
    return plain(value, fact.kind)


def _record(fact: Fact, record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: "unknown" if value is None else plain(value, fact.fields[name].kind)
        for name, value in sorted(record.items())
    }


def _basis(basis: TypeBasis) -> dict[str, Any]:
    said: dict[str, Any] = {
        "signals": list(basis.signals) or None,
        "confirmed_by": basis.confirmed_by,
        "since": None if basis.since is None else told(basis.since),
        "expires_at": None if basis.expires_at is None else told(basis.expires_at),
    }
    return {name: value for name, value in said.items() if value is not None}
