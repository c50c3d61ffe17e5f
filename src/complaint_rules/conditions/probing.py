"""
Expressions of one situation tried out at later instants, and the search for a change.

Nothing is looked for past `HORIZON`; there a look is due in any case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from complaint_rules.calendar import LAST
from complaint_rules.conditions.expressions import compute
from complaint_rules.conditions.inner import Inner, Scope, seconds
from complaint_rules.conditions.reading import walk
from complaint_rules.conditions.tree import Expression, FactValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from complaint_rules.facts import Record
    from complaint_rules.state import Situation

NEVER: Final = LAST + 1
"""Past every instant: time alone changes nothing."""
HORIZON: Final = 400 * 86_400
"""How far, in seconds, a change is looked for."""


class Flow(NamedTuple):
    """
    How a value moves from now on.

    Attributes:
        rise: 1 if it never shrinks before `until`, -1 if it never grows, 0 if it stands still.
        until: The first instant of which nothing is said.
        straight: It gains (or loses) exactly one second a second.
        steps: It stands still but for steps, as a count of days does.
    """

    rise: int = 0
    until: int = NEVER
    straight: bool = False
    steps: bool = True


STILL: Final = Flow()


def turned(flow: Flow) -> Flow:
    """Return how minus a value flows."""
    return flow._replace(rise=-flow.rise)


class Probe:
    """
    Expressions of one situation, looked at from its instant on.

    Attributes:
        situation: The situation.
        now: Its instant.
        limit: Changes from this instant on are of no interest and may be told as `NEVER`.
        flows: How the derived facts move that time moves.
        formulas: What computes those that grow or shrink, in dependency order.
        record: The record a ``where`` looks at, while it does.
    """

    def __init__(self, situation: Situation, limit: int = NEVER) -> None:
        self.situation = situation
        self.now = situation.now
        self.limit = limit
        self.flows: dict[str, Flow] = {}
        self.formulas: dict[str, Expression] = {}
        self.record: Record | None = None

    # ------------------------------------------------------------------ values

    def value(self, expression: Expression) -> Inner | None:
        """Return the present value of an expression."""
        return seconds(compute(expression, Scope(self.situation, self.record)))

    def probe(self, *expressions: Expression) -> Callable[[int], list[Inner | None]]:
        """Return a function that gives the values of expressions at a later instant."""
        needs = self._needs(expressions)
        scope = Scope(self.situation, self.record)

        def values(at: int) -> list[Inner | None]:
            scope.now = at
            if needs:
                scope.values = known = dict(self.situation.values)
                for name in needs:
                    value = seconds(compute(self.formulas[name], scope))
                    if value is None:
                        known.pop(name, None)
                    else:
                        known[name] = value
            return [seconds(compute(each, scope)) for each in expressions]

        return values

    def _needs(self, expressions: Iterable[Expression]) -> list[str]:
        """Return the moving facts that expressions read, those first that others read."""
        found: set[str] = set()
        stack = list(expressions)
        while stack:
            for each in walk(stack.pop()):
                if isinstance(each, FactValue) and each.name in self.formulas:
                    if each.name not in found:
                        stack.append(self.formulas[each.name])
                    found.add(each.name)
        return [name for name in self.formulas if name in found] if found else []

    def first(self, changed: Callable[[int], bool], until: int) -> int:
        """
        Return the first instant before `until` at which `changed` holds, else `until`.

        Once it holds it must go on to do so. Where the limit or the horizon comes first, that is
        told instead: `NEVER`, or the horizon itself.
        """
        horizon = self.now + HORIZON
        stop = min(until, self.limit, horizon)
        low, gap = self.now, 3_600
        while low < stop - 1:
            high = min(low + gap, stop - 1)
            if changed(high):
                return _bisected(changed, low, high)
            low, gap = high, gap * 2
        if stop == until:
            return until
        return NEVER if stop == self.limit else horizon


def _bisected(changed: Callable[[int], bool], low: int, high: int) -> int:
    """Return the first instant after `low` at which `changed` holds; at `high` it does."""
    while high - low > 1:
        middle = (low + high) // 2
        if changed(middle):
            high = middle
        else:
            low = middle
    return high
