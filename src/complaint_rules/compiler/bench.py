"""What the items of a ruleset are compiled on: the scope, the dates, the numbered conditions."""

from __future__ import annotations

import attrs

from complaint_rules.compiler.scope import Scope
from complaint_rules.compiler.site import Site
from complaint_rules.conditions.tree import Condition
from complaint_rules.policy import Table, Validity


@attrs.define(eq=False)
class Bench:
    """
    What every section is compiled with.

    Attributes:
        root: The whole ruleset.
        scope: What names mean.
        dates: The ruleset's own dates, which hold where an item has none.
        numbers: The conditions an engine matches, each with its number; equal ones share one.
    """

    root: Site
    scope: Scope
    dates: Validity | None
    numbers: dict[Condition, int] = attrs.field(factory=dict)

    def number(self, condition: Condition) -> int:
        """Return the number of a condition, a new one if nothing equal has one."""
        return self.numbers.setdefault(condition, len(self.numbers))

    def numbered(self, table: Table) -> Table:
        """Return a table whose rows' conditions have numbers."""
        rows = (attrs.evolve(row, number=self.number(row.condition)) for row in table.rows)
        return attrs.evolve(table, rows=tuple(rows))

    def section(self, name: str) -> Site:
        """Return where a section stands; the whole ruleset where there is none."""
        return self.root.at(name)

    def item(self, section: str, name: str | int, owner: str) -> Site:
        """Return where an item stands; `owner` begins the messages of its faults."""
        return self.section(section).at(name).owned(owner)

    def check_ids(self, section: str, code: str, site: Site | None) -> None:
        """Tell of every id in the list at `site` that a section does not declare."""
        for item in site.items() if site is not None else ():
            word = item.text.strip()
            if word not in self.scope.ids[section]:
                item.unknown(code, word, self.scope.ids[section])
            elif section == "actions" and word in self.scope.conduct:
                refuse_conduct(item, word)


def refuse_conduct(site: Site, word: str) -> None:
    """Tell that something that can only be forbidden stands where an action is meant."""
    site.error(
        "conduct-as-action",
        f"uses `{word}` as an action, but it is conduct: it can only be forbidden",
        "name an action, or take `conduct: yes` from it",
    )
