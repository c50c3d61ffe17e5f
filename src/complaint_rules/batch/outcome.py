"""What became of one row."""

from __future__ import annotations

import json
from typing import Any

import attrs

from complaint_rules.problem import Problem


def _data(decision: dict[str, Any] | str | None) -> dict[str, Any] | None:
    """Return a decision as data; from another process it comes as its text."""
    if isinstance(decision, str):
        read: dict[str, Any] = json.loads(decision)
        return read
    return decision


@attrs.frozen
class Outcome:
    """
    What became of one row: a decision as JSON data, or the problems that rejected it.

    Attributes:
        number: The row's number, from 1.
        problems: Why it was rejected.
        line: The line of the file the row begins on; `None` where files have no lines.
    """

    number: int
    _decision: dict[str, Any] | str | None = attrs.field(eq=_data)
    problems: tuple[Problem, ...] = ()
    line: int | None = None

    @property
    def decision(self) -> dict[str, Any] | None:
        """The decision; `None` where the row was rejected."""
        return _data(self._decision)

    @property
    def decided(self) -> bool:
        """Whether there is a decision: cheaper than to look at it."""
        return self._decision is not None
