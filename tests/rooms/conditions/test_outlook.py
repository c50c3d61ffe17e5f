"""When time alone may next change a condition (semantics 20): never too late, seldom too early."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any as Anything

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.rooms.conditions import material
from tests.rooms.conditions.material import DAY, HOUR, NOW, call, constant, fact, span

from complaint_rules.calendar import BusinessCalendar, date_end
from complaint_rules.conditions import (
    Outlook,
    cuts,
    evaluate,
    motions,
    record_truth,
    stepped,
    tree,
    truth,
)
from complaint_rules.conditions.derived import (
    BuiltIn,
    Derivation,
    FirstOf,
    Formula,
    OverRecords,
    Row,
    Table,
    TableOf,
    TruthOf,
)
from complaint_rules.conditions.probing import HORIZON, NEVER
from complaint_rules.conditions.tree import (
    All,
    Among,
    Any,
    Arithmetic,
    AtLeast,
    Compare,
    Constant,
    Contains,
    Counts,
    Expression,
    FactValue,
    FieldValue,
    HasHappened,
    IsKnown,
    Negation,
    Not,
    Now,
    SettingValue,
    Truth,
    Within,
)
from complaint_rules.facts import NOT_YET, Kind, Value
from complaint_rules.money import Money
from complaint_rules.state import Situation

INSTANT, DURATION = Kind.INSTANT, Kind.DURATION
MONDAY_END = date_end(material.OFFICE, datetime.date(2026, 9, 21))
CLOSING = NOW + 2_800
"""17:00 in Budapest on the day of NOW."""


def age(since: str = "resolved_at") -> Expression:
    """Return ``now - since``."""
    return Arithmetic("-", Now(), fact(since), DURATION)


def at(moment: int) -> Constant:
    """Return an instant."""
    return Constant(moment, INSTANT)


def op(sign: str, left: Expression, right: Expression, kind: Kind) -> Arithmetic:
    """Return a sum, difference, product or quotient."""
    return Arithmetic(sign, left, right, kind)


# ------------------------------------------------------- a plain model of deriving


def derived(
    base: Situation, derivations: Mapping[str, Derivation], now: int, **settings: Anything
) -> Situation:
    """Return a situation at an instant, its facts derived in order."""
    seen = material.situation(base.values, now=now, settings=base.settings)
    for name, derivation in derivations.items():
        value = value_of(derivation, seen)
        if value is None:
            seen.values.pop(name, None)
        else:
            seen.values[name] = value
    return seen


def value_of(derivation: Derivation, seen: Situation) -> Value | None:
    """Return the value of a derived fact."""
    match derivation:
        case Formula(expression):
            return evaluate(expression, seen)
        case TruthOf(condition):
            return truth(condition, seen)
        case FirstOf(cases, otherwise):
            for condition, value in cases:
                found = truth(condition, seen)
                if found is not False:
                    return evaluate(value, seen) if found else None
            return evaluate(otherwise, seen)
        case OverRecords("count", records, _, where):
            held: Anything = seen.values.get(records, ())
            return sum(record_truth(where, record, seen) for record in held)
        case TableOf(table, output):
            for row in table.rows:
                if truth(row.condition, seen):
                    return evaluate(row.outputs[output], seen)
            return evaluate(table.otherwise[output], seen)
    raise AssertionError(derivation)


# ---------------------------------------------------------------- strategies

moments = st.one_of(
    st.integers(NOW - 20 * DAY, NOW + 20 * DAY).map(at),
    st.just(Now()),
    st.just(fact("resolved_at")),
    st.just(fact("event_date")),
    st.just(FactValue("moved", INSTANT)),
)
spans = st.builds(span, st.integers(1, 60), st.sampled_from(("m", "h", "d", "bm", "bh", "bd"))) | (
    st.just(SettingValue("warning", DURATION))
)
instants = st.recursive(
    moments,
    lambda inner: st.one_of(
        st.builds(lambda a, b: op("+", a, b, INSTANT), inner, spans),
        st.builds(lambda a, b: op("-", a, b, INSTANT), inner, spans),
        st.builds(lambda a, b: call("add", a, b, kind=INSTANT), inner, spans),
        st.builds(
            lambda name, parts: call(name, *parts, kind=INSTANT),
            st.sampled_from(("earliest", "latest", "min", "max")),
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.builds(
            lambda name, a: call(name, a, kind=INSTANT),
            st.sampled_from(("start_of_day", "end_of_day")),
            inner,
        ),
    ),
    max_leaves=4,
)
durations = st.recursive(
    st.one_of(
        st.builds(lambda a, b: op("-", a, b, DURATION), instants, instants),
        st.builds(span, st.integers(1, 90), st.sampled_from(("m", "h"))),
        st.just(FactValue("age", DURATION)),
    ),
    lambda inner: st.one_of(
        st.builds(lambda s, a, b: op(s, a, b, DURATION), st.sampled_from("+-"), inner, inner),
        st.builds(lambda a: call("abs", a, kind=DURATION), inner),
        st.builds(lambda a: Negation(a, DURATION), inner),
    ),
    max_leaves=3,
)
counts = st.recursive(
    st.one_of(
        st.builds(
            lambda name, a, b: call(name, a, b, kind=Kind.COUNT),
            st.sampled_from(("days_between", "business_days_between")),
            instants,
            instants,
        ),
        st.builds(
            lambda a, b: call("whole", a, b, kind=Kind.COUNT),
            durations,
            st.builds(span, st.integers(1, 30), st.sampled_from("mh")),
        ),
        st.integers(-3, 9).map(constant),
        st.just(FactValue("days", Kind.NUMBER)),
    ),
    lambda inner: st.one_of(
        st.builds(lambda s, a, b: op(s, a, b, Kind.NUMBER), st.sampled_from("+-*/"), inner, inner),
        st.builds(lambda a, b: call("max", a, b, kind=Kind.NUMBER), inner, inner),
        st.builds(lambda a, b: call("round", a, b, kind=Kind.NUMBER), inner, inner),
    ),
    max_leaves=3,
)
SIGNS = st.sampled_from(("=", "!=", "<", "<=", ">", ">="))


@st.composite
def timed_tests(draw: st.DrawFn) -> tuple[Expression, tree.Check]:
    """Return an expression and a check of it, with a constant or a computed bound."""
    left = draw(st.one_of(instants, durations, counts))
    if left.kind is INSTANT:
        same, values = instants, st.integers(NOW - 20 * DAY, NOW + 20 * DAY)
    elif left.kind is DURATION:
        same, values = durations, st.integers(-20 * DAY, 20 * DAY)
    else:
        same, values = counts, st.integers(-20, 20)
    check: tree.Check = draw(
        st.one_of(
            st.builds(Compare, SIGNS, same),
            material.ranges(values),
            st.builds(Among, st.frozensets(values, max_size=3), st.booleans()),
            st.builds(IsKnown, st.booleans()),
            st.builds(HasHappened, st.booleans()),
        )
    )
    return left, check


BASE = st.fixed_dictionaries(
    {},
    optional={
        "resolved_at": st.integers(NOW - 20 * DAY, NOW) | st.just(NOT_YET),
        "event_date": st.dates(datetime.date(2026, 9, 1), datetime.date(2026, 9, 30)),
        "public": st.booleans(),
    },
)
FIRST = Formula(op("-", Now(), at(NOW - 3 * HOUR), DURATION))
LATE = tree.Test("age", Within(low=9 * HOUR))
GIVEN: dict[str, Derivation] = {
    "age": FIRST,
    "moved": FirstOf(
        ((LATE, op("+", Now(), span(2, "h"), INSTANT)),), op("+", at(NOW), span(1, "d"), INSTANT)
    ),
    "days": FirstOf(
        ((tree.Test("public", Among(frozenset({True}))), constant(4)),),
        call("days_between", at(NOW - DAY), Now(), kind=Kind.COUNT),
    ),
}


def instants_up_to(end: int, start: int) -> list[int]:
    """Return instants worth a look: dense after `start` and before `end`, quarters between."""
    stop = min(end, start + 12 * DAY)
    near = [*range(start, start + 3), *range(max(start, stop - 3), stop)]
    return sorted({*near, *range(start, stop, 2_700)})


# ------------------------------------------------------------------ properties


@given(timed_tests(), BASE, st.integers(0, 1))
def test_no_change_is_missed(
    drawn: tuple[Expression, tree.Check], values: dict[str, Anything], autumn: int
) -> None:
    """Up to the next cut a condition keeps its truth, second for second, also over DST."""
    left, check = drawn
    derivations = {**GIVEN, "subject": Formula(left)}
    condition = tree.Test("subject", check)
    assume(stepped(condition, motions(derivations)))
    start = NOW + autumn * (33 * DAY + 7 * HOUR)
    base = material.situation(values, settings={"warning": 24 * HOUR})
    seen = derived(base, derivations, start)
    found = cuts(condition, seen, derivations)
    assert len(found) <= 1
    assert all(cut > start for cut in found)
    present = truth(condition, seen)
    for moment in instants_up_to(found[0] if found else NEVER, start):
        assert truth(condition, derived(base, derivations, moment)) is present, moment - start


DAYS_WALKED = 40
HOURS = call("whole", Arithmetic("-", Now(), at(NOW), DURATION), span(1, "h"), kind=Kind.COUNT)
DAYS = call("days_between", at(NOW), Now(), kind=Kind.COUNT)
WALKS: list[tuple[Expression, tree.Check, int]] = [
    (op("-", Now(), at(NOW), DURATION), Within(3 * DAY, True, 9 * DAY, True), 2),
    (op("-", Now(), at(NOW), DURATION), Among(frozenset({5 * DAY, 6 * DAY})), 4),
    (call("abs", op("-", at(NOW + DAY), Now(), DURATION), kind=DURATION), Within(low=HOUR), 3),
    (call("latest", Now(), at(NOW + DAY), kind=INSTANT), Compare(">", at(NOW + 2 * DAY)), 1),
    (call("add", Now(), span(3, "bd"), kind=INSTANT), Compare(">", at(NOW + 9 * DAY)), 1),
    (call("add", Now(), span(3, "d"), kind=INSTANT), Compare(">", at(NOW + 9 * DAY)), 60),
    (op("-", Now(), span(3, "d"), INSTANT), Compare(">", at(NOW + 9 * DAY)), 1),
    (
        call("open_time_between", at(NOW), Now(), kind=Kind.BUSINESS_DURATION),
        Within(40 * HOUR, True, 80 * HOUR, False),
        2,
    ),
    (op("*", HOURS, constant(6), Kind.NUMBER), Within(low=600), 1),
    (op("-", op("*", HOURS, constant(6), Kind.NUMBER), DAYS, Kind.NUMBER), Within(low=600), 42),
    (call("round", op("/", DAYS, constant(7), Kind.NUMBER), kind=Kind.NUMBER), Within(low=3), 1),
]


@pytest.mark.parametrize(("left", "check", "most"), WALKS)
def test_a_walk_takes_few_steps(left: Expression, check: tree.Check, most: int) -> None:
    """Walked cut by cut, 40 days take no more steps than there is reason for."""
    derivations: dict[str, Derivation] = {"subject": Formula(left)}
    condition = tree.Test("subject", check)
    assert stepped(condition, motions(derivations))
    now, steps = NOW, 0
    while now < NOW + DAYS_WALKED * DAY and steps <= most:
        found = cuts(condition, derived(material.situation(), derivations, now), derivations)
        if not found:
            break
        now, steps = found[0], steps + 1
    assert steps <= most
    assert most >= DAYS_WALKED or steps == most


leaves = st.builds(
    lambda sign, moment: tree.Test("clock", Compare(sign, at(moment))),
    SIGNS,
    st.integers(NOW - 40, NOW + 400),
) | st.sampled_from(
    (
        Truth(True),
        Truth(False),
        tree.Test("missing", IsKnown(True)),
        tree.Test("missing", Within(low=1)),
    )
)


@given(st.recursive(leaves, material.groups, max_leaves=8))
def test_groups_change_no_sooner_than_told(condition: tree.Condition) -> None:
    """A group keeps its truth up to its cut; one that can never change has none."""
    clock: dict[str, Derivation] = {"clock": Formula(Now())}
    base = material.situation()
    present = truth(condition, derived(base, clock, NOW))
    found = cuts(condition, derived(base, clock, NOW), clock)
    end = found[0] if found else NOW + 402
    for moment in range(NOW, end):
        assert truth(condition, derived(base, clock, moment)) is present
    plain = all(each.fact != "missing" for each in tree_tests(condition))
    if found and plain and isinstance(condition, tree.Test):
        assert truth(condition, derived(base, clock, end)) is not present


def tree_tests(condition: tree.Condition) -> list[tree.Test]:
    """Return the tests of a condition."""
    match condition:
        case tree.Test():
            return [condition]
        case All(items) | Any(items) | AtLeast(_, items):
            return [test for item in items for test in tree_tests(item)]
        case Not(item):
            return tree_tests(item)
        case _:
            return []


# -------------------------------------------------------------------- examples


def cut(check: tree.Check, left: Expression, **values: Anything) -> int | None:
    """Return when a check of an expression may next change, in seconds from NOW."""
    derivations: dict[str, Derivation] = {"subject": Formula(left)}
    base = material.situation(values, settings={"warning": 24 * HOUR})
    found = cuts(tree.Test("subject", check), derived(base, derivations, NOW), derivations)
    return found[0] - NOW if found else None


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (Within(low=HOUR), 3_500),
        (Within(low=HOUR, low_closed=False), 3_501),
        (Within(high=HOUR), 3_501),
        (Within(high=HOUR, high_closed=False), 3_500),
        (Within(low=50, high=HOUR), 3_501),
        (Within(low=50), None),
        (Within(high=50), None),
        (Among(frozenset({100})), 1),
        (Among(frozenset({200, 5_000})), 100),
        (Among(frozenset({7}), negated=True), None),
        (Compare(">", span(2, "h")), 7_101),
        (IsKnown(True), None),
    ],
)
def test_a_running_duration_passes_its_bounds(check: tree.Check, expected: int | None) -> None:
    """`now - x` meets a bound to the second; `>` a second later than `>=`."""
    assert cut(check, age(), resolved_at=NOW - 100) == expected


def test_what_shrinks_passes_its_bounds_too() -> None:
    """`x - now` meets a bound from above."""
    left = op("-", fact("resolved_at"), Now(), DURATION)
    assert cut(Within(low=60), left, resolved_at=NOW + 100) == 41
    assert cut(Within(low=60, low_closed=False), left, resolved_at=NOW + 100) == 40
    assert cut(Among(frozenset({60})), left, resolved_at=NOW + 100) == 40
    assert cut(Among(frozenset({100})), left, resolved_at=NOW + 100) == 1
    assert cut(Within(low=200), left, resolved_at=NOW + 100) is None


def test_unknown_and_not_yet_never_change() -> None:
    """Time alone makes nothing known and nothing happen."""
    assert cut(Within(low=HOUR), age()) is None
    assert cut(Within(low=HOUR), age(), resolved_at=NOT_YET) is None
    wild = call("max", age(), op("-", at(NOW + 500), Now(), DURATION), kind=DURATION)
    assert cut(Within(low=HOUR), wild, resolved_at=NOT_YET) is None


def test_opposite_movements_cancel_or_are_looked_at_step_by_step() -> None:
    """Two that run apart cancel; one that steps is held still until its next step."""
    left = op("-", fact("resolved_at"), Now(), DURATION)
    assert cut(Within(low=1), op("+", age(), left, DURATION), resolved_at=NOW) is None
    today = call("start_of_day", Now(), kind=INSTANT)
    assert cut(Within(low=-17 * HOUR), op("-", today, Now(), DURATION)) == 17 * HOUR - 58_400 + 1
    assert cut(Within(low=5), call("abs", age(), kind=DURATION)) is None
    moment = call("min", Now(), fact("resolved_at"), kind=INSTANT)
    moved = op("+", moment, span(1, "d"), INSTANT)
    assert cut(Compare(">", at(NOW + 5 * DAY)), moved, resolved_at=NOT_YET) is None
    swapped = op("+", span(2, "h"), Now(), INSTANT)
    assert cut(Compare(">=", at(NOW + 5 * HOUR)), swapped) == 3 * HOUR


def test_what_becomes_unknown_is_told() -> None:
    """Past its last opening a calendar gives no instant: the test turns unknown there."""
    day = datetime.date(2026, 9, 22)
    seen = material.situation()
    seen.calendar = BusinessCalendar(
        "once", "Europe/Budapest", ((),) * 7, special={day: ((540, 1020),)}
    )
    due = op("+", Now(), span(1, "bh"), INSTANT)
    known: dict[str, Derivation] = {"due": Formula(due), "late": Formula(FactValue("due", INSTANT))}
    seen.values["due"] = seen.values["late"] = evaluate(due, seen) or 0
    test = tree.Test("late", Compare("<", at(NOW + 20 * DAY)))
    assert truth(test, seen) is True
    last = date_end(material.OFFICE, day) - 7 * HOUR + 1
    assert cuts(test, seen, known) == [last - HOUR + 1]


def test_days_change_at_midnight() -> None:
    """Counted days pass a bound at a local midnight, not before."""
    days = call("days_between", at(NOW), Now(), kind=Kind.COUNT)
    assert cut(Within(low=1), days) == MONDAY_END + 1 - NOW
    assert cut(Within(low=3), days) == MONDAY_END + 1 - NOW + 2 * DAY
    business = call("business_days_between", at(NOW), Now(), kind=Kind.COUNT)
    assert cut(Within(low=5), business) == MONDAY_END + 1 - NOW + 6 * DAY


def test_open_time_passes_a_bound_while_open() -> None:
    """Open time goes on the next morning."""
    staffed = call("open_time_between", at(NOW), Now(), kind=Kind.BUSINESS_DURATION)
    assert cut(Within(low=2_800), staffed) == 2_800
    assert cut(Within(low=2_800, low_closed=False), staffed) == 2_800 + 16 * HOUR + 1


def test_whole_units_change_one_by_one() -> None:
    """A number of whole hours times a rate changes where it meets its bound."""
    hours = call("whole", age(), span(1, "h"), kind=Kind.COUNT)
    paid = op("*", hours, constant(Money(Decimal(6), "EUR"), Kind.MONEY), Kind.MONEY)
    bound = Money(Decimal(12), "EUR")
    assert cut(Within(low=bound), paid, resolved_at=NOW) == 2 * HOUR
    refund = Negation(paid, Kind.MONEY)
    assert cut(Within(low=Money(Decimal(-9), "EUR")), refund, resolved_at=NOW) == 2 * HOUR
    none = op("*", hours, constant(0), Kind.NUMBER)
    assert cut(Within(low=5), none, resolved_at=NOW) is None
    unknown = op("*", hours, fact("score"), Kind.NUMBER)
    assert cut(Within(low=5), unknown, resolved_at=NOW) is None


def test_a_quotient_steps_as_its_divisor_does() -> None:
    """A quotient may change wherever its moving parts do."""
    hours = call("whole", age(), span(1, "h"), kind=Kind.COUNT)
    share = op("/", constant(12), hours, Kind.NUMBER)
    assert cut(IsKnown(True), share, resolved_at=NOW) == HOUR
    assert cut(Within(low=3), share, resolved_at=NOW - HOUR) == HOUR


def test_setting_durations_stand_on_the_calendar() -> None:
    """A dated setting may hold a duration as written; it is added like one."""
    left = op("+", Now(), SettingValue("warning", DURATION), INSTANT)
    assert cut(Compare(">=", at(NOW + 2 * DAY)), left) == DAY


def test_the_same_time_of_another_day() -> None:
    """`now + 1 d` is looked at day by day, and by quarters where the clock is changed."""
    left = op("+", Now(), span(1, "d"), INSTANT)
    assert cut(Compare(">=", at(NOW + 3 * DAY)), left) == MONDAY_END + 1 - NOW
    turn = NOW + 33 * DAY + 9 * HOUR
    seen = material.situation(now=turn)
    subject: dict[str, Derivation] = {"subject": Formula(left)}
    test = tree.Test("subject", Compare(">=", at(NOW + 90 * DAY)))
    assert cuts(test, derived(seen, subject, turn), subject)[0] - turn <= 900


def test_far_changes_are_looked_at_again() -> None:
    """Past the horizon nothing is computed: a look is due there in any case."""
    staffed = call("open_time_between", at(NOW), Now(), kind=Kind.BUSINESS_DURATION)
    assert cut(Within(low=10**9), staffed) == HORIZON


def test_what_cannot_be_solved_is_looked_at_every_second() -> None:
    """Were the compiler to let it pass, no change would be missed."""
    wild = call("max", age(), op("-", at(NOW + 500), Now(), DURATION), kind=DURATION)
    assert not stepped(wild)
    later = call("add", Now(), fact("staffed"), kind=INSTANT)
    gap = op("-", Now(), later, DURATION)
    assert cut(Within(low=900), gap, staffed=HOUR) == 1
    assert cut(Within(low=900), wild, resolved_at=NOW) == 1


def test_facts_computed_without_time_stand_still() -> None:
    """Facts that the package derives, and facts without time, have no cuts."""
    outlook = Outlook(material.situation({"stage": "received"}), {"stage": BuiltIn()})
    assert outlook.fact("stage", Kind.CHOICE) is None
    assert outlook.condition(material.test_of("contacts", Within(low=1))) is None
    assert outlook.condition(material.test_of("types", Counts(Within(low=1)))) is None
    assert outlook.condition(Truth(True)) is None
    assert outlook.value(constant(5)) is None


def test_a_table_changes_with_its_rows() -> None:
    """A table may change when a row's test does, or an output of a row that holds."""
    old = tree.Test("age", Within(low=5 * HOUR))
    steps = call("whole", FactValue("age", DURATION), span(4, "h"), kind=Kind.COUNT)
    table = Table(
        "F",
        ("rate",),
        (
            Row("rate#1", old, {"rate": constant(1)}),
            Row("rate#2", Truth(False), {"rate": steps}),
            Row("rate#3", Truth(True), {"rate": constant(3)}),
        ),
        {"rate": constant(9)},
    )
    known: dict[str, Derivation] = {"age": FIRST, "rate": TableOf(table, "rate")}
    outlook = Outlook(derived(material.situation(), known, NOW), known)
    assert outlook.fact("rate", Kind.NUMBER) == NOW + 2 * HOUR
    stepping = Table("F", ("rate",), (), {"rate": steps})
    known["rate"] = TableOf(stepping, "rate")
    outlook = Outlook(derived(material.situation(), known, NOW), known)
    assert outlook.fact("rate", Kind.NUMBER) == NOW + HOUR
    assert outlook.condition(tree.Test("rate", Within(low=7))) == NOW + HOUR


