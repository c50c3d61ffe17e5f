"""How values move while time passes, read off the text (semantics 20)."""

from __future__ import annotations

import pytest
from tests.rooms.conditions.material import call, constant, fact, span, test_of

from complaint_rules.conditions import Motion, Pace, motion, motions, moves, stepped
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
from complaint_rules.conditions.tree import (
    All,
    Among,
    Arithmetic,
    Compare,
    Constant,
    Expression,
    FactValue,
    Negation,
    Now,
    SettingValue,
    Truth,
    Within,
)
from complaint_rules.conditions.tree import (
    Test as Leaf,
)
from complaint_rules.facts import Kind

K = Kind
NOW = Now()
AGE = Arithmetic("-", NOW, fact("resolved_at"), K.DURATION)
LEFT = Arithmetic("-", fact("resolved_at"), NOW, K.DURATION)
HOURS = call("whole", AGE, span(1, "h"), kind=K.COUNT)
TODAY = call("start_of_day", NOW, kind=K.INSTANT)
OPEN = call("open_time_between", fact("resolved_at"), NOW, kind=K.BUSINESS_DURATION)
STILL, STEPS, WILD = Motion(Pace.STILL), Motion(Pace.STEPS), Motion(Pace.WILD)


def runs(rise: int, *, straight: bool = False) -> Motion:
    """Return a running motion."""
    return Motion(Pace.RUNS, rise, straight)


def minus(left: Expression, right: Expression) -> Arithmetic:
    """Return a difference of instants or durations."""
    return Arithmetic("-", left, right, K.DURATION)


CASES: list[tuple[Expression, Motion]] = [
    (NOW, runs(1, straight=True)),
    (AGE, runs(1, straight=True)),
    (LEFT, runs(-1, straight=True)),
    (Negation(AGE, K.DURATION), runs(-1, straight=True)),
    (constant(1), STILL),
    (fact("score"), STILL),
    (HOURS, STEPS),
    (TODAY, STEPS),
    (Arithmetic("*", HOURS, fact("score"), K.NUMBER), STEPS),
    (Arithmetic("/", HOURS, HOURS, K.NUMBER), STEPS),
    (Arithmetic("*", AGE, constant(2), K.NUMBER), WILD),
    (OPEN, runs(1)),
    (call("open_time_between", NOW, TODAY, kind=K.BUSINESS_DURATION), runs(-1)),
    (
        call(
            "open_time_between",
            NOW,
            Arithmetic("+", NOW, span(1, "h"), K.INSTANT),
            kind=K.BUSINESS_DURATION,
        ),
        WILD,
    ),
    (minus(NOW, TODAY), runs(1, straight=True)),
    (minus(AGE, AGE), STILL),
    (minus(AGE, LEFT), runs(1)),
    (Arithmetic("+", NOW, OPEN, K.INSTANT), runs(1)),
    (minus(NOW, call("add", NOW, OPEN, kind=K.INSTANT)), WILD),
    (call("add", NOW, span(3, "bd"), kind=K.INSTANT), runs(1)),
    (call("add", NOW, span(3, "h"), kind=K.INSTANT), runs(1, straight=True)),
    (Arithmetic("-", NOW, SettingValue("warning", K.DURATION), K.INSTANT), runs(1)),
    (call("abs", AGE, kind=K.DURATION), runs(0)),
    (call("abs", HOURS, kind=K.NUMBER), STEPS),
    (minus(call("abs", AGE, kind=K.DURATION), AGE), WILD),
    (call("max", AGE, kind=K.DURATION), runs(1, straight=True)),
    (call("max", AGE, span(1, "h"), kind=K.DURATION), runs(1)),
    (call("max", AGE, LEFT, kind=K.DURATION), WILD),
    (call("latest", NOW, TODAY, kind=K.INSTANT), runs(1)),
    (call("max", HOURS, constant(2), kind=K.NUMBER), STEPS),
    (call("max", call("abs", AGE, kind=K.DURATION), span(1, "h"), kind=K.DURATION), runs(0)),
    (
        call(
            "max",
            call("abs", AGE, kind=K.DURATION),
            call("abs", AGE, kind=K.DURATION),
            kind=K.DURATION,
        ),
        WILD,
    ),
    (call("max", kind=K.NUMBER), STILL),
    (call("whole", span(1, "h"), AGE, kind=K.COUNT), WILD),
    (
        call("days_between", NOW, Arithmetic("+", NOW, span(3, "bd"), K.INSTANT), kind=K.COUNT),
        STEPS,
    ),
    (call("fact", AGE, kind=K.DURATION), runs(1, straight=True)),
    (call("done_at", Constant("x", K.TEXT), kind=K.INSTANT), STILL),
    (call("date_of", call("max", AGE, LEFT, kind=K.DURATION), kind=K.DATE), WILD),
]


