"""Values: numbers as fractions, and a type of its own for everything that is no number."""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import Any, NamedTuple


class NotYet(enum.Enum):
    """What has not happened."""

    NOT_YET = "not_yet"


NOT_YET = NotYet.NOT_YET


class Cash(NamedTuple):
    """An amount of money."""

    amount: Fraction
    currency: str


class At(NamedTuple):
    """An instant, in seconds since 1970."""

    second: int


class Span(NamedTuple):
    """A stretch of time that has been measured, on the open clock or the other."""

    second: Fraction
    opened: bool = False


class Length(NamedTuple):
    """A duration as written; `end` is empty, `day` or `business`."""

    amount: Fraction
    unit: str
    end: str = ""


class Rung(str):
    """A level: a word that knows the order it stands in."""

    __slots__ = ("order",)
    order: tuple[str, ...]

    def __new__(cls, word: str, order: tuple[str, ...]) -> Rung:
        """Return a word of an order."""
        made = super().__new__(cls, word)
        made.order = order
        return made


SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
OPEN_SECONDS = {"bm": 60, "bh": 3600}


def measured(value: Any) -> Any:
    """Return a written duration as a stretch of time; unknown where it has no fixed length."""
    if not isinstance(value, Length):
        return value
    if value.end:
        return None
    if value.unit in SECONDS:
        return Span(value.amount * SECONDS[value.unit])
    if value.unit in OPEN_SECONDS:
        return Span(value.amount * OPEN_SECONDS[value.unit], True)
    return None
