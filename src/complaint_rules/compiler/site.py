"""Where the compiler is reading: a place in the ruleset that faults can be told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from complaint_rules.document import Mapping, Node, Scalar, Sequence
from complaint_rules.grammar import Fault
from complaint_rules.problem import Problem, Severity
from complaint_rules.source import Span
from complaint_rules.spelling import help_for

_LONGEST: Final = 400
_LABELS: Final = {
    "unknown-fact": "not declared under `facts`",
    "unknown-field": "no such field",
    "unknown-role": "not under `approvals`",
    "unknown-value": "not one of its values",
}


@attrs.frozen(eq=False)
class Site:
    """
    A node of the ruleset, and whose it is.

    Attributes:
        node: What is being read.
        owner: Whose it is, as a message begins: ``rule `late-parcel` ``.
        problems: The list that every fault found goes to.
    """

    node: Node
    owner: str
    problems: list[Problem]

    @property
    def span(self) -> Span:
        """Where the node stands."""
        return self.node.span

    @property
    def text(self) -> str:
        """The node as its author wrote it, lists and mappings on one line."""
        return written(self.node)

    def of(self, node: Node) -> Site:
        """Return the site of another node of the same owner."""
        return Site(node, self.owner, self.problems)

    def owned(self, owner: str) -> Site:
        """Return the site of the same node, whose faults are told of another owner."""
        return Site(self.node, owner, self.problems)

    def child(self, *path: str | int) -> Site | None:
        """Return the site that `path` leads to from here, or None where it leads nowhere."""
        node: Node = self.node
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
                node = node.entries[step].value
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return self.of(node)

    def at(self, *path: str | int) -> Site:
        """Return the site that `path` leads to from here, or the nearest one above it."""
        site = self
        for step in path:
            site = site.child(step) or site
        return site

    def key(self, name: str) -> Span:
        """Return the span of the key `name`, or of the whole node where it has none."""
        if isinstance(self.node, Mapping) and name in self.node.entries:
            return self.node.entries[name].key.span
        return self.span

    def entries(self) -> Iterator[tuple[str, Site]]:
        """Yield each key of a mapping with the site of its value, in the file's order."""
        entries = self.node.entries if isinstance(self.node, Mapping) else {}
        for name, entry in entries.items():
            yield name, self.of(entry.value)

    def items(self) -> tuple[Site, ...]:
        """Return the sites of a list's items; a single thing is a list of one."""
        if isinstance(self.node, Sequence):
            return tuple(self.of(item) for item in self.node.items)
        return (self,)

    def inner(self, start: int, end: int) -> Span:
        """Return where characters `start` to `end` of a scalar's text stand."""
        return self.node.inner(start, end) if isinstance(self.node, Scalar) else self.span

    # ------------------------------------------------------------------- faults

    def error(
        self, code: str, message: str, cure: str = "", label: str = "", at: Span | None = None
    ) -> None:
        """Report an error: `message` goes on after the owner's name."""
        self._report(code, message, cure, label, at or self.span, Severity.ERROR)

    def warning(
        self, code: str, message: str, cure: str = "", label: str = "", at: Span | None = None
    ) -> None:
        """Report a warning: `message` goes on after the owner's name."""
        self._report(code, message, cure, label, at or self.span, Severity.WARNING)

    def _report(
        self, code: str, message: str, cure: str, label: str, at: Span, severity: Severity
    ) -> None:
        said = f"{self.owner} {message}" if self.owner else message
        problem = Problem(code, one_line(said), at, one_line(label), one_line(cure), severity)
        self.problems.append(problem)

    def fault(self, fault: Fault) -> None:
        """Report what the grammar found wrong with this scalar's text."""
        at = self.inner(fault.start, fault.end)
        message = f"{self.owner}: {fault.message}" if self.owner else fault.message
        self.problems.append(Problem(fault.code, one_line(message), at, "", one_line(fault.help)))

    def unknown(
        self,
        code: str,
        word: str,
        known: Iterable[str],
        *,
        verb: str = "names",
        at: Span | None = None,
    ) -> None:
        """Report a word that nothing declares; `code` is ``unknown-`` and what it should be."""
        what = code.removeprefix("unknown-")
        self.error(
            code,
            f"{verb} unknown {what} `{word}`",
            help_for(word, known, f"{what}s"),
            _LABELS.get(code, "not declared"),
            at,
        )


def one_line(text: str) -> str:
    """Return a message fit to print: an author's long words cut, what prints nothing replaced."""
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)


def written(node: Node) -> str:
    """Return a node as one line of text."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return "[" + ", ".join(written(item) for item in node.items) + "]"
    inside = (f"{key}: {written(entry.value)}" for key, entry in node.entries.items())
    return "{" + ", ".join(inside) + "}"
