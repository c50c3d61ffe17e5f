"""The values at which the tests of a ruleset turn: worth trying, and needed for coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from weakref import WeakKeyDictionary

from complaint_rules.calendar import Duration, Unit
from complaint_rules.conditions import walk
from complaint_rules.conditions.derived import FirstOf, Formula, OverRecords, TableOf, TruthOf
from complaint_rules.conditions.tree import (
    Among,
    Check,
    Compare,
    Condition,
    Constant,
    Contains,
    Counts,
    Expression,
    SettingValue,
    Test,
    Within,
)
from complaint_rules.facts import Value
from complaint_rules.policy import DueAfter, Policy

_ROUGHLY = {
    Unit.M: 60,
    Unit.BM: 60,
    Unit.H: 3_600,
    Unit.BH: 3_600,
    Unit.D: 86_400,
    Unit.BD: 86_400,
    Unit.W: 604_800,
    Unit.MO: 2_592_000,
}
_TURNS: WeakKeyDictionary[Policy, Mapping[str, tuple[Value, ...]]] = WeakKeyDictionary()
_LENGTHS: WeakKeyDictionary[Policy, tuple[int, ...]] = WeakKeyDictionary()


def turns(policy: Policy) -> Mapping[str, tuple[Value, ...]]:
    """
    Return, for each fact, the constants at which some test of it turns.

    A setting counts with all its values; a bound that is worked out from facts is left out. The
    facts in a ``where`` over records stand under ``records.field``. Worked out once a policy.
    """
    known = _TURNS.get(policy)
    if known is None:
        found: dict[str, dict[Value, None]] = {}
        for prefix, condition in conditions_of(policy):
            for node in walk(condition):
                if isinstance(node, Test):
                    values = found.setdefault(prefix + node.fact, {})
                    values.update(dict.fromkeys(_bounds(policy, node.check)))
        known = _TURNS[policy] = {name: tuple(values) for name, values in found.items()}
    return known


def conditions_of(policy: Policy) -> Iterator[tuple[str, Condition]]:
    """Yield every condition of a policy, with what comes before its facts' names."""
    yield from (("", each) for each in policy.conditions)
    yield from (("", each.when) for each in (*policy.stages, *policy.sides))
    for each in policy.types.values():
        if each.recognise is not None:
            yield "", each.recognise
    for derivation in policy.derivations.values():
        match derivation:
            case TruthOf(condition):
                yield "", condition
            case FirstOf(cases):
                yield from (("", condition) for condition, _ in cases)
            case TableOf(table):
                yield from (("", row.condition) for row in table.rows)
            case OverRecords(records=records, where=where):
                yield f"{records}.", where
            case _:
                pass


def _bounds(policy: Policy, check: Check) -> Iterator[Value]:
    match check:
        case Among(values):
            yield from sorted(values, key=repr)
        case Contains(_, values):
            yield from sorted(values)
        case Within(low=low, high=high):
            yield from (each for each in (low, high) if each is not None)
        case Compare(bound=bound):
            yield from constants(policy, bound)
        case Counts(inner):
            yield from _bounds(policy, inner)
        case _:
            pass


def constants(policy: Policy, expression: Expression) -> Iterator[Value]:
    """Yield the values of a constant or of a setting; nothing for what is worked out."""
    match expression:
        case Constant(value):
            yield from _as_values((value,))
        case SettingValue(name):
            yield from _as_values(value for _, value in policy.settings[name].values)
        case _:
            pass


def _as_values(values: Iterable[object]) -> Iterator[Value]:
    for value in values:
        if isinstance(value, Duration):
            yield roughly(value)
        else:
            yield value  # type: ignore[misc] # a constant is a value as facts have it


def roughly(duration: Duration) -> int:
    """Return about how many seconds a duration takes where the calendar is always open."""
    return int(duration.amount * _ROUGHLY[duration.unit])


def lengths(policy: Policy) -> tuple[int, ...]:
    """Return, in seconds and ascending, every length of time a policy knows: about how long."""
    known = _LENGTHS.get(policy)
    if known is None:
        known = _LENGTHS[policy] = tuple(sorted({roughly(each) for each in _durations(policy)}))
    return known


def _durations(policy: Policy) -> Iterator[Duration]:
    for setting in policy.settings.values():
        yield from (value for _, value in setting.values if isinstance(value, Duration))
    for target in policy.targets.values():
        rows = target.table.rows if target.table else ()
        outputs = (row.outputs.get("due") for row in rows)
        found = (each.value for each in outputs if isinstance(each, Constant))
        yield from (
            each for each in (target.due, target.opens, *found) if isinstance(each, Duration)
        )
    for kind in policy.types.values():
        if kind.expires is not None:
            yield kind.expires
    for action in policy.actions.values():
        yield from (due.duration for due in action.due if isinstance(due, DueAfter))
    yield from _written(policy)


def _written(policy: Policy) -> Iterator[Duration]:
    trees: list[Condition | Expression] = [condition for _, condition in conditions_of(policy)]
    trees += [each.expression for each in policy.derivations.values() if isinstance(each, Formula)]
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Constant) and isinstance(node.value, Duration):
                yield node.value
