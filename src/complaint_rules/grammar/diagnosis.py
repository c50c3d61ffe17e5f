"""What is wrong with a text that the parser refuses, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_rules.grammar.fault import LIMITS, Fault, shown
from complaint_rules.grammar.modes import Mode
from complaint_rules.grammar.slips import Page, comma, find_slip

if TYPE_CHECKING:
    from collections.abc import Collection

# Terminals by what a reader would call them, in the order they are named, each with those
# that need no naming beside it.
_WORDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("NOT", "`not(…)`", ()),
    ("COMPARE", "a comparison, an interval", ("SQUARE",)),
    ("YES_NO", "a value", ("NUMBER", "NAME")),
    ("NUMBER", "a number", ()),
    ("NAME", "a fact's name", ()),
    ("WORD", "a word", ()),
    ("TARGET", "the name of a target", ()),
    ("NOW", "`now`", ()),
    ("UNIT", "a unit", ()),
    ("PLUS", "a sign of arithmetic", ()),
    ("SLASH", "`/`", ()),
    ("OF", "`of`", ()),
    ("DOTS", "`..`", ()),
    ("COMMA", "`,`", ()),
    ("RPAR", "`)`", ()),
    ("SQUARE", "`]`", ()),
    ("$END", "the end", ()),
)


def too_long(text: str, mode: Mode) -> Fault:
    """Return the fault of a text past the bound; its first characters too many are underlined."""
    return Fault(
        "text-too-long",
        f"the {mode.value.noun} has {len(text)} characters",
        LIMITS.text,
        len(text),
        f"at most {LIMITS.text} may stand here: give parts of it names of their own",
    )


def empty(text: str, mode: Mode) -> Fault:
    """Return the fault of a text with nothing in it."""
    return Fault(mode.value.empty, f"the {mode.value.noun} is empty", 0, len(text), mode.value.help)


def comma_fault(text: str, mode: Mode) -> Fault | None:
    """Return the fault of a comma inside a number, which may have parsed as a list."""
    if mode is Mode.WORDS or "," not in text:
        return None
    return comma(Page.of(text, mode, len(text)))


def diagnose(text: str, mode: Mode, at: int, accepted: Collection[str]) -> Fault:
    """
    Return what is wrong with a text that the parser refuses.

    Args:
        text: The text.
        mode: What it should have been.
        at: Offset at which the parser stopped; past the last character at the text's end.
        accepted: Names of the terminals that could have stood there.
    """
    page = Page.of(text, mode, at)
    if not page.bits:
        return empty(text, mode)
    return find_slip(page) or _general(page, _expected(accepted))


def _general(page: Page, may: str) -> Fault:
    kind = page.mode.value
    found = next((bit for bit in page.bits if bit.end > page.at), None)
    if found is None:
        last = page.bits[-1]
        return Fault(
            kind.bad, f"the {kind.noun} ends where {may} may stand", last.end, last.end, kind.help
        )
    start = max(found.start, page.at)
    message = f"found {shown(page.text[start : found.end])} where {may} may stand"
    return Fault(kind.bad, message, start, found.end, kind.help)


def _expected(accepted: Collection[str]) -> str:
    hidden = {name for key, _, hides in _WORDS if key in accepted for name in hides}
    named = [words for key, words, _ in _WORDS if key in accepted and key not in hidden]
    if len(named) < 2:
        return "".join(named)
    return f"{', '.join(named[:-1])} or {named[-1]}"
