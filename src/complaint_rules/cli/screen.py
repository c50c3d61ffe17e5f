"""The terminal: how wide it is, which colours it takes, and what was written for it."""

from __future__ import annotations

import io
import sys
from typing import Final

from rich.console import Console

_PIPED_WIDTH: Final = 100
"""Columns of a page that is read by another program, or saved."""


def console() -> Console:
    """Return a page to write on, for standard output: with colours on a terminal, else plain."""
    terminal = sys.stdout.isatty()
    return Console(
        file=io.StringIO(),
        force_terminal=terminal,
        no_color=None if terminal else True,
        width=None if terminal else _PIPED_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )


def written(page: Console) -> str:
    """Return what was written on a page, without blanks at the ends of lines."""
    assert isinstance(page.file, io.StringIO), "it was made by `console`"  # noqa: S101
    return "\n".join(line.rstrip() for line in page.file.getvalue().rstrip("\n").split("\n"))
