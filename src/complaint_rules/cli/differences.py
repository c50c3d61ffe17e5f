"""A comparison of two editions as a page for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from complaint_rules.cli.screen import console, written
from complaint_rules.diff import Diff
from complaint_rules.diff.forms import Limits, Report, report
from complaint_rules.diff.forms.report import MONEY, SHARES, Block

_LIMITS: Final = Limits(changes=100, groups=30, letters=160, facts=4_000)
_WORSE: Final = ("refused", "no longer", "less", "due later", "due falls away", "no amount")
_BETTER: Final = ("accepted", "now", "more", "due earlier", "due appears", "an amount")


def page(diff: Diff, *, plain: bool = False) -> str:
    """
    Return a comparison: what a reader acts on first, then what changed, then what it does.

    Args:
        diff: The comparison.
        plain: It goes to a file: no colours, whatever standard output is.
    """
    screen = console()
    told = report(diff, _LIMITS)
    _head(screen, told)
    _tables(screen, told)
    if told.blocks:
        screen.print(Text("\nWhat it does", "bold"))
    for block in told.blocks:
        _block(screen, block)
    _more(screen, told.more_blocks, "groups of differences")
    return Text.from_ansi(written(screen)).plain if plain else written(screen)


def _head(screen: Console, told: Report) -> None:
    first, *rest = told.verdict
    screen.print(Text(told.title, "dim"))
    screen.print(Text(first, "bold"))
    for line in rest:
        screen.print(Text(f"· {line}"))
    if not told.changes:
        return
    screen.print(Text("\nWhat changed", "bold"))
    section = ""
    for part, item, change in told.changes:
        if part != section:
            section = part
            screen.print(Padding(Text(part, "cyan"), (0, 0, 0, 2)))
        line = f"{item}: {change}" if item else change
        screen.print(Padding(Text(line), (0, 0, 0, 4)))
    _more(screen, told.more_changes, "changes")


def _tables(screen: Console, told: Report) -> None:
    for scope, rows in told.money:
        screen.print(Text(f"\nMoney: {scope}", "bold"))
        screen.print(Padding(_table(MONEY, rows), (0, 0, 0, 2)))
    if told.shares:
        screen.print(Text("\nBy customer type", "bold"))
        screen.print(Padding(_table(SHARES, told.shares), (0, 0, 0, 2)))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _block(screen: Console, block: Block) -> None:
    heading = Text(block.heading, _style(block.heading))
    screen.print(Padding(heading + Text(f" – {block.count}", "default"), (1, 0, 0, 2)))
    for line in block.lines:
        screen.print(Padding(Text(line), (0, 0, 0, 4)))
    if block.facts:
        # Unbroken, so that it can be copied into a file and decided again.
        screen.print(Text(f"    facts: {block.facts}", "dim"), soft_wrap=True)
    for reason in block.reasons:
        screen.print(Padding(Text(f"{reason.edition} edition:", "dim"), (0, 0, 0, 4)))
        for line in reason.lines:
            screen.print(Padding(Text(line, "dim"), (0, 0, 0, 6)))


def _style(heading: str) -> str:
    if heading.startswith(_WORSE):
        return "bold red"
    return "bold green" if heading.startswith(_BETTER) else "bold yellow"


def _more(screen: Console, count: int, things: str) -> None:
    if count:
        screen.print(Text(f"  and {count:,} more {things}", "dim"))