def test_records_are_looked_at_one_by_one() -> None:
    """A count of records changes with the first record that may begin to pass."""
    due = tree.Test("due", Compare("<=", op("+", Now(), span(24, "h"), INSTANT)))
    kept = tree.Test("kept", Among(frozenset({False})))
    broken = tree.Test("due", Compare("<", FieldValue("expected", INSTANT)))
    where = All((kept, Any((due, broken))))
    records = (
        {"kept": False, "due": NOW + 26 * HOUR},
        {"kept": True, "due": NOW + 25 * HOUR},
        {"kept": False, "due": NOW + 30 * HOUR, "expected": NOW + 31 * HOUR},
        {"kept": False},
    )
    known: dict[str, Derivation] = {"slipping": OverRecords("count", "promises", "", where)}
    seen = derived(material.situation({"promises": records}), known, NOW)
    assert seen.values["slipping"] == 1
    outlook = Outlook(seen, known)
    assert outlook.condition(tree.Test("slipping", Within(low=2))) == NOW + 2 * HOUR
    bare = Outlook(material.situation(), known)
    assert bare.condition(tree.Test("slipping", Within(low=2))) is None


def test_a_truth_changes_with_its_condition() -> None:
    """A yes_no fact may change when its condition may; an unknown case stops a `first`."""
    known: dict[str, Derivation] = {
        "age": FIRST,
        "old": TruthOf(LATE),
        "unsure": FirstOf(
            ((tree.Test("contacts", Within(low=2)), constant(1)), (LATE, constant(2))), constant(3)
        ),
    }
    outlook = Outlook(derived(material.situation(), known, NOW), known)
    assert outlook.condition(tree.Test("old", Among(frozenset({True})))) == NOW + 6 * HOUR
    assert outlook.fact("unsure", Kind.NUMBER) is None


