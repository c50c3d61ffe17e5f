"""
Text as people type it, read where it has one meaning only.

Persian, Arabic and full-width digits are digits; the Arabic forms of ye and kaf are the Persian
ones when a word is looked up; a decimal comma is a decimal point where no thousands separator
could be meant, and a mark that stands between groups of three where another marks the decimals
separates thousands. Nothing here guesses: what could mean two things is left as it is, and fails.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {
    ord(foreign): str(digit)
    for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９")
    for digit, foreign in enumerate(digits)
}
_MARKS = {ord("٫"): ".", ord("٬"): "", ord("−"): "-", ord("－"): "-", ord("．"): "."}
_LETTERS = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک"}
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff")
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?:[.,]\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_THOUSANDS = re.compile(r"[+-]?\d{1,3},\d{3}")
_POINTS = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})")
_COMMAS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})")


def plain_digits(text: str) -> str:
    """Return `text` with digits of other scripts as ASCII and marks of direction taken out."""
    return text.translate(_INVISIBLE).translate(_DIGITS).translate(_MARKS).strip()


def number_text(text: str) -> str:
    """
    Return `text` as a number is written in a ruleset, where that is unambiguous.

    ``2,50`` is 2.50; ``1 234,50``, ``1.234,50`` and ``1,234.50`` are 1234.50; ``1,234`` stays as
    it is, since it could mean two numbers.
    """
    text = plain_digits(text)
    if _POINTS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _COMMAS.fullmatch(text):
        return text.replace(",", "")
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[ \u00a0\u202f']", "", text)
    if _COMMA.fullmatch(text) and not _THOUSANDS.fullmatch(text):
        text = text.replace(",", ".")
    return text


def folded(word: str) -> str:
    """Return the form under which two spellings of one declared word are the same."""
    word = unicodedata.normalize("NFKC", word.translate(_INVISIBLE)).translate(_LETTERS)
    return re.sub(r"[\s_-]+", "_", word.strip().casefold())
