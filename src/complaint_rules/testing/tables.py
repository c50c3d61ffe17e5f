"""`table:` as it is written: one story, many rows."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import Final

import attrs

from complaint_rules.document import Mapping, Node, Scalar
from complaint_rules.document import Sequence as Listed
from complaint_rules.testing.expecting import column_checks
from complaint_rules.testing.instants import CURE, is_instant
from complaint_rules.testing.page import Page
from complaint_rules.testing.stated import change_of
from complaint_rules.testing.tree import WrittenRow

_TABLE: Final = ("state", "expect", "rows")
_ANY: Final = "-"
_AT: Final = "at"


@attrs.frozen
class _Columns:
    state: tuple[Scalar, ...]
    expect: tuple[Scalar, ...]

    def __len__(self) -> int:
        return len(self.state) + len(self.expect)


def rows_of(page: Page, node: Node, what: str) -> tuple[WrittenRow, ...]:
    """
    Return the rows of a scenario's table.

    Args:
        page: Takes the faults.
        node: What stands under `table`.
        what: The scenario, for messages.
    """
    found = page.mapping(node, f"the table of {what}", _TABLE)
    if found is None:
        return ()
    keys = found.entries
    parts = {
        key: page.words(keys[key].value, f"`{key}` of the table") if key in keys else ()
        for key in ("state", "expect")
    }
    columns = _Columns(parts["state"], parts["expect"])
    if "rows" not in keys:
        told = f"the table of {what} has no rows"
        page.tell("missing-key", told, found.span, "add `rows:`, such as `calm: [s3, +1 h]`")
        return ()
    rows = page.mapping(keys["rows"].value, f"`rows` of the table of {what}")
    if rows is None:
        return ()
    return tuple(
        row
        for entry in rows.entries.values()
        if (row := _row(page, columns, entry.key, entry.value)) is not None
    )


def _counted(things: Sized, what: str) -> str:
    return f"{len(things)} {what}{'' if len(things) == 1 else 's'}"


def _row(page: Page, columns: _Columns, key: Scalar, node: Node) -> WrittenRow | None:
    name = page.id(key, "the name of a row")
    cells = page.items(node, f"row `{key.text}`")
    if name is None or not cells:
        return None
    if len(cells) != len(columns):
        told = f"row `{key.text}` has {_counted(cells, 'cell')} for {_counted(columns, 'column')}"
        listed = ", ".join(f"`{column.text}`" for column in (*columns.state, *columns.expect))
        page.tell("ragged-row", told, node.span, f"give one cell for each of {listed}")
        return None
    given, wanted = cells[: len(columns.state)], cells[len(columns.state) :]
    said = [(c, cell) for c, cell in zip(columns.state, given, strict=True) if not _silent(cell)]
    return WrittenRow(
        id=name,
        at=next(_instants(page, [cell for column, cell in said if column.text == _AT]), None),
        changes=tuple(
            change
            for column, cell in said
            if column.text != _AT
            for change in change_of(column, cell)
        ),
        checks=tuple(
            check
            for column, cell in zip(columns.expect, wanted, strict=True)
            if not _silent(cell)
            for check in column_checks(page, column, cell)
        ),
    )


def _instants(page: Page, cells: list[Node]) -> Iterator[Scalar]:
    for cell in cells:
        if isinstance(cell, Scalar) and is_instant(cell.text):
            yield cell
        elif isinstance(cell, Mapping | Listed):
            page.wrong(cell, "`at`", "an instant")
        else:
            page.tell("bad-instant", f"`{cell.text}` is not an instant", cell.span, CURE)


def _silent(cell: Node) -> bool:
    """Return whether a cell says nothing."""
    return isinstance(cell, Scalar) and cell.text == _ANY
