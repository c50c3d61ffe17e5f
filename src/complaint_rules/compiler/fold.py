"""Arithmetic on constants, done once when the ruleset is compiled."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from complaint_rules.compiler.scope import NUMBERS
from complaint_rules.conditions.tree import Arithmetic, Constant, Expression, Negation
from complaint_rules.facts import Kind
from complaint_rules.money import Money, plain


def folded(expression: Expression) -> Expression:
    """
    Return an expression whose two constants, numbers or amounts, are reckoned into one.

    Anything else is returned as it is: so is an amount beside nothing of another currency. The
    length of a text bounds the digits of its result.
    """
    match expression:
        case Negation(Constant() as operand):
            return _reckoned("-", Constant(Decimal(0), Kind.NUMBER), operand, expression)
        case Arithmetic(op, Constant() as left, Constant() as right):
            return _reckoned(op, left, right, expression)
    return expression


def _reckoned(op: str, left: Constant, right: Constant, whole: Negation | Arithmetic) -> Expression:
    first, second = _amount(left), _amount(right)
    currencies = {c.value.currency for c in (left, right) if isinstance(c.value, Money)}
    if first is None or second is None or len(currencies) > 1 or (op == "/" and not second):
        return whole
    result = _joined(op, first, second)
    value = plain(result)
    if whole.kind is Kind.MONEY:
        return Constant(Money(value, currencies.pop()), Kind.MONEY)
    return Constant(value, whole.kind) if whole.kind in NUMBERS else whole


def _joined(op: str, left: Fraction, right: Fraction) -> Fraction:
    if op == "+":
        return left + right
    if op == "-":
        return left - right
    return left * right if op == "*" else left / right


def _amount(constant: Constant) -> Fraction | None:
    value = constant.value
    if isinstance(value, Money):
        return Fraction(value.amount)
    if constant.kind in NUMBERS and isinstance(value, int | Decimal | Fraction):
        return Fraction(value)
    return None
