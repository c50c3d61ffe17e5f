"""One reader for each kind: what was given → the value a state holds, or a fault."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final

from complaint_rules.calendar import in_range
from complaint_rules.facts import NOT_YET, Fact, Kind, NotYet
from complaint_rules.intake.fault import fault, shown
from complaint_rules.intake.typed_text import folded, number_text, plain_digits
from complaint_rules.money import Money, fits, is_currency
from complaint_rules.spelling import help_for

Reader = Callable[[Any], Any]

_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,6})?")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+")
_AMOUNT_FIRST: Final = re.compile(r"(?P<amount>.*\d)\s*(?P<currency>[A-Za-z]{3})")
_CURRENCY_FIRST: Final = re.compile(r"(?P<currency>[A-Za-z]{3})\s*(?P<amount>[+-]?\d.*)")
_DURATION: Final = re.compile(r"(?P<n>[^a-z]{0,40}\d)\s*(?P<unit>bm|bh|m|h|d|w|s)")
_HALVES: Final = re.compile("[\ud800-\udfff]")
_SHORT: Final = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII)
"""A number that can be read one way only: its digits, and few of them."""
_SHORT_AMOUNT: Final = re.compile(rf"({_SHORT.pattern}) ?([A-Z]{{3}})", re.ASCII)
_SMALL: Final = 1 << 64
_MICROSECOND: Final = datetime.timedelta(microseconds=1)
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_BUSINESS: Final = {"bm": 60, "bh": 3600}
YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}


def read_yes_no(value: Any) -> bool:
    """Read yes, no, true or false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        read = YES_NO.get(value)
        if read is None:
            read = YES_NO.get(folded(value))
        if read is not None:
            return read
    raise fault("wrong-kind", f"{shown(value)} is neither yes nor no", "write `yes` or `no`")


def read_decimal(value: Any) -> Decimal:
    """Read an exact number; floats are refused, because they are not what was written."""
    if type(value) is str and _SHORT.fullmatch(value):
        return Decimal(value)
    if isinstance(value, float):
        raise fault(
            "float-number",
            f"{shown(value)} is a binary fraction, not the number that was written",
            "give it as text or as an exact decimal",
        )
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise fault(
            "wrong-kind", f"{shown(value)} is not a number", "write a number, such as `2.5`"
        )
    if isinstance(value, str):
        value = _written(value)
    number = Decimal(value)
    if not number.is_finite() or not fits(number):
        raise fault(
            "number-too-long",
            "the number has no end in sight",
            "write it with at most 10,000 digits",
        )
    return number


def _written(text: str) -> Decimal:
    plain = number_text(text)
    if not _NUMBER.fullmatch(plain):
        cure = "write a number, such as `2.5`, without thousands separators"
        raise fault("wrong-kind", f"{shown(text)} is not a number", cure)
    try:
        return Decimal(plain)
    except (InvalidOperation, ValueError):  # pragma: no cover - a platform's exponent limit
        raise fault("number-too-long", "the number is too long", "write fewer digits") from None


def read_count(value: Any) -> int:
    """Read a whole number, 0 or more."""
    if type(value) is int and 0 <= value < _SMALL:
        return value
    if isinstance(value, str) and _GROUPED.fullmatch(plain_digits(value)):
        cure = "write it without a separator: `1000`"
        raise fault("wrong-kind", f"{shown(value)} could be two different counts", cure)
    number = read_decimal(value)
    if number != number.to_integral_value():
        raise fault("wrong-kind", f"{shown(value)} is not a whole number", "write `0`, `1`, `2` …")
    if number < 0:
        raise fault("negative-count", f"{shown(value)} is below 0", "write 0 or more")
    return int(number)


