"""A batch run on a terminal: its progress while it runs, and what it came to."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from complaint_rules.batch import Progress, Summary
from complaint_rules.cli.screen import console, written


def tally(summary: Summary) -> str:
    """Return what a batch run came to, as tables."""
    page = console()
    data = summary.as_data()
    decided, rejected = data.pop("decided"), data.pop("rejected")
    page.print(Text(f"{decided} decided, {rejected} rejected", "bold"))
    for name in ("columns_not_read", "columns_not_there"):
        columns = data.pop(name)
        if columns:
            page.print(Text(f"{_words(name)}: {', '.join(columns)}", "yellow"))
    for name, counts in data.items():
        if counts:
            page.print(Text(f"\n{_words(name)}", "bold"))
            page.print(Padding(_counts(counts), (0, 0, 0, 2)))
    return written(page)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _counts(counts: dict[str, int]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    for name, count in counts.items():
        table.add_row(Text(f"{count:,}"), Text(name))
    return table


def progress_bar() -> tuple[Callable[[Progress], None], Callable[[], None]]:
    """Return how to show a run's progress on the terminal, and how to take the bar away."""
    bars = Bars(
        TextColumn("deciding"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:,} rows"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bars.add_task("rows", total=None, rows=0)
    bars.start()

    def shown(progress: Progress) -> None:
        total = progress.total or None
        bars.update(task, completed=progress.read, total=total, rows=progress.rows)

    return shown, bars.stop
