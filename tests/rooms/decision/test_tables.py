"""Decision tables by every hit policy."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.rooms.decision.hand import at, is_, money_of, situation

from complaint_rules.conditions.tree import Arithmetic, Constant, FactValue, Truth
from complaint_rules.decision.seeing.tables import Lookup, look_up
from complaint_rules.facts import Kind
from complaint_rules.policy import Row, Table, Validity

A, B, C = is_("word", "a"), is_("word", "a", "b"), is_("other", "c")


def table(hit: str, *rows: tuple[Any, Any], otherwise: Any = None, **more: Any) -> Table:
    """Return a table of one output whose rows are conditions and values."""
    return Table(
        hit,
        ("out",),
        tuple(
            Row(f"t#{number}", condition, {"out": constant(value)})
            for number, (condition, value) in enumerate(rows, 1)
        ),
        {} if otherwise is None else {"out": constant(otherwise)},
        **more,
    )


def constant(value: Any) -> Any:
    """Return a value as a constant of its kind; an expression as it is."""
    kinds: dict[type, Kind] = {int: Kind.COUNT, str: Kind.TEXT, Decimal: Kind.NUMBER}
    if not isinstance(value, int | str | Decimal | frozenset) and not hasattr(value, "currency"):
        return value
    return Constant(value, kinds.get(type(value), Kind.MONEY))


def found(of: Table, kind: Kind = Kind.COUNT, values: Any = (), **facts: Any) -> Lookup:
    """Return what the table gives for these facts."""
    return look_up(of, "out", situation(facts), kind, values)


def test_unique_gives_its_one_row() -> None:
    """U gives the row that holds, and `else` where none does."""
    unique = table("U", (A, 1), (is_("word", "b"), 2), otherwise=9)
    assert found(unique, word="b") == Lookup(2, ("t#2",))
    assert found(unique, word="z") == Lookup(9)


def test_unique_is_broken_by_two() -> None:
    """U with two rows that hold is unknown, and noticed (semantics 9)."""
    broken = table("U", (A, 1), (B, 1))
    assert found(broken, word="a") == Lookup(None, ("t#1", "t#2"), notices=("table-broken",))


def test_any_is_broken_only_by_differing_rows() -> None:
    """A gives what its rows agree on, and is broken where they differ."""
    assert found(table("A", (A, 1), (B, 1)), word="a") == Lookup(1, ("t#1", "t#2"))
    assert found(table("A", (A, 1), (B, 2)), word="a").notices == ("table-broken",)


def test_first_stops_at_the_first_true_row() -> None:
    """F gives the first true row; an unknown one before it makes it unknown, one after does not."""
    first = table("F", (C, 1), (B, 2), (A, 3), otherwise=9)
    assert found(first, word="a", other="x") == Lookup(2, ("t#2",))
    unsettled = found(first, word="a")
    assert unsettled.value is None
    assert [row.id for row in unsettled.waiting] == ["t#1"]
    assert found(table("F", (B, 2), (C, 1)), word="a") == Lookup(2, ("t#1",))
    assert found(first, word="z", other="x") == Lookup(9)


@pytest.mark.parametrize("hit", ["U", "A", "P", "R", "O", "C", "C+", "C<", "C>", "C#"])
def test_others_wait_for_every_row(hit: str) -> None:
    """Every other table is unknown if any row is (semantics 9)."""
    waiting = found(table(hit, (A, 1), (C, 2), priority=(1, 2)), word="a")
    assert waiting.value is None
    assert [row.id for row in waiting.waiting] == ["t#2"]


def test_priority_gives_the_most_important() -> None:
    """P gives the output that stands first in its list; one that is not there comes last."""
    listed = table("P", (A, "low"), (B, "high"), (Truth(), "odd"), priority=("high", "low"))
    assert found(listed, word="a") == Lookup("high", ("t#2",))
    assert found(listed, word="z") == Lookup("odd", ("t#3",))


@pytest.mark.parametrize("hit", ["R", "O", "C"])
def test_lists_become_sets(hit: str) -> None:
    """R, O and C gather words, and the members of sets; nothing is an empty set."""
    rows = ((A, "x"), (B, Constant(frozenset({"y", "z"}), Kind.SET)))
    gathered = found(table(hit, *rows), Kind.SET, word="a")
    assert gathered == Lookup(frozenset("xyz"), ("t#1", "t#2"))
    assert found(table(hit, *rows), Kind.SET, word="q") == Lookup(frozenset())


def test_collecting() -> None:
    """C+ adds, C< and C> choose, C# counts the rows that hold."""
    rows = ((A, 3), (B, 4), (Truth(), 5))
    assert found(table("C+", *rows), word="a").value == 12
    assert found(table("C<", *rows), word="b").value == 4
    assert found(table("C>", *rows), word="a").value == 5
    assert found(table("C#", *rows), word="b") == Lookup(2, ("t#2", "t#3"))


