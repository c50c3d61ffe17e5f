"""Nodes as plain data, read by the rules of YAML 1.2."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from complaint_rules.document.nodes import Mapping, Node, Scalar

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+", re.ASCII)
_BEGIN_NUMBERS = frozenset("-0123456789")
_MOST_DIGITS = 4000
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def to_data(node: Node) -> Any:
    """
    Return a node as plain data: None, bool, int, Decimal, str, list or dict.

    Keys are always text. Quoted scalars are always text. Of the plain ones `true` and `false` are
    bools, `null`, `~` and nothing are None, decimal numbers are exact (an int, or a Decimal with
    the digits as written), and everything else is text: `yes`, `no`, `on`, `012`, `0x1F`, `1e3`,
    and numbers of more than 4,000 digits.

    The depth of a node that `read_yaml` returned is bounded, and with it the recursion here.
    """
    if isinstance(node, Scalar):
        return node.text if node.quoted else plain_value(node)
    if isinstance(node, Mapping):
        return {key: to_data(entry.value) for key, entry in node.entries.items()}
    return [to_data(item) for item in node.items]


def plain_value(scalar: Scalar) -> bool | int | Decimal | str | None:
    """Return what the text of `scalar` means where it stands without quotes."""
    text = scalar.text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _BEGIN_NUMBERS or len(text) > _MOST_DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
