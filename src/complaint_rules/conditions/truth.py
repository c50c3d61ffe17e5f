"""
The three-valued truth of a condition in a situation: strong Kleene, leaf by leaf (semantics 9).

This is the plain reading of the trees. The engines must agree with it, and it serves wherever a
single condition is asked for: derived facts, stages, recognised types, records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from complaint_rules.conditions.checks import passes
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import All, Any, AtLeast, Condition, Not, Test, Truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaint_rules.facts import Record
    from complaint_rules.state import Situation


def truth(
    condition: Condition, situation: Situation, notices: list[str] | None = None
) -> bool | None:
    """
    Return whether a condition holds in a situation; `None` if that is unknown.

    Args:
        condition: The condition.
        situation: What is known, and when.
        notices: Codes of what made a computed bound unknown are added here, each once.
    """
    return holds(condition, Scope(situation, notices=notices))


def record_truth(
    where: Condition, record: Record, situation: Situation, notices: list[str] | None = None
) -> bool:
    """
    Return whether a record passes a ``where``; a field still missing fails its test.

    Tests name the record's fields; their bounds may name fields, facts and settings. A test that
    is unknown, because its field is missing or its bound is, counts as not passed, also inside
    ``not`` and ``none`` (semantics 4).
    """
    return holds(where, Scope(situation, record, notices)) is True


def holds(condition: Condition, scope: Scope) -> bool | None:
    """Return whether a condition holds in a scope: of its record's fields, if it has one."""
    return _HOLDS[type(condition)](condition, scope)


def _truth(condition: Truth, _: Scope) -> bool:
    return condition.value


def _test(condition: Test, scope: Scope) -> bool | None:
    known = scope.values if scope.record is None else scope.record
    return passes(condition.check, known.get(condition.fact), condition.values, scope)


def _all(condition: All, scope: Scope) -> bool | None:
    result: bool | None = True
    for item in condition.items:
        found = holds(item, scope)
        if found is False:
            return False
        if found is None:
            result = None
    return result


def _any(condition: Any, scope: Scope) -> bool | None:
    result: bool | None = False
    for item in condition.items:
        found = holds(item, scope)
        if found is True:
            return True
        if found is None:
            result = None
    return result


def _not(condition: Not, scope: Scope) -> bool | None:
    found = holds(condition.item, scope)
    return None if found is None else not found


def _at_least(condition: AtLeast, scope: Scope) -> bool | None:
    found = [holds(item, scope) for item in condition.items]
    trues = found.count(True)
    if trues >= condition.n:
        return True
    return False if trues + found.count(None) < condition.n else None


_HOLDS: Final[dict[type, Callable[..., bool | None]]] = {
    Truth: _truth,
    Test: _test,
    All: _all,
    Any: _any,
    Not: _not,
    AtLeast: _at_least,
}
