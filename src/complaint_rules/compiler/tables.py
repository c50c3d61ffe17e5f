"""Decision tables: rows of tests and outputs, by the DMN hit policies (semantics 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from complaint_rules.compiler.assign import for_fact
from complaint_rules.compiler.contradictions import judge
from complaint_rules.compiler.dates import between, validity
from complaint_rules.compiler.durations import duration
from complaint_rules.compiler.groups import test, together
from complaint_rules.compiler.kinds import CALLED
from complaint_rules.compiler.overlaps import check_rows
from complaint_rules.conditions.tree import Condition, Constant, Expression
from complaint_rules.document import Scalar
from complaint_rules.facts import Fact, Kind, Value
from complaint_rules.policy import Row, Table, Validity
from complaint_rules.spelling import help_for

if TYPE_CHECKING:
    from complaint_rules.compiler.scope import Scope
    from complaint_rules.compiler.site import Site

ROW_KEYS: Final = frozenset({"row", "source", "text", "valid", "valid_from", "valid_to"})
_NEED_ELSE: Final = frozenset("UAFP")
_LISTS: Final = frozenset("ROC")
_ADDED: Final = frozenset(
    {Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.DURATION, Kind.BUSINESS_DURATION}
)
_ORDERED: Final = _ADDED | {Kind.INSTANT, Kind.DATE, Kind.LEVEL}


@attrs.frozen
class Frame:
    """
    What a table is for.

    Attributes:
        owner: Id of its fact, target or remedy: rows are named ``owner#row``.
        gives: Kind and values of what it gives.
        dates: The dates that hold for rows without their own.
        column: Name of the output column that is taken.
        due: It gives the due times of a target: durations of any unit, and no ``else``.
    """

    owner: str
    gives: Fact
    dates: Validity | None
    column: str
    due: bool = False

    def output(self, found: Table) -> str:
        """Return the output column that is taken."""
        return self.column if self.column in found.out else found.out[0]


def table(site: Site, scope: Scope, frame: Frame) -> Table:
    """
    Return the table at `site`; its faults are reported.

    Args:
        site: The value of ``table``.
        scope: What names mean.
        frame: What it is for.
    """
    hit = site.at("hit").text.strip()
    out = tuple(item.text.strip() for item in site.at("out").items())
    reader = _Reader(site, scope, frame, hit, out)
    reader.check_policy()
    rows = tuple(reader.row(number, item) for number, item in enumerate(site.at("rows").items(), 1))
    reader.check_names(rows)
    otherwise = reader.otherwise()
    found = Table(hit, out, rows, otherwise, reader.priority())
    check_rows(found, site, scope)
    return found


@attrs.frozen(eq=False)
class _Reader:
    """One table being read."""

    site: Site
    scope: Scope
    frame: Frame
    hit: str
    out: tuple[str, ...]

    def check_policy(self) -> None:
        """Tell where the hit policy does not suit what the table is for."""
        kind, place = self.frame.gives.kind, self.site.at("hit")
        column = self.frame.column
        if len(self.out) > 1 and column not in self.out:
            message = f"has several outputs, and none is called `{column}`"
            self.site.at("out").error("wrong-output", message, f"name one of them `{column}`")
        if self.hit in _LISTS and kind is not Kind.SET:
            message = f"gives a list by hit policy {self.hit} where {CALLED[kind]} is meant"
            place.error("list-hit-policy", message, "choose U, A, P, F, C+, C<, C> or C#")
        elif not self._suits(kind):
            message = f"combines {CALLED[kind]} by hit policy {self.hit}"
            cure = "C+ adds numbers, amounts and durations, C< and C> need an order, C# a count"
            place.error("wrong-output", message, cure)
        if self.hit in ("P", "O") and self.site.child("priority") is None:
            message = f"has hit policy {self.hit} without `priority`"
            cure = "add `priority: […]`: the output values, most important first"
            place.error("missing-priority", message, cure)

    def _suits(self, kind: Kind) -> bool:
        if self.hit == "C+":
            return kind in _ADDED and not self.frame.due
        if self.hit in ("C<", "C>"):
            return kind in _ORDERED
        return self.hit != "C#" or (kind in (Kind.COUNT, Kind.NUMBER) and not self.frame.due)

    def row(self, number: int, site: Site) -> Row:
        """Return one row."""
        named = site.child("row")
        name = named.text.strip() if named is not None and named.text.strip() else str(number)
        row_id = f"{self.frame.owner}#{name}"
        place = site.owned(f"{site.owner}, row `{name}`,")
        tests: list[Condition] = []
        outputs: dict[str, Expression] = {}
        for column, cell in place.entries():
            if column in self.out:
                value = self.value(column, cell)
                outputs |= {} if value is None else {column: value}
            elif column not in ROW_KEYS and not self._empty(cell, column):
                tests.append(test(column, place, cell, self.scope))
        for column in self.out:
            if place.child(column) is None:
                cure = f"give every row a value for `{column}`"
                place.error("missing-cell", f"has no value for the output `{column}`", cure)
        whole = together(tests)
        judge(whole, place, self.scope)
        return Row(
            row_id,
            whole,
            outputs,
            site.span,
            _sources(site),
            _texts(site.child("text")),
            self._dates(place),
        )

    def _dates(self, site: Site) -> Validity | None:
        inner = site.child("valid")
        if inner is not None:
            return validity(inner)
        return between(site, site.child("valid_from"), site.child("valid_to"), self.frame.dates)

    def _empty(self, cell: Site, column: str) -> bool:
        if not isinstance(cell.node, Scalar) or cell.node.text.strip():
            return False
        cure = "write `-` where anything will do"
        cell.error("missing-cell", f"has an empty cell under `{column}`", cure)
        return True

    def value(self, column: str, cell: Site) -> Expression | None:
        """Return the output value in a cell."""
        if self._empty(cell, column):
            return None
        if self.hit == "C#":
            return Constant(1, Kind.COUNT)
        if self.frame.due:
            length = duration(cell, self.scope)
            return None if length is None else Constant(length, Kind.DURATION)
        return for_fact(cell, self.scope, self.frame.gives)

    def otherwise(self) -> dict[str, Expression]:
        """Return the outputs where no row matches."""
        site = self.site.child("else")
        if site is None:
            if self.hit in _NEED_ELSE and not self.frame.due:
                message = f"has hit policy {self.hit} and no `else`"
                cure = f"add `else: {{{self.out[0]}: …}}`: what holds where no row matches"
                self.site.error("missing-else", message, cure, at=self.site.key("hit"))
            return {}
        found: dict[str, Expression] = {}
        strangers = [column for column, _ in site.entries() if column not in self.out]
        for column, cell in site.entries():
            if column in strangers:
                cure = help_for(column, self.out, "outputs")
                message = f"has unknown output `{column}` under `else`"
                site.error("unknown-output", message, cure, "not under `out`", site.key(column))
                continue
            value = self.value(column, cell)
            found |= {} if value is None else {column: value}
        for column in self.out:
            if site.child(column) is None and not strangers:
                message = f"has no value for the output `{column}` under `else`"
                site.error("missing-cell", message, f"add `{column}: …`")
        return found

    def priority(self) -> tuple[Value, ...]:
        """Return the output values in order of importance."""
        site = self.site.child("priority")
        if site is None:
            return ()
        values = [self.value(self.frame.column, item) for item in site.items()]
        return tuple(_plain(value) for value in values if isinstance(value, Constant))

    def check_names(self, rows: tuple[Row, ...]) -> None:
        """Tell of two rows with one name."""
        seen: dict[str, Row] = {}
        for row in rows:
            if row.id in seen and row.span is not None:
                message = f"has two rows `{row.id.partition('#')[2]}`"
                self.site.error("id-taken", message, "rename one of them", at=row.span)
            seen[row.id] = row


def _sources(site: Site) -> tuple[str, ...]:
    found = site.child("source")
    if found is None:
        return ()
    listed = [item.text for item in found.items()]
    if isinstance(found.node, Scalar):
        listed = found.text.split(";")
    return tuple(text.strip() for text in listed if text.strip())


def _texts(site: Site | None) -> dict[str, str]:
    if site is None or not site.text.strip():
        return {}
    if isinstance(site.node, Scalar):
        return {"en": site.text}
    return {language: text.text for language, text in site.entries()}


def _plain(constant: Constant) -> Value:
    value: Value = constant.value  # type: ignore[assignment]  # constants of outputs are values
    return value
