"""The value of expressions: exact, total, unknown where a part is (semantics 2, 9, 13, 27)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any as Anything

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.conditions import material
from tests.rooms.conditions.material import DAY, HOUR, NOW, constant, fact, span

from complaint_rules.calendar import BusinessCalendar, Duration, Unit, date_end, earliest_start
from complaint_rules.conditions import NOTICES, evaluate, tree
from complaint_rules.conditions.tree import (
    Arithmetic,
    Constant,
    Expression,
    FieldValue,
    Negation,
    Now,
    SettingValue,
)
from complaint_rules.facts import NOT_YET, Kind
from complaint_rules.money import Money

EUR, GBP = Money(Decimal("1.50"), "EUR"), Money(Decimal(3), "GBP")


def op(sign: str, left: Expression, right: Expression, kind: Kind = Kind.NUMBER) -> Arithmetic:
    """Return two expressions joined."""
    return Arithmetic(sign, left, right, kind)


def money(value: Money) -> Constant:
    """Return an amount."""
    return Constant(value, Kind.MONEY)


def value(expression: Expression, *, notices: list[str] | None = None, **facts: Anything) -> object:
    """Return the value of an expression where these facts are known."""
    return evaluate(expression, material.situation(facts), notices=notices)


def test_parts_come_from_where_they_belong() -> None:
    """Facts, settings, fields and the instant; what is missing is unknown."""
    seen = material.situation({"contacts": 4}, settings={"rate": Decimal(6)})
    assert evaluate(fact("contacts"), seen) == 4
    assert evaluate(SettingValue("rate", Kind.NUMBER), seen) == 6
    assert evaluate(SettingValue("other", Kind.NUMBER), seen) is None
    assert evaluate(FieldValue("due", Kind.INSTANT), seen, {"due": 7}) == 7
    assert evaluate(FieldValue("due", Kind.INSTANT), seen, {}) is None
    assert evaluate(FieldValue("due", Kind.INSTANT), seen) is None
    assert evaluate(Now(), seen) == NOW
    assert evaluate(Constant("fa", Kind.TEXT), seen) == "fa"


def test_numbers_are_exact() -> None:
    """A tenth and two tenths are three tenths; a third stays a third until it is rounded."""
    tenths = op("+", constant(Decimal("0.1")), constant(Decimal("0.2")))
    assert value(tenths) == Decimal("0.3")
    third = op("/", constant(1), constant(3))
    assert value(third) == Fraction(1, 3)
    assert value(op("*", third, constant(3))) == Decimal(1)
    assert isinstance(value(op("*", third, constant(3))), Decimal)
    assert isinstance(value(constant(7)), Decimal)
    assert isinstance(value(Constant(7, Kind.COUNT)), int)
    assert value(Constant(Decimal("7.0"), Kind.COUNT)) == 7
    assert value(Constant(Decimal("7.5"), Kind.COUNT)) == Decimal("7.5")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (op("+", money(EUR), money(EUR), Kind.MONEY), Money(Decimal(3), "EUR")),
        (op("-", money(EUR), money(EUR), Kind.MONEY), Money(Decimal(0), "EUR")),
        (op("*", money(EUR), constant(4), Kind.MONEY), Money(Decimal(6), "EUR")),
        (op("*", constant(4), money(EUR), Kind.MONEY), Money(Decimal(6), "EUR")),
        (op("/", money(EUR), constant(3), Kind.MONEY), Money(Decimal("0.5"), "EUR")),
        (op("/", money(EUR), money(EUR)), Decimal(1)),
        (Negation(money(EUR), Kind.MONEY), Money(Decimal("-1.5"), "EUR")),
        (op("-", constant(2), constant(5)), Decimal(-3)),
        (Negation(constant(2), Kind.NUMBER), Decimal(-2)),
    ],
)
def test_amounts_and_numbers(expression: Expression, expected: object) -> None:
    """Amounts add to amounts, grow by numbers, and divide to numbers."""
    assert value(expression) == expected


def test_two_currencies_make_a_sum_unknown() -> None:
    """Mixed currencies are unknown, with a notice; 0 goes with every currency."""
    for sign, kind in (("+", Kind.MONEY), ("-", Kind.MONEY), ("/", Kind.NUMBER)):
        notices: list[str] = []
        assert value(op(sign, money(EUR), money(GBP), kind), notices=notices) is None
        assert notices == ["currency-mismatch"]
    zero = money(Money(Decimal(0), "EUR"))
    assert value(op("+", zero, money(GBP), Kind.MONEY)) == GBP
    assert value(op("-", money(GBP), zero, Kind.MONEY)) == GBP
    assert value(op("-", zero, money(GBP), Kind.MONEY)) == Money(Decimal(-3), "GBP")


def test_division_by_zero_is_unknown() -> None:
    """Nothing is divided by zero: unknown, with one notice however often."""
    notices: list[str] = []
    zero = op("/", constant(1), op("-", constant(2), constant(2)))
    assert value(op("+", zero, zero), notices=notices) is None
    assert notices == ["division-by-zero"]
    assert set(notices) < set(NOTICES)
    assert value(op("/", money(EUR), money(Money(Decimal(0), "GBP")))) is None
    assert value(zero) is None


def test_numbers_do_not_grow_without_bound() -> None:
    """Past the bounds of a number a product is unknown, whatever is done to it then."""
    huge: Expression = constant(Decimal((0, (9,) * 9_000, 0)))
    for _ in range(3):
        huge = op("*", huge, huge)
    notices: list[str] = []
    assert value(huge, notices=notices) is None
    assert notices == ["number-too-long"]
    long = Decimal((0, (9,) * 10_001, 0))
    assert value(constant(long)) is None
    assert value(money(Money(long, "EUR"))) is None
    large = constant(Decimal((0, (9,) * 9_000, 9_000)))
    amount = Constant(Money(Decimal((0, (9,) * 9_000, 0)), "EUR"), Kind.MONEY)
    assert value(op("*", amount, large, Kind.MONEY)) is None
    assert value(op("/", op("/", amount, large, Kind.MONEY), large, Kind.MONEY)) is None


def test_instants_and_durations() -> None:
    """Instants move by durations; two of them are a duration apart."""
    at = Constant(NOW, Kind.INSTANT)
    assert value(op("+", at, span(4, "h"), Kind.INSTANT)) == NOW + 4 * HOUR
    assert value(op("+", span(4, "h"), at, Kind.INSTANT)) == NOW + 4 * HOUR
    assert value(op("-", at, span(90, "m"), Kind.INSTANT)) == NOW - 5_400
    assert value(op("-", at, Now(), Kind.DURATION)) == 0
    assert value(op("+", span(4, "h"), span(1, "d"), Kind.DURATION)) == 4 * HOUR + DAY
    assert value(Negation(span(4, "h"), Kind.DURATION)) == -4 * HOUR
    assert value(span(4, "bh")) == 4 * HOUR
    assert value(span(2, "mo")) is None
    assert value(op("+", span(2, "bd"), span(1, "h"), Kind.DURATION)) is None
    assert value(op("+", at, fact("staffed"), Kind.INSTANT), staffed=HOUR) == NOW + 17 * HOUR
    assert value(op("+", at, fact("hours_open"), Kind.INSTANT), hours_open=HOUR) == NOW + HOUR
    assert value(op("-", at, fact("hours_open"), Kind.INSTANT), hours_open=HOUR) == NOW - HOUR
    assert value(op("-", at, fact("staffed"), Kind.INSTANT), staffed=HOUR) is None


def test_durations_on_the_calendar() -> None:
    """Days, months and business time are put on the calendar, forward and back."""
    autumn = Constant(NOW + 34 * DAY, Kind.INSTANT)
    before = op("-", autumn, span(1, "d"), Kind.INSTANT)
    assert value(before) == NOW + 33 * DAY - HOUR
    assert value(op("+", before, span(1, "d"), Kind.INSTANT)) == NOW + 34 * DAY
    at = Constant(NOW, Kind.INSTANT)
    assert value(op("-", at, span(3, "bd"), Kind.INSTANT)) == NOW - 5 * DAY
    assert value(op("+", at, span(1, "bh"), Kind.INSTANT)) == NOW + 17 * HOUR
    assert value(op("-", at, span(1, "bh"), Kind.INSTANT)) == NOW - HOUR


@given(st.integers(NOW - 400 * DAY, NOW + 400 * DAY), st.integers(0, 40), st.sampled_from("dw"))
def test_days_are_reckoned_back_to_the_first_instant(moment: int, amount: int, unit: str) -> None:
    """`x - n d` is the first instant from which n days lead to x or past it."""
    back = op("-", Constant(moment, Kind.INSTANT), span(amount, unit), Kind.INSTANT)
    expected = earliest_start(material.OFFICE, moment, Duration(amount, Unit(unit)))
    assert value(back) == expected


def test_days_are_reckoned_back_over_a_change_of_the_clock() -> None:
    """The hour that comes twice, and the one that is skipped, are reckoned back too."""
    autumn, spring = 1_792_890_000, 1_774_746_000
    for turn in (autumn, spring):
        for moment in range(turn - 2 * DAY, turn + 3 * DAY, 1_700):
            for amount in (0, 1, 2):
                back = op("-", Constant(moment, Kind.INSTANT), span(amount, "d"), Kind.INSTANT)
                days = Duration(amount, Unit.D)
                assert value(back) == earliest_start(material.OFFICE, moment, days)


def test_a_calendar_that_never_opens_gives_no_instant() -> None:
    """Open time on a calendar without hours is unknown, with a notice."""
    seen = material.situation()
    seen.calendar = BusinessCalendar("shut", "Europe/Budapest", ((),) * 7)
    for sign in "+-":
        notices: list[str] = []
        moved = op(sign, Now(), span(1, "bd"), Kind.INSTANT)
        assert evaluate(moved, seen, notices=notices) is None
        assert notices == ["never-open"]


def test_a_date_beside_time_is_the_end_of_its_day() -> None:
    """A date is read as an instant where it stands beside one, or beside a duration."""
    day = datetime.date(2026, 9, 21)
    end = date_end(material.OFFICE, day)
    assert value(op("+", fact("event_date"), span(1, "h"), Kind.INSTANT), event_date=day) == (
        end + HOUR
    )
    ago = op("-", Now(), fact("event_date"), Kind.DURATION)
    assert value(ago, event_date=day) == NOW - end


def test_unknown_and_not_yet() -> None:
    """Unknown beats not yet, and both beat what is known."""
    ago = op("-", Now(), fact("resolved_at"), Kind.DURATION)
    assert value(ago) is None
    assert value(ago, resolved_at=NOT_YET) is NOT_YET
    assert value(op("+", ago, fact("hours_open"), Kind.DURATION), resolved_at=NOT_YET) is None
    assert value(Negation(ago, Kind.DURATION), resolved_at=NOT_YET) is NOT_YET
    assert value(Negation(ago, Kind.DURATION)) is None
    unknown = Negation(span(2, "mo"), Kind.DURATION)
    assert value(unknown) is None


def reckoned(expression: Expression, scores: dict[str, Fraction]) -> Fraction | None:
    """Return what fractions make of an expression over numbers."""
    match expression:
        case Constant(number):
            return Fraction(number)  # type: ignore[arg-type]
        case tree.FactValue(name) | SettingValue(name) | FieldValue(name):
            return scores.get(name)
        case Negation(operand):
            inner = reckoned(operand, scores)
            return None if inner is None else -inner
        case Arithmetic(sign, left, right):
            a, b = reckoned(left, scores), reckoned(right, scores)
            if a is None or b is None:
                return None
            if sign == "/":
                return a / b if b else None
            return {"+": a + b, "-": a - b, "*": a * b}[sign]
        case tree.Call(name, arguments):
            parts = [reckoned(each, scores) for each in arguments]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                return None
            return min(known) if name == "min" else max(known)
    raise AssertionError(expression)


@given(
    material.numbers,
    st.dictionaries(
        st.sampled_from(("score", "rate", "weight", "contacts")), st.integers(-9, 9), max_size=4
    ),
)
def test_arithmetic_is_that_of_fractions(expression: Expression, known: dict[str, int]) -> None:
    """Every expression over numbers has the value that fractions give it."""
    decimals = {name: Decimal(number) for name, number in known.items()}
    seen = material.situation(decimals, settings=decimals)
    fractions = {name: Fraction(number) for name, number in known.items()}
    found = evaluate(expression, seen, decimals)
    expected = reckoned(expression, fractions)
    assert found == expected
    assert not isinstance(found, float)
