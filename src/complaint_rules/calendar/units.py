"""Units of time and durations as a ruleset writes them: ``4 bh``, ``3 bd end of day``."""

from __future__ import annotations

import enum
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs


class CalendarError(ValueError):
    """A duration or a calendar that means nothing; the message says what is wrong with it."""


class NeverOpenError(CalendarError):
    """
    Business time was asked of a calendar that does not open in the next 20 years.

    The compiler refuses calendars without opening hours; this is the answer for those that are
    built by hand, or whose only open days have passed.
    """


_ELAPSED: Final = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_OPEN: Final = {"bm": 60, "bh": 3_600}
_STEADY: Final = ("m", "h")


class Unit(enum.Enum):
    """Unit of a duration; the value is how a ruleset writes it."""

    M = "m"
    H = "h"
    D = "d"
    W = "w"
    MO = "mo"
    BM = "bm"
    BH = "bh"
    BD = "bd"

    def __init__(self, text: str) -> None:
        self.business: Final = text[0] == "b"
        """True if the unit's clock runs only while the calendar is open."""
        self.steady: Final = text in _STEADY
        """True if it takes the same time on the wall each time, whatever the calendar."""
        self.elapsed: Final = _ELAPSED.get(text)
        """Seconds that pass in one of it; `None` where that is not the same each time."""
        self.open: Final = _OPEN.get(text)
        """Open seconds in one of it; `None` where it does not count open time."""


class Close(enum.Enum):
    """Which end of its last day a duration is drawn out to; the value is how it is written."""

    NONE = ""
    DAY = "end of day"
    BUSINESS = "close of business"


_BY_DAY: Final = frozenset({Unit.D, Unit.W, Unit.MO, Unit.BD})
_MOST: Final = 10**9
_FINEST: Final = -10_000


def _tidy(amount: Decimal | int) -> Decimal | int:
    """Return a whole amount as an int, so that ``1.0 h`` and ``1 h`` are one duration."""
    if isinstance(amount, int):
        return int(amount)
    if not amount.is_finite() or amount.adjusted() > 10 or _exponent(amount) < _FINEST:
        return amount
    whole = int(amount)
    return whole if whole == amount else amount


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


@attrs.frozen
class Duration:
    """
    A span of time on one clock, as written.

    Attributes:
        amount: Exact, 0 or more, at most a thousand million. Fractions stand only on minutes and
            hours, plain or business, and only where whole seconds result.
        unit: The clock it runs on.
        close: Which end of its last day it is drawn out to; only on d, w, mo and bd.
        seconds: Elapsed seconds of m, h, d (24 hours) and w; None for the others and where it
            closes.
        business_seconds: Open seconds of bm and bh; None for the others.
        business_days: The amount of a bd that is more than 0 and closes with no day; None for the
            others.

    Raises:
        CalendarError: The parts do not go together.
    """

    amount: Decimal | int = attrs.field(converter=_tidy)
    unit: Unit
    close: Close = Close.NONE

    seconds: int | None = attrs.field(init=False, eq=False, repr=False, default=None)
    business_seconds: int | None = attrs.field(init=False, eq=False, repr=False, default=None)
    business_days: int | None = attrs.field(init=False, eq=False, repr=False, default=None)

    def __attrs_post_init__(self) -> None:
        fault = self._fault()
        if fault:
            raise CalendarError(fault)
        object.__setattr__(self, "seconds", self._length(self.unit.elapsed))
        object.__setattr__(self, "business_seconds", self._length(self.unit.open))
        if self.unit is Unit.BD and self.close is Close.NONE:
            object.__setattr__(self, "business_days", int(self.amount) or None)

    def _fault(self) -> str:
        amount = self.amount
        if isinstance(amount, Decimal) and not amount.is_finite():
            return "a duration is a number"
        if amount < 0:
            return "a duration is never negative"
        if amount > _MOST:
            return f"a duration is at most {_MOST} of its unit"
        if self.unit in _BY_DAY:
            if isinstance(amount, Decimal):
                return f"`{self.unit.value}` counts whole days, weeks or months"
            return ""
        if self.close is not Close.NONE:
            return f"`{self.close.value}` stands only on d, w, mo and bd"
        if (
            isinstance(amount, Decimal)
            and self._length(self.unit.elapsed or self.unit.open) is None
        ):
            return "a duration is a whole number of seconds"
        return ""

    def _length(self, size: int | None) -> int | None:
        """Return the amount in seconds, given those of one; None without, or for parts of one."""
        if size is None or self.close is not Close.NONE:
            return None
        if isinstance(self.amount, int):
            return self.amount * size
        if _exponent(self.amount) < _FINEST:
            return None
        seconds = Fraction(self.amount) * size
        return seconds.numerator if seconds.denominator == 1 else None

    @property
    def text(self) -> str:
        """The one way to write it, such as ``1.5 bh`` or ``3 bd end of day``."""
        amount = format(self.amount, "f" if isinstance(self.amount, Decimal) else "d")
        if "." in amount:
            amount = amount.rstrip("0")
        return " ".join(part for part in (amount, self.unit.value, self.close.value) if part)
