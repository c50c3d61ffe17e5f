"""
The values expressions reckon with: exact numbers, amounts of one currency, seconds.

Numbers are short decimals or fractions inside (see `complaint_rules.exactly`), so that nothing is
rounded in between; those past the bounds of `complaint_rules.money.fits` are unknown.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from complaint_rules.calendar import Duration, covers, date_end
from complaint_rules.exactly import Exact, fraction, short
from complaint_rules.facts import Kind
from complaint_rules.money import Money, exact, fits, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from complaint_rules.calendar import BusinessCalendar
    from complaint_rules.facts import Record, Value
    from complaint_rules.state import Situation

DIVISION_BY_ZERO: Final = "division-by-zero"
CURRENCY_MISMATCH: Final = "currency-mismatch"
NUMBER_TOO_LONG: Final = "number-too-long"
NEVER_OPEN: Final = "never-open"
HOLIDAYS_UNKNOWN: Final = "holidays-unknown"
NOTICES: Final = (
    CURRENCY_MISMATCH,
    DIVISION_BY_ZERO,
    HOLIDAYS_UNKNOWN,
    NEVER_OPEN,
    NUMBER_TOO_LONG,
)
"""
Codes of what makes a value unknown though all its parts are known; and of open time reckoned
where holidays are not known (semantics 14).
"""

_EXACT: Final = frozenset({Decimal, Fraction})
_SMALL: Final = 1 << 64
"""Whole numbers below fit without being measured."""

Inner: TypeAlias = Any
"""A value inside an expression: as facts have it, but numbers exact and money an `Amount`."""


class Amount(NamedTuple):
    """
    An amount of money while it is reckoned with; 0 belongs to every currency.

    Attributes:
        value: A whole number, a short decimal or a fraction; any decimal where it is only compared.
        currency: Three capital letters.
    """

    value: Any
    currency: str


class Scope:
    """
    Where an expression is evaluated: a situation, an instant, perhaps a record.

    Attributes:
        situation: What is known.
        calendar: The complaint's calendar.
        values: Known facts by name; the situation's own, unless time is tried out.
        now: The instant that ``now`` means; likewise.
        record: The record a ``where`` looks at.
        get: Gives what tests name: a field of the record, if there is one, else a fact.
        notices: Codes of `NOTICES` are added here, if it is a list.
    """

    __slots__ = ("calendar", "get", "notices", "now", "record", "situation", "values")

    def __init__(
        self,
        situation: Situation,
        record: Record | None = None,
        notices: list[str] | None = None,
    ) -> None:
        self.situation = situation
        self.values: Mapping[str, Value] = situation.values
        self.calendar: BusinessCalendar = situation.calendar
        self.now = situation.now
        self.record = record
        self.get = (situation.values if record is None else record).get
        self.notices = notices

    def notice(self, code: str) -> None:
        """Note, once, why a value is unknown."""
        if self.notices is not None and code not in self.notices:
            self.notices.append(code)

    def notice_holidays(self, *instants: int) -> None:
        """Note if business time runs where the calendar does not know the holidays."""
        if self.notices is not None and not all(covers(self.calendar, at) for at in instants):
            self.notice(HOLIDAYS_UNKNOWN)


def inward(value: Any, scope: Scope) -> Inner | None:
    """Return a value as expressions reckon with it; `None` where a number is too long."""
    is_money = type(value) is Money
    if not is_money and type(value) is not Decimal:
        return value
    number = value.amount if is_money else value
    inside: Exact | None = short(number)
    if inside is None:
        if not fits(number):
            scope.notice(NUMBER_TOO_LONG)
            return None
        inside = exact(number)
    return Amount(inside, value.currency) if is_money else inside


def outward(value: Inner | None, kind: Kind) -> Value | None:
    """Return a value as facts of a kind have it; `None` stays unknown."""
    if isinstance(value, Amount):
        return Money(plain(fraction(value.value)), value.currency)
    if isinstance(value, Duration):
        return seconds(value)
    if type(value) in _EXACT or (kind is Kind.NUMBER and type(value) is int):
        number = fraction(value)
        if kind is Kind.COUNT and number.denominator == 1:
            return int(number)
        return plain(number)
    return value


def seconds(value: Inner | None) -> Inner | None:
    """Return a duration constant in seconds of its clock, `None` if it has none; others as is."""
    if isinstance(value, Duration):
        elapsed = value.seconds
        return value.business_seconds if elapsed is None else elapsed
    return value


def bounded(value: int | Exact, scope: Scope) -> int | Exact | None:
    """Return a number, or `None` if it has grown past the bounds, as no short decimal has."""
    kind = type(value)
    if kind is Decimal or (kind is int and -_SMALL < value < _SMALL) or fits(value):
        return value
    scope.notice(NUMBER_TOO_LONG)
    return None


def joint_currency(left: Amount, right: Amount, scope: Scope) -> str | None:
    """Return the currency two amounts share, `None` if they do not (semantics 27)."""
    if left.currency == right.currency or not right.value:
        return left.currency
    if not left.value:
        return right.currency
    scope.notice(CURRENCY_MISMATCH)
    return None


def three_way(left: Inner, right: Inner, scope: Scope) -> int | None:
    """
    Return -1, 0 or 1 as `left` lies before, at or after `right`; `None` if they do not compare.

    A date beside an instant is read as the end of its day (semantics 13). What has not
    happened yet, and words, have no order here.
    """
    if isinstance(left, Amount) and isinstance(right, Amount):
        if joint_currency(left, right, scope) is None:
            return None
        left, right = left.value, right.value
    elif isinstance(left, datetime.date) != isinstance(right, datetime.date):
        left, right = instant(left, scope), instant(right, scope)
    sort = _sort(left)
    if sort is None or sort is not _sort(right):
        return None
    return int(left > right) - int(left < right)


def instant(value: Inner, scope: Scope) -> Inner:
    """Return a date as the instant its day ends; every other value as it is."""
    if isinstance(value, datetime.date):
        return date_end(scope.calendar, value)
    return value


def _sort(value: Inner) -> type | None:
    """Return what a value can be compared with: truths, numbers or dates; `None` for nothing."""
    if isinstance(value, bool):
        return bool
    if isinstance(value, int | Decimal | Fraction):
        return int
    return datetime.date if isinstance(value, datetime.date) else None
