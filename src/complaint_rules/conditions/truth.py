"""
The three-valued truth of a condition in a situation: strong Kleene, leaf by leaf (semantics 9).

This is the plain reading of the trees. The engines must agree with it, and it serves wherever a
single condition is asked for: derived facts, stages, recognised types, records. Each condition is
turned into a function when it is first read, and keeps it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from complaint_rules.conditions.checks import checker
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Condition,
    IsKnown,
    Not,
    Test,
    Truth,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaint_rules.conditions.checks import Passing
    from complaint_rules.facts import Record
    from complaint_rules.state import Situation

    Holding: TypeAlias = Callable[[Scope], bool | None]


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
    try:
        read: Holding = condition.reader
    except AttributeError:
        read = holding(condition)
    return read(scope)


def holding(condition: Condition) -> Holding:
    """Return the function that tells whether a condition holds in a scope; made only once."""
    try:
        return condition.reader
    except AttributeError:
        made: Holding = _HOLDING[type(condition)](condition)
        object.__setattr__(condition, "reader", made)
        return made


def _truth(condition: Truth) -> Holding:
    value = condition.value
    return lambda _: value


def _test(condition: Test) -> Holding:
    fact, check = condition.fact, condition.check
    if isinstance(check, IsKnown):
        return _is_known(fact, known=check.known)
    passes = checker(check, condition.values)
    if isinstance(check, Among):
        return _is_among(fact, check, passes)

    def test(scope: Scope) -> bool | None:
        value = scope.get(fact)
        return None if value is None else passes(value, scope)

    return test


def _is_known(fact: str, *, known: bool) -> Holding:
    if known:
        return lambda scope: scope.get(fact) is not None
    return lambda scope: scope.get(fact) is None


def _is_among(fact: str, check: Among, passes: Passing) -> Holding:
    """Look words up at once, and yes and no: most tests of a ruleset are of these two sorts."""
    words, wanted = check.values, not check.negated
    if all(isinstance(word, bool) for word in words):
        answers = [(answer in words) is wanted for answer in (False, True)]
        return _is_yes_or_no(fact, answers, passes)

    def is_among(scope: Scope) -> bool | None:
        value = scope.get(fact)
        if type(value) is str:
            return (value in words) is wanted
        return None if value is None else passes(value, scope)

    return is_among


def _is_yes_or_no(fact: str, answers: list[bool], passes: Passing) -> Holding:
    if_no, if_yes = answers

    def is_yes_or_no(scope: Scope) -> bool | None:
        value = scope.get(fact)
        if value is True:
            return if_yes
        if value is False:
            return if_no
        return None if value is None else passes(value, scope)

    return is_yes_or_no


def _all(condition: All) -> Holding:
    items = tuple(holding(each) for each in condition.items)

    def all_of(scope: Scope) -> bool | None:
        result: bool | None = True
        for item in items:
            found = item(scope)
            if found is False:
                return False
            if found is None:
                result = None
        return result

    return all_of


def _any(condition: Any) -> Holding:
    items = tuple(holding(each) for each in condition.items)

    def any_of(scope: Scope) -> bool | None:
        result: bool | None = False
        for item in items:
            found = item(scope)
            if found is True:
                return True
            if found is None:
                result = None
        return result

    return any_of


def _not(condition: Not) -> Holding:
    item = holding(condition.item)

    def not_it(scope: Scope) -> bool | None:
        found = item(scope)
        return None if found is None else not found

    return not_it


def _at_least(condition: AtLeast) -> Holding:
    items, n = tuple(holding(each) for each in condition.items), condition.n

    def at_least(scope: Scope) -> bool | None:
        found = [item(scope) for item in items]
        trues = found.count(True)
        if trues >= n:
            return True
        return False if trues + found.count(None) < n else None

    return at_least


_HOLDING: Final[dict[type, Callable[..., Holding]]] = {
    Truth: _truth,
    Test: _test,
    All: _all,
    Any: _any,
    Not: _not,
    AtLeast: _at_least,
}
