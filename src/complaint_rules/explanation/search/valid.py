"""Items and rules that hold on the event date (semantics 21)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.want import YES, Fix, both, fewest
from complaint_rules.policy import Item, Rule


def validity(solver: Solver, item: Item) -> list[list[Fix]]:
    """Return the ways to have an item there on the event date; none needed gives no obstacle."""
    day, valid = solver.situation.event_date, item.valid
    if valid is None or valid.holds(day):
        return []
    dates = [each for each in (valid.first, valid.last) if each is not None]
    fixes: list[Fix] = [{"event_date": each} for each in dates if valid.holds(each)]
    return [fixes]


def ruled(solver: Solver, rules: Iterable[Rule]) -> list[Fix]:
    """Return the ways to make one of some rules true, on a date on which it holds."""
    found: list[Fix] = []
    for rule in rules:
        node = solver.policy.conditions[rule.when]
        wishes = [*validity(solver, rule), solver.hold(node, YES)]
        found += both(wishes, solver.now)
    return fewest(found, most=40)


def on_date(item: Item, day: datetime.date) -> bool:
    """Return whether an item is there on a date."""
    return item.valid is None or item.valid.holds(day)
