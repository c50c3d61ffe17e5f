"""Derived facts of every form."""

from __future__ import annotations

from typing import Any

from tests.rooms.decision.hand import at, is_, situation

from complaint_rules.conditions import tree
from complaint_rules.conditions.tree import (
    Arithmetic,
    Compare,
    Constant,
    FactValue,
    Now,
    Truth,
)
from complaint_rules.decision.seeing.derive import derive
from complaint_rules.facts import NOT_YET, Fact, Kind
from complaint_rules.policy import (
    BuiltIn,
    FirstOf,
    Formula,
    OverRecords,
    Row,
    Table,
    TableOf,
    TruthOf,
)

NOW = at("2026-11-23 10:00")


def value(derivation: Any, kind: Kind = Kind.COUNT, **facts: Any) -> Any:
    """Return what a derivation gives for these facts."""
    return derive(derivation, Fact("derived", kind), situation(facts, NOW), [])


def word(text: str) -> Constant:
    """Return a word as a constant."""
    return Constant(text, Kind.TEXT)


def test_formula() -> None:
    """A formula is the value of its expression; unknown where a part is."""
    hours_open = Formula(
        Arithmetic("-", Now(), FactValue("received_at", Kind.INSTANT), Kind.DURATION)
    )
    assert value(hours_open, Kind.DURATION, received_at=NOW - 60) == 60
    assert value(hours_open, Kind.DURATION) is None


def test_a_formula_that_breaks_is_noticed() -> None:
    """Why a formula came to nothing is told to the notices."""
    codes: list[str] = []
    nought = Arithmetic("/", Constant(1, Kind.NUMBER), Constant(0, Kind.NUMBER), Kind.NUMBER)
    assert derive(Formula(nought), Fact("x", Kind.NUMBER), situation(), codes) is None
    assert codes == ["division-by-zero"]


def test_truth_of_a_condition() -> None:
    """A yes_no fact is true, false or unknown with its condition."""
    public = TruthOf(is_("channel", "review"))
    assert value(public, Kind.YES_NO, channel="review") is True
    assert value(public, Kind.YES_NO, channel="email") is False
    assert value(public, Kind.YES_NO) is None


def test_first_true_case() -> None:
    """The first true case counts; an unknown one before it makes it unknown (semantics 9)."""
    first = FirstOf(((is_("a", 1), word("one")), (is_("b", 1), word("two"))), word("else"))
    assert value(first, a=1) == "one"
    assert value(first, a=0, b=1) == "two"
    assert value(first, a=0, b=0) == "else"
    assert value(first, b=1) is None


PROMISES = (
    {"due": NOW - 5, "kept": False},
    {"due": NOW + 5, "kept": True},
    {"due": NOT_YET, "kept": False},
)
UNKEPT = is_("kept", False)


def test_counting_records() -> None:
    """Records that pass are counted; a field still missing fails its test (semantics 4)."""
    count = OverRecords("count", "promises", "", UNKEPT)
    assert value(count, promises=PROMISES) == 2
    assert value(count, promises=({"due": 1},)) == 0
    assert value(count, promises=()) == 0
    assert value(count) is None


def test_bounds_of_where_see_the_instant() -> None:
    """The bounds of a `where` may name the instant decided at."""
    late = OverRecords("count", "promises", "", tree.Test("due", Compare("<=", Now())))
    assert value(late, promises=PROMISES) == 1


def test_earliest_and_latest_of_a_field() -> None:
    """The earliest and latest skip what has not happened; of nothing they are not yet."""
    earliest = OverRecords("earliest", "promises", "due", Truth())
    latest = OverRecords("latest", "promises", "due", Truth())
    assert value(earliest, Kind.INSTANT, promises=PROMISES) == NOW - 5
    assert value(latest, Kind.INSTANT, promises=PROMISES) == NOW + 5
    assert value(latest, Kind.INSTANT, promises=PROMISES[2:]) is NOT_YET
    assert value(latest, Kind.INSTANT, promises=()) is NOT_YET


def test_a_passing_record_without_the_field_is_unknown() -> None:
    """Where a passing record lacks the field, its earliest cannot be known."""
    earliest = OverRecords("earliest", "promises", "due", UNKEPT)
    assert value(earliest, Kind.INSTANT, promises=(*PROMISES, {"kept": False})) is None


def test_tables() -> None:
    """A fact may be an output of a table, and passes its notices on."""
    rows = tuple(Row(f"t#{n}", Truth(), {"out": word("x")}) for n in (1, 2))
    codes: list[str] = []
    broken = TableOf(Table("U", ("out",), rows), "out")
    assert derive(broken, Fact("x", Kind.TEXT), situation(), codes) is None
    assert codes == ["table-broken"]
    assert value(TableOf(Table("U", ("out",), rows[:1]), "out"), Kind.TEXT) == "x"


def test_what_the_package_settles_is_not_derived_here() -> None:
    """Built-in facts are settled elsewhere and unknown to this part."""
    assert value(BuiltIn()) is None