def test_levels_are_chosen_by_rank() -> None:
    """C> of a level is the highest by the level's own order."""
    levels = table("C>", (A, Constant("s1", Kind.LEVEL)), (B, Constant("s4", Kind.LEVEL)))
    assert found(levels, Kind.LEVEL, ("s4", "s1"), word="a").value == "s1"


def test_collecting_nothing() -> None:
    """The sum of no row is nothing, in the complaint's currency; the least of none is unknown."""
    assert found(table("C+", (A, 3)), word="z").value == 0
    assert found(table("C+", (A, 3)), Kind.MONEY, word="z").value == money_of(0)
    assert found(table("C+", (A, 3)), Kind.NUMBER, word="z").value == Decimal(0)
    assert found(table("C#", (A, 3)), word="z").value == 0
    assert found(table("C<", (A, 3)), word="z") == Lookup(None)
    assert found(table("C+", (A, 3), otherwise=7), word="z").value == 7


def test_mixed_currencies_are_unknown_and_noticed() -> None:
    """Amounts of two currencies do not add up."""
    mixed = table("C+", (A, money_of(3)), (B, money_of(4, "GBP")))
    lookup = found(mixed, Kind.MONEY, word="a")
    assert (lookup.value, lookup.notices) == (None, ("currency-mismatch",))


def test_unknown_and_broken_outputs() -> None:
    """A row whose output is unknown makes the table unknown, with the notice of its expression."""
    missing = FactValue("missing", Kind.COUNT)
    nought = Arithmetic("/", Constant(1, Kind.NUMBER), Constant(0, Kind.NUMBER), Kind.NUMBER)
    for hit in ("U", "F", "A", "C+"):
        assert found(table(hit, (A, missing)), word="a").value is None
        lookup = found(table(hit, (A, nought)), word="a")
        assert (lookup.value, lookup.notices) == (None, ("division-by-zero",))
    assert found(table("U", (A, 1), otherwise=nought), word="z").notices == ("division-by-zero",)


def test_rows_outside_their_dates_are_absent() -> None:
    """A row counts on its dates only (semantics 21); here the event is of 2026-11-23."""
    past = Validity(None, datetime.date(2026, 11, 22))
    today = Validity(datetime.date(2026, 11, 23))
    rows = (
        Row("t#1", Truth(), {"out": constant(1)}, valid=past),
        Row("t#2", Truth(), {"out": constant(2)}, valid=today),
    )
    assert look_up(Table("U", ("out",), rows), "out", situation(), Kind.COUNT) == Lookup(
        2, ("t#2",)
    )


def test_the_clock_does_not_matter() -> None:
    """A table depends on its facts, not on when it is read."""
    one = table("U", (A, 1))
    early, late = (situation({"word": "a"}, at(f"20{year}-01-01")) for year in ("20", "40"))
    assert look_up(one, "out", early, Kind.COUNT) == look_up(one, "out", late, Kind.COUNT)
