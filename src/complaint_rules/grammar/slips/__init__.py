"""Slips that are foreseen: each has its own code, and most show the text mended."""

from __future__ import annotations

from collections.abc import Callable

from complaint_rules.grammar.fault import Fault
from complaint_rules.grammar.modes import Mode
from complaint_rules.grammar.slips import marks, numbers, shapes, units
from complaint_rules.grammar.slips.bits import Page
from complaint_rules.grammar.slips.numbers import comma

_Slip = Callable[[Page], Fault | None]

# In this order: what would hide another slip comes before it.
_EVERYWHERE: tuple[_Slip, ...] = (
    marks.quotes,
    marks.digits,
    marks.operators,
    marks.signs,
    shapes.joining_word,
    marks.dashes,
    shapes.interval,
)
_AMOUNTS: tuple[_Slip, ...] = (
    numbers.comma,
    numbers.currency_sign,
    numbers.currency_first,
    numbers.grouped,
    numbers.odd,
    numbers.date_and_time,
    units.compound,
    units.unit_word,
    units.closing,
    units.unknown_unit,
    numbers.unitless,
)
_REST: tuple[_Slip, ...] = (
    marks.separators,
    shapes.several_words,
    shapes.several_names,
)


def find_slip(page: Page) -> Fault | None:
    """Return the first slip that `page` shows, or `None` if its fault is of no foreseen kind."""
    amounts = () if page.mode is Mode.WORDS else _AMOUNTS
    for slip in (*_EVERYWHERE, *amounts, *_REST):
        fault = slip(page)
        if fault is not None:
            return fault
    return None


__all__ = ["Page", "comma", "find_slip"]
