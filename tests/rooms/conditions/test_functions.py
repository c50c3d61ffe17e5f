"""The functions of expressions: values, kinds, and what makes them unknown."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any as Anything

import pytest
from tests.rooms.conditions import material
from tests.rooms.conditions.material import DAY, HOUR, LEVELS, NOW, call, constant, fact, span

from complaint_rules.calendar import BusinessCalendar, date_end, date_start
from complaint_rules.conditions import FUNCTIONS, evaluate
from complaint_rules.conditions.tree import Arithmetic, Constant, Expression, Now
from complaint_rules.facts import NOT_YET, Kind
from complaint_rules.money import Money
from complaint_rules.state import Done

K = Kind
MONDAY = datetime.date(2026, 9, 21)
SUNDAY = datetime.date(2026, 9, 20)
ORDER = (
    "min max round abs count raise fact days_between business_days_between open_time_between add "
    "start_of_day end_of_day date_of whole earliest latest done_at done_count"
)


def at(moment: object) -> Constant:
    """Return an instant."""
    return Constant(moment, K.INSTANT)


def eur(amount: str) -> Constant:
    """Return an amount in euros."""
    return Constant(Money(Decimal(amount), "EUR"), K.MONEY)


def gbp(amount: str) -> Constant:
    """Return an amount in pounds."""
    return Constant(Money(Decimal(amount), "GBP"), K.MONEY)


def level(value: str) -> Constant:
    """Return a level."""
    return Constant(value, K.LEVEL)


def day(value: datetime.date) -> Constant:
    """Return a date."""
    return Constant(value, K.DATE)


def value(expression: Expression, notices: list[str] | None = None, **facts: Anything) -> object:
    """Return the value of an expression where these facts are known."""
    return evaluate(expression, material.situation(facts), notices=notices)


def test_the_functions_are_those_written_down() -> None:
    """Each has its own name, says what it takes, and what a bare word means to it."""
    assert list(FUNCTIONS) == ORDER.split()
    assert all(name == each.name and each.arguments for name, each in FUNCTIONS.items())
    words = {each.name: each.word for each in FUNCTIONS.values() if each.word}
    assert words == {"fact": "fact", "done_at": "action", "done_count": "action"}


def test_least_and_greatest() -> None:
    """Of numbers, amounts, durations, dates and levels."""
    assert value(call("min", constant(3), constant(2), constant(5), kind=K.NUMBER)) == 2
    assert value(call("max", constant(3), constant(7), constant(5), kind=K.NUMBER)) == 7
    assert value(call("max", eur("3"), eur("7"), kind=K.MONEY)) == Money(Decimal(7), "EUR")
    assert value(call("min", span(2, "h"), span(90, "m"), kind=K.DURATION)) == 5_400
    assert value(call("max", day(SUNDAY), day(MONDAY), kind=K.DATE)) == MONDAY
    worst = call("max", level("s3"), level("s1"), kind=K.LEVEL, values=LEVELS)
    assert value(worst) == "s1"
    odd = call("max", level("s3"), level("s9"), kind=K.LEVEL, values=LEVELS)
    assert value(odd) is None
    assert value(call("max", at(5), at(NOT_YET), kind=K.INSTANT)) is NOT_YET
    assert value(call("max", constant(3), fact("score"), kind=K.NUMBER)) is None


def test_least_of_two_currencies() -> None:
    """Amounts in two currencies have no least; 0 takes the other's currency."""
    notices: list[str] = []
    assert value(call("min", eur("3"), gbp("7"), kind=K.MONEY), notices) is None
    assert notices == ["currency-mismatch"]
    nothing = Money(Decimal(0), "GBP")
    assert value(call("min", eur("0"), gbp("7"), kind=K.MONEY)) == nothing
    assert value(call("max", gbp("-7"), eur("0"), kind=K.MONEY)) == nothing
    assert value(call("min", eur("0"), kind=K.MONEY)) == Money(Decimal(0), "EUR")


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.345", 2, "2.35"), ("1250", -2, "1300")],
)
def test_rounding_is_half_up(number: str, decimals: int, expected: str) -> None:
    """A half goes away from zero, at any decimal."""
    places = Constant(decimals, K.COUNT)
    assert value(call("round", constant(Decimal(number)), places, kind=K.NUMBER)) == Decimal(
        expected
    )
    rounded = call("round", eur(number), places, kind=K.MONEY)
    assert value(rounded) == Money(Decimal(expected), "EUR")


