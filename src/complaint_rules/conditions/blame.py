"""Which facts keep a condition unknown, and which tests keep it from being true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.reading import DONE_READERS, walk
from complaint_rules.conditions.tree import (
    All,
    Any,
    AtLeast,
    Call,
    Condition,
    Expression,
    FactValue,
    Not,
    Test,
    Truth,
)
from complaint_rules.conditions.truth import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaint_rules.state import Situation


def unknown_facts(node: Condition | Expression, situation: Situation) -> frozenset[str]:
    """
    Return the facts whose being unknown keeps a condition, or an expression, unknown.

    Those are the unknown facts under its unknown tests, the facts of their bounds included;
    empty where the condition is true or false. Derived facts stand here by their own names.
    """
    if not isinstance(node, Truth | Test | All | Any | Not | AtLeast):
        return _unread(node, situation)
    names: set[str] = set()
    scope = Scope(situation)
    stack: list[Condition] = [node]
    while stack:
        each = stack.pop()
        if holds(each, scope) is not None:
            continue
        if not isinstance(each, Test):
            stack.extend(_items(each))
            continue
        if each.fact not in situation.values:
            names.add(each.fact)
        names |= _unread(each, situation)
    return frozenset(names)


def _unread(node: Test | Expression, situation: Situation) -> frozenset[str]:
    """Return the unknown facts that the expressions of a node read."""
    names: set[str] = set()
    for each in walk(node):
        match each:
            case FactValue(name) if name not in situation.values:
                names.add(name)
            case Call(function) if function in DONE_READERS and not situation.done:
                names |= {"done"} - situation.values.keys()
            case _:
                pass
    return frozenset(names)


def failing(condition: Condition, situation: Situation) -> tuple[Test, ...]:
    """
    Return the tests that stand in the way of a condition: those to turn for it to become true.

    They are false or unknown, or, below a ``not``, true or unknown. Of an ``any`` all
    alternatives are told; of a condition that is true, none.
    """
    found: dict[Test, None] = {}
    for test in _in_the_way(condition, Scope(situation), wanted=True):
        found.setdefault(test)
    return tuple(found)


def _in_the_way(condition: Condition, scope: Scope, *, wanted: bool) -> Iterator[Test]:
    if holds(condition, scope) is wanted:
        return
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Not):
        yield from _in_the_way(condition.item, scope, wanted=not wanted)
    else:
        for item in _items(condition):
            yield from _in_the_way(item, scope, wanted=wanted)


def _items(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case All(items) | Any(items) | AtLeast(_, items):
            return items
        case Not(item):
            return (item,)
        case _:
            return ()
