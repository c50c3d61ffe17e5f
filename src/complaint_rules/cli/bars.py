"""A progress bar on the terminal, for work that is counted."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars


class Bar:
    """
    One bar on standard error, gone when it is stopped.

    Args:
        doing: What is being done: ``playing``.
        things: What is counted, in the plural: ``scenarios``.
    """

    def __init__(self, doing: str, things: str) -> None:
        self._bars = Bars(
            TextColumn(doing),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(things),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bars.add_task(doing, total=None)
        self._bars.start()

    def show(self, done: int, total: int) -> None:
        """Show how many of how many are done."""
        self._bars.update(self._task, completed=done, total=total)

    def stop(self) -> None:
        """Take the bar away."""
        self._bars.stop()
