"""A fault in a ruleset or a state, as a value; and the report that collects faults."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from complaint_rules.source import Source, Span


class Severity(enum.Enum):
    """How grave a problem is: an error refuses the ruleset or state, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


_LINE_ENDS: Final = {code: chr(0x2400 + code) for code in map(ord, "\n\r\v\f\x1c\x1d\x1e")} | {
    code: f"<U+{code:04X}>" for code in map(ord, "\x85\u2028\u2029")
}


def _one_line(text: str) -> str:
    """Return a text with its line ends shown as signs: an author's word may hold some."""
    return text.translate(_LINE_ENDS)


@attrs.frozen
class Problem:
    """
    One fault, told so that the reader can mend it.

    Attributes:
        code: Kebab-case name of the fault; it never changes and has a documentation page.
        message: One line, lower case, no full stop, the author's words in backticks.
        span: Where it is; `None` where no text is at fault (a missing file, a state's mapping).
        label: A few words beside the underlined text.
        help: The cure, one line.
        severity: Error or warning.
        place: Path inside a state (``promises[2].due``), for faults that have no span.
    """

    code: str
    message: str = attrs.field(converter=_one_line)
    span: Span | None = None
    label: str = attrs.field(default="", converter=_one_line)
    help: str = attrs.field(default="", converter=_one_line)
    severity: Severity = Severity.ERROR
    place: str = ""

    def sort_key(self) -> tuple[Any, ...]:
        """Order by place, then code, then message: the order every report has."""
        where = attrs.astuple(self.span) if self.span else ("", 0, 0, 0, 0)
        return (where, self.place, self.code, self.message)


@attrs.frozen(eq=False)
class Report:
    """
    All problems of one run, sorted, with the texts they stand in.

    Attributes:
        problems: Sorted by place, code and message; no problem twice.
        sources: The texts by file name, so that a printer can show the guilty lines.
    """

    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, Source] = attrs.field(factory=dict, repr=False)

    @classmethod
    def of(cls, problems: Iterable[Problem], sources: Mapping[str, Source] | None = None) -> Report:
        """Return the report of `problems`: sorted, each once."""
        unique = sorted(dict.fromkeys(problems), key=Problem.sort_key)
        return cls(tuple(unique), dict(sources or {}))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the ruleset or state."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def ok(self) -> bool:
        """True if no problem is an error (warnings may stand)."""
        return not self.errors