def test_changes_past_a_limit_are_left_out() -> None:
    """Of changes from `before` on nothing need be told."""
    known: dict[str, Derivation] = {"age": FIRST}
    seen = derived(material.situation(), known, NOW)
    assert Outlook(seen, known, before=NOW + 6 * HOUR).condition(LATE) is None
    assert Outlook(seen, known, before=NOW + 6 * HOUR + 1).condition(LATE) == NOW + 6 * HOUR
    narrowed = Outlook(seen, known)
    narrowed.narrow(NOW + 6 * HOUR)
    assert narrowed.condition(LATE) is None
    staffed = call("open_time_between", at(NOW), Now(), kind=Kind.BUSINESS_DURATION)
    bound = tree.Test("staffed", Compare("<", staffed))
    open_ = material.situation({"staffed": 2_000})
    assert Outlook(open_, before=NOW + 1_000).condition(bound) is None
    assert Outlook(open_).condition(bound) == NOW + 2_001


def test_values_are_told_to_change() -> None:
    """The next change of a value shown: a step, or the next second of what runs."""
    hours = call("whole", age(), span(1, "h"), kind=Kind.COUNT)
    outlook = Outlook(material.situation({"resolved_at": NOW - 600}))
    assert outlook.value(hours) == NOW + 3_000
    assert outlook.value(age()) == NOW + 1
    missing = Outlook(material.situation())
    assert missing.value(hours) is None


