"""Literals of the grammar as values: exact, checked, in the form facts have them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from complaint_rules.calendar import CalendarError, Close, Duration, Unit, in_range
from complaint_rules.compiler.scope import NUMBERS
from complaint_rules.conditions.tree import Constant
from complaint_rules.facts import Kind, NotYet, Value
from complaint_rules.grammar import tree as syntax
from complaint_rules.money import Money, plain

_CLOSE: Final = {"": Close.NONE, "day": Close.DAY, "business": Close.BUSINESS}
_VALUES: Final = (bool, int, Decimal, Fraction, Money, NotYet, datetime.date, str, frozenset)
_UNITS: Final = {unit.value: unit for unit in Unit}


class LiteralError(ValueError):
    """A literal that means nothing; `code`, the message and `cure` tell the author."""

    def __init__(self, code: str, message: str, cure: str) -> None:
        super().__init__(message)
        self.code = code
        self.cure = cure


def duration_of(literal: syntax.DurationLiteral) -> Duration:
    """
    Return the duration a literal means.

    Raises:
        LiteralError: It is no whole number of seconds, days or months.
    """
    try:
        return Duration(literal.amount, _UNITS[literal.unit], _CLOSE[literal.close])
    except CalendarError as error:
        raise LiteralError(
            "bad-duration",
            f"has a duration that is none: {error}",
            "fractions stand on m, h, bm and bh, where whole seconds result",
        ) from error


def instant_of(text: str) -> int:
    """
    Return the whole seconds since 1970 of an ISO 8601 instant with its offset.

    Raises:
        LiteralError: It lies before 1900 or after 2400.
    """
    stamp = datetime.datetime.fromisoformat(text)
    days = stamp.replace(tzinfo=None) - datetime.datetime(1970, 1, 1)  # noqa: DTZ001 - arithmetic only
    offset = stamp.utcoffset() or datetime.timedelta()
    seconds = (days - offset) // datetime.timedelta(seconds=1)
    if not in_range(seconds):
        raise LiteralError(
            "bad-instant", f"has the instant `{text}`", "instants lie between 1900 and 2400"
        )
    return seconds


def literal(node: syntax.Expression) -> Constant:
    """
    Return the constant a literal means.

    A duration is a `complaint_rules.calendar.Duration`; a percentage is a number.

    Raises:
        LiteralError: The literal means nothing.
    """
    match node:
        case syntax.NumberLiteral(value):
            return Constant(value, Kind.NUMBER)
        case syntax.PercentLiteral(value):
            return Constant(plain(Fraction(value) / 100), Kind.NUMBER)
        case syntax.MoneyLiteral(amount, currency):
            return Constant(Money(amount, currency), Kind.MONEY)
        case syntax.DurationLiteral():
            length = duration_of(node)
            kind = Kind.BUSINESS_DURATION if length.unit.business else Kind.DURATION
            return Constant(length, kind)
        case syntax.DateLiteral(text):
            return Constant(datetime.date.fromisoformat(text), Kind.DATE)
        case syntax.InstantLiteral(text):
            return Constant(instant_of(text), Kind.INSTANT)
        case syntax.TextLiteral(value) | syntax.Word(value):
            return Constant(value, Kind.TEXT)
        case _:
            assert isinstance(node, syntax.YesNoLiteral), "names are no literals"  # noqa: S101
            return Constant(node.value, Kind.YES_NO)


def is_zero(constant: object) -> bool:
    """Return whether an expression is the plain number 0, which fits any currency."""
    return (
        isinstance(constant, Constant) and constant.kind in NUMBERS and constant.value == Decimal(0)
    )


def bound_value(constant: Constant) -> Value | None:
    """
    Return a constant as a fact's value, for a check; None for a length that is no fixed one.

    Whole numbers become ``int``, so that a count and a bound are one type.
    """
    value = constant.value
    if isinstance(value, Duration):
        return value.seconds if constant.kind is Kind.DURATION else value.business_seconds
    if (
        isinstance(value, Decimal)
        and constant.kind in NUMBERS
        and value == value.to_integral_value()
    ):
        return int(value)
    return value if isinstance(value, _VALUES) else None
