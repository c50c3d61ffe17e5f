"""Slips in numbers and amounts: commas, groups of digits, currencies in the wrong place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.grammar.modes import Mode
from complaint_rules.grammar.reserved import RESERVED
from complaint_rules.grammar.slips.bits import Bit, Page, adjoin

if TYPE_CHECKING:
    from complaint_rules.grammar.fault import Fault

_CURRENCY_OF_SIGN = {
    "€": "EUR",
    "£": "GBP",
    "$": "USD",
    "＄": "USD",
    "¥": "JPY",
    "￥": "JPY",
    "﷼": "IRR",
    "₹": "INR",
    "₺": "TRY",
    "₽": "RUB",
    "₴": "UAH",
    "₪": "ILS",
    "₩": "KRW",
    "฿": "THB",
}
_NUMBERS = ("NUMBER", "GROUPED")


def is_currency(word: str) -> bool:
    """Return whether `word` has the shape of a currency's code."""
    return len(word) == 3 and word.isascii() and word.isalpha() and word.isupper()


def currency_sign(page: Page) -> Fault | None:
    """Find ``5 €`` and ``€5``."""
    for index, bit in enumerate(page.bits):
        if bit.kind != "SIGN":
            continue
        code = _CURRENCY_OF_SIGN.get(bit.text)
        if code is not None and page.kind(index + 1) in _NUMBERS:
            last = page.bits[index + 1]
            cure = f"write {page.mended(bit.start, last.end, f'{last.text} {code}')}"
        elif code is not None and page.kind(index - 1) in _NUMBERS:
            before = page.bits[index - 1]
            cure = f"write {page.mended(before.start, bit.end, f'{before.text} {code}')}"
        else:
            cure = "write the currency's three capitals after the number, such as `5 EUR`"
        return page.fault(
            "currency-sign", f"{page.quote(bit, bit)} is a currency's sign", (bit, bit), cure
        )
    return None


def currency_first(page: Page) -> Fault | None:
    """Find ``EUR 5``."""
    for left, right in page.pairs():
        if left.kind == "WORD" and is_currency(left.text) and right.kind in _NUMBERS:
            return page.fault(
                "currency-first",
                f"the currency stands before the number in {page.quote(left, right)}",
                (left, right),
                f"write {page.mended(left.start, right.end, f'{right.text} {left.text}')}",
            )
    return None


def _run(page: Page, index: int) -> list[Bit]:
    """Return the numbers from `index` on that only commas without blanks part."""
    run = [page.bits[index]]
    while (
        page.word(index + 1) == ","
        and page.kind(index + 2) in _NUMBERS
        and adjoin(page.bits[index], page.bits[index + 1])
        and adjoin(page.bits[index + 1], page.bits[index + 2])
    ):
        run.append(page.bits[index + 2])
        index += 2
    return run


def _is_amount(page: Page, index: int) -> bool:
    """Return whether the bit at `index` makes the number before it an amount of something."""
    word = page.word(index)
    return (
        word == "%"
        or page.kind(index) == "SIGN"
        or (page.kind(index) == "WORD" and word.lower() not in RESERVED)
    )


def _whole(text: str) -> str | None:
    """Return the digits of a number's whole part, groups undone; `None` if it is no such part."""
    digits = "".join(c for c in text if c.isdigit())
    parts = text.split(".")
    return digits if all(len(part) == 3 for part in parts[1:]) else None


def _thousands(run: list[Bit]) -> str | None:
    head, *groups = (bit.text for bit in run)
    last, point, decimals = groups[-1].partition(".")
    groups[-1] = last
    if len(head) > 3 or not all(len(group) == 3 and group.isdigit() for group in groups):
        return None
    return head + "".join(groups) + point + decimals


def _decimal(run: list[Bit]) -> str | None:
    if len(run) != 2 or not run[1].text.isdigit():
        return None
    whole = _whole(run[0].text)
    return None if whole is None else f"{whole}.{run[1].text}"


def comma(page: Page) -> Fault | None:
    """
    Find ``2,5 EUR`` and ``1,000 EUR``; ``1,2`` and ``1, 2 EUR`` are honest lists.

    What tells them apart: no blank after the comma, and a currency, unit or ``%`` after the
    last number; in a sum, that no list can stand there; in a count, a group like ``000``.
    """
    index = 0
    while index < len(page.bits):
        run = _run(page, index) if page.kind(index) in _NUMBERS else []
        if len(run) > 1 and (fault := _judge(page, run, index)) is not None:
            return fault
        index += max(2 * len(run) - 1, 1)
    return None


def _judge(page: Page, run: list[Bit], index: int) -> Fault | None:
    listless = not page.mode.is_test and not any(b.text == "(" for b in page.bits[:index])
    amount = _is_amount(page, index + 2 * len(run) - 1) or listless
    grouped = _thousands(run)
    where = (run[0], run[-1])
    if grouped is not None and (amount or any(b.text.startswith("0") for b in run[1:])):
        return page.fault(
            "thousands-separator",
            f"a comma groups the digits of {page.quote(*where)}",
            where,
            f"write {page.mended(where[0].start, where[1].end, grouped)}",
        )
    point = _decimal(run)
    if point is not None and amount:
        return page.fault(
            "decimal-comma",
            f"{page.quote(*where)} has a comma for a decimal point",
            where,
            f"write {page.mended(where[0].start, where[1].end, point)}",
        )
    return None


def grouped(page: Page) -> Fault | None:
    """Find ``1 000``, ``1.000.000``, ``1'000`` and ``1_000``."""
    for bit in page.bits:
        if bit.kind == "GROUPED":
            whole, decimals = bit.text, ""
            if bit.text.count(".") == 1:
                whole, _, decimals = bit.text.partition(".")
            plain = "".join(c for c in whole if c.isdigit()) + (decimals and "." + decimals)
            return page.fault(
                "thousands-separator",
                f"the digits of {page.quote(bit, bit)} stand in groups",
                (bit, bit),
                f"write {page.mended(bit.start, bit.end, plain)}",
            )
    return None


def odd(page: Page) -> Fault | None:
    """Find ``.5``, ``5.``, ``1.2.3``, ``1e5`` and ``0x1F``."""
    for bit in page.bits:
        if bit.kind != "ODD":
            continue
        cure = "write digits, with one decimal point among them at most"
        if bit.text.startswith("."):
            cure = f"write {page.mended(bit.start, bit.end, '0' + bit.text)}"
        elif bit.text.endswith("."):
            cure = f"write {page.mended(bit.start, bit.end, bit.text[:-1])}"
        return page.fault(
            "bad-number", f"{page.quote(bit, bit)} is not written as a number is", (bit, bit), cure
        )
    return None


def date_and_time(page: Page) -> Fault | None:
    """Find ``2026-11-30 09:00``."""
    for left, right in page.pairs():
        if left.kind == "STAMP" and right.kind == "NUMBER":
            return page.fault(
                "bad-date",
                f"a time of day stands apart after {page.quote(left, left)}",
                (left, right),
                "join date and time and say the offset: `2026-11-30T09:00+01:00`",
            )
    return None


def unitless(page: Page) -> Fault | None:
    """Find a bare number where a duration is meant."""
    if page.mode in (Mode.DURATION, Mode.DUE) and [b.kind for b in page.bits] == ["NUMBER"]:
        bit = page.bits[0]
        return page.fault(
            "missing-unit",
            f"{page.quote(bit, bit)} has no unit",
            (bit, bit),
            f"write the unit after it, such as `{bit.text} h` or `{bit.text} bd`",
        )
    return None
