"""Slips in the shape of a test: words that join tests, intervals, several words for one."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from complaint_rules.grammar.modes import Mode
from complaint_rules.grammar.parts import misplaced_not
from complaint_rules.grammar.reserved import RESERVED
from complaint_rules.grammar.slips.bits import Bit, Page, adjoin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaint_rules.grammar.fault import Fault

_PLAIN = ("WORD", "NUMBER", "STAMP", "GROUPED", "TEXT")
_BRACKETS = ("(", ")", "[", "]")
_MARKS = (",", ";", *_BRACKETS)


def _stretches(page: Page) -> Iterator[tuple[Bit, ...]]:
    """Return the bits between commas, brackets, comparisons and dots, run by run."""
    run: list[Bit] = []
    for bit in page.bits:
        if bit.text in _MARKS or bit.kind in ("OPERATOR", "DOTS"):
            if run:
                yield tuple(run)
            run = []
        else:
            run.append(bit)
    if run:
        yield tuple(run)


def joining_word(page: Page) -> Fault | None:
    """Find ``and``, ``or``, ``if``, ``in``, ``between``, ``&&`` and a ``not`` in the midst."""
    for index, bit in enumerate(page.bits):
        if bit.kind == "LOGIC":
            word = "and" if bit.text[0] in "&∧" else "not" if bit.text == "¬" else "or"
        elif bit.kind == "WORD" and bit.text.lower() in RESERVED:
            word = bit.text.lower()
        else:
            continue
        if word == "not" and page.word(index + 1) == "(":
            if index == 0 and page.mode.is_test:
                continue
            return misplaced_not(bit.start, bit.end).fault
        if page.mode is Mode.WORDS and bit.kind == "WORD" and not _has_neighbour(page, index):
            continue
        return page.fault(
            "no-such-word",
            f"{page.quote(bit, bit)} is no word of tests and expressions",
            (bit, bit),
            RESERVED[word],
        )
    return None


def _has_neighbour(page: Page, index: int) -> bool:
    """Return whether a word or text stands beside the one at `index`, which it may join."""
    kinds = ("WORD", "TEXT", "NUMBER", "OPERATOR")
    return page.kind(index - 1) in ("WORD", "TEXT", "NUMBER") or page.kind(index + 1) in kinds


def interval(page: Page) -> Fault | None:
    """Find ``1..5`` without brackets, ``[1-5]``, ``[1, 5]``, ``[1...5]`` and ``[5..]``."""
    if not page.mode.is_test:
        return None
    for index, bit in enumerate(page.bits):
        fault = None
        if bit.kind == "DOTS":
            fault = _dots(page, index)
        elif bit.text == "[" and page.word(index - 1) in ("", ",", "("):
            fault = _bracket(page, index)
        if fault is not None:
            return fault
    return None


def _dots(page: Page, index: int) -> Fault | None:
    bit = page.bits[index]
    if bit.text != "..":
        return page.fault(
            "bad-interval",
            f"{page.quote(bit, bit)} joins no interval",
            (bit, bit),
            f"write {page.mended(bit.start, bit.end, '..')}",
        )
    first = index
    while first > 0 and page.word(first - 1) not in _MARKS and page.kind(first - 1) != "OPERATOR":
        first -= 1
    last = index
    while last + 1 < len(page.bits) and page.word(last + 1) not in _MARKS:
        last += 1
    where = (page.bits[first], page.bits[last])
    before = page.word(first - 1)
    if index in (first, last):
        return page.fault(
            "bad-interval",
            f"an end of the interval is missing beside {page.quote(bit, bit)}",
            (bit, bit),
            "give both ends, or write a comparison such as `>= 5`",
        )
    outside = next((b.text for b in reversed(page.bits[:first]) if b.text in _BRACKETS), "]")
    after_not = before == "(" and page.word(first - 2) == "not"
    if after_not or (before in ("", ",") and outside in ("]", ")", "(")):
        stretch = page.text[where[0].start : where[1].end]
        return page.fault(
            "bare-interval",
            f"the interval {page.quote(*where)} has no brackets",
            where,
            f"write {page.mended(where[0].start, where[1].end, f'[{stretch}]')}",
        )
    return None


def _bracket(page: Page, index: int) -> Fault | None:
    """Judge a ``[``: up to the bracket that closes it there must be two dots."""
    size = next(
        (n for n, b in enumerate(page.bits[index + 1 :]) if b.kind == "DOTS" or b.text in "[]"),
        None,
    )
    if size is None or page.kind(index + 1 + size) == "DOTS":
        return None
    where = (page.bits[index], page.bits[index + 1 + size])
    inside = page.bits[index + 1 : index + 1 + size]
    cure = "an interval is written `[1..5]`; a list needs no brackets: `1, 2, 3`"
    if len(inside) == 3 and (inside[1].text in ("-", ":", ";", "to") or adjoin(*inside[1:])):
        cure = f"write {page.mended(inside[1].start, inside[1].end, '..')}"
    return page.fault("bad-interval", f"{page.quote(*where)} is no interval", where, cure)


def several_words(page: Page) -> Fault | None:
    """Find words in a row, and words with characters that only a quoted text may hold."""
    if page.mode is not Mode.WORDS:
        return None
    for stretch in _stretches(page):
        first, last = stretch[0], stretch[-1]
        if not all(adjoin(a, b) for a, b in itertools.pairwise(stretch)):
            return page.fault(
                "several-words",
                f"{page.quote(first, last)} is several words",
                (first, last),
                "put the words in quotes or separate with commas: " + _quoted(page, first, last),
            )
        plain = all(bit.kind in _PLAIN for bit in stretch)
        if first.start <= page.at < last.end and not plain:
            return page.fault(
                "unquoted-word",
                f"{page.quote(first, last)} is no bare word",
                (first, last),
                "put it in quotes: " + _quoted(page, first, last),
            )
    return None


def _quoted(page: Page, first: Bit, last: Bit) -> str:
    """Return the text with the words from `first` to `last` in quotes."""
    words = page.text[first.start : last.end].replace("\\", "\\\\").replace('"', '\\"')
    return page.mended(first.start, last.end, f'"{words}"')


def several_names(page: Page) -> Fault | None:
    """Find words in a row where a name stands for a fact."""
    if page.mode not in (Mode.VALUE, Mode.EXPRESSION):
        return None
    for left, right in page.pairs():
        if left.kind == right.kind == "WORD" and not adjoin(left, right):
            return page.fault(
                "several-words",
                f"{page.quote(left, right)} is several words",
                (left, right),
                "a name is one word, such as `order_value`; a text stands in double quotes",
            )
    return None
