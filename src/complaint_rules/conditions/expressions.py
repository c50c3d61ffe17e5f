"""
The value of an expression in a situation: exact, total, unknown where a part is (semantics 2, 9).

Nothing raises: what cannot be computed (a division by zero, two currencies) is unknown, and a
notice says so to a caller that listens. Each expression is turned into a function when it is
first read, and keeps it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from complaint_rules.calendar import NeverOpenError
from complaint_rules.conditions.functions import FUNCTIONS
from complaint_rules.conditions.inner import (
    NEVER_OPEN,
    Amount,
    Inner,
    Scope,
    instant,
    inward,
    outward,
    seconds,
)
from complaint_rules.conditions.moments import earlier, later
from complaint_rules.conditions.reckoning import RECKON
from complaint_rules.conditions.shortened import shortened
from complaint_rules.conditions.tree import (
    Arithmetic,
    Call,
    Constant,
    Expression,
    FactValue,
    FieldValue,
    Negation,
    Now,
    SettingValue,
)
from complaint_rules.exactly import negative
from complaint_rules.facts import NOT_YET, Kind, NotYet
from complaint_rules.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaint_rules.facts import Record, Value
    from complaint_rules.state import Situation

    Computing: TypeAlias = Callable[[Scope], Inner | None]
    Valuing: TypeAlias = Callable[[Scope], Value | None]

_MOMENTS: Final = frozenset({Kind.INSTANT, Kind.DATE})
_INEXACT: Final = frozenset({Decimal, Money})
"""Types of values that are made exact on their way in."""
_AS_IT_IS: Final = frozenset({str, bool, NotYet, type(None)})
"""Types of values that facts have as expressions have them, whatever the kind."""
_WHOLE: Final = _AS_IT_IS | {int, date, frozenset}
"""The same for every kind but numbers."""


def evaluate(
    expression: Expression,
    situation: Situation,
    record: Record | None = None,
    notices: list[str] | None = None,
) -> Value | None:
    """
    Return the value of an expression, exactly; `None` where it is unknown.

    Args:
        expression: The expression.
        situation: Where its facts, settings, instant and calendar come from.
        record: The record whose fields it may name, inside a ``where``.
        notices: Codes of what made it unknown though its parts are known are added here, each
            once: ``division-by-zero``, ``currency-mismatch``, ``never-open``,
            ``number-too-long``; and ``holidays-unknown``, which leaves the value known.
    """
    value = compute(expression, Scope(situation, record, notices))
    return value if type(value) in _AS_IT_IS else outward(value, expression.kind)


def valuing(expression: Expression) -> Valuing:
    """Return the function that gives the value of an expression, as facts have it."""
    computed, kind = computing(expression), expression.kind
    if kind in _MOMENTS:  # inside and outside the same
        return computed
    as_it_is = _AS_IT_IS if kind is Kind.NUMBER else _WHOLE
    if isinstance(expression, Constant) and type(expression.value) in as_it_is:
        return computed
    if isinstance(expression, FactValue):
        return _fact_valued(expression.name, kind, as_it_is)

    def valued(scope: Scope) -> Value | None:
        value = computed(scope)
        return value if type(value) in as_it_is else outward(value, kind)

    return valued


def _fact_valued(name: str, kind: Kind, as_it_is: frozenset[type]) -> Valuing:
    def fact(scope: Scope) -> Value | None:
        value = scope.values.get(name)
        return value if type(value) in as_it_is else outward(inward(value, scope), kind)

    return fact


def compute(expression: Expression, scope: Scope) -> Inner | None:
    """Return the inner value of an expression; a duration constant stays as it is written."""
    try:
        read: Computing = expression.reader
    except AttributeError:
        read = computing(expression)
    return read(scope)


def computing(expression: Expression) -> Computing:
    """Return the function that gives the inner value of an expression; made only once."""
    try:
        return expression.reader
    except AttributeError:
        made: Computing = _COMPUTING[type(expression)](expression)
        object.__setattr__(expression, "reader", made)
        return made


def _constant(expression: Constant) -> Computing:
    value = expression.value
    if type(value) in _INEXACT:
        return lambda scope: inward(value, scope)
    return lambda _: value


def _fact(expression: FactValue) -> Computing:
    name = expression.name
    if expression.kind in _MOMENTS:
        return lambda scope: scope.values.get(name)

    def fact(scope: Scope) -> Inner | None:
        value = scope.values.get(name)
        return inward(value, scope) if type(value) in _INEXACT else value

    return fact


def _setting(expression: SettingValue) -> Computing:
    name = expression.name

    def setting(scope: Scope) -> Inner | None:
        value = scope.situation.settings.get(name)
        return inward(value, scope) if type(value) in _INEXACT else value

    return setting


def _field(expression: FieldValue) -> Computing:
    name = expression.name

    def field(scope: Scope) -> Inner | None:
        return None if scope.record is None else inward(scope.record.get(name), scope)

    return field


def _now(_: Now) -> Computing:
    return lambda scope: scope.now


def _negation(expression: Negation) -> Computing:
    operand = computing(expression.operand)

    def negated(scope: Scope) -> Inner | None:
        value = seconds(operand(scope))
        if value is None or value is NOT_YET:
            return value
        if isinstance(value, Amount):
            return Amount(negative(value.value), value.currency)
        return negative(value)

    return negated


def _call(expression: Call) -> Computing:
    arguments = tuple(computing(each) for each in expression.arguments)
    function = FUNCTIONS[expression.function]
    apply, skips_not_yet = function.compute, function.skips_not_yet

    def called(scope: Scope) -> Inner | None:
        values = tuple([argument(scope) for argument in arguments])
        if None in values:
            return None
        if not skips_not_yet and NOT_YET in values:
            return NOT_YET
        return apply(values, expression, scope)

    return shortened(expression, called)


def _arithmetic(expression: Arithmetic) -> Computing:
    op, first, second = expression.op, expression.left, expression.right
    if op == "+" and second.kind in _MOMENTS and first.kind not in _MOMENTS:
        first, second = second, first
    if first.kind in _MOMENTS and second.kind not in _MOMENTS:
        return _moving(op, first, second)
    return _reckoning(op, first, second)


def _reckoning(op: str, first: Expression, second: Expression) -> Computing:
    """Return how two values are reckoned with; dates are read as the instants they end."""
    left_of, right_of, reckon = computing(first), computing(second), RECKON[op]

    def reckoned(scope: Scope) -> Inner | None:
        left, right = left_of(scope), right_of(scope)
        if left is None or right is None:
            return None
        if left is NOT_YET or right is NOT_YET:
            return NOT_YET
        left, right = seconds(instant(left, scope)), seconds(instant(right, scope))
        if left is None or right is None:
            return None
        return reckon(left, right, scope)

    return reckoned


def _moving(op: str, first: Expression, second: Expression) -> Computing:
    """Return how an instant is moved by a length: later (``+``) or earlier (``-``)."""
    moment_of, length_of, kind = computing(first), computing(second), second.kind
    move = later if op == "+" else earlier

    def moved(scope: Scope) -> Inner | None:
        moment, length = moment_of(scope), length_of(scope)
        if moment is None or length is None:
            return None
        if moment is NOT_YET or length is NOT_YET:
            return NOT_YET
        try:
            return move(instant(moment, scope), length, kind, scope)
        except NeverOpenError:
            scope.notice(NEVER_OPEN)
            return None

    return moved


_COMPUTING: Final[dict[type, Callable[..., Computing]]] = {
    Constant: _constant,
    FactValue: _fact,
    SettingValue: _setting,
    FieldValue: _field,
    Now: _now,
    Negation: _negation,
    Arithmetic: _arithmetic,
    Call: _call,
}
