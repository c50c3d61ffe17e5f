"""One row: what each cell becomes, and what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import Policy, StateError, read_state
from complaint_rules.mapping import RowMapping, facts_of_row, filled, read_mapping

Read = Callable[[str], RowMapping]
UTC = datetime.UTC


def facts(mapping: RowMapping, **row: Any) -> dict[str, Any]:
    """Return the facts of a row that has nothing wrong with it."""
    found, _, problems = facts_of_row(mapping, row)
    assert problems == []
    return found


def faults(mapping: RowMapping, **row: Any) -> list[tuple[str, str]]:
    """Return the codes and places of what is wrong with a row."""
    _, _, problems = facts_of_row(mapping, row)
    assert all(problem.help for problem in problems)
    return [(problem.code, problem.place) for problem in problems]


def test_blanks_around_cells_and_empty_cells(read: Read) -> None:
    """A cell counts without the blanks around it; an empty one takes the default, or is missing."""
    mapping = read("facts: {note: a, channel: {column: b, default: phone}}\n")
    assert facts(mapping, a="  x y ", b=" email ") == {"note": "x y", "channel": "email"}
    assert facts(mapping, a="  ", b="") == {"channel": "phone"}
    assert facts(mapping) == {"channel": "phone"}


def test_constants_stand_in_every_row(read: Read) -> None:
    """A constant is the same in every row; null is missing."""
    assert facts(read("facts: {severity: {constant: s1}, note: {constant: null}}\n")) == {
        "severity": "s1"
    }


def test_values_are_translated_or_reject_the_row(read: Read) -> None:
    """A value that nobody translated is told with its column, never swallowed."""
    mapping = read("facts: {channel: {column: via, values: {Web: email, Other: null}}}\n")
    assert facts(mapping, via="Web") == {"channel": "email"}
    assert facts(mapping, via="Other") == {}
    assert facts(mapping, via="") == {}
    assert faults(mapping, via="Pigeon") == [("unmapped-value", "via")]
    lax = read("facts: {channel: {column: via, values: {Web: email}, else: unknown}}\n")
    assert facts(lax, via="Pigeon") == {"channel": "unknown"}
    gone = read("facts: {channel: {column: via, values: {Web: email}, else: null}}\n")
    assert facts(gone, via="Pigeon") == {}


def test_values_of_typed_files_are_translated_by_their_text(read: Read) -> None:
    """Numbers and yes or no of JSON and Parquet are looked up as they are written."""
    mapping = read("facts: {channel: {column: a, values: {1: email, 2.50: letter, true: phone}}}\n")
    assert facts(mapping, a=1) == {"channel": "email"}
    assert facts(mapping, a=Decimal("2.50")) == {"channel": "letter"}
    assert facts(mapping, a=True) == {"channel": "phone"}
    assert faults(mapping, a=False) == [("unmapped-value", "a")]


def test_cells_that_hold_several_words(read: Read) -> None:
    """A cell is split, each of its words translated; a list of a typed file is one already."""
    plain = read('facts: {flags: {column: a, split: ","}}\n')
    assert facts(plain, a="a, b,, c") == {"flags": ["a", "b", "c"]}
    assert facts(plain, a=["a"]) == {"flags": ["a"]}
    mapping = read(
        'facts: {flags: {column: x, split: ";", values: {One: a, Both: [b, c], None: null}}}\n'
    )
    assert facts(mapping, x="One; Both;None") == {"flags": ["a", "b", "c"]}
    assert facts(mapping, x=["Both"]) == {"flags": ["b", "c"]}
    assert faults(mapping, x="One;Two;Three") == [("unmapped-value", "x")] * 2


def test_binary_fractions_are_rounded_only_if_asked(read: Read) -> None:
    """A float of a typed file stays one, which intake refuses, unless decimals are named."""
    assert facts(read("facts: {loss: a}\n"), a=19.99) == {"loss": 19.99}
    mapping = read("facts: {loss: {column: a, decimals: 2}, times: {column: b, decimals: 0}}\n")
    assert facts(mapping, a=19.99, b=3.0) == {"loss": Decimal("19.99"), "times": Decimal(3)}
    assert facts(mapping, a=0.125, b=None) == {"loss": Decimal("0.13")}
    assert facts(mapping, a=5, b=float("nan")) == {"loss": 5}
    assert facts(mapping, a=float("inf")) == {"loss": float("inf")}


def test_columns_inside_objects(read: Read) -> None:
    """A dotted name leads into the objects of JSON and Parquet; a column of that name wins."""
    mapping = read("facts: {note: customer.name.last, times: n.x}\n")
    assert facts(mapping, customer={"name": {"last": " Ada "}}) == {"note": "Ada"}
    assert facts(mapping, customer={"name": "x"}) == {}
    assert facts(mapping, **{"n.x": 1, "n": {"x": 2}}) == {"times": 1}


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        ("2026-11-20", "2026-11-20T08:30:00+00:00"),
        ("20261120", "2026-11-20T08:30:00+00:00"),
        ("2026-11-20 15:30", "2026-11-20T14:30:00+00:00"),
        ("2026-11-20T15:30:10.5", "2026-11-20T14:30:10+00:00"),
        ("2026-11-20T15:30:00Z", "2026-11-20T15:30:00+00:00"),
        ("2026-11-20T15:30:00-05:00", "2026-11-20T20:30:00+00:00"),
        ("۲۰۲۶-۱۱-۲۰", "2026-11-20T08:30:00+00:00"),
        (datetime.date(2026, 11, 20), "2026-11-20T08:30:00+00:00"),
        (datetime.datetime(2026, 11, 20, 15, 30), "2026-11-20T14:30:00+00:00"),  # noqa: DTZ001
        (datetime.datetime(2026, 11, 20, 15, 30, tzinfo=UTC), "2026-11-20T15:30:00+00:00"),
        # The clock skips 02:30 on this night: the first instant after is meant.
        ("2026-03-29 02:30", "2026-03-29T01:00:00+00:00"),
        # It shows 02:30 twice on this one: the first is meant.
        ("2026-10-25 02:30", "2026-10-25T00:30:00+00:00"),
    ],
)
def test_instants_are_read_in_the_zone_of_the_mapping(read: Read, cell: Any, read_as: str) -> None:
    """A text without offset stands in the mapping's zone, a day without time at its hour."""
    mapping = read('timezone: Europe/Budapest\nfacts: {seen_at: {column: a, time: "09:30"}}\n')
    assert facts(mapping, a=cell) == {"seen_at": datetime.datetime.fromisoformat(read_as)}