@pytest.mark.parametrize(("expression", "expected"), CASES)
def test_how_expressions_move(expression: Expression, expected: Motion) -> None:
    """Still, in steps, running up or down, or past what can be solved."""
    found = motion(expression, {})
    assert found == expected
    assert stepped(expression) is (expected.pace is not Pace.WILD)
    assert stepped(expression, shown=True) is (expected.pace <= Pace.STEPS)


def test_conditions_are_solved_test_by_test() -> None:
    """A test is solved if its two sides go apart one way, or stay side by side."""
    known = {"age": runs(1, straight=True), "staffed": runs(1), "wild": WILD}
    for check, solved in (
        (Within(low=5), True),
        (Compare(">", span(1, "h")), True),
        (Compare(">", AGE), True),
        (Compare(">", LEFT), True),
        (Compare(">", OPEN), False),
    ):
        test = Leaf("age", check)
        assert stepped(test, known) is solved
        assert stepped(All((Truth(True), test)), known) is solved
    assert not stepped(Leaf("wild", Within(low=5)), known)
    assert stepped(Leaf("wild", Within(low=5)))


def test_how_derived_facts_move() -> None:
    """A derived fact moves as what it is computed from, also through other facts."""
    age = FactValue("age", K.DURATION)
    old = Leaf("age", Within(low=3_600))
    public = test_of("public", Among(frozenset({True})))
    still = Table("U", ("x",), (Row("x#1", public, {"x": constant(1)}),), {})
    derivations: dict[str, Derivation] = {
        "age": Formula(AGE),
        "old": TruthOf(old),
        "plain": TruthOf(public),
        "either": FirstOf(((public, age),), span(1, "h")),
        "both_ways": FirstOf(((public, age),), LEFT),
        "chosen": FirstOf(((old, constant(1)),), constant(2)),
        "fixed": FirstOf(((public, constant(1)),), constant(2)),
        "slipping": OverRecords("count", "promises", "", Leaf("due", Compare("<", NOW))),
        "kept": OverRecords("count", "promises", "", public),
        "still": TableOf(still, "x"),
        "by_age": TableOf(Table("U", ("x",), (Row("x#1", old, {"x": constant(1)}),), {}), "x"),
        "hours": TableOf(Table("U", ("x",), (), {"x": HOURS}), "x"),
        "shown": TableOf(Table("U", ("x",), (), {"x": age}), "x"),
        "stage": BuiltIn(),
    }
    found = motions(derivations)
    assert found == {
        "age": runs(1, straight=True),
        "old": STEPS,
        "plain": STILL,
        "either": runs(1),
        "both_ways": runs(0),
        "chosen": STEPS,
        "fixed": STILL,
        "slipping": STEPS,
        "kept": STILL,
        "still": STILL,
        "by_age": STEPS,
        "hours": STEPS,
        "shown": WILD,
        "stage": STILL,
    }
    assert moves(old, found)
    assert moves(FactValue("old", K.YES_NO), found)
    assert moves(AGE, {})
    assert not moves(public, found)
