"""What the YAML parser stumbled over, told in plain words."""

from __future__ import annotations

import attrs
import yaml

from complaint_rules.document.texts import position
from complaint_rules.problem import Problem
from complaint_rules.source import Source, Span


@attrs.frozen
class Fault:
    """
    Where and why the parser gave up.

    Attributes:
        words: The parser's own words, context first; only looked at, never shown, because its
            two implementations word them differently.
        at: Line and column, from 0, where it gave up.
        since: Line and column, from 0, of what it was reading then.
        index: Offset in the text where it gave up.
    """

    words: str
    at: tuple[int, int] = (0, 0)
    since: tuple[int, int] | None = None
    index: int = 0

    @classmethod
    def of(cls, error: Exception) -> Fault:
        """Return the fault that an exception of the parser tells."""
        if not isinstance(error, yaml.MarkedYAMLError):
            # Numbers that Python cannot convert: huge escapes and directives.
            return cls(f"number {type(error).__name__}")
        mark, since = error.problem_mark, error.context_mark
        words = f"{error.context or ''}: {error.problem or ''}"
        if mark is None:
            return cls(words)
        start = (since.line, since.column) if since else None
        return cls(words, (mark.line, mark.column), start, mark.index)


@attrs.frozen
class _Telling:
    """How one sort of fault is told."""

    sign: str
    message: str
    label: str
    help: str
    code: str = "bad-yaml"
    at_start: bool = False

    def problem(self, span: Span) -> Problem:
        """Return the problem of this sort at `span`."""
        return Problem(self.code, self.message, span, self.label, self.help)


BAD_ESCAPE = _Telling(
    "Unicode character escape",
    "an escape stands for a character that is not allowed in a text",
    "not allowed",
    "remove the escape",
    code="bad-character",
    at_start=True,
)
_TAB = _Telling(
    "", "a tab stands in the indentation", "a tab", "indent with spaces, never with tabs"
)
_OPEN = (
    ("flow sequence", "[", "]"),
    ("flow mapping", "{", "}"),
)
_TELLINGS = (
    _Telling(
        "mapping values are not allowed",
        "unexpected colon",
        "no key can end here",
        "put a text that holds a colon and a blank in quotes; a nested key goes on its own line",
    ),
    _Telling(
        "found unexpected ':'",
        "unexpected colon",
        "nothing follows",
        "leave a blank after the colon",
    ),
    _Telling(
        "could not find expected ':'",
        "a line is neither `key: value` nor part of a text",
        "no colon follows",
        "write `key: value`, or put a text of several lines in quotes",
        at_start=True,
    ),
    _Telling(
        "quoted scalar: found unexpected end of stream",
        "a quote is opened and never closed",
        "opened here",
        "close the quote",
        at_start=True,
    ),
    BAD_ESCAPE,
    _Telling(
        "escape",
        "a text in double quotes holds a backslash that means nothing",
        "no such escape",
        "double the backslash, or put the text in single quotes",
        at_start=True,
    ),
    _Telling(
        "scanning an alias",
        "an alias stands for something written elsewhere",
        "alias",
        "write the value out, or put a text that begins with `*` in quotes",
        code="yaml-alias",
    ),
    _Telling(
        "scanning an anchor",
        "an anchor names a value for use elsewhere",
        "anchor",
        "write the value out where it is needed, or put a text that begins with `&` in quotes",
        code="yaml-alias",
    ),
    *(
        _Telling(
            sign,
            "a tag tells YAML to read a value in its own way",
            "tag",
            "remove the tag, or put a text that begins with `!` in quotes",
            code="yaml-tag",
        )
        for sign in ("scanning a tag", "parsing a tag", "tag handle")
    ),
    _Telling(
        "block mapping",
        "this line does not fit the mapping above it",
        "does not fit",
        "indent sister keys alike; a value with something after its closing quote goes in quotes "
        "as a whole",
    ),
    _Telling(
        "block collection",
        "this line does not fit the list above it",
        "does not fit",
        "indent sister items alike, each with its own dash",
    ),
    _Telling(
        "block scalar",
        "a block of text begins on the line below `>` or `|`, not beside it",
        "not expected here",
        "put a value that begins with `>` or `|` in quotes, on one line",
    ),
    _Telling(
        "cannot start any token",
        "a value cannot begin with this character",
        "not the beginning of a value",
        "put the value in quotes",
    ),
)
_OTHER = _Telling(
    "",
    "this is not readable as YAML",
    "the reader stopped here",
    "look for a missing quote, bracket or colon here and on the line above",
)


def problem_of(source: Source, fault: Fault) -> Problem:
    """Return the problem that tells `fault` to the author of `source`."""
    telling = _telling(source, fault)
    line, column = fault.since if telling.at_start and fault.since else fault.at
    where = (line + 1, column + 1)
    if (line, column) == fault.at and fault.index >= len(source.text):
        # Past a last line that has no end the two parsers count differently.
        where = position(source.text, len(source.text))
    span = Span(source.name, *where, where[0], where[1] + 1)
    return telling.problem(span)


def is_tab(text: str, fault: Fault) -> bool:
    """Return whether the parser gave up at a tab of `text`."""
    return text[fault.index : fault.index + 1] == "\t"


def _telling(source: Source, fault: Fault) -> _Telling:
    if "cannot start any token" in fault.words and is_tab(source.text, fault):
        return _TAB
    for sign, opening, closing in _OPEN:
        if f"parsing a {sign}" in fault.words:
            return _Telling(
                "",
                f"`{opening}` is opened and not closed with `{closing}`",
                "opened here",
                f"close it with `{closing}`, and keep `,` between what it holds",
                at_start=True,
            )
    return next((telling for telling in _TELLINGS if telling.sign in fault.words), _OTHER)