def test_forms_of_dates_are_tried_in_turn(read: Read) -> None:
    """The first form that fits is taken; a form with a time of day keeps it."""
    mapping = read(
        'timezone: UTC\ndate: ["%d.%m.%Y %H:%M", "%m/%d/%Y", "%d %b %Y %I %p"]\n'
        'facts: {seen_at: {column: a, time: "12:00"}}\n'
    )
    for cell, hour in (("20.11.2026 15:30", 15), ("11/20/2026", 12), ("20 Nov 2026 3 PM", 15)):
        assert facts(mapping, a=cell)["seen_at"].hour == hour
    assert faults(mapping, a="2026-11-20") == [("unreadable-date", "a")]


def test_an_offset_in_the_form_needs_no_zone(read: Read) -> None:
    """A form with `%z` says the offset itself."""
    mapping = read('facts: {seen_at: {column: a, date: "%Y-%m-%d %H:%M %z"}}\n')
    read_as = facts(mapping, a="2026-11-20 15:30 +0100")["seen_at"]
    assert read_as == datetime.datetime(2026, 11, 20, 14, 30, tzinfo=UTC)


def test_dates_need_no_zone(read: Read) -> None:
    """A date is the day that is written; an instant with its offset is a day of the zone's."""
    plain = read("facts: {born: a}\n")
    assert facts(plain, a="1990-02-28") == {"born": datetime.date(1990, 2, 28)}
    assert facts(plain, a="1990-02-28T23:30:00Z") == {"born": datetime.date(1990, 2, 28)}
    zoned = read("timezone: Europe/Budapest\nfacts: {born: a}\n")
    assert facts(zoned, a="1990-02-28T23:30:00Z") == {"born": datetime.date(1990, 3, 1)}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("tomorrow", "unreadable-date"),
        ("2026-02-30", "unreadable-date"),
        (5, "unreadable-date"),
        (["2026-11-20"], "unreadable-date"),
        ("2026-11-20", "naive-time"),
        ("1500-01-01T00:00:00Z", "instant-out-of-range"),
        ("9999-12-31T23:59:59-14:00", "instant-out-of-range"),
        ("0001-01-01T00:00:00+14:00", "instant-out-of-range"),
    ],
)
def test_what_is_no_instant_rejects_the_row(read: Read, cell: Any, code: str) -> None:
    """A cell that is no date of the form, has no zone or lies outside the years is told."""
    assert faults(read("facts: {seen_at: a}\n"), a=cell) == [(code, "a")]


