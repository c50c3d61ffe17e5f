"""A mapping: how the columns of a foreign file become facts, and the instant to decide at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import attrs

from complaint_rules.calendar import BusinessCalendar, Duration, zone
from complaint_rules.problem import Problem, Report
from complaint_rules.source import Source, Span
from complaint_rules.spelling import help_for


@attrs.frozen
class Moment:
    """
    How a column's text becomes a date or an instant.

    Attributes:
        formats: Forms tried in turn, as `datetime.strptime` reads them; empty: ISO 8601.
        zone: The zone of a text that names no offset.
        hour, minute: The time of day of a text that names only a day.
        day: The fact is a date, not an instant.
    """

    formats: tuple[str, ...] = ()
    zone: ZoneInfo | None = None
    hour: int = 0
    minute: int = 0
    day: bool = False

    def __reduce__(self) -> tuple[Callable[..., Moment], tuple[object, ...]]:
        # A zone goes to another process by its name.
        name = None if self.zone is None else self.zone.key
        return (_moment, (self.formats, name, self.hour, self.minute, self.day))


def _moment(
    formats: tuple[str, ...], name: str | None, hour: int, minute: int, day: bool
) -> Moment:
    return Moment(formats, None if name is None else zone(name), hour, minute, day)


@attrs.frozen
class FactRule:
    """
    Where one fact comes from.

    Attributes:
        fact: The fact's name (dotted for the field of a record).
        column: The column it is read from; `None` for a constant.
        constant: Its value in every row.
        values: Translation of the column's values; empty: taken as they are.
        rejects: A value without a translation rejects the row.
        otherwise: What it becomes where it does not; `None`: the fact is missing.
        default: What an empty cell becomes; `None`: the fact is missing.
        split: What stands between the words of a cell that holds several; `None`: one word.
        decimals: How many decimals a binary fraction is rounded to, half up; `None`: refused.
        moment: How dates and instants are read, if it is one.
    """

    fact: str
    column: str | None = None
    constant: Any = None
    values: Mapping[str, Any] = attrs.field(factory=dict)
    rejects: bool = True
    otherwise: Any = None
    default: Any = None
    split: str | None = None
    decimals: int | None = None
    moment: Moment | None = None


@attrs.frozen
class AtRule:
    """
    The instant each row is decided at: a column, and how long after it.

    Attributes:
        column: The column.
        moment: How it is read.
        calendar: Wall time in the moment's zone, on which `plus` is added.
        plus: Time added, on the wall clock.
    """

    column: str
    moment: Moment
    calendar: BusinessCalendar
    plus: Duration | None = None


@attrs.frozen
class RowMapping:
    """
    A whole mapping.

    Attributes:
        facts: One rule for each fact, in the order written.
        at: The instant to decide at; `None` where the caller gives it.
        ignored: Columns left out on purpose.
        separator: The CSV separator; `None`: found out.
        encoding: The text encoding; `None`: UTF-8, or UTF-16 with its mark.
        places: Where the mapping names each column.
        source: The mapping's text, so that a problem can show its line.
    """

    facts: tuple[FactRule, ...]
    at: AtRule | None = None
    ignored: frozenset[str] = frozenset()
    separator: str | None = None
    encoding: str | None = None
    places: Mapping[str, Span] = attrs.field(factory=dict, repr=False)
    source: Source | None = None

    def columns(self) -> tuple[str, ...]:
        """Return every column the mapping reads, each once, in order."""
        named = [rule.column for rule in self.facts if rule.column is not None]
        if self.at is not None:
            named.append(self.at.column)
        return tuple(dict.fromkeys(named))

    def missing_from(self, columns: Iterable[str]) -> Report:
        """
        Return the problems of the columns the mapping reads and a file does not have.

        Args:
            columns: The file's columns. A dotted name also reads inside the column before a dot.
        """
        known = tuple(columns)
        problems = [
            Problem(
                "unknown-column",
                f"the file has no column `{name}`",
                self.places.get(name),
                "not in its header",
                help_for(name, tuple(column for column in known if column)),
            )
            for name in self.columns()
            if not _stands_in(name, known)
        ]
        return Report.of(problems, {} if self.source is None else {self.source.name: self.source})


def _stands_in(name: str, columns: tuple[str, ...]) -> bool:
    return name in columns or any(name.startswith(f"{column}.") for column in columns if column)
