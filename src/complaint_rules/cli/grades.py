"""What scenarios make of a ruleset's mutants, as a page for the terminal."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import indent

from rich.console import Console
from rich.table import Table
from rich.text import Text

from complaint_rules.cli.numbers import counted
from complaint_rules.cli.screen import console, written
from complaint_rules.testing.mutation import Fate, Grade, Graded, Mutant, percent


def page(grade: Grade, seen: Callable[[str], str], line: Callable[[Mutant], str]) -> str:
    """
    Return what scenarios make of a ruleset's mutants.

    Args:
        grade: What they make of them.
        seen: Gives a file of the ruleset the name by which the reader knows it.
        line: Gives the line a mutant stands on.
    """
    screen = console()
    told = f"{counted(len(grade.graded), 'mutant')} judged by {counted(grade.cases, 'scenario')}"
    if grade.passed_over:
        told += f"; {grade.passed_over:,} passed over: unreviewed, failing, or expected to fail"
    screen.print(Text(f"{grade.policy.id} {grade.policy.edition}", "bold"))
    screen.print(Text(told, "dim"))
    _list(screen, "equivalent, not counted", grade.of(Fate.EQUIVALENT), seen, line, "dim")
    only = "noticed only by a decision that nobody expects anything of"
    _list(screen, only, grade.of(Fate.SNAPSHOT), seen, line, "")
    _list(screen, "survived", grade.of(Fate.SURVIVED), seen, line, "")
    screen.print(_tally(grade))
    return written(screen)


def _list(
    screen: Console,
    title: str,
    found: tuple[Graded, ...],
    seen: Callable[[str], str],
    line: Callable[[Mutant], str],
    style: str,
) -> None:
    if not found:
        return
    screen.print(Text(f"\n{title}: {len(found):,}", "bold"))
    for each in found:
        mutant = each.mutant
        span = mutant.span
        place = "-" if span is None else f"{seen(span.file)}:{span.line}:{span.column}"
        told = f"{place}: {mutant.owner}: {mutant.told} ({mutant.kind})"
        screen.print(Text(told, style), soft_wrap=True)
        screen.print(Text(f"    {line(mutant).strip()}", "dim"), soft_wrap=True)
        if each.known.case:
            screen.print(Text(f"    decided otherwise: {each.known.case}", "dim"), soft_wrap=True)
        if each.known.scenario:
            screen.print(Text(indent(each.known.scenario.rstrip(), "    ")), soft_wrap=True)


def _tally(grade: Grade) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    fates = (Fate.KILLED, Fate.SNAPSHOT, Fate.SURVIVED, Fate.EQUIVALENT)
    heads = ("", "killed", "snapshot only", "survived", "equivalent", "killed of counted")
    for head in heads:
        table.add_column(head, justify="right" if head else "left")
    kinds = list(dict.fromkeys(each.mutant.kind for each in grade.graded))
    for kind in (*kinds, ""):
        graded = tuple(each for each in grade.graded if kind in ("", each.mutant.kind))
        own = Grade(grade.policy, graded, 0, 0)
        counts = [f"{len(own.of(fate)):,}" for fate in fates]
        style = "green" if own.score == 1 else "yellow"
        cells = (kind or "all", *counts, f"{percent(own.score)} %")
        table.add_row(*(Text(cell, style) for cell in cells))
    return table
