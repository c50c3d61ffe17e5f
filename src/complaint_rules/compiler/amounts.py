"""Constants that can never be paid: two currencies in one sum, a zero divisor, less than 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from complaint_rules.compiler.values import is_zero
from complaint_rules.conditions.tree import (
    Arithmetic,
    Call,
    Constant,
    Expression,
    Negation,
)
from complaint_rules.facts import Kind
from complaint_rules.money import Money

if TYPE_CHECKING:
    from complaint_rules.compiler.site import Site
    from complaint_rules.source import Span

_OF_ONE: Final = frozenset({"min", "max"})
"""Functions whose amounts must be of one currency."""


def joinable(site: Site, at: Span, op: str, left: Expression, right: Expression) -> bool:
    """
    Return whether two parts can be joined at all; tell it where they cannot.

    Args:
        site: Where they stand.
        at: The place of both.
        op: ``+``, ``-``, ``*`` or ``/``.
        left: The first part.
        right: The second one.
    """
    if op == "/" and isinstance(right, Constant) and _is_nothing(right):
        site.error("zero-divisor", "divides by zero", "write another divisor", at=at)
        return False
    return op == "*" or of_one_currency(site, at, (left, right))


def of_one_currency(site: Site, at: Span, parts: tuple[Expression, ...]) -> bool:
    """Return whether the amounts written in some parts are of one currency; tell it if not."""
    found = sorted(frozenset[str]().union(*(currencies(part) for part in parts)))
    if len(found) < 2:
        return True
    site.error(
        "two-currencies",
        f"joins amounts in `{found[0]}` and in `{found[1]}`",
        "keep to one currency, or use a setting with a value for each: `{EUR: 5, USD: 6}`",
        at=at,
    )
    return False


def currencies(expression: Expression) -> frozenset[str]:
    """Return the currencies of the amounts that make up an amount; nothing fits every one."""
    match expression:
        case Constant(Money(amount, currency)) if amount:
            return frozenset({currency})
        case Negation(operand):
            return currencies(operand)
        case Arithmetic(_, left, right) if expression.kind is Kind.MONEY:
            return currencies(left) | currencies(right)
        case Call(name, arguments) if name in _OF_ONE:
            return frozenset[str]().union(*(currencies(each) for each in arguments))
    return frozenset()


def not_negative(site: Site, amount: Expression | None) -> None:
    """Tell of a constant amount below zero: nothing could ever be paid."""
    money = amount.value if isinstance(amount, Constant) else None
    if isinstance(money, Money) and money.amount < 0:
        told = f"has the amount `{money.amount} {money.currency}`, which is below zero"
        site.error("amount-below-zero", told, "write an amount of zero or more")


def _is_nothing(constant: Constant) -> bool:
    value = constant.value
    return not value.amount if isinstance(value, Money) else is_zero(constant)
