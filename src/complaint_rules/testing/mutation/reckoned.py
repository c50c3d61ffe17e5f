"""Expressions made a little wrong: doubled, halved, a cent more, a part left out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import attrs

from complaint_rules.conditions.derived import TableOf
from complaint_rules.conditions.tree import Arithmetic, Call, Constant, Expression
from complaint_rules.facts import Kind
from complaint_rules.money import Money, currency_decimals

_TWICE: Final = Constant(2, Kind.COUNT)


def doubled(expression: Expression) -> Expression:
    """Return twice an expression."""
    return Arithmetic("*", _TWICE, expression, expression.kind)


def halved(expression: Expression) -> Expression:
    """Return half an expression."""
    return Arithmetic("/", expression, _TWICE, expression.kind)


def a_cent_more(bound: Expression, currency: str) -> Expression:
    """Return an amount and the smallest coin of a currency besides."""
    coin = Money(Decimal(1).scaleb(-currency_decimals(currency)), currency)
    return Arithmetic("+", bound, Constant(coin, Kind.MONEY), Kind.MONEY)


def changed(amount: Expression | TableOf | None) -> Iterator[tuple[str, Expression]]:
    """Yield an amount doubled, and with each part of a ``min`` or ``max`` left out."""
    if amount is None or isinstance(amount, TableOf):
        return
    yield "`amount` doubled", doubled(amount)
    yield from _parts_left_out(amount)


def _parts_left_out(amount: Expression) -> Iterator[tuple[str, Expression]]:
    if not isinstance(amount, Call) or amount.function not in ("min", "max"):
        return
    every = amount.arguments
    for number, each in enumerate(every):
        if len(every) > 1:
            told = f"part {number + 1} of `{amount.function}` left out"
            rest = (*every[:number], *every[number + 1 :])
            yield told, attrs.evolve(amount, arguments=rest)
        for told, inner in _parts_left_out(each):
            whole = (*every[:number], inner, *every[number + 1 :])
            yield told, attrs.evolve(amount, arguments=whole)
