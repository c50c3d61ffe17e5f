"""One row of a foreign file → facts and an instant, or the reasons why not."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any, Final

from complaint_rules.calendar import add
from complaint_rules.calendar.clock import DAY, EPOCH, instant
from complaint_rules.intake.fault import shown
from complaint_rules.intake.typed_text import plain_digits
from complaint_rules.mapping.tree import AtRule, FactRule, Moment, RowMapping
from complaint_rules.problem import Problem

_HOURS: Final = ("%H", "%I", "%X", "%c")
_LONGEST_DAY: Final = len("2026-W47-7")
_YEARS: Final = range(1900, 2401)
_EXACT: Final = Context(prec=400, rounding=ROUND_HALF_UP)
_SECOND: Final = datetime.timedelta(seconds=1)


def facts_of_row(
    mapping: RowMapping, row: Mapping[str, Any]
) -> tuple[dict[str, Any], int | None, list[Problem]]:
    """
    Return the facts of one row, the instant to decide at, and what is wrong with the row.

    Args:
        mapping: The mapping.
        row: Cells by column: texts, or values where the file has types.
    """
    problems: list[Problem] = []
    facts: dict[str, Any] = {}
    for rule in mapping.facts:
        value = _value(rule, row, problems)
        if value is not None:
            facts[rule.fact] = value
    at = None if mapping.at is None else _at(mapping.at, row, problems)
    return facts, at, problems


def filled(value: Any) -> Any:
    """Return a cell without blanks around it; `None` for one that holds nothing."""
    if isinstance(value, str):
        return value.strip() or None
    return None if isinstance(value, float) and math.isnan(value) else value


def _cell(row: Mapping[str, Any], column: str) -> Any:
    """Return what a row holds in a column; a dotted name also leads into nested objects."""
    if column in row or "." not in column:
        return filled(row.get(column))
    value: Any = row
    for step in column.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return filled(value)


def _value(rule: FactRule, row: Mapping[str, Any], problems: list[Problem]) -> Any:
    if rule.column is None:
        return rule.constant
    cell = _cell(row, rule.column)
    if cell is None:
        return rule.default
    if rule.split is not None and isinstance(cell, str):
        cell = [word for part in cell.split(rule.split) if (word := part.strip())]
    if isinstance(cell, list) and rule.values:
        return _members(rule, cell, problems)
    return _single(rule, cell, problems)


def _members(rule: FactRule, cell: list[Any], problems: list[Problem]) -> list[Any]:
    """Return the translation of each word of a cell that holds several."""
    found: list[Any] = []
    for word in cell:
        value = _single(rule, word, problems)
        found += value if isinstance(value, list) else [] if value is None else [value]
    return found


def _single(rule: FactRule, cell: Any, problems: list[Problem]) -> Any:
    if rule.values:
        text = _text(cell)
        if text in rule.values:
            return rule.values[text]
        if not rule.rejects:
            return rule.otherwise
        if rule.moment is None:
            problems.append(_unmapped(rule, text))
            return None
    if rule.moment is not None:
        return _moment(rule.moment, cell, rule.column or "", problems)
    if isinstance(cell, float) and rule.decimals is not None:
        return _rounded(cell, rule.decimals)
    return cell


def _unmapped(rule: FactRule, text: str) -> Problem:
    told = f"`{rule.column}` holds {shown(text)}, which the mapping does not translate"
    cure = f"add it to the values of `{rule.fact}`, or an `else`"
    return Problem("unmapped-value", told, place=rule.column or "", help=cure)


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if isinstance(cell, str) else str(cell)


def _rounded(cell: float, decimals: int) -> Decimal | float:
    """Return a binary fraction as the decimal it was written for; infinite ones as they are."""
    try:
        return Decimal(cell).quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    except InvalidOperation:
        return cell


# ------------------------------------------------------------------------ times


def _moment(
    how: Moment, cell: Any, column: str, problems: list[Problem]
) -> datetime.datetime | datetime.date | None:
    """Return a cell as an aware instant or a date."""
    read = _parsed(how, cell)
    if read is None:
        forms = " or ".join(f"`{form}`" for form in how.formats) or "ISO 8601"
        told = f"`{column}` holds {shown(_text(cell))}, which is no date of the form {forms}"
        cure = "name its form at `date` in the mapping"
        problems.append(Problem("unreadable-date", told, place=column, help=cure))
    elif read.year not in _YEARS:
        told = f"`{column}` holds {shown(_text(cell))}, outside the years 1900 to 2400"
        cure = "correct the date, or the form it is read by"
        problems.append(Problem("instant-out-of-range", told, place=column, help=cure))
    elif how.day:
        local = read if read.tzinfo is None or how.zone is None else read.astimezone(how.zone)
        return local.date()
    elif read.tzinfo is None and how.zone is None:
        told = f"`{column}` names no time zone"
        cure = "add `timezone` to the mapping"
        problems.append(Problem("naive-time", told, place=column, help=cure))
    else:
        return EPOCH + datetime.timedelta(seconds=_seconds(how, read))
    return None


def _seconds(how: Moment, read: datetime.datetime) -> int:
    """Return an instant in whole seconds; a local time the clock skips is the first one after."""
    if read.tzinfo is not None or how.zone is None:
        return (read - EPOCH) // _SECOND
    midnight = read.replace(hour=0, minute=0, second=0, microsecond=0)
    return instant(how.zone, read.toordinal(), (read - midnight) // _SECOND % DAY)


def _parsed(how: Moment, cell: Any) -> datetime.datetime | None:
    if isinstance(cell, datetime.datetime):
        return cell
    if isinstance(cell, datetime.date):
        return _at_hour(how, datetime.datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001 - the zone follows
    text = plain_digits(_text(cell))
    for form in how.formats:
        try:
            read = datetime.datetime.strptime(text, form)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        return read if any(sign in form for sign in _HOURS) else _at_hour(how, read)
    if how.formats:
        return None
    try:
        read = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if len(text) > _LONGEST_DAY else _at_hour(how, read)


def _at_hour(how: Moment, read: datetime.datetime) -> datetime.datetime:
    return read.replace(hour=how.hour, minute=how.minute)


def _at(rule: AtRule, row: Mapping[str, Any], problems: list[Problem]) -> int | None:
    cell = _cell(row, rule.column)
    if cell is None:
        told = f"`{rule.column}` is empty, so there is no instant to decide at"
        cure = "fill it, or give `--at`"
        problems.append(Problem("missing-at", told, place=rule.column, help=cure))
        return None
    moment = _moment(rule.moment, cell, rule.column, problems)
    if not isinstance(moment, datetime.datetime):
        return None
    seconds = (moment - EPOCH) // _SECOND
    return seconds if rule.plus is None else add(rule.calendar, seconds, rule.plus)
