"""Slips in durations: units written as words, two units at once, closings in other words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from complaint_rules.grammar.modes import Mode
from complaint_rules.grammar.reserved import RESERVED

if TYPE_CHECKING:
    from complaint_rules.grammar.fault import Fault
    from complaint_rules.grammar.slips.bits import Bit, Page

UNITS = ("m", "h", "d", "w", "mo", "bm", "bh", "bd")
_LIST = "the units are `m h d w mo` and, in business time, `bm bh bd`"
_PLAIN = {
    **dict.fromkeys(("minute", "minutes", "min", "mins"), "m"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), "w"),
    **dict.fromkeys(("month", "months", "mon"), "mo"),
    **dict.fromkeys(("workday", "workdays", "weekday", "weekdays"), "bd"),
}
_BUSINESS = ("business", "working", "work", "office", "open", "opening", "staffed")
_YEARS = ("year", "years", "yr", "yrs", "y", "a")
_SECONDS = ("second", "seconds", "sec", "secs", "s")
_CURRENCIES = {
    **dict.fromkeys(("euro", "euros", "eur"), "EUR"),
    **dict.fromkeys(("dollar", "dollars", "usd"), "USD"),
    **dict.fromkeys(("gbp",), "GBP"),
    **dict.fromkeys(("forint", "huf", "ft"), "HUF"),
    **dict.fromkeys(("rial", "rials", "irr"), "IRR"),
    **dict.fromkeys(("chf",), "CHF"),
}
_CLOSINGS = ("end", "close", "closing", "eod", "cob", "eob", "by", "till", "until")
_SMALLER = {("h", "m"): 60, ("bh", "bm"): 60, ("w", "d"): 7}


def _unit(words: list[str]) -> tuple[str, int] | None:
    """Return the unit that `words` begin with, and how many of them it takes."""
    first, second = (*words, "", "")[:2]
    if first in (*_BUSINESS, "calendar") and second in (*_PLAIN, *UNITS):
        plain = _PLAIN.get(second, second)
        business = first != "calendar" and plain in ("m", "h", "d")
        return ("b" + plain if business else plain), 2
    if first in _PLAIN:
        return _PLAIN[first], 1
    return (first, 1) if first in UNITS and first != "m" else None


def _counts(page: Page, index: int) -> bool:
    """Return whether the bit at `index` is a number that units may follow."""
    part = page.mode is Mode.DUE and page.word(index - 1) == "/"
    return page.kind(index) == "NUMBER" and not part


def unit_word(page: Page) -> Fault | None:
    """Find ``5 hours``, ``2 business days``, ``3 BD``, ``2 years``."""
    for index, bit in enumerate(page.bits):
        words = page.bits[index + 1 : index + 3]
        if not _counts(page, index) or not words or words[0].kind != "WORD":
            continue
        found = _unit([word.text.lower() for word in words if word.kind == "WORD"])
        if found is not None and (found[1] == 2 or words[0].text not in UNITS):
            last = words[found[1] - 1]
            cure = f"write {page.mended(bit.start, last.end, f'{bit.text} {found[0]}')}"
            return _unit_fault(page, words[0], last, cure)
        if words[0].text.lower() in _YEARS and bit.text.isdigit() and len(bit.text) < 5:
            mended = page.mended(bit.start, words[0].end, f"{12 * int(bit.text)} mo")
            return _unit_fault(page, words[0], words[0], f"write {mended}")
        if words[0].text.lower() in _SECONDS:
            return _unit_fault(page, words[0], words[0], "the smallest unit is `m`, a minute")
    return None


def _unit_fault(page: Page, first: Bit, last: Bit, cure: str) -> Fault:
    return page.fault(
        "unit-word", f"{page.quote(first, last)} is not written as a unit is", (first, last), cure
    )


def compound(page: Page) -> Fault | None:
    """Find ``4 h 30 m``."""
    for index, bit in enumerate(page.bits):
        kinds = tuple(page.kind(index + step) for step in range(4))
        if kinds != ("NUMBER", "WORD") * 2:
            continue
        units = (page.word(index + 1), page.word(index + 3))
        if units[0] not in UNITS or units[1] not in UNITS:
            continue
        last = page.bits[index + 3]
        cure = "write one number and one unit"
        small = len(bit.text) < 10 and len(page.word(index + 2)) < 10
        if units in _SMALLER and small:
            total = _SMALLER[units] * Decimal(bit.text) + Decimal(page.word(index + 2))
            cure = f"write {page.mended(bit.start, last.end, f'{total:f} {units[1]}')}"
        return page.fault(
            "compound-duration",
            f"{page.quote(bit, last)} has two units",
            (bit, last),
            cure,
        )
    return None


def closing(page: Page) -> Fault | None:
    """Find ``3 bd EOD`` and ``3 bd end of business``."""
    for index, bit in enumerate(page.bits):
        if page.kind(index - 2) != "NUMBER" or page.word(index - 1) not in UNITS:
            continue
        words = [bit]
        while page.kind(index + len(words)) == "WORD":
            words.append(page.bits[index + len(words)])
        said = [word.text.lower() for word in words]
        if bit.kind != "WORD" or said[0] not in _CLOSINGS or said in _GOOD_CLOSINGS:
            continue
        business = {"business", "cob", "eob", "close", "closing"}.intersection(said)
        meant = "close of business" if business else "end of day"
        return page.fault(
            "closing-word",
            f"{page.quote(bit, words[-1])} closes no duration",
            (bit, words[-1]),
            f"write {page.mended(bit.start, words[-1].end, meant)}",
        )
    return None


_GOOD_CLOSINGS = (["end", "of", "day"], ["close", "of", "business"])


def unknown_unit(page: Page) -> Fault | None:
    """Find a number followed by a word that is neither a unit nor a currency."""
    for index, (left, right) in enumerate(page.pairs()):
        if not _counts(page, index) or right.kind != "WORD":
            continue
        word = right.text
        if word in UNITS or word in RESERVED or (len(word) == 3 and word.isupper()):
            continue
        code = _CURRENCIES.get(word.lower())
        cure = f"{_LIST}; a currency is three capitals, such as `5 EUR`"
        if code is not None:
            cure = f"write {page.mended(left.start, right.end, f'{left.text} {code}')}"
        return page.fault(
            "unknown-unit",
            f"{page.quote(right, right)} is neither a unit nor a currency",
            (right, right),
            cure,
        )
    return None