def test_rounding_without_decimals() -> None:
    """Whole numbers, where nothing else is said; absurd decimals are unknown."""
    assert value(call("round", constant(Decimal("2.4")), kind=K.NUMBER)) == 2
    assert value(call("round", constant(2), constant(13), kind=K.NUMBER)) is None
    assert value(call("round", constant(2), constant(Decimal("0.5")), kind=K.NUMBER)) is None


def test_abs_and_count() -> None:
    """The size of a number, an amount, a duration; the number of a set's members."""
    assert value(call("abs", constant(-3), kind=K.NUMBER)) == 3
    assert value(call("abs", eur("-3"), kind=K.MONEY)) == Money(Decimal(3), "EUR")
    assert value(call("abs", fact("hours_open"), kind=K.DURATION), hours_open=-5) == 5
    assert value(call("abs", span(2, "mo"), kind=K.DURATION)) is None
    some = frozenset({"calm", "angry"})
    assert value(call("count", fact("types"), kind=K.COUNT), types=some) == 2
    assert value(call("count", fact("types"), kind=K.COUNT)) is None


def test_a_level_is_raised_to_the_top_and_no_further() -> None:
    """`raise` stops at either end; broken steps and strange levels are unknown."""

    def raised(value_: str, steps: object) -> object:
        return value(call("raise", level(value_), constant(steps), kind=K.LEVEL, values=LEVELS))

    assert raised("s3", 1) == "s2"
    assert raised("s2", 9) == "s1"
    assert raised("s3", -9) == "s4"
    assert raised("s3", Decimal("0.5")) is None
    assert raised("s9", 1) is None


def test_a_fact_by_name() -> None:
    """`fact(x)` is the value of the fact, not yet included."""
    same = call("fact", fact("resolved_at"), kind=K.INSTANT)
    assert value(same, resolved_at=NOT_YET) is NOT_YET
    assert value(same, resolved_at=5) == 5
    assert value(same) is None


def test_counted_days() -> None:
    """Calendar days by midnights passed, business days by days with hours."""
    days = call("days_between", at(NOW), at(NOW + 9 * HOUR), kind=K.COUNT)
    assert value(days) == 1
    assert value(call("days_between", day(MONDAY), day(SUNDAY), kind=K.COUNT)) == -1
    assert value(call("business_days_between", at(NOW), at(NOW + 7 * DAY), kind=K.COUNT)) == 5
    unhappened = call("days_between", at(NOW), at(NOT_YET), kind=K.COUNT)
    assert value(unhappened) is NOT_YET


def test_business_time_past_the_known_holidays() -> None:
    """Where the calendar does not know the holidays business time still counts, with a notice."""
    far = date_start(material.OFFICE, datetime.date(2050, 1, 3))
    for expression in (
        call("business_days_between", at(far), at(far + DAY), kind=K.COUNT),
        call("open_time_between", at(far), at(far + DAY), kind=K.BUSINESS_DURATION),
        call("add", at(far), span(1, "bd"), kind=K.INSTANT),
        call("add", at(far), fact("staffed"), kind=K.INSTANT),
    ):
        notices: list[str] = []
        assert value(expression, notices, staffed=HOUR) is not None
        assert notices == ["holidays-unknown"]


