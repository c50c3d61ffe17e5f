"""
When time alone may next change a condition (semantics 20).

Never too late; seldom too early: a test is asked for the instant at which it turns, and a group
for the instant before which it cannot, whatever its other items say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.calendar import LAST
from complaint_rules.conditions.ahead import Ahead
from complaint_rules.conditions.derived import FirstOf, Formula, OverRecords, TableOf, TruthOf
from complaint_rules.conditions.inner import Scope
from complaint_rules.conditions.probing import NEVER, STILL, Flow
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    AtLeast,
    Call,
    Check,
    Compare,
    Condition,
    Constant,
    Counts,
    Expression,
    FactValue,
    FieldValue,
    Not,
    Test,
    Within,
)
from complaint_rules.conditions.truth import holds, truth
from complaint_rules.facts import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from complaint_rules.conditions.derived import Derivation, Table
    from complaint_rules.facts import Record
    from complaint_rules.state import Situation


def cuts(
    condition: Condition,
    situation: Situation,
    derivations: Mapping[str, Derivation] | None = None,
) -> list[int]:
    """
    Return the next instant at which time alone may change a condition: one, or none.

    Args:
        condition: The condition.
        situation: A situation; instants are told that lie after its own.
        derivations: As for `Outlook`, which asks many conditions at less cost.
    """
    found = Outlook(situation, derivations).condition(condition)
    return [] if found is None else [found]


class Outlook:
    """
    What time alone may change in a situation from its instant on.

    Args:
        situation: The situation, its facts derived.
        derivations: How the facts are computed that change with time (`Fact.time`), in
            dependency order; others may stand among them. A fact whose default changes with
            time is a `Formula` here. Facts the package derives itself are taken to stand still.
        before: Changes from this instant on are of no interest: they may be left out.
    """

    def __init__(
        self,
        situation: Situation,
        derivations: Mapping[str, Derivation] | None = None,
        before: int = NEVER,
    ) -> None:
        self._ahead = Ahead(situation, before)
        self._situation = situation
        for name, derivation in (derivations or {}).items():
            self._learn(name, derivation)

    def narrow(self, before: int) -> None:
        """Leave out changes from an earlier instant on, too."""
        self._ahead.limit = min(self._ahead.limit, before)

    def condition(self, condition: Condition) -> int | None:
        """Return the next instant at which a condition may change, `None` if it never does."""
        return self._told(self._next(condition))

    def value(self, expression: Expression) -> int | None:
        """Return the next instant at which the value of an expression may change, or `None`."""
        return self._told(self._change(expression))

    def fact(self, name: str, kind: Kind) -> int | None:
        """Return the next instant at which a derived fact may change, `None` if it never does."""
        return self.value(FactValue(name, kind))

    def _told(self, at: int) -> int | None:
        return None if at > LAST or at >= self._ahead.limit else at

    def _change(self, expression: Expression) -> int:
        return self._ahead.change(expression, self._ahead.flow(expression))

    # ------------------------------------------------------------------ derived facts

    def _learn(self, name: str, derivation: Derivation) -> None:
        flow, formula = self._derived(derivation)
        if flow.rise and formula is not None:
            self._ahead.formulas[name] = formula
        if flow != STILL:
            self._ahead.flows[name] = flow

    def _derived(self, derivation: Derivation) -> tuple[Flow, Expression | None]:
        match derivation:
            case Formula(expression):
                return self._ahead.flow(expression), expression
            case FirstOf(cases, otherwise):
                return self._first_of(cases, otherwise)
            case TruthOf(condition):
                return Flow(0, self._next(condition)), None
            case OverRecords(_, records, _, where):
                return Flow(0, self._over(records, where)), None
            case TableOf(table):
                return Flow(0, self._table(table)), None
            case _:
                return STILL, None

    def _first_of(
        self, cases: Sequence[tuple[Condition, Expression]], otherwise: Expression
    ) -> tuple[Flow, Expression | None]:
        """Return the flow of the case that holds now, until the cases up to it may change."""
        until, chosen = NEVER, otherwise
        for condition, value in cases:
            until = min(until, self._next(condition))
            found = truth(condition, self._situation)
            if found is None:
                return Flow(0, until), None
            if found:
                chosen = value
                break
        flow = self._ahead.flow(chosen)
        return flow._replace(until=min(until, flow.until)), chosen

    def _over(self, records: str, where: Condition) -> int:
        """Return when the first record may begin or cease to pass."""
        known = self._situation.values.get(records)
        until = NEVER
        if isinstance(known, tuple):
            for record in known:
                until = min(until, self._next(where, record))
        return until

    def _table(self, table: Table) -> int:
        until = min((self._next(row.condition) for row in table.rows), default=NEVER)
        rows = [row for row in table.rows if truth(row.condition, self._situation) is not False]
        for outputs in (*(row.outputs for row in rows), table.otherwise):
            until = min(until, *(self._change(each) for each in outputs.values()), NEVER)
        return until

    # --------------------------------------------------------------------- conditions

    def _next(self, condition: Condition, record: Record | None = None) -> int:
        match condition:
            case Test():
                return self._test(condition, record)
            case Not(item):
                return self._next(item, record)
            case All(items) | Any(items) | AtLeast(_, items):
                return self._group(condition, items, record)
            case _:
                return NEVER

    def _group(
        self,
        group: All | Any | AtLeast,
        items: Sequence[Condition],
        record: Record | None,
    ) -> int:
        """Return the instant before which too few items can change to change the group."""
        scope = Scope(self._situation, record)
        wanted = _wanted(group, len(items))
        if record is None and self._is_held(items, wanted, scope):
            return NEVER
        changes = [self._next(each, record) for each in items]
        first = min(changes, default=NEVER)
        if first == NEVER:
            return NEVER
        found = [holds(each, scope) for each in items]
        trues, falses = found.count(True), found.count(False)
        if trues >= wanted:
            return _nth(changes, found, which=True, number=trues - wanted + 1)
        if len(items) - falses < wanted:
            return _nth(changes, found, which=False, number=wanted - (len(items) - falses))
        return first

    def _is_held(self, items: Sequence[Condition], wanted: int, scope: Scope) -> bool:
        """Return whether tests that time never turns settle a group, whatever its others do."""
        left = len(items)
        for each in items:
            if self._stands(each):
                held = holds(each, scope)
                wanted -= held is True
                left -= held is not None
                if wanted <= 0 or left < wanted:
                    return True
        return False

    def _stands(self, item: Condition) -> bool:
        """Return whether a condition is a test that time cannot turn in this situation."""
        return (
            isinstance(item, Test)
            and not isinstance(item.check, Compare | Counts)
            and item.fact not in self._ahead.flows
        )

    def _test(self, test: Test, record: Record | None) -> int:
        if record is None:
            if self._stands(test):
                return NEVER
            left: Expression = FactValue(test.fact, Kind.TEXT)
        else:
            left = FieldValue(test.fact, Kind.TEXT)
        self._ahead.record = record
        found = self._ahead.flow(left).until
        for op, value, bound in _comparisons(left, test.check):
            found = min(found, self._ahead.meeting(op, value, bound))
        self._ahead.record = None
        return found


def _comparisons(left: Expression, check: Check) -> Iterator[tuple[str, Expression, Expression]]:
    """Yield the comparisons that a check comes down to."""
    match check:
        case Compare(op, bound):
            yield op, left, bound
        case Within(low, low_closed, high, high_closed):
            if low is not None:
                yield ">=" if low_closed else ">", left, Constant(low, left.kind)
            if high is not None:
                yield "<" if not high_closed else "<=", left, Constant(high, left.kind)
        case Among(values):
            for value in values:
                yield "=", left, Constant(value, left.kind)
        case Counts(inner):
            yield from _comparisons(Call("count", (left,), Kind.COUNT), inner)
        case _:
            return


def _wanted(group: All | Any | AtLeast, size: int) -> int:
    """Return how many items must be true for a group to be."""
    if isinstance(group, AtLeast):
        return group.n
    return size if isinstance(group, All) else 1


def _nth(changes: Iterable[int], found: Iterable[bool | None], *, which: bool, number: int) -> int:
    """Return when the n-th item of those that are `which` may have changed; `NEVER` if too few."""
    times = sorted(at for at, truth_ in zip(changes, found, strict=True) if truth_ is which)
    return times[number - 1] if number <= len(times) else NEVER
