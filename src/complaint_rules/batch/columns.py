"""Which columns a mapping reads, and which of them and of others the rows have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.batch.summary import Summary
from complaint_rules.errors import RulesetError
from complaint_rules.mapping import RowMapping

_MOST_NAMES: Final = 1000


class Columns:
    """Looks at columns as they come, and tells the summary those that nobody reads."""

    def __init__(self, mapping: RowMapping | None, summary: Summary) -> None:
        self._mapping = mapping
        self._unread = summary.unread
        read = () if mapping is None else mapping.columns()
        self._missing = dict.fromkeys(read)
        self._known = {*read, *(name.partition(".")[0] for name in read)}
        if mapping is not None:
            self._known |= mapping.ignored

    def of_file(self, columns: tuple[str, ...]) -> None:
        """
        Look at a file's header: a column that is not there is a slip in the mapping.

        Raises:
            RulesetError: The mapping reads a column that is not there (`unknown-column`).
        """
        if self._mapping is None:
            return
        report = self._mapping.missing_from(columns)
        if not report.ok:
            raise RulesetError(report)
        self._missing.clear()
        self.of_row(dict.fromkeys(columns))

    def of_row(self, cells: Mapping[str, Any] | None) -> None:
        """Look at one row's columns: those of a file without header may differ."""
        if self._mapping is None or cells is None:
            return
        for name in cells:
            if name not in self._known and len(self._unread) < _MOST_NAMES:
                self._known.add(name)
                self._unread[name] = None
        if self._missing:
            for name in [name for name in self._missing if _has(cells, name)]:
                del self._missing[name]

    def unseen(self) -> tuple[str, ...]:
        """Return the columns the mapping reads and no row held."""
        return tuple(self._missing)


def _has(cells: Mapping[str, Any], name: str) -> bool:
    return name in cells or name.partition(".")[0] in cells