def test_open_time() -> None:
    """Open seconds between two instants; a date is the end of its day."""
    day_on = call("open_time_between", at(NOW), at(NOW + DAY), kind=K.BUSINESS_DURATION)
    assert value(day_on) == 8 * HOUR
    till_end = call("open_time_between", at(NOW), day(MONDAY), kind=K.BUSINESS_DURATION)
    assert value(till_end) == 2_800


def test_add_puts_a_duration_on_the_calendar() -> None:
    """Every unit, from an instant or the end of a date; elapsed time by itself too."""
    assert value(call("add", at(NOW), span(3, "bd"), kind=K.INSTANT)) == NOW + 3 * DAY
    assert value(call("add", at(NOW), span(1, "bh"), kind=K.INSTANT)) == NOW + 17 * HOUR
    assert value(call("add", at(NOW), span(2, "mo"), kind=K.INSTANT)) == NOW + 61 * DAY + HOUR
    assert value(call("add", day(MONDAY), span(1, "h"), kind=K.INSTANT)) == (
        date_end(material.OFFICE, MONDAY) + HOUR
    )
    later = call("add", at(NOW), fact("hours_open"), kind=K.INSTANT)
    assert value(later, hours_open=60) == NOW + 60
    staffed = call("add", at(NOW), fact("staffed"), kind=K.INSTANT)
    assert value(staffed, staffed=HOUR) == NOW + 17 * HOUR


def test_add_on_a_calendar_that_never_opens() -> None:
    """Without opening hours the instant is unknown, with a notice."""
    seen = material.situation()
    seen.calendar = BusinessCalendar("shut", "Europe/Budapest", ((),) * 7)
    notices: list[str] = []
    due = call("add", Now(), span(1, "bd"), kind=K.INSTANT)
    assert evaluate(due, seen, notices=notices) is None
    assert notices == ["never-open"]


def test_days_of_instants() -> None:
    """The day of an instant, its beginning and its end, in the complaint's zone."""
    assert value(call("date_of", at(NOW), kind=K.DATE)) == MONDAY
    assert value(call("start_of_day", at(NOW), kind=K.INSTANT)) == date_start(
        material.OFFICE, MONDAY
    )
    assert value(call("end_of_day", day(MONDAY), kind=K.INSTANT)) == date_end(
        material.OFFICE, MONDAY
    )


def test_whole_units() -> None:
    """So many units have passed, cut toward zero; of no unit nothing can be counted."""

    def whole(length: int, unit: Expression) -> object:
        return value(call("whole", fact("hours_open"), unit, kind=K.COUNT), hours_open=length)

    assert whole(7_199, span(1, "h")) == 1
    assert whole(7_200, span(1, "h")) == 2
    assert whole(-7_199, span(1, "h")) == -1
    assert whole(5, span(1, "mo")) is None
    notices: list[str] = []
    nothing = call("whole", span(5, "h"), span(0, "h"), kind=K.COUNT)
    assert value(nothing, notices) is None
    assert notices == ["division-by-zero"]


def test_earliest_and_latest_skip_what_has_not_happened() -> None:
    """`not_yet` is skipped; of nothing that happened nothing is the latest."""
    both = (at(7), at(NOT_YET), at(3))
    assert value(call("earliest", *both, kind=K.INSTANT)) == 3
    assert value(call("latest", *both, kind=K.INSTANT)) == 7
    assert value(call("latest", at(NOT_YET), kind=K.INSTANT)) is NOT_YET
    assert value(call("latest", at(3), fact("resolved_at"), kind=K.INSTANT)) is None
    assert value(call("latest", day(SUNDAY), day(MONDAY), kind=K.DATE)) == MONDAY
    mixed = call("latest", at(NOW), day(MONDAY), kind=K.INSTANT)
    assert value(mixed) == date_end(material.OFFICE, MONDAY)


