"""One row of the input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import attrs

from complaint_rules.problem import Problem

OnColumns: TypeAlias = Callable[[tuple[str, ...]], None]
"""Told the columns of a file that names them once, before its first row."""


@attrs.frozen
class Row:
    """
    One row of the input.

    Attributes:
        number: Its number, from 1; the header and blank lines are not counted.
        cells: Its cells by column; `None` where the row could not be read.
        problems: Why it could not be read.
        line: The line of the file it begins on, from 1; `None` where files have no lines.
    """

    number: int
    cells: Mapping[str, Any] | None
    problems: tuple[Problem, ...] = ()
    line: int | None = None


def no_row(number: int, line: int, code: str, message: str, cure: str) -> Row:
    """Return a row that could not be read."""
    return Row(number, None, (Problem(code, message, help=cure),), line)