def read_money(value: Any) -> Money:
    """
    Read an amount: ``{"amount": …, "currency": …}``, ``20 EUR``, ``EUR 20`` or a bare number.

    A bare number has the currency ``""`` until the whole state is known.
    """
    if isinstance(value, Money):
        amount: Any = value.amount
        currency = value.currency
    elif isinstance(value, dict):
        amount, currency = _amount_and_currency(value)
    elif isinstance(value, str):
        if short := _SHORT_AMOUNT.fullmatch(value):
            return Money(Decimal(short[1]), short[2])
        amount, currency = _typed_amount(value)
    else:
        amount, currency = value, ""
    number = amount if isinstance(amount, Fraction) else read_decimal(amount)
    if number < 0:
        raise fault(
            "negative-amount", f"{shown(value)} is below 0", "amounts of a complaint are 0 or more"
        )
    return Money(number, currency)


def _amount_and_currency(value: dict[Any, Any]) -> tuple[Any, str]:
    if "amount" not in value or len(value) > 1 + ("currency" in value):
        extra = sorted(str(key) for key in value.keys() - {"amount", "currency"})
        named = shown(extra[0]) if extra else "an amount without `amount`"
        cure = 'write `{"amount": "20.00", "currency": "EUR"}`'
        raise fault("wrong-shape", f"{named} is no part of an amount", cure)
    currency = value.get("currency") or ""
    return value["amount"], _currency(currency) if currency else ""


def _typed_amount(text: str) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKC", plain_digits(text))
    match = _AMOUNT_FIRST.fullmatch(plain) or _CURRENCY_FIRST.fullmatch(plain)
    if match is None:
        return plain, ""
    return match["amount"], _currency(match["currency"])


def _currency(word: Any) -> str:
    code = word.upper() if isinstance(word, str) else ""
    if not is_currency(code):
        cure = "write its ISO 4217 code, such as `EUR`"
        raise fault("unknown-currency", f"{shown(word)} is not a currency", cure)
    return code


def read_instant(value: Any) -> int | NotYet:
    """Read an instant with its offset (RFC 3339), or `not_yet`; cut to whole seconds."""
    if type(value) is str and value.isascii():
        try:  # most are written just so
            moment = datetime.datetime.fromisoformat(value)
        except ValueError:
            return _read_odd_instant(value)
        return _read_odd_instant(moment) if moment.tzinfo is None else _seconds_of(moment)
    return _read_odd_instant(value)


def _read_odd_instant(value: Any) -> int | NotYet:
    """Read an instant that is no text, or is written in another way."""
    if isinstance(value, NotYet):
        return value
    if isinstance(value, str):
        if value == "not_yet":
            return NOT_YET
        plain = value.strip() if value.isascii() else plain_digits(value)
        try:
            value = datetime.datetime.fromisoformat(plain.upper())
        except ValueError:
            if folded(plain) == "not_yet":
                return NOT_YET
            cure = "write it like `2026-11-22T10:00:00+01:00`"
            raise fault("bad-instant", f"{shown(plain)} is not an instant", cure) from None
    if not isinstance(value, datetime.datetime):
        cure = "write it like `2026-11-22T10:00:00+01:00`"
        raise fault("bad-instant", f"{shown(value)} is not an instant", cure)
    if value.utcoffset() is None:
        raise fault(
            "naive-time",
            f"{shown(value.isoformat())} names no time zone",
            "add the offset, such as `+01:00` or `Z`",
        )
    return _seconds_of(value)


def _seconds_of(moment: datetime.datetime) -> int:
    since = moment - _EPOCH
    seconds = since.days * 86_400 + since.seconds
    if not in_range(seconds):
        raise fault(
            "bad-instant",
            f"{shown(moment.isoformat())} is out of range",
            "use the years 1900 to 2400",
        )
    return seconds


_EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def read_date(value: Any) -> datetime.date:
    """Read a calendar date, ``2026-11-22``."""
    if isinstance(value, datetime.datetime):
        raise fault(
            "bad-date",
            f"{shown(value.isoformat())} is an instant, not a date",
            "write the date only",
        )
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(plain_digits(value))
    except (ValueError, TypeError, AttributeError):
        raise fault(
            "bad-date", f"{shown(value)} is not a date", "write it like `2026-11-22`"
        ) from None