def test_words_beside_dates(read: Read) -> None:
    """A column may hold words and dates, if it names a form."""
    mapping = read(
        'timezone: UTC\nfacts: {seen_at: {column: a, values: {"-": not_yet}, date: "%d.%m.%Y"}}\n'
    )
    assert facts(mapping, a="-") == {"seen_at": "not_yet"}
    assert facts(mapping, a="20.11.2026") == {
        "seen_at": datetime.datetime(2026, 11, 20, tzinfo=UTC)
    }
    assert faults(mapping, a="soon") == [("unreadable-date", "a")]


def at_of(mapping: RowMapping, cell: Any) -> tuple[int | None, list[str]]:
    _, at, problems = facts_of_row(mapping, {"sent": cell})
    return at, [problem.code for problem in problems]


def test_the_instant_to_decide_at(read: Read) -> None:
    """`at` is a column, and may lie a time later on the wall clock of its zone."""
    assert at_of(read("facts: {note: a}\n"), "x") == (None, [])
    plain = read("at: sent\nfacts: {note: a}\n")
    assert at_of(plain, "2026-11-20T15:30:00Z") == (1795188600, [])
    assert at_of(plain, "") == (None, ["missing-at"])
    assert at_of(plain, "soon") == (None, ["unreadable-date"])
    zoned = "timezone: Europe/Budapest\nat: {column: sent, plus: %s}\nfacts: {note: a}\n"
    winter, _ = at_of(read("timezone: Europe/Budapest\nat: sent\nfacts: {note: a}\n"), "2026-03-28")
    assert winter is not None
    # A day later by the clock on the wall is 23 hours later on that night, not 24.
    assert at_of(read(zoned % "2 d"), "2026-03-28") == (winter + 47 * 3600, [])
    assert at_of(read(zoned % "48 h"), "2026-03-28") == (winter + 48 * 3600, [])


@pytest.mark.parametrize(
    ("cell", "is_filled"),
    [(" a ", "a"), ("  ", None), ("", None), (None, None), (float("nan"), None), (0, 0), ([], [])],
)
def test_what_a_cell_holds(cell: Any, is_filled: Any) -> None:
    """Blank texts and numbers that are none hold nothing; nothing else does."""
    assert filled(cell) == is_filled


CELLS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=20)
    | st.binary(max_size=4)
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC))
    | st.times()
    | st.timedeltas()
    | st.sampled_from(
        ["unknown", "not_yet", "yes", "1,5", "2026-11-20", "20.11.2026", "s1", "a;b"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=3,
)
EVERYTHING = """timezone: Europe/Budapest
at: {column: at, plus: 1 mo end of day}
facts:
  severity: x
  channel: {column: x, values: {a: email}, else: null}
  flags: {column: x, split: ";"}
  late: x
  times: {column: x, decimals: 0}
  weight: {column: x, decimals: 12}
  loss: x
  seen_at: {column: x, time: "09:30"}
  born: {column: x, date: ["%d.%m.%Y", "%c"]}
  note: x.y.z
  review.count: x
  done: x
  type_basis: x
  promises: x
"""


@given(CELLS, CELLS)
def test_any_cell_is_read_or_rejected(policy: Policy, cell: Any, at: Any) -> None:
    """No cell of any type makes a row fall over: it has facts, or reasons why not."""
    mapping = read_mapping("map.yaml", f"format: 1\n{EVERYTHING}".encode(), policy)
    found, instant, problems = facts_of_row(mapping, {"x": cell, "at": at})
    assert instant is not None or problems
    for name, value in found.items():
        try:
            read_state(policy, {name: value})
        except StateError as error:
            assert error.report.problems
