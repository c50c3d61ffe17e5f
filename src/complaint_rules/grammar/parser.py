"""The parser of ``sfeel.lark``, built once, and the reading of one text by it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from complaint_rules.grammar.builder import Builder
from complaint_rules.grammar.diagnosis import comma_fault, diagnose, empty, too_long
from complaint_rules.grammar.fault import LIMITS, Fault, FaultError
from complaint_rules.grammar.modes import Mode

if TYPE_CHECKING:
    from complaint_rules.grammar.parts import Part


@cache
def parser() -> Lark:
    """Return the one parser of this process; parsing with it keeps no state between calls."""
    return Lark(
        files("complaint_rules.grammar").joinpath("sfeel.lark").read_text(encoding="utf-8"),
        parser="lalr",
        start=[mode.value.rule for mode in Mode],
        transformer=Builder(),
        maybe_placeholders=False,
    )


def parse(text: str, mode: Mode) -> object | Fault:
    """
    Return the tree of `text`, or what is wrong with it.

    A text that parses is looked at once more for ``2,5 EUR`` and ``1,000``, which the
    grammar takes for lists of two.
    """
    if len(text) > LIMITS.text:
        return too_long(text, mode)
    if not text.strip():
        return empty(text, mode)
    try:
        part: Part[object] = parser().parse(text, start=mode.value.rule)  # type: ignore[assignment]
    except FaultError as error:
        return comma_fault(text, mode) or error.fault
    except (UnexpectedToken, UnexpectedCharacters) as error:
        return diagnose(text, mode, _place(text, error), _accepted(error))
    return comma_fault(text, mode) or part.node


def _place(text: str, error: UnexpectedToken | UnexpectedCharacters) -> int:
    """Return the offset at which the parser stopped."""
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return len(text)
    at: Any = error.pos_in_stream
    return min(int(at), len(text))


def _accepted(error: UnexpectedToken | UnexpectedCharacters) -> list[str]:
    """Return the names of the terminals that could have stood where the parser stopped."""
    state: Any = error.interactive_parser
    return sorted(state.accepts())