def test_what_was_done_in_this_round() -> None:
    """`done_at` is the latest time in this round, `done_count` counts all rounds."""
    survey = Constant("send_survey", K.TEXT)
    when = call("done_at", survey, kind=K.INSTANT)
    often = call("done_count", survey, kind=K.COUNT)
    done = (Done("send_survey", 5), Done("send_survey", 7), Done("reopen", 9))
    old = material.situation(done=done, round_start=9)
    assert evaluate(when, old) is NOT_YET
    assert evaluate(often, old) == 2
    new = material.situation(done=done, round_start=5)
    assert evaluate(when, new) == 7
    assert evaluate(when, material.situation(done=done)) == 7
    nothing = material.situation({"done": frozenset()})
    assert evaluate(when, nothing) is NOT_YET
    assert evaluate(often, nothing) == 0
    assert evaluate(when, material.situation()) is None
    assert evaluate(often, material.situation()) is None


FITS: list[tuple[str, tuple[Kind, ...], Kind | None]] = [
    ("min", (K.COUNT, K.NUMBER), K.NUMBER),
    ("min", (K.COUNT, K.COUNT), K.COUNT),
    ("max", (K.LEVEL,), K.LEVEL),
    ("max", (K.INSTANT, K.DATE), None),
    ("max", (K.SET,), None),
    ("max", (), None),
    ("round", (K.COUNT,), K.NUMBER),
    ("round", (K.MONEY, K.COUNT), K.MONEY),
    ("round", (K.MONEY, K.MONEY), None),
    ("round", (K.DURATION,), None),
    ("round", (), None),
    ("abs", (K.DURATION,), K.DURATION),
    ("abs", (K.COUNT,), K.COUNT),
    ("abs", (K.DATE,), None),
    ("abs", (K.COUNT, K.COUNT), None),
    ("count", (K.SET,), K.COUNT),
    ("count", (K.TEXT,), None),
    ("raise", (K.LEVEL, K.COUNT), K.LEVEL),
    ("raise", (K.LEVEL,), None),
    ("fact", (K.SET,), K.SET),
    ("fact", (), None),
    ("days_between", (K.INSTANT, K.DATE), K.COUNT),
    ("days_between", (K.INSTANT,), None),
    ("business_days_between", (K.DATE, K.DATE), K.COUNT),
    ("open_time_between", (K.INSTANT, K.INSTANT), K.BUSINESS_DURATION),
    ("open_time_between", (K.INSTANT, K.TEXT), None),
    ("add", (K.INSTANT, K.DURATION), K.INSTANT),
    ("add", (K.DATE, K.BUSINESS_DURATION), K.INSTANT),
    ("add", (K.DURATION, K.INSTANT), None),
    ("start_of_day", (K.DATE,), K.INSTANT),
    ("date_of", (K.INSTANT,), K.DATE),
    ("whole", (K.DURATION, K.DURATION), K.COUNT),
    ("whole", (K.DURATION, K.BUSINESS_DURATION), None),
    ("whole", (K.COUNT, K.COUNT), None),
    ("earliest", (K.INSTANT, K.DATE), K.INSTANT),
    ("latest", (K.DATE, K.DATE), K.DATE),
    ("latest", (), None),
    ("latest", (K.DURATION,), None),
    ("done_at", (K.TEXT,), K.INSTANT),
    ("done_count", (K.TEXT,), K.COUNT),
    ("done_count", (K.COUNT,), None),
]


@pytest.mark.parametrize(("name", "kinds", "expected"), FITS)
def test_kinds_of_results(name: str, kinds: tuple[Kind, ...], expected: Kind | None) -> None:
    """A function takes some kinds and gives one; other kinds do not fit."""
    assert FUNCTIONS[name].result(kinds) is expected


def test_an_unknown_argument_makes_every_function_unknown() -> None:
    """All functions are strict."""
    missing = Arithmetic("-", Now(), fact("resolved_at"), K.DURATION)
    for name in FUNCTIONS:
        assert value(call(name, missing, missing, kind=K.NUMBER)) is None
