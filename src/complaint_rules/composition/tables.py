"""Tables that stand in CSV files: their rows put in the place of the file's name."""

from __future__ import annotations

from operator import is_

import attrs

from complaint_rules.composition.files import Files
from complaint_rules.composition.folder import OUTSIDE
from complaint_rules.composition.names import is_csv, normal
from complaint_rules.composition.pieces import Layer
from complaint_rules.document import Entry, Mapping, Node, Scalar, Sequence
from complaint_rules.problem import Problem, Severity


@attrs.define(eq=False)
class Tables:
    """The CSV files of one layer."""

    layer: Layer
    files: Files
    used: set[str] = attrs.field(factory=set)

    def filled(self, node: Node, key: str = "") -> Node:
        """
        Return `node` with the rows of each table that names a CSV file; itself if none does.

        The depth of a document is bounded, and with it the recursion here.
        """
        if isinstance(node, Scalar):
            return node
        if isinstance(node, Sequence):
            items = tuple(self.filled(item) for item in node.items)
            same = all(map(is_, items, node.items))
            return node if same else Sequence(items, node.span)
        changed: dict[str, Entry] = {}
        for name, entry in node.entries.items():
            value = entry.value
            if isinstance(value, Scalar):
                rows = key == "table" and name == "rows"
                filled = self.rows(value) if rows else value
            else:
                filled = self.filled(value, name)
            if filled is not value:
                changed[name] = Entry(entry.key, filled)
        return Mapping({**node.entries, **changed}, node.span) if changed else node

    def rows(self, word: Scalar) -> Node:
        """Return the rows of the file that `word` names; `word` itself where it names none."""
        if not is_csv(word.text):
            return word
        name = normal(word.text)
        if name is None:
            message = f"`{' '.join(word.text.split())[:80]}` {OUTSIDE.message}"
            self.files.whole = False
            self.files.tell(OUTSIDE.code, message, word.span, "not inside", OUTSIDE.help)
            return _stump(word)
        self.used.add(name)
        table = self.files.csv(self.layer.root, name, word.span)
        if table is None or not self.files.room_for(len(table.header) * len(table.rows), word.span):
            return _stump(word)
        rows = []
        for cells in table.rows:
            entries = {
                key.text: Entry(key, Scalar(cell.text, cell.span, quoted=True))
                for key, cell in zip(table.header, cells, strict=True)
            }
            first, last = cells[0].span, cells[-1].span
            span = attrs.evolve(first, end_line=last.end_line, end_column=last.end_column)
            rows.append(Mapping(entries, span))
        return Sequence(tuple(rows), word.span)

    def tell_unused(self) -> None:
        """Read the included tables that nothing names, and tell of each."""
        for name, span in self.layer.tables.items():
            if name not in self.used and self.files.csv(self.layer.root, name, span) is not None:
                self.files.problems.append(
                    Problem(
                        "unused-table",
                        f"`{name}` is included, but no table takes its rows",
                        span,
                        "not used",
                        f"write `rows: {name}` in a table, or remove it here",
                        Severity.WARNING,
                    )
                )


def _stump(word: Scalar) -> Node:
    """Return one row of nothing, so that an unreadable file is not told as an empty table too."""
    return Sequence((Mapping({}, word.span),), word.span)
