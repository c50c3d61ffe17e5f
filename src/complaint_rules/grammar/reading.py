"""The reading of one text: by hand where it is plain, else by the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.grammar.plain import read_plain

if TYPE_CHECKING:
    from complaint_rules.grammar.fault import Fault
    from complaint_rules.grammar.modes import Mode


def parse(text: str, mode: Mode) -> object | Fault:
    """
    Return the tree of `text`, or what is wrong with it.

    The parser is imported and built by the first text that is not plain: that takes some tens
    of milliseconds, which most rulesets never need.
    """
    plain = read_plain(text, mode)
    if plain is not None:
        return plain
    from complaint_rules.grammar import parser  # noqa: PLC0415 - see above

    return parser.parse(text, mode)
