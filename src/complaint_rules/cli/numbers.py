"""
Numbers on the command line, read and told.

`argparse` tells what is none, and calls it by the name given here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

_WHOLE: Final = 100


def percent(text: str) -> Fraction:
    """Return a number of percent from 0 to 100: ``95``, ``99.5``."""
    try:
        share = Fraction(text)
    except ZeroDivisionError as error:
        raise ValueError(text) from error
    if not 0 <= share <= _WHOLE:
        raise ValueError(text)
    return share


def count(text: str) -> int:
    """Return a number of processes, 1 or more."""
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def counted(number: int, what: str) -> str:
    """Return a number of things in words: ``1 case``, ``1,200 cases``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


percent.__name__ = "number of percent"
count.__name__ = "number of processes"
