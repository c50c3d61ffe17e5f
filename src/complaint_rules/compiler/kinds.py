"""What may stand where a kind is meant; and what each kind is called in a message."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import attrs

from complaint_rules.calendar import Duration
from complaint_rules.compiler.scope import NUMBERS
from complaint_rules.compiler.values import is_zero
from complaint_rules.conditions.tree import Constant, Expression
from complaint_rules.facts import Fact, Kind

CALLED: Final = {
    Kind.YES_NO: "yes or no",
    Kind.COUNT: "a count",
    Kind.NUMBER: "a number",
    Kind.MONEY: "an amount of money",
    Kind.DURATION: "elapsed time",
    Kind.BUSINESS_DURATION: "open time",
    Kind.INSTANT: "an instant",
    Kind.DATE: "a date",
    Kind.TEXT: "a text",
    Kind.CHOICE: "a choice",
    Kind.LEVEL: "a level",
    Kind.SET: "a set",
    Kind.RECORD: "a record",
    Kind.RECORDS: "a list of records",
}

WRITTEN: Final = {
    Kind.YES_NO: "write `yes` or `no`",
    Kind.COUNT: "write a whole number, such as `3`",
    Kind.NUMBER: "write a number, such as `2.5` or `20%`",
    Kind.MONEY: "write an amount with its currency, such as `20 EUR`",
    Kind.DURATION: "write elapsed time, such as `90 m`, `4 h` or `2 d`",
    Kind.BUSINESS_DURATION: "write open time, such as `45 bm` or `4 bh`",
    Kind.INSTANT: "write an instant with its offset, `not_yet`, or a sum such as `now - 2 h`",
    Kind.DATE: "write a date, such as `2026-11-30`",
    Kind.TEXT: 'write a text in double quotes, such as `"web form"`',
    Kind.CHOICE: "write one of its values",
    Kind.LEVEL: "write one of its values, or `raise(…)` of one",
    Kind.SET: "write some of its values",
    Kind.RECORD: "name one of its fields, as in `review.delete_requests`",
    Kind.RECORDS: "derive a fact that counts them: `derive: {count: …, where: …}`",
}


@attrs.frozen
class Typed:
    """
    An expression with what the compiler knows of its value.

    Attributes:
        expression: The expression.
        kind: Kind of its value.
        values: The values it may take, where it is a choice, level or set.
        whole: It is a whole number, if a number.
    """

    expression: Expression
    kind: Kind
    values: tuple[str, ...] = ()
    whole: bool = False

    @property
    def constant(self) -> Constant | None:
        """The expression, if it is a constant."""
        return self.expression if isinstance(self.expression, Constant) else None


def fits(typed: Typed, fact: Fact) -> bool:
    """Return whether every value of an expression is a value that `fact` may have."""
    kind, constant = typed.kind, typed.constant
    if fact.kind is Kind.MONEY:
        return kind is Kind.MONEY or is_zero(constant)
    if fact.kind is Kind.NUMBER:
        return kind in NUMBERS
    if fact.kind is Kind.COUNT:
        return kind in NUMBERS and typed.whole and not _negative(constant)
    if fact.kind is Kind.TEXT:
        return kind in (Kind.TEXT, Kind.CHOICE, Kind.LEVEL)
    if fact.kind is Kind.LEVEL:
        return kind is Kind.LEVEL and typed.values in ((), fact.values)
    if fact.kind in (Kind.CHOICE, Kind.SET):
        return kind is fact.kind and set(typed.values) <= set(fact.values)
    if fact.kind is Kind.DURATION and constant is not None and kind is Kind.DURATION:
        return isinstance(constant.value, Duration) and constant.value.seconds is not None
    return kind is fact.kind


def _negative(constant: Constant | None) -> bool:
    return constant is not None and isinstance(constant.value, int | Decimal) and constant.value < 0


def comparable(typed: Typed, fact: Fact) -> bool:
    """Return whether a value of `fact` may be compared with an expression's."""
    pair = {typed.kind, fact.kind}
    if len(pair) == 1:
        return fact.kind is not Kind.LEVEL or typed.values in ((), fact.values)
    if pair <= NUMBERS or pair == {Kind.INSTANT, Kind.DATE} or pair <= {Kind.TEXT, Kind.CHOICE}:
        return True
    return fact.kind is Kind.MONEY and is_zero(typed.constant)
