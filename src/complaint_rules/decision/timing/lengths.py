"""How much time a target allows: its own, its table's and its rules' (semantics 16, 22)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from complaint_rules.calendar import Duration, Origin, Unit
from complaint_rules.conditions import evaluate, truth, unknown_facts
from complaint_rules.conditions.tree import Constant, Expression, SettingValue
from complaint_rules.decision.seeing.plan import Length
from complaint_rules.decision.seeing.seeds import AskSeed
from complaint_rules.decision.seeing.tables import TABLE_BROKEN, is_broken, rows_on
from complaint_rules.decision.timing.clocks import Pauses, Span, span_from
from complaint_rules.engines import Match
from complaint_rules.facts import Kind
from complaint_rules.policy import Row, Table, Target
from complaint_rules.state import Situation

Sourced: TypeAlias = tuple[str, Duration]
"""The id of a row, rule or target, and the duration it gives."""


@attrs.frozen(eq=False)
class Lengths:
    """
    The durations that stand for a target now.

    Attributes:
        items: Those of which the one that ends first counts.
        latest: Those of which only the one that ends last counts (hit policy ``C>``).
        seeds: Rows left out because they are unknown.
        notices: Codes of what is wrong with them.
        only: The one that counts, with its id alone, where no other stands.
    """

    items: tuple[Sourced, ...]
    latest: tuple[Sourced, ...] = ()
    seeds: tuple[AskSeed, ...] = ()
    notices: tuple[str, ...] = ()
    only: tuple[tuple[str, ...], Duration] | None = attrs.field(init=False)

    @only.default
    def _only(self) -> tuple[tuple[str, ...], Duration] | None:
        if len(self.items) != 1 or self.latest:
            return None
        name, duration = self.items[0]
        return (name,), duration

    def spans(self, origin: Origin, pauses: Pauses) -> tuple[list[tuple[str, Span]], bool]:
        """Return the span of each that counts, and whether the calendar never opens for some."""
        found, shut = _spans(self.items, origin, pauses)
        if self.latest:
            others, never = _spans(self.latest, origin, pauses)
            last = max((each.due for _, each in others), default=None)
            found += [each for each in others if each[1].due == last]
            shut = shut or never
        return found, shut


def _spans(
    items: Iterable[Sourced], origin: Origin, pauses: Pauses
) -> tuple[list[tuple[str, Span]], bool]:
    found, shut = [], False
    for name, duration in items:
        each = span_from(origin, duration, pauses)
        if each is None:
            shut = True
        else:
            found.append((name, each))
    return found, shut


def lengths_of(
    target: Target, rules: Iterable[Length], situation: Situation, match: Match
) -> Lengths:
    """
    Return the durations that stand for a target.

    Args:
        target: The target.
        rules: What rules give it, true or not.
        situation: The complaint, with its types as of the target's start.
        match: Which conditions hold in it.
    """
    day, true = situation.event_date, match.true
    items = [] if target.due is None else [(target.id, target.due)]
    items += [
        (each.rule, each.duration)
        for each in rules
        if true >> each.when & 1 and (each.valid is None or each.valid.holds(day))
    ]
    if target.table is None:
        return Lengths(tuple(items))
    hits, waiting = _hits(target.table, situation, match)
    seeds = tuple(AskSeed(row.id, unknown_facts(row.condition, situation)) for row in waiting)
    (output,) = target.table.out[:1]
    given = [(row.id, _duration(row.outputs[output], situation)) for row in hits]
    if not hits and output in target.table.otherwise:
        given = [(target.id, _duration(target.table.otherwise[output], situation))]
    if is_broken(target.table, [duration for _, duration in given]):
        return Lengths(tuple(items), seeds=seeds, notices=(TABLE_BROKEN,))
    known = [(name, duration) for name, duration in given if duration is not None]
    if target.table.hit == "C>":
        return Lengths(tuple(items), tuple(known), seeds)
    return Lengths((*items, *known), seeds=seeds)


def _hits(table: Table, situation: Situation, match: Match) -> tuple[list[Row], list[Row]]:
    """Return the rows that count and the rows left out because they are unknown."""
    hits: list[Row] = []
    waiting: list[Row] = []
    for row in rows_on(table, situation):
        held = _held(row, situation, match)
        if held is None:
            waiting.append(row)
        elif held:
            hits.append(row)
            if table.hit == "F":
                break
    if table.hit == "P" and hits:
        hits = [min(hits, key=lambda row: _priority(table, row, situation))]
    return hits, waiting


def _held(row: Row, situation: Situation, match: Match) -> bool | None:
    if row.number < 0:
        return truth(row.condition, situation)
    if match.true >> row.number & 1:
        return True
    return None if match.unknown >> row.number & 1 else False


def _priority(table: Table, row: Row, situation: Situation) -> int:
    """Return the place of a row's duration in the priority list; past its end if not there."""
    value = row.outputs[table.out[0]]
    listed = list(table.priority)
    wanted = value.value if isinstance(value, Constant) else _duration(value, situation)
    return listed.index(wanted) if wanted in listed else len(listed)  # type: ignore[arg-type]


def _duration(expression: Expression, situation: Situation) -> Duration | None:
    """Return a due cell as a duration; computed seconds are read as whole minutes, rounded up."""
    value: object
    if isinstance(expression, Constant):
        value = expression.value
    elif isinstance(expression, SettingValue):
        value = situation.settings.get(expression.name)
    else:
        value = evaluate(expression, situation)
    if isinstance(value, Duration) or not isinstance(value, int):
        return value if isinstance(value, Duration) else None
    unit = Unit.BM if expression.kind is Kind.BUSINESS_DURATION else Unit.M
    return Duration(-(-max(0, value) // 60), unit)
