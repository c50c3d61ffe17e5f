"""Slips of single characters: quotes, digits, signs and operators of other keyboards."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from complaint_rules.grammar.slips.bits import Bit, Page, adjoin

if TYPE_CHECKING:
    from complaint_rules.grammar.fault import Fault

_SIGNS = dict(
    zip(
        "−–—‒×·∗⋅÷∕⁄٪،؛、", ("-",) * 4 + ("*",) * 4 + ("/",) * 3 + ("%", ",", ",", ","), strict=True
    )
)
_OPERATORS = {
    "=>": ">=",
    "=<": "<=",
    "==": "=",
    "===": "=",
    "!==": "!=",
    "<>": "!=",
    "=!": "!=",
}
_PLAIN_OPERATORS = ("<", "<=", ">", ">=", "=", "!=")
_ONE_FOR_TWO = str.maketrans(
    {
        "≤": "<=",
        "≦": "<=",
        "⩽": "<=",
        "≥": ">=",
        "≧": ">=",
        "⩾": ">=",
        "≠": "!=",
        "＜": "<",
        "＞": ">",
        "＝": "=",
        "！": "!",
    }
)
_DIGIT_MARKS = {"٫": ".", "٬": ""}


def quotes(page: Page) -> Fault | None:
    """Find a quote that never closes, and quotes that are not straight double ones."""
    for index, bit in enumerate(page.bits):
        if bit.kind != "QUOTE" or _is_apostrophe(page, index):
            continue
        if bit.text == '"':
            return page.fault(
                "unclosed-quote",
                "a double quote is never closed",
                (bit, page.bits[-1]),
                'close the quote: `"words"`; write `\\"` for a quote inside',
            )
        closing = next((b for b in page.bits[index + 1 :] if b.kind == "QUOTE"), bit)
        inside = page.text[bit.end : closing.start].replace("\\", "\\\\").replace('"', '\\"')
        cure = f"write {page.mended(bit.start, closing.end, chr(34) + inside + chr(34))}"
        return page.fault(
            "odd-quote",
            f"{page.quote(bit, bit)} is no quote that texts stand in",
            (bit, closing),
            cure if closing is not bit else "put texts in straight double quotes",
        )
    return None


def _is_apostrophe(page: Page, index: int) -> bool:
    bit = page.bits[index]
    return bit.text in "'’" and page.kind(index - 1) == "WORD" and adjoin(page.bits[index - 1], bit)


def _plain_digits(text: str) -> str:
    plain = (str(unicodedata.decimal(c)) if c.isdecimal() else _DIGIT_MARKS.get(c, c) for c in text)
    return "".join(plain)


def digits(page: Page) -> Fault | None:
    """Find digits that are not ASCII: rulesets are exact, only inputs are lenient."""

    def foreign(bit: Bit) -> bool:
        return bit.kind != "TEXT" and any(c.isdecimal() and not c.isascii() for c in bit.text)

    found = next((bit for bit in page.bits if foreign(bit)), None)
    if found is None:
        return None
    mended, at = "", 0
    for bit in page.bits:
        kept = bit.text if bit.kind == "TEXT" else _plain_digits(bit.text)
        mended, at = f"{mended}{page.text[at : bit.start]}{kept}", bit.end
    return page.fault(
        "foreign-digits",
        f"{page.quote(found, found)} has digits other than `0` to `9`",
        (found, found),
        f"write {page.mended(0, len(page.text), mended)}",
    )


def _mended_operator(text: str) -> str | None:
    """Return the operator that `text` means, itself if it is one, `None` if it means none."""
    plain = text.translate(_ONE_FOR_TWO)
    plain = _OPERATORS.get(plain, plain)
    return plain if plain in _PLAIN_OPERATORS else None


def operators(page: Page) -> Fault | None:
    """Find ``=>``, ``≥``, ``==``, ``> =`` and their like, and any comparison in a sum."""
    for index, bit in enumerate(page.bits):
        if bit.kind != "OPERATOR":
            continue
        if not page.mode.is_test:
            return page.fault(
                "misplaced-comparison",
                f"a comparison stands in {page.mode.value.article}",
                (bit, bit),
                "compare in a test on a fact; a derived yes_no fact gives a comparison a name",
            )
        last = page.bits[index + 1] if page.kind(index + 1) == "OPERATOR" else bit
        written = bit.text if last is bit else bit.text + last.text
        meant = _mended_operator(written)
        if meant is not None and meant != page.text[bit.start : last.end]:
            return page.fault(
                "operator-slip",
                f"{page.quote(bit, last)} is no comparison",
                (bit, last),
                f"write {page.mended(bit.start, last.end, meant)}",
            )
        if page.word(index - 1) not in ("", ",", "("):
            return _late_comparison(page, index)
    return None


def _late_comparison(page: Page, index: int) -> Fault:
    """Return the fault of a comparison that does not begin a test."""
    bit = page.bits[index]
    first = index
    while first > 0 and page.word(first - 1) != ",":
        first -= 1
    if page.kind(first) == "OPERATOR":
        return page.fault(
            "several-comparisons",
            f"{page.quote(bit, bit)} is a second comparison in one test",
            (bit, bit),
            "write an interval such as `[5..10)`, or combine two tests with `all`",
        )
    return page.fault(
        "misplaced-comparison",
        f"{page.quote(bit, bit)} stands after a value",
        (bit, bit),
        "begin with the comparison: what it compares is the fact that is tested",
    )


def signs(page: Page) -> Fault | None:
    """Find typographic and full-width signs where an ASCII one is meant."""
    for bit in page.bits:
        if bit.kind != "MARK" or bit.text.isascii() or bit.text in "،؛、":
            continue
        meant = _SIGNS.get(bit.text, unicodedata.normalize("NFKC", bit.text))
        if len(meant) == 1 and meant.isascii() and not meant.isalnum():
            return page.fault(
                "odd-sign",
                f"{page.quote(bit, bit)} is no sign of tests and expressions",
                (bit, bit),
                f"write {page.mended(bit.start, bit.end, meant)}",
            )
    return None


def separators(page: Page) -> Fault | None:
    """Find lists whose members are parted by something other than a comma."""
    for bit in page.bits:
        if page.mode.is_test and bit.kind == "MARK" and bit.text in ";،؛、":
            return page.fault(
                "list-separator",
                f"{page.quote(bit, bit)} parts no list",
                (bit, bit),
                f"write {page.mended(bit.start, bit.end, ',')}",
            )
    return None


def dashes(page: Page) -> Fault | None:
    """Find a ``-`` for "anything" that is only a member of a list."""
    if not page.mode.is_test or len(page.bits) == 1:
        return None
    for index, bit in enumerate(page.bits):
        if bit.text != "-" or page.word(index - 1) not in ("", ",", "("):
            continue
        if page.word(index + 1) in ("", ",", ")"):
            return page.fault(
                "misplaced-dash",
                "`-` (anything) is only a member of a list",
                (bit, bit),
                "write `-` alone, or leave it out of the list",
            )
    return None
