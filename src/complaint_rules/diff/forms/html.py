"""A comparison as one page of HTML; everything in it is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from complaint_rules.diff.forms.report import CHANGES, MONEY, SHARES, Block, Report

_STYLE = """\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { margin-top: 2.5rem; font-size: 1.2rem; }
table { border-collapse: collapse; width: 100%; } th, td { padding: .3rem .6rem; text-align: start; }
th { border-bottom: 2px solid; } td { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); vertical-align: top; }
.numbers td:not(:first-child), .numbers th:not(:first-child) { text-align: end; font-variant-numeric: tabular-nums; }
section { margin: 1.2rem 0; padding: .2rem 1rem; border-inline-start: 4px solid color-mix(in srgb, currentColor 30%, transparent); }
.verdict { font-size: 1.1rem; font-weight: 600; } pre { background: color-mix(in srgb, currentColor 6%, transparent); padding: .5rem; }
section h3 { margin: .3rem 0; font-size: 1rem; }
pre { overflow-x: auto; white-space: pre-wrap; font-size: .85rem; }
"""  # noqa: E501 (a rule a line)


def as_html(report: Report) -> str:
    """Return a report as a page that needs nothing besides itself."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(report.title)}</title><style>{_STYLE}</style></head><body><main>"
    first, *rest = report.verdict
    yield f'<h1>{escape(report.title)}</h1><p class="verdict">{escape(first)}</p>'
    yield from _list(rest)
    if report.changes:
        yield "<h2>What changed</h2>"
        yield from _table(CHANGES, report.changes)
        yield from _more(report.more_changes, "changes")
    for scope, rows in report.money:
        yield f"<h2>Money: {escape(scope)}</h2>"
        yield from _table(MONEY, rows, kind="numbers")
    if report.shares:
        yield "<h2>By customer type</h2>"
        yield from _table(SHARES, report.shares, kind="numbers")
    if report.blocks:
        yield "<h2>What it does</h2>"
    for block in report.blocks:
        yield from _block(block)
    yield from _more(report.more_blocks, "groups of differences")
    yield "</main></body></html>"


def _more(count: int, things: str) -> Iterator[str]:
    if count:
        yield f"<p>and {count:,} more {things}</p>"


def _block(block: Block) -> Iterator[str]:
    yield f"<section><h3>{escape(block.heading)} – {block.count}</h3>"
    yield from _list(block.lines)
    if block.facts or block.reasons:
        yield "<details><summary>facts and reasons</summary>"
        yield f"<pre>{escape(block.facts)}</pre>" if block.facts else ""
        for reason in block.reasons:
            yield f"<h4>{reason.edition} edition</h4>"
            yield f"<pre>{escape(chr(10).join(reason.lines))}</pre>"
        yield "</details>"
    yield "</section>"


def _list(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> Iterator[str]:
    yield f'<table class="{kind}"><thead><tr>'
    yield "".join(f'<th scope="col">{escape(head)}</th>' for head in heads) + "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in row) + "</tr>"
    yield "</tbody></table>"
