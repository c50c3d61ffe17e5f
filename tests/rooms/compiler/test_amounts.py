"""The currencies of the amounts that make up an amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from complaint_rules.compiler.amounts import currencies
from complaint_rules.conditions.tree import (
    Arithmetic,
    Call,
    Constant,
    Expression,
    FactValue,
    Negation,
)
from complaint_rules.facts import Kind
from complaint_rules.money import Money

FIVE = Constant(Money(Decimal(5), "EUR"), Kind.MONEY)
SIX = Constant(Money(Decimal(6), "USD"), Kind.MONEY)
NOTHING = Constant(Money(Decimal(0), "GBP"), Kind.MONEY)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        (FIVE, {"EUR"}),
        (NOTHING, set()),
        (Negation(FIVE, Kind.MONEY), {"EUR"}),
        (Arithmetic("+", FIVE, SIX, Kind.MONEY), {"EUR", "USD"}),
        (Call("min", (FIVE, NOTHING), Kind.MONEY), {"EUR"}),
        (FactValue("amount_paid", Kind.MONEY), set()),
    ],
)
def test_currencies_of_an_amount(expression: Expression, found: set[str]) -> None:
    """Every written amount but nothing counts, through minus, sums and the smallest of several."""
    assert currencies(expression) == found
