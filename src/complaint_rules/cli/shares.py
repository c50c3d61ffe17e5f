"""What scenarios show of a ruleset, as a page for the terminal."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from rich.table import Table
from rich.text import Text

from complaint_rules.cli.numbers import counted
from complaint_rules.cli.screen import console, written
from complaint_rules.testing.coverage import WORDS, Coverage, Point, percent


def page(coverage: Coverage, seen: Callable[[str], str]) -> str:
    """
    Return what scenarios show of a ruleset, as tables.

    Args:
        coverage: What they show.
        seen: Gives a file of the ruleset the name by which the reader knows it.
    """
    screen = console()
    told = counted(coverage.cases, "scenario")
    if coverage.passed_over:
        told += f"; {coverage.passed_over:,} passed over: unreviewed, failing, or expected to fail"
    screen.print(Text(f"{coverage.policy.id} {coverage.policy.edition}", "bold"))
    screen.print(Text(told, "dim"))
    screen.print(_tally(coverage))
    met = f"tests met with their fact unknown: {len(coverage.unknown):,} (not counted)"
    screen.print(Text(met, "dim"))
    if coverage.unreachable:
        screen.print(Text(f"\nunreachable, not counted: {len(coverage.unreachable):,}", "bold"))
        for point, why in coverage.unreachable.items():
            screen.print(Text(f"{place(point, seen)}: {point.told}: {why}", "dim"), soft_wrap=True)
    if coverage.missed:
        screen.print(Text(f"\nmissed: {len(coverage.missed):,}", "bold red"))
        for point in coverage.missed:
            screen.print(Text(f"{place(point, seen)}: {point.told}"), soft_wrap=True)
    return written(screen)


def place(point: Point, seen: Callable[[str], str]) -> str:
    """Return where a point is written: file, line and column."""
    span = point.span
    return "-" if span is None else f"{seen(span.file)}:{span.line}:{span.column}"


def _tally(coverage: Coverage) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column()
    for _ in range(3):
        table.add_column(justify="right")
    seen, of = len(coverage.shown) - len(coverage.missed), len(coverage.shown)
    rows = [(WORDS[side], *counts) for side, counts in coverage.tally().items()]
    for name, some, whole in (*rows, ("all", seen, of)):
        share = percent(Fraction(some, whole)) if whole else 100.0
        style = "green" if some == whole else "yellow"
        cells = (name, f"{some:,}", f"of {whole:,}", f"{share} %")
        table.add_row(*(Text(cell, style) for cell in cells))
    return table
