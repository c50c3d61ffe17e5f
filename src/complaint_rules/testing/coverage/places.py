"""Where a test stands in its owner's text: equal conditions share one tree, with one place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from complaint_rules.conditions.derived import Row
from complaint_rules.conditions.tree import Test
from complaint_rules.policy import Item, Policy
from complaint_rules.source import Span


class Places:
    """
    The stretches of text that the items of a policy take.

    Args:
        policy: The policy.
        rows: The rows of its tables.
    """

    def __init__(self, policy: Policy, rows: Iterable[Row]) -> None:
        spans = [each.span for each in _items(policy) if each.span is not None]
        self._items = _lines(spans)
        self._rows = _lines([*spans, *(row.span for row in rows if row.span is not None)])

    def of(self, test: Test, owner: Span | None, *, row: bool) -> Span | None:
        """Return where a test of an owner stands: the test itself, else its owner."""
        span = test.span
        if owner is None or span is None or span.file != owner.file:
            return owner or span
        lines = (self._rows if row else self._items)[owner.file]
        number = bisect_right(lines, owner.line)
        end = lines[number] if number < len(lines) else span.line + 1
        return span if owner.line <= span.line < end else owner


def _lines(spans: Iterable[Span]) -> dict[str, list[int]]:
    """Return the lines on which something begins, by file, ascending."""
    found: dict[str, set[int]] = {}
    for span in spans:
        found.setdefault(span.file, set()).add(span.line)
    return {file: sorted(lines) for file, lines in found.items()}


def _items(policy: Policy) -> Iterator[Item]:
    yield from (*policy.rules, *policy.sequences, *policy.stages, *policy.sides)
    for section in (
        policy.settings,
        policy.types,
        policy.actions,
        policy.manner,
        policy.targets,
        policy.remedies,
        policy.groups,
        policy.openings,
    ):
        yield from section.values()
