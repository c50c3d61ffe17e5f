"""Nobody waits longer for being upset: rows of targets that serve the calm sooner."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from complaint_rules.calendar import Duration, Unit
from complaint_rules.compiler.reserved import CALM
from complaint_rules.compiler.site import one_line
from complaint_rules.compiler.told import row_name
from complaint_rules.conditions.tree import All, Among, Condition, Constant, Test, Truth
from complaint_rules.facts import Fact
from complaint_rules.policy import Row, Table, Target
from complaint_rules.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from complaint_rules.policy import Policy

_DAY: Final = 23 * 3600
"""The fewest seconds a day may have: clocks are put forward."""
_SECONDS: Final = {
    Unit.M: 60,
    Unit.H: 3600,
    Unit.BM: 60,
    Unit.BH: 3600,
    Unit.D: _DAY,
    Unit.W: 7 * _DAY,
    Unit.MO: 28 * _DAY,
}
_EXACT: Final = (Unit.M, Unit.H)


def check_mood(policy: Policy) -> Iterator[Problem]:
    """
    Yield a warning for each row by which a calm customer is served sooner than an upset one.

    A row is told if it holds for the value `calm` of a fact marked `not_money`, not for another
    value of it, and if no other row, that asks for no more besides, gives the others as little
    time. Only what is certain is told: lengths in units that do not compare may be as short.
    """
    for target in policy.targets.values():
        if target.table is not None:
            for row in target.table.rows:
                for test in _calm(row, policy.facts):
                    if not _matched(target.table, row, test, policy.facts[test.fact]):
                        yield _told(target, row, test)


def _told(target: Target, row: Row, test: Test) -> Problem:
    return Problem(
        "mood-sensitive-deadline",
        one_line(
            f"target `{target.id}`, row `{row_name(row)}`, holds for `{test.fact}` `{CALM}`: who "
            "is not calm may wait longer"
        ),
        test.span or row.span,
        "",
        f"let the row hold whatever `{test.fact}` is, or give the others no more time in a row of "
        "their own",
        Severity.WARNING,
    )


def _items(row: Row) -> tuple[Condition, ...]:
    condition = row.condition
    if isinstance(condition, Truth):
        return ()
    return condition.items if isinstance(condition, All) else (condition,)


def _calm(row: Row, facts: Mapping[str, Fact]) -> Iterator[Test]:
    """Yield the tests of a row that the calm pass, and others do not."""
    for item in _items(row):
        if isinstance(item, Test) and isinstance(item.check, Among):
            fact = facts[item.fact]
            passing = _passing(item.check, fact)
            if fact.not_money and CALM in passing and passing != set(fact.values):
                yield item


def _passing(check: Among, fact: Fact) -> set[str]:
    return {value for value in fact.values if (value in check.values) != check.negated}


def _matched(table: Table, row: Row, test: Test, fact: Fact) -> bool:
    """Return whether everybody else gets as little time, as far as that can be told."""
    assert isinstance(test.check, Among)  # noqa: S101 # it comes from `_calm`
    left = set(fact.values) - _passing(test.check, fact)
    rest = [item for item in _items(row) if item is not test]
    for other in table.rows:
        mine = [item for item in _items(other) if not _on(item, fact)]
        if other is not row and all(item in rest for item in mine) and not _slower(other, row):
            left -= _served(other, fact)
    return not left


def _on(item: Condition, fact: Fact) -> bool:
    return isinstance(item, Test) and item.fact == fact.name


def _served(row: Row, fact: Fact) -> set[str]:
    """Return the values for which a row holds, other tests apart."""
    found = set(fact.values)
    for item in _items(row):
        if isinstance(item, Test) and item.fact == fact.name:
            found &= _passing(item.check, fact) if isinstance(item.check, Among) else set()
    return found


def _slower(row: Row, than: Row) -> bool:
    """Return whether a row certainly gives more time than another, or not always as little."""
    if row.valid not in (None, than.valid):
        return True
    one, other = _due(row), _due(than)
    if one is None or other is None:
        return False
    if one.unit is other.unit and one.close is other.close:
        return one.amount > other.amount
    return other.unit in _EXACT and _least(one) > _least(other)


def _least(length: Duration) -> Decimal | int:
    """Return the fewest seconds a length of time may come to."""
    return length.amount * _SECONDS.get(length.unit, 0)


def _due(row: Row) -> Duration | None:
    found = [each.value for each in row.outputs.values() if isinstance(each, Constant)]
    return found[0] if found and isinstance(found[0], Duration) else None