def read_text(value: Any) -> str:
    """Read a text; a number stands for its digits."""
    if isinstance(value, str):
        if not value.isascii() and _HALVES.search(value):
            told = f"{shown(value)} holds half a character"
            raise fault("bad-character", told, "write it as UTF-8, or as a whole `\\u` pair")
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    raise fault("wrong-kind", f"{shown(value)} is not a text", "write it in quotes")


def duration_reader(units: dict[str, int], example: str) -> Reader:
    """Return the reader of a duration: whole seconds, a timedelta, or a text with a unit."""
    cure = f"write it like `{example}`"

    def read(value: Any) -> int:
        seconds: Any = value
        if isinstance(value, datetime.timedelta):
            seconds = Fraction(value // _MICROSECOND, 1_000_000)
        elif isinstance(value, str) and (match := _DURATION.fullmatch(plain_digits(value))):
            if match["unit"] not in units:
                raise fault("bad-duration", f"{shown(value)} has the wrong unit", cure)
            seconds = Fraction(_written(match["n"])) * units[match["unit"]]
        if isinstance(seconds, bool) or not isinstance(seconds, int | Decimal | Fraction):
            raise fault("bad-duration", f"{shown(value)} is not a duration", cure)
        if seconds < 0 or seconds != seconds // 1:
            told = f"{shown(value)} is no whole number of seconds, 0 or more"
            raise fault("bad-duration", told, cure)
        return int(seconds)

    return read


def words_of(values: Iterable[str]) -> dict[str, str]:
    """
    Return words by themselves.

    All states then share the ruleset's own: what is looked up by them is found the sooner.
    """
    return {word: word for word in values}


def word_reader(values: Iterable[str]) -> Reader:
    """Return the reader of a choice or level: one of `values`, spelled as people spell."""
    known = tuple(values)
    own = words_of(known)
    by_fold: dict[str, str | None] = {}
    for word in known:
        key = folded(word)
        by_fold[key] = None if key in by_fold else word

    def read(value: Any) -> str:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, str):
            if (word := own.get(value)) is not None:
                return word
            if (meant := by_fold.get(folded(value))) is not None:
                return meant
        cure = help_for(value if isinstance(value, str) else "", known)
        raise fault("unknown-value", f"{shown(value)} is not one of its values", cure)

    return read


def set_reader(values: Iterable[str]) -> Reader:
    """Return the reader of a set: a list or set of declared words, or one word."""
    known = tuple(values)
    own, read_word = words_of(known), word_reader(known)

    def read(value: Any) -> frozenset[str]:
        if type(value) is list:
            try:
                return frozenset([own[item] for item in value])
            except (KeyError, TypeError):
                pass  # some word is spelled in another way, or none
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple | set | frozenset):
            raise fault("wrong-shape", f"{shown(value)} is not a list", "write a list of words")
        return frozenset(read_word(item) for item in value)

    return read


_PLAIN: Final[dict[Kind, Reader]] = {
    Kind.YES_NO: read_yes_no,
    Kind.COUNT: read_count,
    Kind.NUMBER: read_decimal,
    Kind.MONEY: read_money,
    Kind.DURATION: duration_reader(_SECONDS, "90 m"),
    Kind.BUSINESS_DURATION: duration_reader(_BUSINESS, "4 bh"),
    Kind.INSTANT: read_instant,
    Kind.DATE: read_date,
    Kind.TEXT: read_text,
}


def reader(fact: Fact) -> Reader:
    """Return the reader of a fact's values; records are read by their fields."""
    if fact.kind is Kind.SET:
        return set_reader(fact.values)
    if fact.kind in (Kind.CHOICE, Kind.LEVEL):
        return word_reader(fact.values)
    return _PLAIN[fact.kind]
