"""Problems of a compiled policy: told at the span of the test or item at fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from complaint_rules.compiler.site import one_line
from complaint_rules.conditions.reading import walk
from complaint_rules.conditions.tree import Condition, Expression, Test
from complaint_rules.policy import Item, Policy, Remedy, Row, Rule, Table, TableOf
from complaint_rules.problem import Problem
from complaint_rules.source import Span

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site


class Owned(NamedTuple):
    """A condition with the item whose faults are its own."""

    condition: Condition
    owner: str
    span: Span | None


def tests(condition: Condition) -> Iterator[Test]:
    """Yield the tests of a condition."""
    for each in walk(condition):
        if isinstance(each, Test):
            yield each


def error(code: str, message: str, cure: str, test: Test | None, span: Span | None) -> Problem:
    """Return an error at a test, or where that has no place at the item."""
    at = test.span if test is not None and test.span is not None else span
    return Problem(code, one_line(message), at, "", cure)


def rows(table: Table | None, owner: str) -> Iterator[Owned]:
    """Yield the conditions of a table's rows."""
    for row in table.rows if table is not None else ():
        yield Owned(row.condition, f"{owner}, row `{row_name(row)}`,", row.span)


def row_name(row: Row) -> str:
    """Return a row's name without its table's."""
    return row.id.partition("#")[2]


def of_item(policy: Policy, number: int, what: str, item: Item) -> Owned:
    """Return an item's numbered condition."""
    return Owned(policy.conditions[number], f"{what} `{item.id}`", item.span)


def of_rules(policy: Policy, rules: Iterable[Rule]) -> Iterator[Owned]:
    """Yield the conditions of rules."""
    for rule in rules:
        yield of_item(policy, rule.when, "rule", rule)


class Priced(NamedTuple):
    """An expression that gives an amount of money, and where it stands."""

    owner: str
    span: Span | None
    expression: Expression


def priced(policy: Policy, root: Site) -> Iterator[Priced]:
    """
    Yield every expression that gives an amount, a cap, or the cost that ranks.

    Args:
        policy: The policy.
        root: The ruleset, for the places of expressions.
    """
    for remedy in policy.remedies.values():
        yield from _priced_remedy(remedy, root.at("remedies", remedy.id))
    for group in policy.groups.values():
        if group.cap is not None:
            place = root.at("groups", group.id, "cap").span
            yield Priced(f"group `{group.id}`", place, group.cap)
    for rule in policy.rules:
        for _, amount in rule.cap:
            yield Priced(f"rule `{rule.id}`", rule.span, amount)


def _priced_remedy(remedy: Remedy, site: Site) -> Iterator[Priced]:
    owner = f"remedy `{remedy.id}`"
    for each in amounts_of(remedy.amount):
        yield Priced(owner, site.at("amount").span, each)
    if remedy.cap is not None:
        yield Priced(owner, site.at("cap").span, remedy.cap)
    if remedy.cost is not None:  # it ranks, and rank decides who is cut to the room
        yield Priced(owner, site.at("cost").span, remedy.cost)
    for tier in remedy.approval:
        if tier.up_to is not None:
            yield Priced(owner, site.at("approval").span, tier.up_to)


def values_of(table: Table) -> Iterator[Expression]:
    """Yield the outputs of a table."""
    for row in table.rows:
        yield from row.outputs.values()
    yield from table.otherwise.values()


def amounts_of(amount: Expression | TableOf | None) -> tuple[Expression, ...]:
    """Return the expressions an amount may come from."""
    if amount is None:
        return ()
    return tuple(values_of(amount.table)) if isinstance(amount, TableOf) else (amount,)
