"""
Looking ahead: how the value of an expression moves from an instant on, and when it next differs.

Up to some instant (`Flow.until`) every value that time moves only grows or only shrinks, so the
instant at which it passes a bound is computed, where it runs as the clock does, or else found by
bisection (semantics 20). Nothing is looked for past `HORIZON`; there a look is due in any case.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from complaint_rules.calendar import Duration, Unit, next_midnight, start_of_day
from complaint_rules.conditions.expressions import compute
from complaint_rules.conditions.inner import Amount, Scope, instant, three_way
from complaint_rules.conditions.probing import NEVER, STILL, Flow, Probe, turned
from complaint_rules.conditions.tree import (
    Arithmetic,
    Call,
    Expression,
    FactValue,
    Negation,
    Now,
)
from complaint_rules.facts import NOT_YET, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAY: Final = 86_400
_QUARTER: Final = 900
_MOMENTS: Final = frozenset({Kind.INSTANT, Kind.DATE})
_TOPS: Final = {"=": (-1, 0, 1), "!=": (-1, 0, 1), ">=": (0, 1, 1), "<": (0, 1, 1)}
"""By the sign of ``left - right`` plus 1: a number that changes where the comparison does."""


class Ahead(Probe):
    """Expressions of one situation, looked at from its instant on."""

    # ------------------------------------------------------------------- change

    def change(self, expression: Expression, flow: Flow) -> int:
        """Return the next instant at which the value of an expression may differ."""
        if not flow.rise:
            return flow.until
        present = self.value(expression)
        if present is None or present is NOT_YET:
            return flow.until
        if flow.straight:
            return min(self.now + 1, flow.until)
        at = self.probe(expression)
        return self.first(lambda later: at(later)[0] != present, flow.until)

    def meeting(self, op: str, left: Expression, right: Expression) -> int:
        """Return the next instant at which ``left op right`` may change."""
        a, b = self.flow(left), self.flow(right)
        flow = self._sum(left, right, a, turned(b))
        if not flow.rise:
            return flow.until
        scope = Scope(self.situation, self.record)
        x, y = instant(self.value(left), scope), instant(self.value(right), scope)
        sign = None if x is None or y is None else three_way(x, y, scope)
        if sign is None:
            return flow.until
        tops = _TOPS.get(op, (0, 0, 1))
        present = tops[sign + 1]
        if present == tops[1 + flow.rise]:
            return flow.until
        if flow.straight:
            gap = int(abs(x - y))
            beyond = tops[1] == present
            return min(flow.until, self.now + gap + beyond)
        at = self.probe(left, right)

        def changed(later: int) -> bool:
            p, q = at(later)
            now = None if p is None or q is None else three_way(p, q, scope)
            return now is None or tops[now + 1] != present

        return self.first(changed, flow.until)

    # --------------------------------------------------------------------- flow

    def flow(self, expression: Expression) -> Flow:
        """Return how the value of an expression moves."""
        match expression:
            case Now():
                return Flow(1, NEVER, straight=True, steps=False)
            case FactValue(name):
                return self.flows.get(name, STILL)
            case Negation(operand):
                return turned(self.flow(operand))
            case Arithmetic(op, left, right):
                return self._reckoned(op, left, right)
            case Call():
                return self._called(expression)
            case _:
                return STILL

    def _reckoned(self, op: str, left: Expression, right: Expression) -> Flow:
        a, b = self.flow(left), self.flow(right)
        if not a.rise and not b.rise:
            return Flow(0, min(a.until, b.until))
        if op in ("*", "/"):
            return self._scaled(op, left, right, a, b)
        if op == "+" and right.kind in _MOMENTS and left.kind not in _MOMENTS:
            left, right, a, b = right, left, b, a
        return self._moved(op, left, right, a, b)

    def _moved(self, op: str, left: Expression, right: Expression, a: Flow, b: Flow) -> Flow:
        """Return the flow of an instant plus or minus a duration, or of any sum."""
        length = compute(right, Scope(self.situation, self.record))
        bent = right.kind is Kind.BUSINESS_DURATION and left.kind in _MOMENTS
        if isinstance(length, Duration) and left.kind in _MOMENTS:
            if length.unit in (Unit.M, Unit.H):
                return a
            until = a.until
            if op == "+" and not length.unit.business:
                until = min(until, self._day_ends(left, a))
            return Flow(a.rise, until, steps=a.steps)
        return self._sum(left, right, a, b if op == "+" else turned(b), bent=bent)

    def _day_ends(self, moment: Expression, flow: Flow) -> int:
        """
        Return until when a moving instant stays in its day, and on one side of a clock change.

        The same local time some days later goes back where the clock is put back, or where a
        month ends: never within a day on which the clock is left alone.
        """
        until = self.change(_date_of(moment), flow._replace(straight=False))
        at = instant(self.value(moment), Scope(self.situation))
        if isinstance(at, int):
            calendar = self.situation.calendar
            end = next_midnight(calendar, at)
            if end - start_of_day(calendar, at) != _DAY and _ahead_of(calendar.zone, at) != (
                _ahead_of(calendar.zone, end)
            ):
                return min(until, self.now + (_QUARTER - at % _QUARTER if flow.straight else 1))
        return until

    def _scaled(self, op: str, left: Expression, right: Expression, a: Flow, b: Flow) -> Flow:
        """Return the flow of a product or quotient; only what moves in steps is multiplied."""
        if (a.rise and b.rise) or (op == "/" and b.rise):
            return Flow(0, min(self.change(left, a), self.change(right, b)))
        factor = self.value(right if a.rise else left)
        if factor is None or factor is NOT_YET:
            return Flow(0, min(a.until, b.until))
        size = factor.value if isinstance(factor, Amount) else factor
        sign = int(size > 0) - int(size < 0)
        moving = a if a.rise else b
        return Flow(moving.rise * sign, min(a.until, b.until), steps=moving.steps)

    def _sum(
        self, left: Expression, right: Expression, a: Flow, b: Flow, *, bent: bool = False
    ) -> Flow:
        """Return the flow of the sum of two values that flow like `a` and `b`."""
        until = min(a.until, b.until)
        if a.rise * b.rise >= 0:
            lone = a if not b.rise else b if not a.rise else STILL
            return Flow(a.rise or b.rise, until, lone.straight and not bent, a.steps and b.steps)
        if a.straight and b.straight and not bent:
            return Flow(0, until)
        if b.steps:
            frozen = min(until, self.change(right, b))
            return Flow(a.rise, frozen, a.straight and not bent, a.steps)
        if a.steps:
            frozen = min(until, self.change(left, a))
            return Flow(b.rise, frozen, b.straight and not bent, b.steps)
        return self._wild((left, right), until)

    def _wild(self, parts: Iterable[Expression], until: int) -> Flow:
        """Return the flow of what nothing can be said of: every second counts (see `stepped`)."""
        values = [self.value(each) for each in parts]
        known = all(value is not None and value is not NOT_YET for value in values)
        return Flow(0, min(self.now + 1, until) if known else until)

    # -------------------------------------------------------------------- calls

    def _called(self, call: Call) -> Flow:
        parts = call.arguments
        flows = [self.flow(each) for each in parts]
        until = min((each.until for each in flows), default=NEVER)
        if not any(each.rise for each in flows):
            return Flow(0, until)
        match call.function:
            case "add":
                return self._moved("+", parts[0], parts[1], flows[0], flows[1])
            case "start_of_day" | "end_of_day" | "date_of" | "round":
                return self._stepping(parts, flows)
            case "days_between" | "business_days_between":
                return self._days(parts, flows)
            case "open_time_between":
                return self._sum(parts[0], parts[1], turned(flows[0]), flows[1], bent=True)
            case "min" | "max" | "earliest" | "latest":
                return self._together(parts, flows)
            case "whole":
                return self._stepping(parts, flows)
            case "abs":
                return self._abs(parts[0], flows[0])
            case "fact":
                return flows[0]
            case _:
                return Flow(0, self._changes(parts, flows))

    def _changes(self, parts: Iterable[Expression], flows: Iterable[Flow]) -> int:
        return min(self.change(each, flow) for each, flow in zip(parts, flows, strict=True))

    def _stepping(self, parts: tuple[Expression, ...], flows: list[Flow]) -> Flow:
        """Return the flow of what steps as its first argument moves."""
        first, *others = flows
        until = min(first.until, *(each.until for each in flows))
        if any(each.rise for each in others):
            until = min(until, self._changes(parts[1:], others))
        return Flow(first.rise, until)

    def _days(self, parts: tuple[Expression, ...], flows: list[Flow]) -> Flow:
        """Return the flow of days counted between two moments."""
        a, b = turned(flows[0]), flows[1]
        if a.rise * b.rise >= 0:
            return Flow(a.rise or b.rise, min(a.until, b.until))
        days = [each._replace(straight=False) for each in flows]
        return Flow(0, self._changes([_date_of(each) for each in parts], days))

    def _together(self, parts: tuple[Expression, ...], flows: list[Flow]) -> Flow:
        """Return the flow of the least or greatest of several values."""
        until = min(each.until for each in flows)
        running = {each.rise for each in flows if each.rise and not each.steps}
        if len(running) > 1:
            return self._wild(parts, until)
        rise = max(running or {each.rise for each in flows if each.rise})
        for part, flow in zip(parts, flows, strict=True):
            if flow.rise == -rise:
                until = min(until, self.change(part, flow))
        return Flow(rise, until, len(parts) == 1 and flows[0].straight, not running)

    def _abs(self, part: Expression, flow: Flow) -> Flow:
        present = self.value(part)
        if present is None or present is NOT_YET:
            return Flow(0, flow.until)
        size = present.value if isinstance(present, Amount) else present
        if size == 0 or (size > 0) == (flow.rise > 0):
            return flow._replace(rise=1)
        at = self.probe(part)

        def passed(later: int) -> bool:
            value = at(later)[0]
            left = value.value if isinstance(value, Amount) else value
            return left is None or left == 0 or (left > 0) != (size > 0)

        return flow._replace(rise=-1, until=self.first(passed, flow.until))


def _ahead_of(zone: datetime.tzinfo, at: int) -> datetime.timedelta | None:
    """Return how far a zone's clock is ahead of UTC."""
    return datetime.datetime.fromtimestamp(at, zone).utcoffset()


def _date_of(moment: Expression) -> Expression:
    return Call("date_of", (moment,), Kind.DATE)
