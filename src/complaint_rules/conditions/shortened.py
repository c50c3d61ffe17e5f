"""Calls that policies make most, read in one pass: the general way lists their arguments first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.conditions.tree import Call, FactValue
from complaint_rules.facts import NOT_YET, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from complaint_rules.conditions.inner import Inner, Scope

    Computing: TypeAlias = Callable[[Scope], Inner | None]


def shortened(call: Call, general: Computing) -> Computing:
    """
    Return what gives the value of a call quickest.

    Args:
        call: The call.
        general: What gives it in any case.
    """
    if call.function in ("latest", "earliest"):
        names = [
            each.name
            for each in call.arguments
            if isinstance(each, FactValue) and each.kind is Kind.INSTANT
        ]
        if len(names) == len(call.arguments):
            return _chosen(tuple(names), general, latest=call.function == "latest")
    if call.function == "done_at":
        return _done_at(general)
    return general


def _chosen(names: tuple[str, ...], general: Computing, *, latest: bool) -> Computing:
    """Return what gives the latest or earliest of some facts that are instants."""

    def chosen(scope: Scope) -> Inner | None:
        get, best = scope.values.get, None
        for name in names:
            value = get(name)
            if type(value) is int:
                if best is None or (value > best) is latest:
                    best = value
            elif value is not NOT_YET:
                return None if value is None else general(scope)
        return NOT_YET if best is None else best

    return chosen


def _done_at(general: Computing) -> Computing:
    """Return what gives when an action was last done: never, where nothing was done at all."""

    def done_at(scope: Scope) -> Inner | None:
        if not scope.situation.done and "done" in scope.values:
            return NOT_YET
        return general(scope)

    return done_at
