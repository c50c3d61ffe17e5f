"""What a field is expected to be, read from the author's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from complaint_rules.document import Node, Scalar
from complaint_rules.intake.readers import (
    duration_reader,
    read_count,
    read_decimal,
    read_money,
    read_yes_no,
)
from complaint_rules.testing.instants import CURE, When, is_instant
from complaint_rules.testing.page import Page, is_none
from complaint_rules.testing.sections import NONE, Field, Sort
from complaint_rules.testing.tree import Expected

_UNITS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_CURES: Final = {
    Sort.FLAG: "write `yes` or `no`",
    Sort.WHOLE: "write `1`, `2` …",
    Sort.MONEY: "write it like `20 EUR`, or `none`",
    Sort.DURATION: "write it like `90 m`, or `none`",
}


def value_of(page: Page, field: Field, node: Node, what: str) -> tuple[Expected, str] | None:
    """
    Return a value and the author's words for it; `None` after its fault was noted.

    Args:
        page: Takes the fault.
        field: What is expected.
        node: What stands there; ``none`` and null are nothing.
        what: What it is, for the message.
    """
    if is_none(node):
        return None, NONE
    if field.sort is Sort.WORDS:
        words = tuple(word.text for word in page.words(node, what))
        return frozenset(words), ", ".join(words) or NONE
    if not isinstance(node, Scalar) or not node.text:
        page.wrong(node, what, field.sort.value)
        return None
    if field.sort is Sort.TEXT:
        return node.text, node.text
    if field.sort is Sort.INSTANT:
        if is_instant(node.text):
            return When(node.text, node.span), node.text
        page.tell("bad-instant", f"`{node.text}` is not an instant", node.span, CURE)
        return None
    try:
        return _READERS[field.sort](node.text), node.text
    except ValueError:
        told = f"`{node.text}` is not {field.sort.value}"
        page.tell("bad-value", told, node.span, _CURES[field.sort])
        return None


def _amount(text: str) -> Expected:
    """Read an amount; one without a currency is of any."""
    money = read_money(text)
    return money if money.currency else read_decimal(money.amount)


_READERS: Final[dict[Sort, Callable[[str], Expected]]] = {
    Sort.FLAG: read_yes_no,
    Sort.WHOLE: read_count,
    Sort.MONEY: _amount,
    Sort.DURATION: duration_reader(_UNITS, "90 m"),
}
