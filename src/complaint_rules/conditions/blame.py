"""Which facts keep a condition unknown, and which tests keep it from being true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.reading import DONE_READERS, facts_of, walk
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Call,
    Compare,
    Condition,
    Counts,
    Expression,
    FactValue,
    IsKnown,
    Not,
    Test,
    Truth,
    Within,
)
from complaint_rules.conditions.truth import holding, holds
from complaint_rules.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from complaint_rules.conditions.tree import Check
    from complaint_rules.state import Situation

    Waiting: TypeAlias = Callable[[Situation], frozenset[str]]

Blaming: TypeAlias = "Callable[[Scope, list[str]], bool | None]"
"""Tells whether a condition holds, and adds what keeps it unknown to a list."""

_DONE: Final = "done"
"""The fact that holds what was done; ``done_at`` and ``done_count`` read it too."""


def unknown_facts(node: Condition | Expression, situation: Situation) -> frozenset[str]:
    """
    Return the facts whose being unknown keeps a condition, or an expression, unknown.

    Those are the unknown facts under its unknown tests, the facts of their bounds included;
    empty where the condition is true or false. Derived facts stand here by their own names.
    """
    names: list[str] = []
    blaming(node)(Scope(situation), names)
    return frozenset(names)


def waiting_facts(condition: Condition, situation: Situation) -> frozenset[str]:
    """
    Return the same as `unknown_facts` of a condition that is unknown, at less cost.

    Of one that is true or false it may name facts all the same.
    """
    try:
        waits: Waiting = condition.waiter
    except AttributeError:
        waits = _waiting(condition)
        object.__setattr__(condition, "waiter", waits)
    return waits(situation)


def _waiting(condition: Condition) -> Waiting:
    """
    Say at a glance what is missing, where nothing but that can leave a test unknown.

    A lone missing fact is the cause. Of several each is one if the condition is no more than a
    group of tests, for all that are unknown count.
    """
    tests = [each for each in walk(condition) if isinstance(each, Test)]
    read = tuple(sorted(facts_of(condition)))
    risky = frozenset(test.fact for test in tests if not is_plain(test.check))
    flat = _is_flat(condition)

    def waits(situation: Situation) -> frozenset[str]:
        known = situation.values
        missing = frozenset([name for name in read if name not in known])
        if risky <= missing and (flat or len(missing) == 1):
            return missing
        return unknown_facts(condition, situation)

    return waits


def _is_flat(condition: Condition) -> bool:
    """Return whether a condition is one test or a group of tests, each unknown where it can be."""
    return all(
        isinstance(each, Test) and not isinstance(each.check, IsKnown)
        for each in (_items(condition) or (condition,))
    )


def is_plain(check: Check) -> bool:
    """Return whether a check of a known value is never unknown: no bound and no currency is."""
    match check:
        case Compare():
            return False
        case Within(low, _, high):
            return not isinstance(low, Money) and not isinstance(high, Money)
        case Among(values):
            return not any(isinstance(each, Money) for each in values)
        case Counts(inner):
            return is_plain(inner)
        case _:
            return True


def blaming(node: Condition | Expression) -> Blaming:
    """
    Return the function that tells whether a condition holds, as `holds` does; made only once.

    Where that is unknown, it adds the unknown facts that keep it so to a list. Of an expression
    it adds the unknown facts it reads.
    """
    try:
        return node.blamer
    except AttributeError:
        made: Blaming = _BLAMING.get(type(node), _expression)(node)
        object.__setattr__(node, "blamer", made)
        return made


def _expression(expression: Test | Expression) -> Blaming:
    read, may_read_done = _reads(expression)

    def blame(scope: Scope, names: list[str]) -> None:
        known = scope.values
        names += [name for name in read if name not in known]
        if may_read_done and not scope.situation.done and _DONE not in known:
            names.append(_DONE)

    return blame


def _reads(node: Test | Expression) -> tuple[tuple[str, ...], bool]:
    """Return the facts that the expressions of a node read, and whether they read what was done."""
    parts = tuple(walk(node))
    names = {each.name for each in parts if isinstance(each, FactValue)}
    done = any(isinstance(each, Call) and each.function in DONE_READERS for each in parts)
    return tuple(sorted(names)), done


def _truth(condition: Truth) -> Blaming:
    value = condition.value
    return lambda _, __: value


def _test(test: Test) -> Blaming:
    fact, reads, of_bounds = test.fact, holding(test), _expression(test)

    def blame(scope: Scope, names: list[str]) -> bool | None:
        found = reads(scope)
        if found is None:
            if fact not in scope.values:
                names.append(fact)
            of_bounds(scope, names)
        return found

    return blame


def _not(condition: Not) -> Blaming:
    item = blaming(condition.item)

    def blame(scope: Scope, names: list[str]) -> bool | None:
        found = item(scope, names)
        return None if found is None else not found

    return blame


def _group(condition: All | Any | AtLeast) -> Blaming:
    """Read the items once: what they wait for counts only if the group itself is unknown."""
    items = tuple(blaming(each) for each in condition.items)
    need = _need(condition)

    spare = len(items) - need

    def blame(scope: Scope, names: list[str]) -> bool | None:
        own: list[str] = []
        trues = falses = 0
        for item in items:
            found = item(scope, own)
            if found is None:
                continue
            if found:
                trues += 1
                if trues >= need:
                    return True
            else:
                falses += 1
                if falses > spare:
                    return False
        if trues >= need or falses > spare:  # of no items, or of fewer than are needed
            return trues >= need
        names += own
        return None

    return blame


def _need(condition: All | Any | AtLeast) -> int:
    """Return how many items must be true."""
    if isinstance(condition, AtLeast):
        return condition.n
    return len(condition.items) if isinstance(condition, All) else 1


_BLAMING: Final[dict[type, Callable[..., Blaming]]] = {
    Truth: _truth,
    Test: _test,
    Not: _not,
    All: _group,
    Any: _group,
    AtLeast: _group,
}


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
        case _:
            return ()
