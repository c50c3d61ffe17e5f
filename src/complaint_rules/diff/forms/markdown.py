"""A comparison as Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from complaint_rules.diff.forms.report import CHANGES, MONEY, SHARES, Block, Report

_SPECIAL: Final = str.maketrans({each: f"\\{each}" for each in "\\`*_[]<>|#~"})


def as_markdown(report: Report) -> str:
    """Return a report as Markdown; facts and reasons fold away."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    first, *rest = report.verdict
    yield from (f"# {escaped(report.title)}", "", f"**{escaped(first)}**")
    if rest:
        yield from ("", *(f"- {escaped(line)}" for line in rest))
    if report.changes:
        yield from ("", "## What changed", "", *_table(CHANGES, report.changes))
        yield from _more(report.more_changes, "changes")
    for scope, rows in report.money:
        yield from ("", f"## Money: {scope}", "", *_table(MONEY, rows))
    if report.shares:
        yield from ("", "## By customer type", "", *_table(SHARES, report.shares))
    if report.blocks:
        yield from ("", "## What it does")
    for block in report.blocks:
        yield from _block(block)
    yield from _more(report.more_blocks, "groups of differences")


def _more(count: int, things: str) -> Iterator[str]:
    if count:
        yield from ("", f"and {count:,} more {things}")


def _block(block: Block) -> Iterator[str]:
    yield from ("", f"### {escaped(block.heading)} – {block.count}", "")
    yield from (f"- {escaped(line)}" for line in block.lines)
    if not (block.facts or block.reasons):
        return
    yield from ("", "<details><summary>facts and reasons</summary>")
    if block.facts:
        yield from _fenced("json", (block.facts,))
    for reason in block.reasons:
        yield from ("", f"{reason.edition} edition:")
        yield from _fenced("text", reason.lines)
    yield from ("", "</details>")


def _fenced(language: str, lines: Sequence[str]) -> Iterator[str]:
    fence = "`" * max(3, *(_longest_run(line) + 1 for line in lines))
    yield from ("", f"{fence}{language}", *lines, fence)


def _longest_run(text: str) -> int:
    longest = run = 0
    for letter in text:
        run = run + 1 if letter == "`" else 0
        longest = max(longest, run)
    return longest


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' for _ in heads)}|"
    yield from (f"| {' | '.join(escaped(cell) for cell in row)} |" for row in rows)


def escaped(text: str) -> str:
    """Return a text in which nothing means anything to Markdown."""
    return text.translate(_SPECIAL).replace("\n", " ")
