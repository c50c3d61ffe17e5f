"""Where each fact of a mapping comes from: a column, or a constant."""

from __future__ import annotations

from typing import Any, Final

from complaint_rules.errors import StateError
from complaint_rules.facts import Fact, Kind
from complaint_rules.intake import read_state
from complaint_rules.mapping.page import Page, Path
from complaint_rules.mapping.times import moment
from complaint_rules.mapping.tree import FactRule, Moment
from complaint_rules.spelling import help_for

_COLUMN: Final = (
    "column", "values", "else", "default", "date", "timezone", "time", "split", "decimals",
)  # fmt: skip
_CONSTANT: Final = ("constant",)
_DATES: Final = ("date", "timezone", "time")
_MOMENTS: Final = (Kind.INSTANT, Kind.DATE)
_NUMBERS: Final = (Kind.COUNT, Kind.NUMBER, Kind.MONEY)
_MOST_DECIMALS: Final = 12
_WHOLE: Final = ("done", "type_basis")
"""What a state holds besides facts: given as a whole, from formats that have lists."""


def fact_rule(page: Page, name: str) -> FactRule | None:
    """Return where the fact `name` comes from; `None` after its fault was noted."""
    path = ("facts", name)
    fact = page.policy.facts.get(name)
    if name not in _WHOLE and not _may_be_given(page, name, fact):
        return None
    value = page.get(path)
    if isinstance(value, str) and value:
        value = {"column": value}
    if not isinstance(value, dict) or ("column" in value) == ("constant" in value):
        cure = "write a column's name, `{column: …}` or `{constant: …}`"
        page.tell("wrong-shape", f"`{name}` has neither a column nor a constant", path, cure)
        return None
    if "constant" in value:
        page.known(value, _CONSTANT, path)
        _try(page, name, value["constant"], (*path, "constant"))
        return FactRule(name, constant=value["constant"])
    return _from_column(page, name, fact, value)


def _may_be_given(page: Page, name: str, fact: Fact | None) -> bool:
    path = ("facts", name)
    if fact is None:
        given = [known for known, each in page.policy.facts.items() if not each.derived]
        cure = help_for(name, [*given, *_WHOLE], "facts")
        page.tell("unknown-fact", f"unknown fact `{name}`", path, cure, key=True)
        return False
    if fact.derived:
        cure = "fill the facts it is worked out from"
        page.tell("derived-given", f"`{name}` is worked out by the ruleset", path, cure, key=True)
        return False
    if fact.kind is Kind.RECORD:
        cure = f"fill its fields: {', '.join(f'`{name}.{field}`' for field in fact.fields)}"
        page.tell("wrong-shape", f"`{name}` is a record", path, cure, key=True)
        return False
    return True


def _from_column(page: Page, name: str, fact: Fact | None, value: dict[str, Any]) -> FactRule:
    path = ("facts", name)
    page.known(value, _COLUMN, path)
    column = value["column"]
    if not isinstance(column, str) or not column:
        told = f"the column of `{name}` is not a text"
        page.tell("wrong-shape", told, (*path, "column"), "put its name in quotes")
        column = ""
    values = _values(page, name)
    if "else" in value and not values:
        cure = "add `values`, or take `else` out"
        page.tell("missing-key", f"`{name}` has an `else` without `values`", path, cure)
    for key in ("else", "default"):
        _try(page, name, value.get(key), (*path, key))
    return FactRule(
        fact=name,
        column=column,
        values=values,
        rejects="else" not in value,
        otherwise=value.get("else"),
        default=value.get("default"),
        split=_split(page, fact, path),
        decimals=_decimals(page, fact, path),
        moment=_moment(page, fact, path, translated=bool(values)),
    )


def _values(page: Page, name: str) -> dict[str, Any]:
    """Return the translation of a column's values, keyed by the text in the file."""
    path = ("facts", name, "values")
    translated = page.get(path)
    if translated is None:
        return {}
    if not isinstance(translated, dict) or not translated:
        cure = "write `their value: our value`"
        page.tell("wrong-shape", "`values` is not a mapping", path, cure)
        return {}
    for text, value in translated.items():
        _try(page, name, value, (*path, text))
    return translated


def _try(page: Page, name: str, value: Any, path: Path) -> None:
    """Note that a value the mapping itself gives could never be a value of the fact."""
    try:
        read_state(page.policy, {name: value})
    except StateError as error:
        page.take(error.report.problems, path)


def _split(page: Page, fact: Fact | None, path: Path) -> str | None:
    """Return what stands between the words of a cell."""
    mark = page.word((*path, "split"))
    if mark is not None and (fact is None or fact.kind is not Kind.SET):
        told = "`split` stands at a fact that holds one value"
        page.tell("wrong-shape", told, (*path, "split"), "only sets are split", key=True)
        return None
    return mark


def _decimals(page: Page, fact: Fact | None, path: Path) -> int | None:
    """Return how many decimals a binary fraction of a typed file is rounded to."""
    path = (*path, "decimals")
    value = page.get(path)
    if value is None:
        return None
    if fact is None or fact.kind not in _NUMBERS:
        told = "`decimals` stands at a fact that is no number"
        page.tell("wrong-shape", told, path, "take it out", key=True)
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_DECIMALS:
        cure = f"write a whole number from 0 to {_MOST_DECIMALS}"
        page.tell("wrong-shape", "`decimals` is no such number", path, cure)
        return None
    return value


def _moment(page: Page, fact: Fact | None, path: Path, *, translated: bool) -> Moment | None:
    """
    Return how a column of dates is read.

    A column that is translated holds words, and dates besides only if it says their form itself.
    """
    own = page.get((*path, "date")) is not None
    if fact is not None and fact.kind in _MOMENTS:
        how = moment(page, path, day=fact.kind is Kind.DATE)
        return how if own or not translated else None
    for key in _DATES:
        if page.get((*path, key)) is not None:
            told = f"`{key}` stands at a fact that is neither date nor instant"
            page.tell("wrong-shape", told, (*path, key), "take it out", key=True)
    return None
