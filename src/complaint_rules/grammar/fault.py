"""A fault of a test's or expression's text, as a value; and the bounds every text keeps."""

from __future__ import annotations

import unicodedata

import attrs


@attrs.frozen
class Limits:
    """
    Bounds that no text of a ruleset has reason to pass.

    Attributes:
        text: Characters of one test or expression.
        depth: Depth of its tree, parentheses included.
        members: Members of one list, or arguments of one call.
        digits: Digits of one number.
    """

    text: int = 2_000
    depth: int = 40
    members: int = 500
    digits: int = 100


LIMITS = Limits()


@attrs.frozen
class Fault:
    """
    What is wrong with one text, told so that its author can mend it.

    Attributes:
        code: Kebab-case name of the fault.
        message: One line, lower case, no full stop, the author's words in backticks.
        start: Offset of the guilty words in the text, in code points.
        end: Offset just past them; equal to `start` where something is missing.
        help: The cure, one line.
    """

    code: str
    message: str
    start: int
    end: int
    help: str


class FaultError(Exception):
    """Carries a fault out of the parser; it never leaves this room."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def shown(text: str, most: int = 60) -> str:
    """
    Return `text` in backticks, fit for one line of a report.

    Blanks are folded, characters that print nothing become ``U+FFFD``, backticks become
    quotes, and a text longer than `most` characters is cut with an ellipsis.
    """
    folded = " ".join(text.split())
    kept = folded if len(folded) <= most else folded[: most - 1] + "…"
    visible = ("\ufffd" if unicodedata.category(c).startswith("C") else c for c in kept)
    return f"`{''.join(visible).replace('`', chr(39))}`"
