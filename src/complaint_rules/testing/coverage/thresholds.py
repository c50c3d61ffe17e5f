"""Both sides of a threshold: how near to it a value must lie to show it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs

from complaint_rules.conditions import evaluate
from complaint_rules.conditions.tree import Check, Compare, Constant, Counts, Expression, Within
from complaint_rules.facts import Fact, Kind
from complaint_rules.money import Money, currency_decimals
from complaint_rules.state import Situation

_MINUTE: Final = Fraction(60)
_ORDERED: Final = ("<", "<=", ">", ">=")


@attrs.frozen
class Threshold:
    """
    One end of a test on something ordered.

    Attributes:
        end: ``from`` for a lower end, ``to`` for an upper one.
        bound: Where it stands.
        counted: It is the number of a set's members that is compared.
    """

    end: str
    bound: Expression
    counted: bool = False


def thresholds(check: Check, fact: Fact) -> tuple[Threshold, ...]:
    """Return the thresholds of a check: none where it compares for equality only."""
    match check:
        case Counts(inner):
            return tuple(attrs.evolve(each, counted=True) for each in thresholds(inner, fact))
        case Within(low=low, high=high):
            ends = [("from", low)] if low is not None else []
            ends += [("to", high)] if high is not None else []
            return tuple(Threshold(end, Constant(bound, fact.kind)) for end, bound in ends)
        case Compare(op, bound) if op in _ORDERED:
            return (Threshold("from" if op.startswith(">") else "to", bound),)
        case _:
            return ()


def near(threshold: Threshold, value: Any, fact: Fact, situation: Situation) -> bool:
    """
    Return whether a value lies at a threshold or one step beside it.

    A step is 1 of a count, a cent of money, a minute of time, a day of dates, a rank of levels,
    and of numbers one of the last decimal that is written.
    """
    bound = evaluate(threshold.bound, situation)
    if bound is None:
        return False
    if threshold.counted:
        return isinstance(bound, int | Decimal) and -1 <= len(value) - bound <= 1
    if isinstance(value, datetime.date) and isinstance(bound, datetime.date):
        return abs((value - bound).days) <= 1
    left, right = _number(value, fact), _number(bound, fact)
    known = left is not None and right is not None
    return known and bool(abs(left - right) <= _step(bound, fact))


def beside(threshold: Threshold, fact: Fact, situation: Situation) -> tuple[Any, ...]:
    """Return the values at a threshold and one step beside it; none of a count of members."""
    bound = evaluate(threshold.bound, situation)
    if bound is None or threshold.counted:
        return ()
    if isinstance(bound, datetime.date):
        day = datetime.timedelta(days=1)
        return (bound - day, bound, bound + day)
    if fact.kind is Kind.LEVEL:
        place = fact.ranks.get(str(bound), 0)
        return fact.values[max(place - 1, 0) : place + 2]
    amount = bound.amount if isinstance(bound, Money) else bound
    if not isinstance(amount, int | Decimal):
        return ()
    numbers = [Fraction(amount) + side * _step(bound, fact) for side in (-1, 0, 1)]
    exact = [Decimal(each.numerator) / each.denominator for each in numbers]
    if isinstance(bound, Money):
        return tuple(Money(each, bound.currency) for each in exact)
    return tuple(exact if fact.kind is Kind.NUMBER else map(int, exact))


def _number(value: Any, fact: Fact) -> Any:
    if fact.kind is Kind.LEVEL:
        return fact.ranks.get(value)
    if isinstance(value, Money):
        return Fraction(value.amount)
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else None


def _step(bound: Any, fact: Fact) -> Fraction:
    match fact.kind:
        case Kind.MONEY if isinstance(bound, Money):
            return Fraction(1, 10 ** currency_decimals(bound.currency))
        case Kind.INSTANT | Kind.DURATION | Kind.BUSINESS_DURATION:
            return _MINUTE
        case Kind.NUMBER if isinstance(bound, Decimal):
            return Fraction(1, 10 ** max(0, -int(bound.as_tuple().exponent)))
        case _:
            return Fraction(1)
