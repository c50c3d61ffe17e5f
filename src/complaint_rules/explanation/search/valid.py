"""Items and rules that hold on the event date (semantics 21)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from complaint_rules.explanation.search.solve import Solver
from complaint_rules.explanation.search.want import NO, YES, Fix, both, fewest
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


def unruled(solver: Solver, rule: Rule) -> list[Fix]:
    """Return the ways to be rid of a rule: it is false, or the event is of another date."""
    return fewest([*solver.hold(solver.policy.conditions[rule.when], NO), *_beyond(rule)])


def _beyond(item: Item) -> Iterator[Fix]:
    """Yield the event dates just outside those on which an item holds."""
    if item.valid is None:
        return
    for edge, step in ((item.valid.first, -1), (item.valid.last, 1)):
        if edge is not None and edge not in (datetime.date.min, datetime.date.max):
            yield {"event_date": edge + datetime.timedelta(days=step)}


def on_date(item: Item, day: datetime.date) -> bool:
    """Return whether an item is there on a date."""
    return item.valid is None or item.valid.holds(day)