def test_counts_of_members_with_a_moving_bound() -> None:
    """The number of a set's members is compared with what moves."""
    hours = call("whole", age(), span(1, "h"), kind=Kind.COUNT)
    check = Counts(Compare(">", hours))
    seen = material.situation({"types": frozenset({"calm", "angry"}), "resolved_at": NOW})
    assert cuts(tree.Test("types", check), seen) == [NOW + 2 * HOUR]
    test = tree.Test("types", Contains("any", frozenset({"calm"})))
    assert cuts(test, seen) == []


def test_levels_raised_by_days() -> None:
    """A level that rises with the days may change wherever the count does."""
    days = call("days_between", at(NOW), Now(), kind=Kind.COUNT)
    levels = material.LEVELS
    raised = tree.Call("raise", (Constant("s4", Kind.LEVEL), days), Kind.LEVEL, levels)
    known: dict[str, Derivation] = {"level": Formula(raised)}
    seen = derived(material.situation(), known, NOW)
    test = tree.Test("level", Within(low="s2"), values=levels)
    assert cuts(test, seen, known) == [MONDAY_END + 1]
    aging: dict[str, Derivation] = {"age": FIRST}
    aged = Outlook(derived(material.situation(), aging, NOW), aging)
    assert aged.value(call("fact", FactValue("age", DURATION), kind=DURATION)) == NOW + 1
    same = call("fact", FactValue("level", Kind.LEVEL), kind=Kind.LEVEL)
    assert Outlook(seen, known).value(same) == MONDAY_END + 1
