"""What a condition or an expression reads: facts, settings, the instant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from complaint_rules.conditions.tree import (
    All,
    Any,
    Arithmetic,
    AtLeast,
    Call,
    Check,
    Compare,
    Condition,
    Constant,
    Counts,
    Expression,
    FactValue,
    Negation,
    Not,
    Now,
    SettingValue,
    Test,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Node: TypeAlias = Condition | Expression | Check
"""A part of a condition or of an expression."""

DONE_READERS: Final = frozenset({"done_at", "done_count"})
"""Functions that read what was done."""


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all its parts, in the order they are written."""
    stack = [node]
    while stack:
        each = stack.pop()
        yield each
        stack.extend(reversed(_parts(each)))


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case All(items) | Any(items) | AtLeast(_, items):
            return items
        case Not(item):
            return (item,)
        case Test(_, check) | Counts(check):
            return (check,)
        case Compare(_, bound):
            return (bound,)
        case Negation(operand):
            return (operand,)
        case Arithmetic(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def facts_of(node: Node, *, in_record: bool = False) -> frozenset[str]:
    """
    Return the names of all facts a condition or an expression reads, in bounds too.

    Args:
        node: The condition or expression.
        in_record: It is the ``where`` of records: its tests name fields, which are no facts.
    """
    names: set[str] = set()
    for each in walk(node):
        match each:
            case Test(fact) if not in_record:
                names.add(fact)
            case FactValue(name):
                names.add(name)
            case Call(function) if function in DONE_READERS:
                names.add("done")
            case _:
                pass
    return frozenset(names)


def settings_of(node: Node) -> frozenset[str]:
    """Return the names of all settings a condition or an expression reads."""
    return frozenset(each.name for each in walk(node) if isinstance(each, SettingValue))


def reads_now(node: Node) -> bool:
    """Return whether a condition or an expression itself names ``now``."""
    return any(isinstance(each, Now) for each in walk(node))


def actions_of(node: Node) -> frozenset[str]:
    """Return the ids of the actions whose doing an expression asks for by ``done_at(id)``."""
    return frozenset(
        str(argument.value)
        for each in walk(node)
        if isinstance(each, Call) and each.function in DONE_READERS
        for argument in each.arguments
        if isinstance(argument, Constant)
    )
