"""A decision as a complaint handler would like to read it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from complaint_rules.cli.parts import Part, Teller
from complaint_rules.cli.screen import console, written
from complaint_rules.decision import Decision
from complaint_rules.policy import Policy

_STYLES: Final = {
    "overdue": "bold red",
    "met_late": "red",
    "at_risk": "yellow",
    "met": "green",
    "paused": "cyan",
    "unknown": "dim",
    "not_started": "dim",
}
_INDENT: Final = (0, 0, 0, 2)


def page(policy: Policy, decision: Decision, language: str) -> str:
    """
    Return a decision as a page for the terminal: what to do now first, what is behind it after.

    Columns stand where a language runs from left to right; where it runs from right to left each
    row is a line of its own, since no terminal agrees with another on the order of columns.

    Args:
        policy: The policy that decided.
        decision: The decision.
        language: ``en``, ``fa``, ``hu`` or ``ar``.
    """
    teller = Teller(policy, decision, language)
    return written(_show(teller, console()))


def _show(teller: Teller, screen: Console) -> Console:
    about, decided = teller.head()
    screen.print(Text(about, "bold"))
    screen.print(Text(decided, "dim"))
    for part in teller.parts():
        screen.print(Text(f"\n{part.title}", "bold"))
        for body in _bodies(teller, part):
            screen.print(Padding(body, _INDENT))
    screen.print(Text(f"\n{teller.foot()}"))
    return screen


def _bodies(teller: Teller, part: Part) -> Iterator[RenderableType]:
    if not part.heads:
        yield from (Text(f"· {row[0]}") for row in part.rows)
    elif teller.right_to_left:
        for row, state in zip(part.rows, part.states, strict=True):
            yield Text(_line(teller, part.heads, row), _STYLES.get(state, ""))
    else:
        yield _table(teller, part)


def _line(teller: Teller, heads: tuple[str, ...], row: tuple[str, ...]) -> str:
    """Return one row as a line: its name, then each filled column after its head."""
    cells = list(zip(heads, row, strict=True))
    lead = f"{cells.pop(0)[1]}. " if not heads[0] else "· "
    name = cells.pop(0)[1]
    told = [
        f"{teller.words[head]}: {teller.speaker.parts(*cell.splitlines())}"
        for head, cell in cells
        if cell
    ]
    return lead + teller.speaker.parts(name, *told)


def _table(teller: Teller, part: Part) -> Table:
    """Return rows as columns; a column in which nothing stands is left out."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    filled = [n for n, _ in enumerate(part.heads) if any(row[n] for row in part.rows)]
    for number in filled:
        head = part.heads[number]
        lines = [line for row in part.rows for line in row[number].splitlines()]
        # What is short stays whole, so that the room goes to names and reasons.
        short = head in _SHORT and max(map(len, lines)) <= _SHORTEST
        title = teller.words[head] if head else ""
        table.add_column(title, overflow="fold", no_wrap=short, min_width=_LEAST.get(head))
    for row, state in zip(part.rows, part.states, strict=True):
        style = _STYLES.get(state, "")
        table.add_row(*(Text(row[n], style if part.heads[n] in _COLOURED else "") for n in filled))
    return table


_COLOURED: Final = ("due", "status")
_SHORT: Final = ("", "owner", "due", "amount", "approver", "unlocks")
_SHORTEST: Final = 36
_LEAST: Final = {"action": 16, "remedy": 12, "target": 12, "status": 8}
