"""
The value of an expression in a situation: exact, total, unknown where a part is (semantics 2, 9).

Nothing raises: what cannot be computed (a division by zero, two currencies) is unknown, and a
notice says so to a caller that listens.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from complaint_rules.calendar import NeverOpenError
from complaint_rules.conditions.functions import FUNCTIONS
from complaint_rules.conditions.inner import (
    DIVISION_BY_ZERO,
    NEVER_OPEN,
    Amount,
    Inner,
    Scope,
    bounded,
    instant,
    inward,
    joint_currency,
    outward,
    seconds,
)
from complaint_rules.conditions.moments import earlier, later
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
from complaint_rules.facts import NOT_YET, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaint_rules.facts import Record, Value
    from complaint_rules.state import Situation

_MOMENTS: Final = frozenset({Kind.INSTANT, Kind.DATE})


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
    return outward(value, expression.kind)


def compute(expression: Expression, scope: Scope) -> Inner | None:
    """Return the inner value of an expression; a duration constant stays as it is written."""
    return _COMPUTE[type(expression)](expression, scope)


def _constant(expression: Constant, scope: Scope) -> Inner | None:
    return inward(expression.value, scope)


def _fact(expression: FactValue, scope: Scope) -> Inner | None:
    return inward(scope.values.get(expression.name), scope)


def _setting(expression: SettingValue, scope: Scope) -> Inner | None:
    return inward(scope.situation.settings.get(expression.name), scope)


def _field(expression: FieldValue, scope: Scope) -> Inner | None:
    return None if scope.record is None else inward(scope.record.get(expression.name), scope)


def _now(_: Now, scope: Scope) -> Inner:
    return scope.now


def _negation(expression: Negation, scope: Scope) -> Inner | None:
    value = seconds(compute(expression.operand, scope))
    if value is None or value is NOT_YET:
        return value
    if isinstance(value, Amount):
        return Amount(-value.value, value.currency)
    return -value


def _call(expression: Call, scope: Scope) -> Inner | None:
    arguments = tuple(compute(each, scope) for each in expression.arguments)
    if None in arguments:
        return None
    function = FUNCTIONS[expression.function]
    if NOT_YET in arguments and not function.skips_not_yet:
        return NOT_YET
    return function.compute(arguments, expression, scope)


def _arithmetic(expression: Arithmetic, scope: Scope) -> Inner | None:
    left, right = compute(expression.left, scope), compute(expression.right, scope)
    if left is None or right is None:
        return None
    if left is NOT_YET or right is NOT_YET:
        return NOT_YET
    op, kinds = expression.op, (expression.left.kind, expression.right.kind)
    if op == "+" and kinds[1] in _MOMENTS and kinds[0] not in _MOMENTS:
        left, right, kinds = right, left, (kinds[1], kinds[0])
    if kinds[0] in _MOMENTS and kinds[1] not in _MOMENTS:
        return _moved(op, instant(left, scope), right, kinds[1], scope)
    left, right = seconds(instant(left, scope)), seconds(instant(right, scope))
    if left is None or right is None:
        return None
    return _RECKON[op](left, right, scope)


def _moved(op: str, at: int, length: Inner, kind: Kind, scope: Scope) -> int | None:
    """Return the instant so much later (``+``) or earlier (``-``)."""
    try:
        return (later if op == "+" else earlier)(at, length, kind, scope)
    except NeverOpenError:
        scope.notice(NEVER_OPEN)
        return None


def _added(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    if isinstance(left, Amount) and isinstance(right, Amount):
        currency = joint_currency(left, right, scope)
        total = bounded(left.value + right.value, scope)
        return None if currency is None or total is None else Amount(total, currency)
    return bounded(left + right, scope)


def _subtracted(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    if isinstance(right, Amount):
        return _added(left, Amount(-right.value, right.currency), scope)
    return bounded(left - right, scope)


def _multiplied(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    if isinstance(right, Amount):
        left, right = right, left
    if isinstance(left, Amount):
        product = bounded(left.value * right, scope)
        return None if product is None else Amount(product, left.currency)
    return bounded(left * right, scope)


def _divided(left: Inner, right: Inner, scope: Scope) -> Inner | None:
    divisor = right.value if isinstance(right, Amount) else right
    if not divisor:
        scope.notice(DIVISION_BY_ZERO)
        return None
    if not isinstance(left, Amount):
        return bounded(Fraction(left) / divisor, scope)
    if isinstance(right, Amount) and joint_currency(left, right, scope) is None:
        return None
    quotient = bounded(Fraction(left.value) / divisor, scope)
    if quotient is None or isinstance(right, Amount):
        return quotient
    return Amount(quotient, left.currency)


_RECKON: Final[dict[str, Callable[[Inner, Inner, Scope], Inner | None]]] = {
    "+": _added,
    "-": _subtracted,
    "*": _multiplied,
    "/": _divided,
}
_COMPUTE: Final[dict[type, Callable[..., Inner | None]]] = {
    Constant: _constant,
    FactValue: _fact,
    SettingValue: _setting,
    FieldValue: _field,
    Now: _now,
    Negation: _negation,
    Arithmetic: _arithmetic,
    Call: _call,
}
